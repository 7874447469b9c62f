# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The figures: what the base holds, how it varies by theme, what it does not know.

Each number is one that the index counts for a search, and leads to that search.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import render_template, request

from kb import labels
from kb.facts import GAPS, Facts, facts
from kb.labels import N_
from kb.store import KnowledgeBase
from kb.web import narrowing
from kb.web.base import knowledge_base
from kb.web.query import Query
from search_index import Results

#: What the practices are counted by, in the order of the page.
COUNTED = ("theme", "city", "status", "instrument", "programme", "target_group")
#: Facets whose values have an order of their own; the others go by number.
ORDERED = {"theme", "city", "status", "budget"}
#: Numbers of sources of a practice, told together: least, most, name.
SOURCES = (
    (1, 1, N_("Una fonte")),
    (2, 4, N_("Da 2 a 4 fonti")),
    (5, 9, N_("Da 5 a 9 fonti")),
    (10, 10_000, N_("10 fonti o più")),
)
#: Up to so many practices are named under what they lack.
MOST_NAMED = 100


@dataclass(frozen=True)
class Count:
    """How many practices have a value; *share* is that of the largest number beside it.

    *url* leads to the search that finds them, or is empty where none can.
    """

    value: str
    count: int
    share: float
    url: str = ""
    selected: bool = False


@dataclass(frozen=True)
class Line:
    """A line of a table of two facets: its value, all its practices, a number per column."""

    value: str
    total: int
    url: str
    cells: Sequence[Count]


def page() -> str:
    """Show the figures of the practices that answer the address."""
    base = knowledge_base()
    query = Query.from_args(request.args, "figures")
    found = query.matching(base)
    known = facts(base)
    items = [known[hit.id] for hit in found.hits]
    return render_template(
        "figures.html",
        **narrowing.context(base, query, found),
        counts={facet: counts(base, query, found, facet) for facet in COUNTED},
        unnamed=sum(not item.programmes for item in items),
        money=crossed(base, query, "budget"),
        budgets=labels.BUDGETS,
        tools=turned(crossed(base, query, "instrument")),
        items=items,
        sources=_sources(items),
        evidence=_evidence(base, items),
        kinds={kind: sum(i.sources.get(kind, 0) for i in items) for kind in labels.SOURCES},
        gaps={gap: _lacking(items, gap) for gap in GAPS},
        gap_names=GAPS,
        MOST_NAMED=MOST_NAMED,
    )


def counts(base: KnowledgeBase, query: Query, found: Results, facet: str) -> list[Count]:
    """Return how many practices have each value of *facet*, as the search's filters count."""
    values = list(found.facets.get(facet, ()))
    if facet in ORDERED:
        order = list(base.facet_labels(facet))
        values.sort(key=lambda value: order.index(value.value))
    most = max((value.count for value in values), default=1) or 1
    search = query.on("search")
    return [
        Count(v.value, v.count, v.count / most, search.only(facet, v.value).url(), v.selected)
        for v in values
    ]


def crossed(base: KnowledgeBase, query: Query, facet: str) -> list[Line]:
    """Return a line per theme: how many of its practices have each value of *facet*."""
    lines = []
    for theme in base.themes:
        found = query.matching(base, besides=facet, theme=theme)
        if found.total:
            search = query.on("search").only("theme", theme)
            lines.append(_line(base, search, theme, found, facet))
    return _scaled(lines)


def _scaled(lines: Sequence[Line]) -> list[Line]:
    """Return *lines* with shares that tell how each cell compares with the strongest one."""
    most = max((cell.share for line in lines for cell in line.cells), default=0) or 1
    return [
        replace(line, cells=[replace(cell, share=cell.share / most) for cell in line.cells])
        for line in lines
    ]


def _line(base: KnowledgeBase, search: Query, theme: str, found: Results, facet: str) -> Line:
    by_value = {value.value: value.count for value in found.facets.get(facet, ())}
    cells = [
        Count(value, number, number / found.total, search.only(facet, value).url())
        for value in base.facet_labels(facet)
        for number in (by_value.get(value, 0),)
    ]
    return Line(theme, found.total, search.only(facet).url(), cells)


def turned(lines: Sequence[Line]) -> list[tuple[str, list[tuple[Line, Count]]]]:
    """Return the columns of *lines* as rows, those with the largest numbers first.

    Columns without any practice are left out.
    """
    columns = zip(*(line.cells for line in lines), strict=True)
    rows = [(cells[0].value, list(zip(lines, cells, strict=True))) for cells in columns]
    rows.sort(key=lambda row: -sum(cell.count for _, cell in row[1]))
    return [row for row in rows if any(cell.count for _, cell in row[1])]


def _sources(items: Sequence[Facts]) -> list[Count]:
    """Return how many practices rest on how many sources."""
    totals = [sum(item.sources.values()) for item in items]
    numbers = [sum(least <= n <= most for n in totals) for least, most, _ in SOURCES]
    top = max(numbers, default=1) or 1
    return [Count(name, n, n / top) for n, (_, _, name) in zip(numbers, SOURCES, strict=True)]


def _evidence(base: KnowledgeBase, items: Sequence[Facts]) -> list[tuple[str, list[Facts]]]:
    """Return the practices that touch each theme, for what is known of their results."""
    listed = [(theme, [i for i in items if theme in i.card.themes]) for theme in base.themes]
    return [(theme, touching) for theme, touching in listed if touching]


def _lacking(items: Sequence[Facts], gap: str) -> list[Facts]:
    """Return the practices that have *gap*, by title."""
    return sorted((item for item in items if gap in item.gaps), key=lambda item: item.card.title)
