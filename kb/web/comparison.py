# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Practices side by side: one row per question, one cell per practice, as page and as CSV."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from flask_babel import gettext
from markupsafe import Markup

from kb import labels
from kb.cards import PracticePage
from kb.records import Funding, Indicator, Practice, Source
from kb.rendering import render_inline
from kb.sections import HEADINGS, without_citations
from kb.store import KnowledgeBase
from kb.web.filters import amount, facet_label, measured, number, of_date, partial_date, period
from kb.web.language import absolute, language, page_url, translated

#: What a list of a spreadsheet's language has between its values.
DELIMITERS = {"it": ";", "en": ","}
#: What a spreadsheet takes for the beginning of a formula (OWASP, CSV Injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Line:
    """A fact of a cell: what (inline markdown), how it is known, where from, where it leads.

    *italian* says that *text* exists in Italian only.
    """

    text: str
    note: str = ""
    sources: tuple[Source, ...] = ()
    address: str = ""
    italian: bool = False

    @property
    def html(self) -> Markup:
        """Return the text as HTML, without citations."""
        return render_inline(without_citations(self.text))

    @property
    def plain(self) -> str:
        """Return all that the line says as plain text."""
        parts = [self.html.striptags()]
        parts += [f"({self.note})"] if self.note else []
        parts += [f"[{source.title}, {source.url}]" for source in self.sources]
        parts += [self.address] if self.address.startswith("http") else []
        return " ".join(parts)


Cell = tuple[Line, ...]


@dataclass(frozen=True)
class Row:
    """A question with the answer of each practice; an empty cell is not documented.

    Answers from closed lists and names are *comparable*: the same words mean the same.
    """

    label: str
    cells: tuple[Cell, ...]
    comparable: bool = False

    @cached_property
    def _owners(self) -> Counter[str]:
        return Counter(text for cell in self.cells for text in {line.text for line in cell})

    def shared(self, line: Line) -> int:
        """Return how many of the practices say *line*."""
        return self._owners[line.text]

    @property
    def overlaps(self) -> bool:
        """Return whether some of the practices, but not all, say some of the same."""
        return self.comparable and not self.same and max(self._owners.values(), default=0) > 1

    @property
    def same(self) -> bool:
        """Return whether all practices say the same; nothing documented is no answer."""
        answers = {frozenset(line.text for line in cell) for cell in self.cells}
        return self.comparable and len(answers) == 1 and any(self.cells)


def rows(base: KnowledgeBase, pages: Sequence[PracticePage]) -> list[Row]:
    """Return the rows of a comparison of *pages*."""
    problems = _problems(base, [page.slug for page in pages])
    table = [list(_cells(page.record, problems[page.slug])) for page in pages]
    return [
        Row(label, tuple(column[place][1] for column in table), comparable)
        for place, (label, _, comparable) in enumerate(table[0] if table else ())
    ]


def _problems(base: KnowledgeBase, slugs: Sequence[str]) -> dict[str, str]:
    """Return the first paragraph of each practice's first section, by slug."""
    first = HEADINGS[0].label
    return {
        slug: next((text.split("\n\n")[0] for label, text in sections if label == first), "")
        for slug, sections in base.section_texts(slugs).items()
    }


def _cells(record: Practice, problem: str) -> Iterator[tuple[str, Cell, bool]]:
    """Yield label and cell of each row, and whether the row is comparable."""
    yield gettext("Il problema"), _texts([problem] if problem else []), False
    yield gettext("Con che strumento"), _terms("instrument", record.instruments), True
    yield gettext("A chi serve"), _terms("target_group", record.target_groups), True
    yield gettext("Dove"), (Line(record.place.name, italian=True),), True
    yield gettext("Scala"), (Line(gettext(labels.SCALES[record.scale])),), True
    yield gettext("Quanto costa"), tuple(_costs(record)), False
    yield gettext("Periodo"), _period(record), True
    yield gettext("Stato"), (_status(record),), True
    yield gettext("Chi la guida"), _texts([record.lead.name]), True
    yield gettext("Con chi"), _texts(partner.name for partner in record.partners), True
    yield gettext("Risultati"), tuple(_result(record, item) for item in record.indicators), False
    yield gettext("Quali prove"), tuple(_evidence(record)), False
    yield gettext("Limiti"), _texts(record.limits), False
    yield gettext("A quali condizioni"), _texts(_conditions(record)), False
    yield gettext("Base giuridica"), _texts(record.legal_basis), False
    yield gettext("A chi rivolgersi"), tuple(_contact(record)), False


def _texts(texts: Iterable[str]) -> Cell:
    return tuple(Line(text, italian=True) for text in texts)


def _terms(facet: str, values: Sequence[str]) -> Cell:
    return tuple(Line(facet_label(facet, value)) for value in values)


def _sources(record: Practice, cited: Sequence[str]) -> tuple[Source, ...]:
    return tuple(source for source in record.sources if source.id in cited)


def _costs(record: Practice) -> Iterator[Line]:
    """Yield the amounts, the cost of the whole practice first, then the funds without one."""
    known = [item for item in record.funding if item.amount]
    for item in sorted(known, key=lambda item: item.scope != "total"):
        yield Line(amount(item), _cost_note(item), _sources(record, item.source))
    unknown = [item for item in record.funding if not item.amount]
    if unknown:
        programmes = dict.fromkeys(facet_label("programme", item.programme) for item in unknown)
        cited = [source for item in unknown for source in item.source]
        yield Line(amount(unknown[0]), ", ".join(programmes), _sources(record, cited))


def _cost_note(item: Funding) -> str:
    parts = [
        gettext("costo complessivo") if item.scope == "total" else gettext("una parte"),
        gettext(labels.STAGES[item.stage]) if item.stage else gettext("fase non documentata"),
        str(item.year) if item.year else "",
        facet_label("programme", item.programme),
    ]
    return ", ".join(filter(None, parts))


def _period(record: Practice) -> Cell:
    if not (record.period.start or record.period.end):
        return ()
    return (Line(period(record.period), sources=_sources(record, record.period.source)),)


def _status(record: Practice) -> Line:
    said = gettext("secondo una fonte %(of_date)s", of_date=of_date(record.status_date))
    return Line(gettext(labels.STATUSES[record.status]), said)


def _result(record: Practice, item: Indicator) -> Line:
    year = f" ({item.year})" if item.year else ""
    note = gettext(labels.NATURES[item.nature])
    if item.baseline:
        note += gettext("; prima era %(value)s", value=number(item.baseline.value))
    text = f"{item.label}{year}: {measured(item)} {item.unit}"
    return Line(text, note, _sources(record, item.source), italian=True)


def _evidence(record: Practice) -> Iterator[Line]:
    """Yield how many sources of each kind, and how many indicators of each nature, there are."""
    kinds: Counter[str] = Counter(source.kind for source in record.sources)
    for kind, label in labels.SOURCES.items():
        if kinds[kind]:
            yield Line(f"{gettext(label)}: {kinds[kind]}")
    natures: Counter[str] = Counter(item.nature for item in record.indicators)
    for nature, label in labels.NATURES.items():
        if natures[nature]:
            yield Line(
                gettext("Cifre, %(nature)s: %(num)s", nature=gettext(label), num=natures[nature])
            )
    if record.indicators:
        compared = sum(1 for item in record.indicators if item.baseline)
        yield Line(gettext("Cifre con un valore di partenza: %(num)s", num=compared))


def _conditions(record: Practice) -> Iterator[str]:
    for block in record.building_blocks:
        if block.conditions:
            yield f"{block.name}: {block.conditions}"


def _contact(record: Practice) -> Iterator[Line]:
    contact = record.contact
    if contact and contact.office:
        yield Line(contact.office, italian=True)
    if contact and contact.email:
        yield Line(contact.email, address=f"mailto:{contact.email}")
    if contact and contact.page:
        yield Line(gettext("Pagina ufficiale"), address=contact.page)


def as_csv(base: KnowledgeBase, pages: Sequence[PracticePage]) -> bytes:
    """Return the comparison for a spreadsheet: UTF-8 with a byte order mark, as Excel wants it.

    Values stand between the signs that spreadsheets in the page's language expect (semicolons in
    Italian, commas in English).
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=DELIMITERS[language()])
    for row in _plain_rows(base, pages):
        writer.writerow([_harmless(value) for value in row])
    return text.getvalue().encode("utf-8-sig")


def _plain_rows(base: KnowledgeBase, pages: Sequence[PracticePage]) -> Iterator[list[str]]:
    yield [gettext("Voce"), *(translated(page.record, "title") for page in pages)]
    yield [gettext("Città"), *(base.authorities[page.authority_id].name for page in pages)]
    for row in rows(base, pages):
        missing = gettext("non documentato")
        yield [
            row.label,
            *("\n".join(line.plain for line in cell) or missing for cell in row.cells),
        ]
    yield [gettext("Ultima verifica"), *(partial_date(page.record.reviewed) for page in pages)]
    yield [
        gettext("Indirizzo"),
        *(absolute(page_url("practice", slug=page.slug)) for page in pages),
    ]


def _harmless(value: str) -> str:
    """Return *value* so that no spreadsheet takes it for a formula."""
    return f"'{value}" if value.startswith(FORMULA) else value
