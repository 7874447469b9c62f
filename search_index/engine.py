# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Builds an index and answers queries from it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from search_index import facets, whoosh_store
from search_index.analysis import query_terms, stem, terms, words
from search_index.correction import correct
from search_index.facets import Facets
from search_index.model import Document, Hit, Results
from search_index.postings import Analysed, Postings
from search_index.ranking import EXACT, Clause, Ranking

#: A query of at most so many words prefers documents that have them all.
SHORT_QUERY = 4
#: Longer queries are cut: nobody types more, and a pasted page must not cost seconds.
MOST_WORDS = 40

Filters = Mapping[str, Collection[str]]


def create_index(
    folder: Path,
    documents: Iterable[Document],
    on_document: Callable[[str], None] = lambda _: None,
) -> None:
    """Write an index of *documents* into the empty *folder*."""
    listed = list(documents)
    names = {name for document in listed for name in document.texts}
    whoosh_store.write(
        folder,
        [facets.FIELD, *names, *(name + EXACT for name in names)],
        ((document.id, _analysed(document)) for document in listed),
        on_document,
    )


def open_index(folder: Path, weights: Mapping[str, float]) -> "Index":
    """Open the index in *folder*; *weights* gives each text field its weight.

    Raises :class:`SearchIndexError` when there is no whole index.
    """
    return Index(whoosh_store.WhooshPostings(folder), weights)


def _analysed(document: Document) -> Analysed:
    fields: dict[str, list[str]] = {
        facets.FIELD: [
            facets.term(facet, value)
            for facet, values in document.facets.items()
            for value in values
        ]
    }
    for name, text in document.texts.items():
        exact = terms(text)
        fields[name + EXACT] = exact
        fields[name] = [stem(word) for word in exact]
    return fields


class Index:
    """An open index. Any text is a valid query; none raises."""

    def __init__(self, postings: Postings, weights: Mapping[str, float]) -> None:
        self._postings = postings
        self._ids = postings.ids()
        self._weights = weights
        self._ranking = Ranking(postings, weights)
        self._facets = Facets(postings)

    @cached_property
    def _lexicon(self) -> dict[str, int]:
        """Every unstemmed word, with the largest number of documents that hold it in a field."""
        lexicon: dict[str, int] = defaultdict(int)
        for field in self._weights:
            for word, count in self._postings.lexicon(field + EXACT):
                lexicon[word] = max(lexicon[word], count)
        return dict(lexicon)

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(stem(word) for word in self._lexicon)

    def search(
        self, query: str, filters: Filters | None = None, limit: int = 10, offset: int = 0
    ) -> Results:
        """Return the *limit* best documents for *query* from *offset* on, with facet counts.

        An empty query finds everything, in the order in which documents were indexed. A query
        that finds nothing is answered as corrected, when a correction finds something.
        """
        suggestion = self.suggest(query)
        page = slice(offset, offset + limit)
        results = self._search(query, filters or {}, page)
        if not results.total and suggestion:
            corrected = self._search(suggestion, filters or {}, page)
            if corrected.total:
                return replace(corrected, query=query, suggestion=suggestion, corrected=True)
        return replace(results, suggestion=suggestion)

    def suggest(self, query: str) -> str | None:
        """Return *query* with the words that the index lacks corrected, or None."""
        parts, at, changed = [], 0, False
        for token in words(query):
            better = self._correction(token.text)
            parts += [query[at : token.start], better or token.text]
            at, changed = token.end, changed or better is not None
        return "".join(parts) + query[at:] if changed else None

    def _correction(self, word: str) -> str | None:
        known = terms(word)
        if not known or stem(known[0]) in self._stems:
            return None
        return correct(known[0], self._lexicon)

    def _search(self, query: str, filters: Filters, page: slice) -> Results:
        clauses = list(_clauses(query))
        if clauses:
            scores, matched = self._scores(clauses)
        else:
            scores, matched = dict.fromkeys(range(len(self._ids)), 0.0), {}
        found = sum(1 << number for number in scores)
        passing = found & self._facets.matching(filters)
        ranked = [number for number in scores if passing >> number & 1]
        complete = {number for number in ranked if matched.get(number, 0) >= len(clauses)}
        first = complete if len(clauses) <= SHORT_QUERY else set(ranked)
        ranked.sort(key=lambda number: (number not in first, -scores[number], number))
        return Results(
            query=query,
            total=len(ranked),
            hits=tuple(Hit(self._ids[number], scores[number]) for number in ranked[page]),
            facets=self._facets.counts(found, filters),
            stems=frozenset(clause.stem for clause in clauses),
            partial=bool(ranked) and not complete,
        )

    def _scores(self, clauses: list[Clause]) -> tuple[dict[int, float], dict[int, int]]:
        """Return the score of each document, and how many of *clauses* it has."""
        scores: dict[int, float] = defaultdict(float)
        matched: dict[int, int] = defaultdict(int)
        for clause in clauses:
            for number, score in self._ranking.scores(clause).items():
                scores[number] += score
                matched[number] += 1
        return scores, matched


def _clauses(query: str) -> Iterator[Clause]:
    distinct = dict.fromkeys(query_terms(query)[:MOST_WORDS])
    yield from {stem(word): Clause(stem(word), word) for word in distinct}.values()
