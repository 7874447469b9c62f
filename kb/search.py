# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Joins the records and the search index: what is indexed, and how answers are told."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import search_index
from kb.content import Content, Entry
from kb.records import Practice, Term
from kb.sections import without_citations
from kb.store import Card, KnowledgeBase
from kb.types import first_day
from search_index import Document, Results

#: Weight of each text field. Names and vocabulary labels say less than the text itself.
WEIGHTS: Mapping[str, float] = {
    "title": 1.0,
    "summary": 1.0,
    "body": 1.0,
    "facts": 0.5,
    "names": 0.5,
    "labels": 0.4,
    "english": 0.5,
}
FACETS = ("theme", "city", "status", "target_group", "instrument", "programme", "year")
PAGE = 12


def documents(content: Content) -> list[Document]:
    """Return one document per practice, those with the latest news first."""
    entries = sorted(content.practices.values(), key=lambda entry: entry.record.title)
    entries.sort(key=lambda entry: entry.record.status_date, reverse=True)
    return [_document(content, entry) for entry in entries]


def _document(content: Content, entry: Entry[Practice]) -> Document:
    practice = entry.record
    authority_id = content.authority_of(entry.id)
    texts = {
        "title": practice.title,
        "summary": practice.summary,
        "body": "\n".join(section.text for section in entry.sections),
        "facts": "\n".join(_facts(practice)),
        "names": "\n".join(
            [content.authorities[authority_id].record.name, practice.place.name, *_names(practice)]
        ),
        "labels": "\n".join(_labels(content, practice)),
        "english": f"{practice.title_en}\n{practice.summary_en}",
    }
    facets = {
        "theme": practice.themes,
        "city": (authority_id,),
        "status": (practice.status,),
        "target_group": practice.target_groups,
        "instrument": practice.instruments,
        "programme": tuple(dict.fromkeys(item.programme for item in practice.funding)),
        "year": tuple(map(str, active_years(practice))),
    }
    return Document(entry.id, {k: without_citations(v) for k, v in texts.items()}, facets)


def active_years(practice: Practice) -> range:
    """Return the years in which the sources show the practice at work.

    Without a known end the last one is the year of the latest source on its status.
    """
    last = first_day(practice.period.end or practice.status_date).year
    first = first_day(practice.period.start or practice.status_date).year
    return range(first, max(first, last) + 1)


def _facts(practice: Practice) -> Iterator[str]:
    yield from practice.legal_basis
    yield from practice.success_factors
    yield from practice.limits
    yield from practice.lessons
    for block in practice.building_blocks:
        yield f"{block.name}. {block.what} {block.conditions or ''}"
    for indicator in practice.indicators:
        yield f"{indicator.label} {indicator.unit}"
    for item in practice.funding:
        yield f"{item.name or ''} {item.purpose or ''}"
    if practice.theory_of_change:
        yield from (node.text for node in practice.theory_of_change.nodes())


def _names(practice: Practice) -> Iterator[str]:
    for actor in (practice.lead, *practice.partners):
        yield f"{actor.name} {actor.role or ''}"
    yield from practice.aliases


def _labels(content: Content, practice: Practice) -> Iterator[str]:
    for theme_id in practice.themes:
        theme = content.themes[theme_id].record
        yield " ".join((theme.label, theme.label_en, *theme.synonyms, *theme.synonyms_en))
    for vocabulary, ids in (
        ("target-groups", practice.target_groups),
        ("instruments", practice.instruments),
        ("programmes", [item.programme for item in practice.funding]),
    ):
        yield from (_words(content.vocabularies[vocabulary][term]) for term in dict.fromkeys(ids))


def _words(term: Term) -> str:
    return " ".join((term.label, term.label_en, *term.synonyms, *term.synonyms_en))


@dataclass(frozen=True)
class FoundPractice:
    """A hit with what a reader needs to judge it; *snippet* is safe HTML."""

    card: Card
    score: float
    snippet: str
    section: str | None


@dataclass(frozen=True)
class Answer:
    """The results of a query, with the practices of the page asked for."""

    results: Results
    found: tuple[FoundPractice, ...]


def search(
    base: KnowledgeBase,
    query: str,
    filters: Mapping[str, Sequence[str]] | None = None,
    limit: int = PAGE,
    offset: int = 0,
) -> Answer:
    """Return the practices of *base* that answer *query*; any text is a valid query."""
    results = base.index.search(query, filters or {}, limit, offset)
    cards = base.cards([hit.id for hit in results.hits])
    texts = base.section_texts(list(cards))
    found = tuple(
        _found(cards[hit.id], hit.score, texts[hit.id], results.stems) for hit in results.hits
    )
    return Answer(results, found)


def _found(
    card: Card, score: float, sections: Iterable[tuple[str, str]], stems: frozenset[str]
) -> FoundPractice:
    """Choose the passage with the most marked words; the summary when the text has none."""
    passages = [(label, search_index.excerpt(text, stems)) for label, text in sections]
    marked = [(label, passage) for label, passage in passages if passage]
    if not marked:
        return FoundPractice(card, score, search_index.highlight(card.summary, stems), None)
    label, passage = max(marked, key=lambda pair: len(set(_marks(pair[1]))))
    return FoundPractice(card, score, passage, label)


def _marks(html: str) -> list[str]:
    return [part.partition("</mark>")[0].lower() for part in html.split("<mark>")[1:]]


def as_json(base: KnowledgeBase, answer: Answer) -> dict[str, Any]:
    """Return the answer as the command line and the API print it."""
    results = answer.results
    return {
        "query": results.query,
        "total": results.total,
        "hits": [
            {
                "slug": hit.card.slug,
                "title": hit.card.title,
                "summary": hit.card.summary,
                "city": hit.card.authority,
                "themes": list(hit.card.themes),
                "score": round(hit.score, 4),
                "snippet": hit.snippet,
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
        "suggestion": results.suggestion,
        "corrected": results.corrected,
    }
