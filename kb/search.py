# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Asks the search index and tells its answers with what readers need to judge them."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import search_index
from kb import problems
from kb.cards import Card, Part
from kb.documents import FACETS
from kb.store import KnowledgeBase
from search_index import Contribution, Favour, Query, Results
from search_index.analysis import fold, stem
from search_index.analysis import words as tokens

PAGE = 12
#: Prefixes of the query language, accents folded, and the facet that each narrows.
PREFIXES = {
    "citta": "city",
    "city": "city",
    "tema": "theme",
    "theme": "theme",
    "anno": "year",
    "year": "year",
    "strumento": "instrument",
    "instrument": "instrument",
    "programma": "programme",
    "programme": "programme",
    "problema": "problem",
    "problem": "problem",
    "destinatari": "target_group",
    "target": "target_group",
    "stato": "status",
    "status": "status",
}
#: Orders besides relevance: a key of the card, and whether the greatest comes first.
ORDERS: dict[str, tuple[Callable[[Card], Any], bool]] = {
    "recenti": (lambda card: card.status_date, True),
    "verifica": (lambda card: card.reviewed, True),
    "titolo": (lambda card: fold(card.title), False),
}
YEARS = re.compile(r"(\d{4})(?:\s*(?:-|\.\.|–)\s*(\d{4}))?")
MOST_INSIDE = 2

Filters = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Inside:
    """A part of a practice that matches: its kind, its text as HTML, its anchor.

    *kind* is a key of :data:`kb.labels.PARTS`.
    """

    kind: str
    html: str
    anchor: str


@dataclass(frozen=True)
class FoundPractice:
    """A hit with what a reader needs to judge it; *summary* and *snippet* are safe HTML.

    *snippet* is a passage of *section*, both None when no passage matches.
    """

    card: Card
    score: float
    summary: str
    snippet: str | None
    section: str | None
    inside: tuple[Inside, ...] = ()


@dataclass(frozen=True)
class Answer:
    """The results for *words*, with the practices of the page asked for.

    *suggestion* is the query with corrected words, when some had to be; *corrections* pairs each
    of them, as typed, with the word used instead. *unknown* are the values
    of prefixes that nothing has, which were taken for words. *problems* are the ids of those that
    the words may speak of, the likeliest first.
    """

    words: str
    results: Results
    found: tuple[FoundPractice, ...]
    suggestion: str | None
    corrections: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def search(  # noqa: PLR0913 - the whole of a search, by name
    base: KnowledgeBase,
    words: str,
    filters: Filters | None = None,
    *,
    limit: int = PAGE,
    offset: int = 0,
    order: str | None = None,
    widen: bool = True,
    language: str = "it",
    archived: bool = False,
) -> Answer:
    """Return the practices of *base* that answer *words*; any text is a valid query.

    *order* is a key of :data:`ORDERS`; without one the best come first. Without *widen* the
    thesaurus is not asked. Passages are Italian; the summary is that of *language*. Archived
    entries are found with *archived* only.
    """
    query, written, unknown = _understood(base, words)
    narrowed = _joined(filters or {}, written)
    meant = problems.meant(base, query) if widen else []
    results = base.find(
        query,
        narrowed,
        archived=archived,
        limit=limit,
        offset=offset,
        order=_order(base, order),
        widen=widen,
        favours=_favours(base, meant, narrowed),
    )
    cards = base.cards([hit.id for hit in results.hits])
    texts = base.section_texts(list(cards)) if query.wanted else {}
    parts = base.parts(list(cards)) if query.wanted else {}
    found = tuple(
        _found(
            cards[hit.id],
            hit.score,
            texts.get(hit.id, ()),
            results.stems,
            parts.get(hit.id, ()),
            language,
        )
        for hit in results.hits
    )
    return Answer(
        words,
        results,
        found,
        _suggestion(words, results.corrections),
        _typed(words, results.corrections),
        unknown,
        problems.told(meant),
    )


def matching(
    base: KnowledgeBase, words: str, filters: Filters | None = None, *, widen: bool = True
) -> Results:
    """Return all practices of *base* that answer *words*, with facet counts but no texts."""
    query, written, _ = _understood(base, words)
    narrowed = _joined(filters or {}, written)
    meant = problems.meant(base, query) if widen else []
    favours = _favours(base, meant, narrowed)
    return base.find(query, narrowed, limit=base.count(), widen=widen, favours=favours)


def explain(base: KnowledgeBase, words: str, slug: str) -> list[Contribution]:
    """Return what the score of the practice *slug* for *words* is made of, greatest first."""
    query, written, _ = _understood(base, words)
    favours = _favours(base, problems.meant(base, query), written)
    return base.index.explain(query, slug, favours)


def _favours(
    base: KnowledgeBase, meant: Sequence[problems.Meant], narrowed: Filters
) -> list[Favour]:
    """Return what the problems *meant* by the words, and those chosen, say for practices."""
    return problems.favours(base, [*meant, *problems.chosen(narrowed.get("problem", ()))])


def _understood(
    base: KnowledgeBase, words: str
) -> tuple[Query, dict[str, list[str]], tuple[str, ...]]:
    """Return the query in *words*, the filters that its prefixes mean, and unknown values.

    A value that nothing has is taken for words.
    """
    query = search_index.parse(words, PREFIXES)
    written: dict[str, list[str]] = {}
    unknown = []
    for facet, values in query.prefixed.items():
        for value in values:
            meant = _values(base, facet, value)
            written.setdefault(facet, []).extend(meant)
            unknown += [] if meant else [value]
    if unknown:
        plain = search_index.parse(" ".join(unknown))
        query = replace(
            query,
            wanted=query.wanted + plain.wanted,
            written=query.written + plain.written,
        )
    return query, {facet: values for facet, values in written.items() if values}, tuple(unknown)


def _joined(filters: Filters, written: Filters) -> dict[str, list[str]]:
    facets = {*filters, *written}
    return {facet: [*filters.get(facet, ()), *written.get(facet, ())] for facet in facets}


def _values(base: KnowledgeBase, facet: str, written: str) -> list[str]:
    """Return the facet values that *written* means: by id, or by the words of a label."""
    if facet == "year":
        match = YEARS.fullmatch(written.strip())
        first, last = (int(year) for year in match.groups(match[1])) if match else (1, 0)
        return [str(year) for year in range(first, min(last, first + 100) + 1)]
    wanted = [fold(word) for word in re.findall(r"\w+", written)]
    return [
        value
        for value, label in base.facet_labels(facet).items()
        if _begins(wanted, re.findall(r"\w+", fold(f"{value} {label}")))
    ]


def _begins(wanted: list[str], known: list[str]) -> bool:
    return bool(wanted) and all(
        any(word.startswith(want) or stem(word) == stem(want) for word in known) for want in wanted
    )


def _order(base: KnowledgeBase, order: str | None) -> Callable[[str], Any] | None:
    if order is None or order not in ORDERS:
        return None
    key, greatest_first = ORDERS[order]

    def places(base: KnowledgeBase) -> dict[str, int]:
        listed = sorted(base.all_cards(archived=True), key=key, reverse=greatest_first)
        return {card.slug: place for place, card in enumerate(listed)}

    return base.once(f"order {order}", places).__getitem__


def _found(  # noqa: PLR0913, PLR0917 - a hit is made of these
    card: Card,
    score: float,
    sections: Iterable[tuple[str, str]],
    stems: frozenset[str],
    parts: Iterable[Part],
    language: str,
) -> FoundPractice:
    """Choose the passage with the most marked words."""
    inside = tuple(_inside(parts, stems))
    summary = search_index.highlight(card.summary_en if language == "en" else card.summary, stems)
    passages = [(label, search_index.excerpt(text, stems)) for label, text in sections]
    marked = [(label, passage) for label, passage in passages if passage]
    if not marked:
        return FoundPractice(card, score, summary, None, None, inside)
    label, passage = max(marked, key=lambda pair: len(_marks(pair[1])))
    return FoundPractice(card, score, summary, passage, label, inside)


def _inside(parts: Iterable[Part], stems: frozenset[str]) -> list[Inside]:
    """Return the *parts* that hold the most of *stems*."""
    marked = [
        Inside(part.kind, search_index.highlight(part.text, stems), part.anchor) for part in parts
    ]
    marked = [part for part in marked if _marks(part.html)]
    return sorted(marked, key=lambda part: -len(_marks(part.html)))[:MOST_INSIDE]


def _marks(html: str) -> set[str]:
    return {part.partition("</mark>")[0].lower() for part in html.split("<mark>")[1:]}


def _suggestion(words: str, corrections: Sequence[tuple[str, str]]) -> str | None:
    """Return *words* with the corrected ones in place of those typed."""
    better = dict(corrections)
    if not better:
        return None
    return re.sub(r"[^\W_]+", lambda match: better.get(fold(match[0]), match[0]), words)


def _typed(words: str, corrections: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return *corrections* of folded words as pairs of words as they were typed."""
    typed = {fold(token.text): token.text for token in tokens(words)}
    return tuple((typed.get(word, word), used) for word, used in corrections)


def as_json(base: KnowledgeBase, answer: Answer) -> dict[str, Any]:
    """Return the answer as the command line and the API print it."""
    results = answer.results
    return {
        "query": answer.words,
        "total": results.total,
        "whole": results.whole,
        "hits": [
            {
                "slug": hit.card.slug,
                "title": hit.card.title,
                "summary": hit.card.summary,
                "city": hit.card.authority,
                "themes": list(hit.card.themes),
                "evidence": hit.card.evidence,
                "archived": hit.card.archived,
                "score": round(hit.score, 4),
                "snippet": hit.snippet or hit.summary,
            }
            for hit in answer.found
        ],
        "facets": {
            name: [
                {
                    "value": value.value,
                    "label": base.label(name, value.value),
                    "count": value.count,
                    "selected": value.selected,
                }
                for value in results.facets.get(name, ())
            ]
            for name in FACETS
        },
        "suggestion": answer.suggestion,
        "concepts": [base.vocabularies["thesaurus"][concept].label for concept in results.concepts],
    }
