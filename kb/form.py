# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The record model as a form: each field with its kind, its limits and its choices.

It comes from the JSON Schema of the model, so a new field is asked for as soon as it exists.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kb.fields import fields as ordered_fields
from kb.records import Practice, Record
from kb.types import PARTIAL_DATE

Node = Mapping[str, Any]
#: A list of choices this short is chosen one by one, in order.
FEW = 6
TYPES = {"boolean": "flag", "integer": "year"}
#: One item of a list, by the title of the list; other titles are singular, or do for both.
ONE = {
    "Risorse": "Risorsa",
    "Indicatori": "Indicatore",
    "Tappe": "Tappa",
    "Parti riutilizzabili": "Parte riutilizzabile",
    "Realizzazioni": "Realizzazione",
    "Cambiamenti": "Cambiamento",
    "Adozioni": "Adozione",
    "Pratiche collegate": "Pratica collegata",
    "Eventi": "Evento",
    "Fonti": "Fonte",
}
FORMATS = {"uri": "url", "date": "date"}


@dataclass(frozen=True)
class Field:
    """A field to fill in. *name* is its path in the record, rows left out: ``sources.title``.

    *kind* is ``text``, ``lines`` (a list of texts), ``url``, ``email``, ``date``, ``number``,
    ``degrees``, ``year``, ``code``, ``flag``, ``choice``, ``choices``, ``citations``, ``group``
    or ``rows`` (a list of groups). Choices are *values*, or the terms of *vocabulary*. *cited*
    texts may cite sources. *most* is the limit of characters, or of items.
    """

    name: str
    kind: str
    title: str
    description: str
    examples: tuple[str, ...]
    required: bool
    cited: bool
    values: tuple[str, ...]
    vocabulary: str
    most: int | None
    default: str
    fields: tuple["Field", ...]

    @property
    def key(self) -> str:
        """Return the key of the field in its record."""
        return self.name.rpartition(".")[2]

    @property
    def one(self) -> str:
        """Return how one item of the list is called, in Italian."""
        return ONE.get(self.title, self.title)

    @property
    def ordered(self) -> bool:
        """Return whether choices are few, so that their order can be chosen too."""
        return self.kind == "choices" and self.most is not None and self.most <= FEW

    def walk(self) -> Iterator["Field"]:
        """Yield the field and all that it holds."""
        yield self
        for field in self.fields:
            yield from field.walk()


@lru_cache
def fields(model: type[Record] = Practice) -> tuple[Field, ...]:
    """Return the fields of *model* in the order of authors; what has one value is not asked."""
    schema = model.model_json_schema()
    found = _fields(schema, schema, "")
    order = list(ordered_fields(model))
    return tuple(sorted(found, key=lambda field: order.index(field.name)))


def _fields(schema: Node, record: Node, prefix: str) -> tuple[Field, ...]:
    required = record.get("required", ())
    return tuple(
        _field(schema, node, prefix + key, required=key in required)
        for key, node in record["properties"].items()
        if "const" not in node
    )


def _field(schema: Node, node: Node, name: str, *, required: bool) -> Field:
    value = _value(schema, node)
    item = _value(schema, value["items"]) if "items" in value else value
    kind = _kind(node, value, item)
    default = node.get("default")
    return Field(
        name=name,
        kind=kind,
        title=node["title"],
        description=node["description"],
        examples=tuple(node.get("examples", ())),
        required=required,
        cited=bool(item.get("x-cited")),
        values=tuple(item.get("enum", ())),
        vocabulary=item.get("x-vocabulary", ""),
        most=value.get("maxItems") or value.get("maxLength"),
        default=default if isinstance(default, str) else "",
        fields=_fields(schema, item, f"{name}.") if "properties" in item else (),
    )


def _value(schema: Node, node: Node) -> Node:
    """Return what *node* says of a value that is there, references followed."""
    if "anyOf" in node and "x-citations" not in node:
        node = next(choice for choice in node["anyOf"] if choice.get("type") != "null")
    if "$ref" in node:
        node = schema["$defs"][node["$ref"].rpartition("/")[2]]
    return node


def _kind(node: Node, value: Node, item: Node) -> str:
    many = value is not item
    if "x-citations" in value:
        return "citations"
    for mark, one, several in (
        ("properties", "group", "rows"),
        ("enum", "choice", "choices"),
        ("x-vocabulary", "choice", "choices"),
    ):
        if mark in item:
            return several if many else one
    return "lines" if many else _typed_kind(node, value)


def _typed_kind(node: Node, value: Node) -> str:
    if value["type"] == "number":
        # A decimal may be told as a text, so that no digit is lost; a float may not.
        alternatives = [choice.get("type") for choice in node.get("anyOf", ())]
        return "number" if "string" in alternatives else "degrees"
    pattern = value.get("pattern", "")
    if PARTIAL_DATE.pattern in pattern:
        return "date"
    if "@" in pattern:
        return "email"
    plain = "code" if pattern else "text"
    return TYPES.get(value["type"]) or FORMATS.get(value.get("format", "")) or plain
