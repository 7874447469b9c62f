# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages for those who work with several practices: guide, comparison, collection, booklets."""

from collections.abc import Container, Sequence

from flask import Flask, Response, abort, render_template, request

import search_index
from kb import guide as guiding
from kb import search as searching
from kb import similar as like
from kb.cards import Card, PracticePage
from kb.store import KnowledgeBase
from kb.web import booklet, comparison, selection, views
from kb.web.base import knowledge_base
from kb.web.language import language
from kb.web.query import LONGEST_QUERY, Query
from kb.web.selection import MOST_COLLECTED, MOST_COMPARED, select

#: How many practices are offered to be added, and how many the guide shows before the search does.
MOST_OFFERED = 6
MOST_GUIDED = 12
LONGEST_TITLE = 80


@views.bp.get("/percorso")
def guide() -> str:
    """Show the questions that lead to practices, and what the answers in the address leave."""
    base = knowledge_base()
    steps = guiding.steps(base, request.args)
    answers = [step.answer for step in steps if step.answer]
    filters = guiding.filters(answers)
    results = base.find(search_index.parse(""), filters, limit=MOST_GUIDED)
    pairs = tuple((facet, value) for facet, values in filters.items() for value in values)
    return render_template(
        "guide.html",
        steps=steps,
        given={step.question.id: step.answer.id for step in steps if step.answer},
        total=results.total,
        cards=list(base.cards([hit.id for hit in results.hits]).values()),
        reasons=lambda slug: guiding.reasons(base, slug, answers),
        search_url=Query(filters=pairs).url(),
    )


@views.bp.get("/confronta")
def compare() -> str:
    """Show the practices of the address side by side; with fewer than two, offer others."""
    base = knowledge_base()
    chosen = select(base, MOST_COMPARED)
    pages = [page for page in map(base.practice, chosen.cards) if page]
    words = request.args.get("q", "").strip()[:LONGEST_QUERY]
    table = comparison.rows(base, pages)
    different = request.args.get("solo") == "differenze"
    return render_template(
        "compare.html",
        selection=chosen,
        pages=pages,
        rows=[row for row in table if not (different and row.same)],
        equal=sum(row.same for row in table),
        different=different,
        words=words,
        found=_found(base, words, chosen.cards),
        similar=_similar(base, pages) if len(pages) < MOST_COMPARED else (),
        pairs=base.once("pairs", _pairs) if not pages else (),
    )


def _found(base: KnowledgeBase, words: str, chosen: Container[str]) -> list[Card]:
    """Return practices for *words* that are not among *chosen*."""
    if not words:
        return []
    limit = MOST_OFFERED + MOST_COMPARED
    answer = searching.search(base, words, limit=limit, language=language())
    cards = [found.card for found in answer.found if found.card.slug not in chosen]
    return cards[:MOST_OFFERED]


def _similar(base: KnowledgeBase, pages: Sequence[PracticePage]) -> list[Card]:
    """Return practices like the last of *pages*, without any of these."""
    shown = {page.slug for page in pages}
    near = [item.card for page in pages[-1:] for item in like.similar(base, page)]
    return [card for card in near if card.slug not in shown]


def _pairs(base: KnowledgeBase) -> list[tuple[str, Card, Card]]:
    """Return, by theme, a practice and the one most like it, to begin with."""
    pairs = []
    for theme in base.themes:
        for card in base.by_theme(theme)[:1]:
            page = base.practice(card.slug)
            near = like.similar(base, page) if page else []
            pairs += [(theme, card, item.card) for item in near[:1]]
    return pairs


@views.bp.get("/confronta.csv")
def compare_csv() -> Response:
    """Answer with the comparison of the practices of the address, for a spreadsheet."""
    base = knowledge_base()
    pages = [page for page in map(base.practice, select(base, MOST_COMPARED).cards) if page]
    if not pages:
        abort(404)
    answer = Response(comparison.as_csv(base, pages), content_type="text/csv; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename="confronto.csv")
    return answer


@views.bp.get("/raccolta")
def collection() -> str:
    """Show the practices of the address as a collection."""
    return render_template(
        "collection.html",
        selection=select(knowledge_base(), MOST_COLLECTED),
        name=_name(),
    )


@views.bp.get("/raccolta/fascicolo")
def collection_booklet() -> str:
    """Show the collection of the address as a booklet."""
    base = knowledge_base()
    chosen = select(base, MOST_COLLECTED)
    return _booklet(booklet.of_practices(base, list(chosen.cards), _name()))


@views.bp.get("/temi/<theme>/fascicolo")
def theme_booklet(theme: str) -> str:
    """Show the practices of a theme as a booklet."""
    base = knowledge_base()
    if theme not in base.themes:
        abort(404)
    return _booklet(booklet.of_theme(base, theme, _part()))


@views.bp.get("/eventi/<event>/fascicolo")
def event_booklet(event: str) -> str:
    """Show the practices of an event as a booklet."""
    base = knowledge_base()
    if event not in base.events:
        abort(404)
    return _booklet(booklet.of_event(base, event, _part()))


def _booklet(made: booklet.Booklet) -> str:
    if not made.pages:
        abort(404)
    return render_template("booklet.html", booklet=made)


def _part() -> int:
    return request.args.get("parte", default=1, type=int)


def _name() -> str:
    """Return the name that the reader gave the collection."""
    return request.args.get("titolo", "").strip()[:LONGEST_TITLE]


def register(app: Flask) -> None:
    """Give the templates of *app* what leads to these pages."""
    selection.register(app)
