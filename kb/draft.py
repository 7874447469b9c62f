# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a person typed into the form of a practice, and the plain data that it becomes.

Names in the form are paths in the record, rows by number: ``sources.0.title``. Sections of the
text are named ``testo.problem``.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kb import italian
from kb.form import Field, fields
from kb.sections import HEADINGS

SECTION = "testo."
AUTHORITY = "citta"
#: Before the name of a field of choices: the order that they had, where a page cannot show it.
ORDER = "ordine."
ROW = re.compile(r"\.(\d{1,3})(?=\.)")
#: No practice has a longer list of groups; what is beyond is not read.
MOST_ROWS = 80
#: What a row holds before anyone has filled it in.
GIVEN = ("citations", "code")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
NORMAL: dict[str, Callable[[str], str | None]] = {
    "number": italian.number,
    "degrees": italian.degrees,
    "date": italian.date,
}


@dataclass(frozen=True)
class Draft:
    """The values of each field by its name in the form."""

    values: Mapping[str, Sequence[str]]

    def text(self, name: str) -> str:
        """Return the value of a field, as typed."""
        return next(iter(self.values.get(name, ())), "")

    def all(self, name: str) -> list[str]:
        """Return the values of a field of choices that are not empty."""
        return [value for value in self.values.get(name, ()) if value]

    def chosen(self, name: str) -> list[str]:
        """Return the choices of a field, once each: the first, then in the order they had."""
        first, *others = self.values.get(name) or [""]
        order = self.text(ORDER + name).split()
        others.sort(key=lambda value: order.index(value) if value in order else len(order))
        return [value for value in dict.fromkeys([first, *others]) if value]

    def rows(self, name: str) -> list[int]:
        """Return the numbers of the rows of the list *name*, in order."""
        return sorted(self._numbers.get(name, ()))[:MOST_ROWS]

    @property
    def row_count(self) -> int:
        """Return the number of rows of all lists."""
        return sum(map(len, self._numbers.values()))

    @cached_property
    def _numbers(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for name in self.values:
            for match in ROW.finditer(name):
                found[name[: match.start()]].add(int(match[1]))
        return found

    @property
    def sections(self) -> dict[str, str]:
        """Return the text of each section that has one, by key."""
        texts = {item.key: clean_lines(self.text(SECTION + item.key)) for item in HEADINGS}
        return {key: text for key, text in texts.items() if text}


@dataclass
class Reading:
    """The data of a draft: what it says, its rows that hold something, what was rewritten.

    ``rows`` has the numbers in the form of the items of each list; ``normal`` has, by name in
    the form, each value that is written otherwise in the file.
    """

    draft: Draft
    data: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, list[int]] = field(default_factory=dict)
    normal: dict[str, str] = field(default_factory=dict)

    def name_of(self, path: Sequence[str]) -> str:
        """Return the name in the form of the *path* of a finding, or of the nearest above it.

        Numbers of a path count from 1.
        """
        name, known = "", fields()
        for part in path:
            if part.isdigit() and name in self.rows and len(self.rows[name]) >= int(part):
                name = f"{name}.{self.rows[name][int(part) - 1]}"
                continue
            found = next((item for item in known if item.key == part), None)
            if found is None:
                break
            name, known = f"{name}.{part}".lstrip("."), found.fields
        return name


def said(draft: Draft, item: Field, name: str) -> bool:
    """Return whether *draft* says something in the field *item*, whose name in the form is *name*.

    What a row holds from the beginning says nothing.
    """
    if item.kind in GIVEN:
        return False
    if item.kind == "rows":
        return any(_said_below(draft, item, f"{name}.{row}.") for row in draft.rows(name))
    if item.kind == "group":
        return _said_below(draft, item, f"{name}.")
    return any(value != item.default for value in draft.all(name))


def _said_below(draft: Draft, item: Field, prefix: str) -> bool:
    return any(said(draft, part, prefix + part.key) for part in item.fields)


def read(draft: Draft) -> Reading:
    """Return the data of *draft*: texts, lists and mappings, as a file would be read."""
    reading = Reading(draft)
    reading.data = _group(reading, fields(), "")
    return reading


def _group(reading: Reading, known: Sequence[Field], prefix: str) -> dict[str, Any]:
    found = {item.key: _value(reading, item, prefix + item.key) for item in known}
    return {key: value for key, value in found.items() if value is not None}


def _value(reading: Reading, item: Field, name: str) -> Any:
    """Return the value of a field, or None where nothing was said."""
    draft = reading.draft
    if item.kind == "rows":
        return _rows(reading, item, name)
    if item.kind == "group":
        group = _group(reading, item.fields, f"{name}.")
        return group if item.required or not _blank(item, group) else None
    if item.kind == "lines":
        return [line for line in map(clean, draft.text(name).splitlines()) if line] or None
    if item.kind == "choices":
        return draft.chosen(name) or None
    if item.kind == "citations":
        cited = draft.all(name)
        return (cited[0] if len(cited) == 1 else cited) or None
    return _typed(reading, item, name)


def _rows(reading: Reading, item: Field, name: str) -> list[Any] | None:
    rows = {
        number: _group(reading, item.fields, f"{name}.{number}.")
        for number in reading.draft.rows(name)
    }
    filled = {number: row for number, row in rows.items() if not _blank(item, row)}
    reading.rows[name] = list(filled)
    return list(filled.values()) or None


def _blank(item: Field, group: Mapping[str, Any]) -> bool:
    """Return whether nobody has filled *group* in: it holds only what it began with."""
    return all(part.kind in GIVEN for part in item.fields if part.key in group)


def _typed(reading: Reading, item: Field, name: str) -> str | None:
    typed = clean(reading.draft.text(name))
    if not typed or typed == item.default:
        return None
    # What cannot be read stays as typed: the checker says what is wrong with it.
    normal = NORMAL[item.kind](typed) or typed if item.kind in NORMAL else typed
    if normal != typed:
        reading.normal[name] = normal
    return normal


def clean(text: str) -> str:
    """Return *text* as one line: no control character, single spaces."""
    return " ".join(CONTROL.sub(" ", text).split())


def clean_lines(text: str) -> str:
    """Return *text* with plain line ends, without control characters and outer empty lines."""
    lines = (CONTROL.sub(" ", line).rstrip() for line in text.splitlines())
    return "\n".join(lines).strip()


def draft_of(data: Mapping[str, Any], sections: Mapping[str, str], authority: str = "") -> Draft:
    """Return the draft that says *data* and *sections*: what :func:`read` makes, made undone."""
    values: dict[str, list[str]] = {AUTHORITY: [authority]}
    values |= {SECTION + key: [text] for key, text in sections.items()}
    for name, value in _flat(fields(), data, ""):
        values[name] = value
    return Draft(values)


def _flat(
    known: Sequence[Field], data: Mapping[str, Any], prefix: str
) -> Iterator[tuple[str, list[str]]]:
    for item in known:
        value, name = data.get(item.key), prefix + item.key
        if value is None:
            continue
        if item.kind == "rows":
            for number, row in enumerate(value):
                yield from _flat(item.fields, row, f"{name}.{number}.")
        elif item.kind == "group":
            yield from _flat(item.fields, value, f"{name}.")
        elif item.kind == "lines":
            yield name, ["\n".join(value)]
        else:
            yield name, list(value) if isinstance(value, list | tuple) else [str(value)]
