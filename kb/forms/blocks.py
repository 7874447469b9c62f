# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a text document is made of, whichever program wrote it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """A heading; the title of the document has level 0."""

    text: str
    level: int


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; *listed* if it is an item of a list, *help* if the form itself says it."""

    text: str
    listed: bool = False
    help: bool = False


@dataclass(frozen=True)
class Table:
    """A table as rows of text; the first row names the columns."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Aside:
    """Text outside the flow: a note, a comment, a text box; *where* says which."""

    where: str
    text: str


Block = Heading | Paragraph | Table | Aside
