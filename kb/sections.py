# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The fixed sections of a practice's text, and the citations inside any text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.labels import N_

CITATION = re.compile(r"\[\^([^\]\s]+)\]")


@dataclass(frozen=True)
class Heading:
    """A fixed heading: *key* names it in code and addresses, *label* in the files.

    *description* and *example* tell authors, in Italian, what goes below it.
    """

    key: str
    label: str
    description: str
    example: str
    required: bool = False


HEADINGS = (
    Heading(
        "problem",
        N_("Il problema"),
        "Da quale bisogno si è partiti, e per chi era un problema.",
        "Nel quartiere tre terreni comunali erano abbandonati da anni [^s1].",
        required=True,
    ),
    Heading(
        "action",
        N_("Che cosa si è fatto"),
        "Che cosa la città ha deciso e messo in piedi, con chi.",
        "Il Comune ha affidato i terreni a gruppi di abitanti con un bando [^s1].",
        required=True,
    ),
    Heading(
        "working",
        N_("Come funziona"),
        "Come va avanti ogni giorno: chi fa che cosa, con quali regole.",
        "Ogni gruppo ha un referente e si riunisce una volta al mese [^s1].",
    ),
    Heading(
        "results",
        N_("Risultati"),
        "Che cosa ne è venuto, anche ciò che non è riuscito. Se non si sa, si dice.",
        "Le fonti non dicono ancora quante persone coltivano gli orti [^s1].",
        required=True,
    ),
    Heading(
        "lessons",
        N_("Lezioni"),
        "Che cosa si è capito strada facendo.",
        "Dove le regole erano scritte dagli abitanti ci sono state meno liti [^s1].",
    ),
    Heading(
        "elsewhere",
        N_("Come farlo altrove"),
        "Che cosa serve a un'altra città per rifarlo.",
        "Servono un terreno pubblico, l'acqua e un ufficio che risponda [^s1].",
    ),
)
#: Under this heading ``kb import`` keeps what it could not place; the checker asks to settle it.
LEFTOVERS = "Da sistemare"
BY_LABEL = {heading.label: heading for heading in HEADINGS}


@dataclass(frozen=True)
class Section:
    """The text under one ``##`` heading; *line* is the heading's line in the file."""

    label: str
    line: int
    text: str

    @property
    def key(self) -> str | None:
        """Return the key of the fixed heading, or None for an unknown heading."""
        heading = BY_LABEL.get(self.label)
        return heading.key if heading else None


def split(body: str, first_line: int) -> list[Section]:
    """Return the sections of *body*; text before the first heading has the label ``""``."""
    sections: list[Section] = []
    label, line = "", first_line
    lines: list[str] = []
    for number, text in enumerate([*body.splitlines(), "## "], first_line):
        if text.startswith("## "):
            if label or "".join(lines).strip():
                sections.append(Section(label, line, "\n".join(lines).strip()))
            label, line, lines = text[3:].strip(), number, []
        else:
            lines.append(text)
    return sections


def settled(body: str) -> str:
    """Return *body* up to what ``kb import`` could not place, if it left something."""
    return re.split(rf"^## {LEFTOVERS}\s*$", body, maxsplit=1, flags=re.MULTILINE)[0]


def citations(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield line and column (from 0) and source id of every citation in *text*."""
    for row, line in enumerate(text.splitlines()):
        for match in CITATION.finditer(line):
            yield row, match.start(), match.group(1)


def without_citations(text: str) -> str:
    """Return *text* without its citations, as one reads it aloud."""
    return re.sub(r"\s*" + CITATION.pattern, "", text)
