# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The blank form: what it says and asks, for a text document and for a table."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from kb.forms.blocks import Block, Heading, Paragraph, Table
from kb.forms.choices import LISTED, Choices
from kb.forms.names import CITY
from kb.forms.questions import SECTIONS, Question, asked, group_help
from kb.labels import labels_of

TITLE = "Scheda di una buona pratica"
INTRODUCTION = (
    "Questo modulo raccoglie ciò che serve per raccontare una pratica ad altre città. Si scrive "
    "nella colonna «Risposta» e sotto i titoli del testo; ciò che non si sa si lascia vuoto.",
    "L'asterisco segna ciò che è obbligatorio. Dove si chiedono più voci, se ne scrive una per "
    "riga. Se servono più tabelle uguali, si copia quella vuota con il suo titolo.",
    "I fatti vengono da documenti pubblici, elencati in «Fonti». Dopo ogni cifra si scrive fra "
    "parentesi quadre il numero della fonte: [s1] è la prima, [s2] la seconda.",
    "Si nominano enti, uffici e cariche; niente nomi o recapiti di persone.",
)
FIELD, ANSWER, HELP = "Campo", "Risposta", "Che cosa scrivere"
#: The parts of the form and the fields in each; a field named nowhere is in the last one.
PARTS: dict[str, tuple[str, ...]] = {
    "La pratica": (
        *("title", "summary", "title_en", "summary_en", "keywords", "keywords_en"),
        *("themes", "status", "status_date"),
    ),
    "Fonti": ("sources",),
    "Dove, quando, per chi": ("period", "place", "scale", "target_groups", "instruments"),
    "Chi la fa": ("lead", "partners", "contact"),
    "Il testo": (SECTIONS,),
    "Regole, risorse, risultati": ("legal_basis", "funding", "indicators", "milestones"),
    "Che cosa si è imparato": (
        *("success_factors", "limits", "lessons", "building_blocks", "theory_of_change"),
    ),
    "Legami e verifica": (),
}
TERMS = "Voci ammesse"
TERMS_HELP = "Le voci fra cui si sceglie. Se ne manca una, la si scrive lo stesso: si aggiungerà."
#: Empty items of each list, and of those not named here.
ITEMS = {"sources": 4, "partners": 4, "funding": 2, "indicators": 3, "milestones": 5}
OTHER_ITEMS = 2
#: A list whose items have more values than this has a table for each item.
WIDEST = 4


def parts() -> Iterator[tuple[str, list[Question]]]:
    """Yield the title of each part of the form, and its questions."""
    named = {field for fields in PARTS.values() for field in fields}
    last = next(reversed(PARTS))
    for title, fields in PARTS.items():
        found = [
            question
            for question in asked()
            if question.path[0] in fields or (title == last and question.path[0] not in named)
        ]
        found.sort(key=lambda question: fields.index(question.path[0]) if fields else 0)
        yield title, [CITY, *found] if title == next(iter(PARTS)) else found


def document(choices: Choices) -> Iterator[Block]:
    """Yield the blank form as the blocks of a text document."""
    yield Heading(TITLE, 0)
    for text in INTRODUCTION:
        yield Paragraph(text, help=True)
    for title, listed in parts():
        yield Heading(title, 1)
        for group, grouped in groupby(listed, lambda question: question.group):
            inside = list(grouped)
            yield from _group(group, inside) if group else _singles(inside)
    yield from terms(choices)


def terms(choices: Choices) -> Iterator[Block]:
    """Yield the list of the terms that answers may name."""
    yield Heading(TERMS, 1)
    yield Paragraph(TERMS_HELP, help=True)
    for vocabulary, title in LISTED.items():
        labels = tuple(choices.terms[vocabulary].values())
        yield Heading(f"{TERMS}: {title}", 2)
        yield Table(((title,), *((label,) for label in labels)))


def _singles(listed: list[Question]) -> Iterator[Block]:
    written = [question for question in listed if question.kind == "section"]
    for question in written:
        yield Heading(question.titles[-1] + _mark(question), 2)
        yield Paragraph(hint(question), help=True)
        yield Paragraph("")
    if not written:
        yield _vertical(listed)


def _group(group: str, inside: list[Question]) -> Iterator[Block]:
    title, description = group_help(group)
    if len(inside) <= WIDEST:
        yield Heading(title, 2)
        yield Paragraph(group_hint(inside, description), help=True)
        header = tuple(question.name + _mark(question) for question in inside)
        yield Table((header, *[("",) * len(inside)] * ITEMS.get(group, OTHER_ITEMS)))
        return
    for number in range(1, ITEMS.get(group, OTHER_ITEMS) + 1):
        yield Heading(f"{title}, n. {number}", 2)
        yield Paragraph(description, help=True)
        yield _vertical(inside)


def _vertical(listed: list[Question]) -> Table:
    rows = [(question.name + _mark(question), "", hint(question)) for question in listed]
    return Table(((FIELD, ANSWER, HELP), *rows))


def _mark(question: Question) -> str:
    return "*" if question.required else ""


def group_hint(inside: list[Question], description: str) -> str:
    """Return what to write in a table with a row for each item, from its *description*."""
    hints = [f"{question.name}: {hint(question)}" for question in inside]
    return " ".join((description, "Una riga per ciascuna voce.", *hints))


def hint(question: Question) -> str:
    """Return what to write: the description of the schema, the choices there are, an example."""
    text = question.hint
    if question.kind == "boolean":
        text = f"«Sì» {text[0].lower()}{text[1:]}"
    if question.kind == "choice" and list(labels_of(question.values)) != [
        *labels_of(question.values).values()
    ]:
        text = f"Uno di questi: {'; '.join(labels_of(question.values).values())}."
    if question.vocabulary in LISTED:
        text += f" L'elenco è in «{TERMS}»."
    if question.vocabulary == "practices":
        text += " Va bene anche il titolo."
    if question.kind == "date":
        text += " Vanno bene anche 18/12/2024 e dicembre 2024."
    if question.kind == "citations":
        text += " Esempio: s1."
    if question.kind == "nodes":
        text += " Una frase per riga, con la fonte: [s1]. Senza fonte vale come ricostruzione."
    if question.many:
        text += " Una voce per riga."
    if question.example:
        # Without the mark that the files have: the form asks for [s1].
        example = question.example.replace("[^", "[")
        text += f" Esempio: {example}" + ("" if example.endswith((".", "?")) else ".")
    return text


class Column(NamedTuple):
    """A column of the form as a table: the question, its heading, its help."""

    question: Question
    name: str
    hint: str


def columns() -> list[Column]:
    """Return the columns of the form as a table."""
    found = []
    for _, listed in parts():
        for group, grouped in groupby(listed, lambda question: question.group):
            inside = list(grouped)
            if not group:
                found += [Column(q, q.name + _mark(q), hint(q)) for q in inside]
                continue
            title = group_help(group)[0]
            for number in range(1, ITEMS.get(group, OTHER_ITEMS) + 1):
                found += [Column(q, f"{title} {number}: {q.name}", hint(q)) for q in inside]
    return found
