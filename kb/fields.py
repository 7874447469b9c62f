# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The fields of a record, at any depth, in the order in which authors read and write them."""

from functools import lru_cache
from typing import Any

from pydantic.fields import FieldInfo

from kb.frontmatter import Loc
from kb.records import Authority, Concept, Event, Practice, Question, Record, Theme
from kb.types import PARTIAL_DATE

#: The pattern that tells a partial date from other texts, in JSON Schema.
PARTIAL_DATES = f"^{PARTIAL_DATE.pattern}$"
#: What stands at the end of a file, wherever the model declares it.
APPARATUS = ("open_questions", "reviewed", "next_review", "archived", "sources")
#: Letters of the codes of sources and of the steps of a theory of change, by their list.
LETTERS = {
    "sources": "s",
    "inputs": "i",
    "activities": "a",
    "outputs": "o",
    "outcomes": "c",
    "impacts": "m",
    "assumptions": "h",
}


def fields(model: type[Record]) -> dict[str, FieldInfo]:
    """Return the fields of *model* as authors read them: what it is before its apparatus."""
    apparatus = [name for name in APPARATUS if name in model.model_fields]
    names = [name for name in model.model_fields if name not in apparatus]
    return {name: model.model_fields[name] for name in (*names, *apparatus)}


def names_at(model: type[Record], loc: Loc) -> list[str]:
    """Return the names of the fields of the record at *loc* inside *model*; none at a value."""
    return list(schema_at(model, loc).get("properties", {})) if loc else list(fields(model))


@lru_cache(maxsize=1024)
def schema_at(model: type[Record], loc: Loc) -> dict[str, Any]:
    """Return the JSON Schema of what stands at *loc* inside *model*, with the field's own title.

    Of a record, that of each field is in ``properties``. Raises :class:`KeyError` when nothing
    can stand at *loc*. It is not to be changed.
    """
    schema = schema_of(model)
    node: dict[str, Any] = schema
    for part in loc:
        node = _entitled(
            node["items"] if isinstance(part, int) else node["properties"][part], schema
        )
    properties = node.get("properties", {}).items()
    return {**node, "properties": {key: _entitled(item, schema) for key, item in properties}}


def _entitled(node: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Return *node* resolved, under the title that the field has beside the reference."""
    titles = {"title": node["title"]} if "title" in node else {}
    return {**resolved(node, schema), **titles}


def kind_at(model: type[Record], loc: Loc) -> str:
    """Return what *loc* inside *model* holds: day, date, number, integer or text.

    Empty where the model has no single value there.
    """
    try:
        node = schema_at(model, loc)
    except (KeyError, StopIteration):
        return ""
    if node.get("format") == "date":
        return "day"
    if node.get("pattern") == PARTIAL_DATES:
        return "date"
    kind = str(node.get("type", ""))
    return "text" if kind == "string" else kind


@lru_cache
def all_names() -> frozenset[str]:
    """Return the names of all fields of all records that content files hold."""
    schemas = [schema_of(model) for model in (Practice, Authority, Event, Theme, Concept, Question)]
    records = [
        record for schema in schemas for record in (schema, *schema.get("$defs", {}).values())
    ]
    return frozenset(name for record in records for name in record.get("properties", {}))


def ordered(data: Any, model: type[Record] = Practice, loc: Loc = ()) -> Any:
    """Return *data*, shaped as *model*, with the keys of every record in the model's order.

    Unknown keys follow the known ones, as they came.
    """
    if isinstance(data, dict):
        known = names_at(model, loc)
        keys = [key for key in known if key in data] + [key for key in data if key not in known]
        return {
            key: ordered(data[key], model, (*loc, key)) if key in known else data[key]
            for key in keys
        }
    if isinstance(data, list | tuple):
        return [ordered(item, model, (*loc, 0)) for item in data]
    return data


@lru_cache
def schema_of(model: type[Record]) -> dict[str, Any]:
    """Return the JSON Schema of *model*; it is shared, so not to be changed."""
    return model.model_json_schema()


def resolved(node: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Return what *node* of *schema* stands for: its first choice, the definition it refers to."""
    if "anyOf" in node:
        node = next(choice for choice in node["anyOf"] if choice.get("type") != "null")
    if "$ref" in node:
        node = schema["$defs"][node["$ref"].rpartition("/")[2]]
    return node


def code(list_name: str, row: int) -> str:
    """Return the code that the row number *row* (from 0) of a list has from the beginning."""
    key = list_name.rpartition(".")[2]
    return f"{LETTERS.get(key, key[:1])}{row + 1}"
