# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Begins a file: what is known stands in it, what is not is an empty value under a hint."""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from kb import practice_file
from kb.content import Entry, validate
from kb.fields import LETTERS, code, fields, ordered, resolved, schema_of
from kb.forms.answers import Answer, Filled, fill
from kb.forms.choices import Choices
from kb.forms.names import CITY
from kb.forms.questions import (
    ITEM,
    NOT_ASKED,
    SECTIONS,
    SOURCE_CODE,
    Question,
    questions,
)
from kb.frontmatter import Document
from kb.paths import bundled
from kb.records import Authority, Practice, Record
from kb.sections import CITATION, HEADINGS

FRAME = "practice.md"
FIRST_SOURCE = "s1"
REVIEWED = "reviewed"
#: Asked although the schema can do without.
ALSO = {("period", "start"), ("sources", ITEM, "date")}
#: What a practice keeps of the one that it is modelled on: how it is made, not what happened.
KEPT = {"themes", "scale", "target_groups", "instruments", "programme"}
#: Optional, but without them an item would say nothing, or what is true of the model only.
ASKED_AGAIN = {"start", "amount", "office"}
#: Facts of the model alone, without a structure worth taking over.
DROPPED = {"keywords", "keywords_en", "adoptions", "related", "events", *NOT_ASKED}
DROPPED |= {"open_questions", "sources", REVIEWED}
PROFILE = "## Per che cosa è nota qui"


def first_questions(model: type[Record]) -> list[Question]:
    """Return the few questions that a valid file of *model* needs answered."""
    required = schema_of(model)["required"]
    found = [
        question
        for question in questions(model)
        if (question.required and (not question.group or question.group in required))
        or question.path in ALSO
    ]
    # The day is today's; a source is cited by its code; the file's own place is its city.
    asked = [
        question
        for question in found
        if question.kind != "citations" and question.path not in {(REVIEWED,), SOURCE_CODE}
    ]
    return [CITY, *asked] if model is Practice else asked


def wrong(question: Question, value: Any, model: type[Record], choices: Choices) -> str:
    """Return what the checker says of *value* as the answer to *question*, or an empty text."""
    if question.path[0] in (SECTIONS, *CITY.path):
        return ""
    data: Any = value
    for key in reversed(question.path):
        data = [data] if key == ITEM else {key: data}
    place = ".".join("1" if key == ITEM else key for key in question.path)
    _, findings = validate(model, Document(Path()), data, choices.terms)
    for finding in findings:
        if finding.field == place or finding.field.startswith(f"{place}."):
            return finding.message("it")
    return ""


def practice(given: Mapping[Question, str], choices: Choices, like: Entry[Practice] | None) -> str:
    """Return the file of a new practice with the answers *given*, built as *like* if there is one.

    A figure in the text cites the first source: it is the only one.
    """
    filled = _filled(given, choices)
    filled.data.pop(CITY.path[0], None)
    skeleton = _emptied(like.document.data, Practice) if like else {}
    data = _with(_with(_outline(Practice), skeleton), filled.data)
    wanted = {heading.key for heading in HEADINGS if heading.required}
    wanted |= {section.key or "" for section in like.sections} if like else set()
    texts = {
        key: _cited(text) if re.search(r"\d", text) and not CITATION.search(text) else text
        for key, text in filled.sections.items()
    }
    body = "\n\n".join(
        f"## {heading.label}\n\n{texts.get(heading.key, '')}".rstrip()
        for heading in HEADINGS
        if heading.key in wanted | set(texts)
    )
    return _framed(Practice, data, body)


def authority(given: Mapping[Question, str], choices: Choices) -> str:
    """Return the profile of a new authority with the answers *given*."""
    filled = _filled(given, choices)
    data = _with(_outline(Authority), filled.data)
    summary = filled.data.get("summary", "")
    body = f"{PROFILE}\n\n{_cited(summary)}" if summary else PROFILE
    return _framed(Authority, data, body)


def _filled(given: Mapping[Question, str], choices: Choices) -> Filled:
    return fill(
        (Answer(question.name, text, question) for question, text in given.items()), choices
    )


def _cited(text: str) -> str:
    """Return *text* with the first source cited at its end, before the full stop."""
    bare = text.rstrip()
    end = bare[-1] if bare[-1] in ".?!" else ""
    return f"{bare.removesuffix(end)} [^{FIRST_SOURCE}]{end}"


def _outline(model: type[Record]) -> dict[str, Any]:
    """Return the fields that *model* requires, empty, with a first source and today's date."""
    data = _empty(schema_of(model), schema_of(model))
    data[REVIEWED] = datetime.date.today().isoformat()
    data["sources"] = [_empty(schema_of(model), schema_of(model)["$defs"]["Source"])]
    data["sources"][0]["id"] = FIRST_SOURCE
    if "period" in data:
        data["period"] = {"start": "", "source": FIRST_SOURCE}
    return data


def _empty(schema: dict[str, Any], record: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key in record.get("required", ()):
        inner = resolved(record["properties"][key], schema)
        if "properties" in inner:
            found[key] = _empty(schema, inner)
        else:
            found[key] = [] if inner.get("type") == "array" else ""
    return found


def _emptied(data: Mapping[str, Any], model: type[Record]) -> dict[str, Any]:
    """Return the shape of *data*, without its facts: what is kept, and what must be written."""
    schema = schema_of(model)
    found = {
        name: _shape(schema, schema["properties"][name], value, name)
        for name, value in data.items()
        if name not in DROPPED and name in schema["properties"]
    }
    return found | {"theory_of_change": _steps(data)} if "theory_of_change" in found else found


def _shape(schema: dict[str, Any], node: dict[str, Any], data: Any, name: str) -> Any:
    if name in KEPT:
        return data
    if name == "source":
        return FIRST_SOURCE
    record = resolved(node, schema)
    if isinstance(data, list):
        shapes = [_shape(schema, record.get("items", {}), item, "") for item in data]
        return [shape for number, shape in enumerate(shapes) if shape not in shapes[:number]]
    if not isinstance(data, dict):
        return ""
    needed = {*record.get("required", ()), *ASKED_AGAIN, *KEPT}
    actor = record.get("title") == "Actor"
    shape = {
        key: value
        if actor and key == "kind"
        else _shape(schema, record["properties"][key], value, key)
        for key, value in data.items()
        if key in needed and key in record["properties"]
    }
    # Never «{}»: the hints that follow could not be taken up.
    return shape or {next(iter(record["properties"])): ""}


def _steps(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a theory of change with one step to write where *data* has some."""
    step = {"text": "", "source": FIRST_SOURCE}
    listed = [key for key in data["theory_of_change"] if key in LETTERS]
    return {key: [{"id": code(key, 0), **step}] for key in listed}


def _with(data: Any, given: Any) -> Any:
    """Return *data* with what *given* knows in its place; lists of records are joined in order."""
    if isinstance(data, dict) and isinstance(given, dict):
        both = {key: _with(value, given.get(key)) for key, value in data.items()}
        return both | {key: value for key, value in given.items() if key not in data}
    if isinstance(data, list) and isinstance(given, list) and data and isinstance(given[0], dict):
        return [_with(data[0], given[0]), *given[1:]]
    return data if given is None else given


@dataclass(frozen=True)
class _Field:
    """A field of a file to be: its name, its hint, its lines."""

    name: str
    hint: str
    yaml: str


def _framed(model: type[Record], data: dict[str, Any], body: str) -> str:
    environment = Environment(
        loader=FileSystemLoader(bundled("templates")),
        autoescape=False,  # noqa: S701 - the file is markdown, not HTML
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    optional = {name: info for name, info in fields(model).items() if name not in data}
    return environment.get_template(FRAME).render(
        fields=list(_fields(model, data)), optional=optional, body=body
    )


def _fields(model: type[Record], data: Mapping[str, Any]) -> Iterator[_Field]:
    for name, info in fields(model).items():
        if name in data:
            lines = practice_file.lines(ordered({name: data[name]}, model))
            comments = _comments(model, name, data[name])
            yield _Field(name, info.description or "", lines + "".join(comments))


def _comments(model: type[Record], name: str, value: Any) -> Iterable[str]:
    """Return hints for the optional fields that the record *value* does not have."""
    schema = schema_of(model)
    node = resolved(schema["properties"][name], schema)
    listed = node.get("type") == "array"
    record = resolved(node["items"], schema) if listed else node
    present = set(value[-1] if listed and value and isinstance(value[-1], dict) else value)
    indent = "    " if listed else "  "
    return [
        f"{indent}# {key}: {child['description']}\n"
        for key, child in record.get("properties", {}).items()
        if key not in present
    ]
