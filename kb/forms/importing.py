# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Turns a filled form into practice files: all of it, or nothing."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kb import practice_file
from kb.check import slugify
from kb.content import Content, practice_paths
from kb.errors import FormUnreadable
from kb.forms import archive, tables
from kb.forms.answers import Answer, Filled, fill
from kb.forms.blocks import Block
from kb.forms.choices import Choices
from kb.forms.names import CITY, Names
from kb.forms.reading import filled_rows, of_document, of_row
from kb.types import LONGEST_SLUG, SHORTEST_SLUG

TABLES = (".csv", ".tsv", ".ods", ".xlsx")
DOCUMENTS = (".docx", ".odt")


@dataclass(frozen=True)
class Draft:
    """A practice file to be: its path, its text, how many answers found no place."""

    path: Path
    text: str
    left: int


def drafts(path: Path, content: Content, city: str = "", row: int | None = None) -> list[Draft]:
    """Return the practices that the filled form *path* tells, of *city* or of the city it names.

    *row* picks one row of a table, by its number in the spreadsheet. Raises
    :class:`FormUnreadable` with the reason, and :class:`ImportMissing`.
    """
    choices = Choices(content)
    made: list[Draft] = []
    taken = set(content.practices) | {path.stem for path in practice_paths(content.root)}
    for where, answers in _forms(path, row):
        draft = _draft(content.root, fill(answers, choices), city)
        if isinstance(draft, str):
            raise FormUnreadable(path, where + draft)
        if draft.path.stem in taken:
            raise FormUnreadable(
                path, f"{where}there is a practice '{draft.path.stem}' already; change the title"
            )
        taken.add(draft.path.stem)
        made.append(draft)
    if not made:
        raise FormUnreadable(path, "no answer in it; fill the form under its headings")
    return made


def _forms(path: Path, row: int | None) -> Iterator[tuple[str, list[Answer]]]:
    """Yield where it stands, for messages, and the answers of each form in *path*."""
    names = Names()
    suffix = path.suffix.lower()
    if suffix in DOCUMENTS:
        yield "", of_document(_blocks(path), names)
    elif suffix in TABLES:
        rows = tables.rows(path)
        listed = [found for found in filled_rows(rows) if row in (None, found.number)]
        if not listed and row is not None:
            raise FormUnreadable(path, f"row {row} holds no practice")
        for found in listed:
            yield f"row {found.number}: ", list(of_row(rows[0].cells, found.cells, names))
    else:
        known = ", ".join((*TABLES, *DOCUMENTS))
        raise FormUnreadable(path, f"a form is one of {known}; save it in one of these formats")


def _blocks(path: Path) -> list[Block]:
    packed = io.BytesIO(archive.bounded(path))
    if path.suffix.lower() == ".docx":
        from kb.forms import word as reader  # noqa: PLC0415 - an extra
    else:
        from kb.forms import opendocument as reader  # type: ignore[no-redef] # noqa: PLC0415
    try:
        return list(reader.blocks(packed))
    except reader.UNREADABLE as error:
        raise FormUnreadable(path, f"it cannot be read ({error}); save it again") from error


def _draft(root: Path, filled: Filled, city: str) -> Draft | str:
    """Return the file of *filled*, or the reason why there can be none."""
    named = filled.data.pop(CITY.path[0], "")
    if not (city or named):
        return "it names no known city; give one with --city"
    slug = slugify(filled.data.get("title", ""))[:LONGEST_SLUG].strip("-")
    if len(slug) < SHORTEST_SLUG:
        return "it has no title; fill 'Titolo'"
    return Draft(root / (city or named) / f"{slug}.md", _text(filled), len(filled.left))


def _text(filled: Filled) -> str:
    body = practice_file.body(filled.sections)
    return practice_file.text(filled.data, f"{body}\n{filled.leftovers()}")


def write(made: list[Draft]) -> None:
    """Write *made*, all of them or none; never over a file. Raises :class:`OSError`."""
    written: list[Path] = []
    try:
        for draft in made:
            write_new(draft.path, draft.text)
            written.append(draft.path)
    except OSError:
        for path in written:
            path.unlink()
        raise


def write_new(path: Path, text: str) -> None:
    """Write *text* as the new file *path*, whole or not at all.

    Raises :class:`FileExistsError` when there is such a file.
    """
    with path.open("x", encoding="utf-8", newline="\n") as file:
        try:
            file.write(text)
        except OSError:
            path.unlink()
            raise
