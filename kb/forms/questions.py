# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The questions of a form: the leaves of a record's schema, each with its place and its wording."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from kb.fields import fields, resolved, schema_of
from kb.records import Practice, Record
from kb.sections import HEADINGS

#: Stands in a path for the number of an item.
ITEM = "*"
SECTIONS = "sections:"
#: Fields that editors set, later: a form does not ask for them.
NOT_ASKED = {"licence", "aliases", "next_review", "archived"}
#: The code by which a source is cited: its number in the form.
SOURCE_CODE = ("sources", ITEM, "id")
SECTION_TITLE = "Testo"
#: A part of a JSON Schema.
Node = dict[str, Any]
CITE = "Ogni cifra porta la sua fonte: [s1] cita la prima dell'elenco, [s2] la seconda."


@dataclass(frozen=True)
class Question:
    """What a form asks for: one value of a record, or a list of them.

    *path* leads to the value through keys, with :data:`ITEM` for an item of a list; *titles* are
    the Italian names of its keys. *kind* says how an answer is read (see
    :mod:`kb.forms.answers`), *values* are those of a closed list.
    """

    path: tuple[str, ...]
    titles: tuple[str, ...]
    kind: str
    hint: str
    required: bool = False
    many: bool = False
    values: tuple[str, ...] = ()
    vocabulary: str = ""
    example: str = ""

    @property
    def group(self) -> str:
        """The key of the list of records that the value belongs to, or an empty text."""
        return self.path[0] if ITEM in self.path else ""

    @property
    def name(self) -> str:
        """The Italian name of the value, inside its group if it has one."""
        return ": ".join(self.titles[1:] if self.group else self.titles)


@lru_cache
def questions(model: type[Record] = Practice) -> tuple[Question, ...]:
    """Return the questions of *model*, in the order of its file; of a practice, its text too."""
    found: list[Question] = []
    for name in fields(model):
        node = schema_of(model)["properties"][name]
        required = name in schema_of(model)["required"]
        found += _walk(schema_of(model), node, _Place((name,), (node["title"],), required))
    return (*found, *(sections() if model is Practice else ()))


def asked(model: type[Record] = Practice) -> tuple[Question, ...]:
    """Return the questions that the form of *model* asks."""
    return tuple(
        question
        for question in questions(model)
        if question.path[0] not in NOT_ASKED and question.path != SOURCE_CODE
    )


def sections() -> Iterator[Question]:
    """Yield a question for each fixed section of a practice's text."""
    for heading in HEADINGS:
        yield Question(
            (SECTIONS, heading.key),
            (SECTION_TITLE, heading.label),
            "section",
            f"{heading.description} {CITE}",
            heading.required,
            example=heading.example,
        )


def group_help(group: str, model: type[Record] = Practice) -> tuple[str, str]:
    """Return the title and the description of the list *group*."""
    node = schema_of(model)["properties"][group]
    return node["title"], node["description"]


class _Place(NamedTuple):
    """Where the walk through a schema is: keys, their titles, whether an answer must be there."""

    path: tuple[str, ...]
    titles: tuple[str, ...]
    required: bool

    def below(self, key: str, title: str, required: bool) -> "_Place":
        return _Place((*self.path, key), (*self.titles, title), required)


def _walk(schema: Node, node: Node, at: _Place) -> Iterator[Question]:
    inner = resolved(node, schema)
    if inner.get("type") == "array":
        items = resolved(inner["items"], schema)
        if items.get("title") == "Node":
            yield Question(*at[:2], "nodes", node["description"], at.required)
        elif "properties" in items:
            yield from _fields(schema, items, _Place((*at.path, ITEM), at.titles, True))
        else:
            yield _leaf(node, items, at, many=True)
    elif "properties" in inner:
        yield from _fields(schema, inner, at)
    else:
        yield _leaf(node, inner, at)


def _fields(schema: Node, record: Node, at: _Place) -> Iterator[Question]:
    for key, child in record["properties"].items():
        required = at.required and key in record.get("required", ())
        yield from _walk(schema, child, at.below(key, child["title"], required))


def _leaf(node: Node, inner: Node, at: _Place, many: bool = False) -> Question:
    return Question(
        at.path,
        at.titles,
        _kind(node, inner),
        node["description"],
        at.required,
        many,
        tuple(inner.get("enum", ())),
        inner.get("x-vocabulary", ""),
        str(next(iter(node.get("examples", ())), "")),
    )


def _kind(node: Node, inner: Node) -> str:
    if "x-citations" in node or "x-citations" in inner:
        return "citations"
    if "x-vocabulary" in inner:
        return "term"
    if "enum" in inner:
        return "choice"
    if inner.get("format") == "date" or inner.get("pattern", "").startswith(r"^\d{4}(-"):
        return "date"
    if inner["type"] == "number" and "anyOf" not in node:
        # A decimal may be told as a text, so that no digit is lost; a float may not.
        return "degrees"
    return {"boolean": "boolean", "number": "number", "integer": "number"}.get(
        inner["type"], "text"
    )
