# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Filled forms, document or table, as answers."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kb.forms import layout
from kb.forms.answers import Answer
from kb.forms.blocks import Aside, Block, Heading, Paragraph, Table
from kb.forms.choices import LISTED, key
from kb.forms.names import TEXT, Names
from kb.forms.questions import Question, group_help
from kb.forms.tables import Row


def of_row(header: list[str], cells: list[str], names: Names) -> Iterator[Answer]:
    """Yield the answers in a row of a table, by the names in its *header*."""
    for column, text in enumerate(cells):
        name = header[column].strip() if column < len(header) else ""
        question, number = names.single(name)
        yield Answer(name or f"Colonna {column + 1}", text, question, number)


def filled_rows(rows: list[Row]) -> list[Row]:
    """Return the rows below the header that somebody filled: not the form's own help."""
    hints = tuple(key(column.hint) for column in layout.columns())
    return [
        row
        for row in rows[1:]
        if not all(key(cell).startswith(hints) for cell in row.cells if cell.strip())
    ]


def of_document(blocks: Iterable[Block], names: Names) -> list[Answer]:
    """Return the answers in the *blocks* of a document; nothing that was written is left out."""
    reader = _Reader(names)
    for block in blocks:
        reader.take(block)
    return reader.answers


@dataclass
class _Reader:
    """Follows a document: what it takes next belongs under the last heading."""

    names: Names
    answers: list[Answer] = field(default_factory=list)
    heading: str = ""
    section: Question | None = None
    group: str = ""
    number: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    known: set[str] = field(default_factory=lambda: {key(text) for text in _own_words()})

    def take(self, block: Block) -> None:
        """Take what *block* says."""
        if isinstance(block, Heading):
            self._open(block.text)
        elif isinstance(block, Aside):
            # Without a letter it is a page number.
            if re.search(r"[^\W\d_]", block.text):
                self.answers.append(Answer(block.where, block.text))
        elif isinstance(block, Table):
            self._table(block)
        elif block.text:
            self._paragraph(block)

    def _open(self, text: str) -> None:
        """Begin what stands under the heading *text*."""
        if not text:
            return
        self.heading = text
        self.section = self.names.section(text)
        self.group, self.number = ("", 0) if self.section else self.names.group(text)
        known = self.section or self.group or key(text) in self.known
        if not known and self.section is None:
            self.answers.append(Answer("Titolo del documento", text))

    def _paragraph(self, block: Paragraph) -> None:
        if key(block.text) in self.known:
            return
        if self.names.section(block.text):
            # A title that only looks like one.
            self._open(block.text)
        elif self.section:
            mark = "- " if block.listed else ""
            self.answers.append(Answer(self.heading, mark + block.text, self.section))
        else:
            self.answers.append(Answer(self.heading or "Testo", block.text))

    def _table(self, table: Table) -> None:
        header, *rows = table.rows or ((),)
        keys = [key(cell) for cell in header]
        if key(layout.FIELD) in keys[:1] and key(layout.ANSWER) in keys:
            number = self._next()
            for row in filter(None, rows):
                self._vertical(row, keys, number)
        elif self.group and any(self.names.inside(self.group, cell) for cell in header):
            for row in rows:
                self._horizontal(header, row)
        elif not self.heading.startswith(layout.TERMS):
            for row in table.rows:
                self._unknown(row)

    def _next(self) -> int:
        """Return the number of the item that a table is about."""
        last = self.counts.get(self.group, 0)
        number = self.number if self.number > last else last + 1
        self.counts[self.group] = number
        return number

    def _vertical(self, row: tuple[str, ...], keys: list[str], number: int) -> None:
        name, *others = row
        question = self.names.inside(self.group, name) if self.group else None
        if question is None:
            question, given = self.names.single(name)
            number = given if question and question.group else number
        place = f"{self.heading}, {name}" if self.group else name
        for column, text in enumerate(others, 1):
            answered = keys[column : column + 1] == [key(layout.ANSWER)]
            if answered:
                self.answers.append(Answer(place, text, question, number))
            else:
                self._beside(place, text)

    def _beside(self, place: str, text: str) -> None:
        """Keep what was written in the column of the help, after it or in its stead."""
        lines = [line for line in text.splitlines() if key(line) not in self.known]
        self.answers.append(Answer(place, "\n".join(lines)))

    def _horizontal(self, header: tuple[str, ...], row: tuple[str, ...]) -> None:
        if not any(cell.strip() for cell in row):
            return
        number = self._next()
        for column, text in enumerate(row):
            name = header[column] if column < len(header) else ""
            place = f"{self.heading} {number}, {name}"
            self.answers.append(Answer(place, text, self.names.inside(self.group, name), number))

    def _unknown(self, row: tuple[str, ...]) -> None:
        text = " | ".join(cell for cell in row if cell.strip())
        self.answers.append(Answer(self.heading or "Tabella", text))


def _own_words() -> Iterator[str]:
    """Yield all that the blank document itself says outside its tables' first columns."""
    yield from (layout.TITLE, *layout.INTRODUCTION, layout.TERMS, layout.TERMS_HELP, *TEXT)
    yield from (f"{layout.TERMS}: {title}" for title in LISTED.values())
    for title, questions in layout.parts():
        yield title
        yield from map(layout.hint, questions)
        for group in {question.group for question in questions if question.group}:
            inside = [question for question in questions if question.group == group]
            description = group_help(group)[1]
            yield description
            yield layout.group_hint(inside, description)
