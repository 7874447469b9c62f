# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The record model as JSON Schema, for editors: what they complete, explain and underline.

An editor reads YAML with types (the core schema of YAML 1.2: ``2024`` is a number), the checker
reads it as text. What the checker accepts, the schema accepts as editors read it.
"""

from collections.abc import Mapping
from typing import Any

from kb.content import VOCABULARIES
from kb.fields import PARTIAL_DATES
from kb.labels import labels_of
from kb.records import Authority, Event, Practice, Record, Theme

Schema = dict[str, Any]
#: Vocabulary (or themes, authorities, …) → id → the Italian name to show beside it.
Terms = Mapping[str, Mapping[str, str]]

RECORDS: dict[str, type[Record]] = {
    "practice": Practice,
    "authority": Authority,
    "event": Event,
    "theme": Theme,
}
TITLES = {
    "practice": "Scheda di una pratica",
    "authority": "Profilo di una città",
    "event": "Evento",
    "theme": "Tema",
}
#: All schemas: a vocabulary is a list of terms.
NAMES = (*RECORDS, *VOCABULARIES)
YEARS = {"minimum": 1000, "maximum": 9999}


def json_schema(name: str, terms: Terms, *, open_ended: bool = False) -> Schema:
    """Return the JSON Schema (2020-12) of the files *name*, one of :data:`NAMES`.

    Fields of a vocabulary list its *terms*, with their names. When *open_ended* they accept others
    too, and list no practices: a schema kept in a file must not call wrong what came after it.
    """
    model = RECORDS.get(name) or VOCABULARIES[name]
    schema = _Teller(terms, open_ended=open_ended).told(model.model_json_schema())
    defined = schema.pop("$defs", {})
    schema["title"] = TITLES.get(name, f"Vocabolario: {name}")
    if name in VOCABULARIES:
        title = schema.pop("title")
        schema = {"title": title, "type": "array", "items": schema}
    defined = {"$defs": defined} if defined else {}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, **defined}


class _Teller:
    """Turns pydantic's schema into one that helps authors."""

    def __init__(self, terms: Terms, *, open_ended: bool) -> None:
        self._terms = terms
        self._open_ended = open_ended

    def told(self, node: Any) -> Any:
        """Return *node* as an author should meet it."""
        if isinstance(node, list):
            return [self.told(item) for item in node]
        if not isinstance(node, dict):
            return node
        told = {
            key: {name: self.told(inner) for name, inner in value.items()}
            if key in {"properties", "$defs"}
            else self.told(value)
            for key, value in node.items()
        }
        if "properties" in told:
            # For who reads the program: docstrings, names of classes.
            told = {k: v for k, v in told.items() if k not in {"title", "description"}}
        return self._loose(self._named(_without_null(told)))

    def _named(self, node: Schema) -> Schema:
        """List the values of a field with their Italian names."""
        vocabulary = node.get("x-vocabulary")
        # What the models tell the program alone.
        node = {key: value for key, value in node.items() if not key.startswith("x-")}
        if vocabulary and not (self._open_ended and vocabulary == "practices"):
            listed = dict(sorted(self._terms[vocabulary].items()))
            named = {"enum": list(listed), "enumDescriptions": list(listed.values())}
            return {"anyOf": [named, node]} if self._open_ended else node | named
        if "enum" in node and "enumDescriptions" not in node:
            return node | {"enumDescriptions": list(labels_of(node["enum"]).values())}
        return node

    def _loose(self, node: Schema) -> Schema:
        """Accept what an editor makes of a text that looks like a number."""
        if node.get("pattern") == PARTIAL_DATES:
            return node | {"type": ["string", "integer"], **YEARS}
        listed = node.get("enum", ())
        if any(value.isdigit() for value in listed if isinstance(value, str)) and "type" in node:
            numbers = [int(value) for value in node["enum"] if value.isdigit()]
            texts = [label for value, label in _described(node) if value.isdigit()]
            described = node["enumDescriptions"] + texts
            node = node | {"enum": node["enum"] + numbers, "enumDescriptions": described}
            return {key: value for key, value in node.items() if key != "type"}
        if node.get("type") == "string" and not {"enum", "const", "format"} & set(node):
            return node | {"type": ["string", "number"]}
        return node


def _described(node: Schema) -> list[tuple[str, str]]:
    return list(zip(node["enum"], node["enumDescriptions"], strict=True))


def _without_null(node: Schema) -> Schema:
    """Return *node* without the choices that nobody writes: nothing, a number as a text."""
    choices = [choice for choice in node.get("anyOf", ()) if choice != {"type": "null"}]
    numbers = [choice for choice in choices if choice.get("type") == "number"]
    choices = numbers or choices
    node = {key: value for key, value in node.items() if key not in {"anyOf", "default"}}
    if len(choices) == 1:
        return dict(choices[0] | node)
    return node | ({"anyOf": choices} if choices else {})
