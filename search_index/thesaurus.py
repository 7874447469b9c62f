# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finds the thesaurus's concepts in a query, and says how else they are called."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search_index.analysis import fold, lemma, stem, terms, words
from search_index.model import Concept

Label = tuple[str, ...]


@dataclass(frozen=True)
class Match:
    """A concept found in words *start* to *end* (excluded) of a query."""

    concept: Concept
    start: int
    end: int


class Thesaurus:
    """Concepts by their labels.

    Labels are recognised by their dictionary forms, which keep apart what a stemmer joins
    («concertazione», «concerto»); documents are searched for the labels' stems.
    """

    def __init__(self, concepts: Iterable[Concept] = ()) -> None:
        self._by_label: dict[Label, Concept] = {}
        self._labels: dict[str, frozenset[Label]] = {}
        self.words: set[str] = set()
        for concept in concepts:
            written = (concept.label, *concept.labels)
            self._labels[concept.id] = frozenset(map(_stems, written)) - {()}
            for label in written:
                self._by_label.setdefault(_lemmas(label), concept)
            self.words |= {fold(token.text) for label in written for token in words(label)}
        self._longest = max(map(len, self._by_label), default=0)

    def matches(self, query: Sequence[str]) -> list[Match]:
        """Return the concepts named in *query*, longest labels first at each place.

        A word that must stand for itself is given as an empty text.
        """
        lemmas = [word and lemma(word) for word in query]
        found, start = [], 0
        while start < len(lemmas):
            for end in range(min(len(lemmas), start + self._longest), start, -1):
                concept = self._by_label.get(tuple(lemmas[start:end]))
                if concept:
                    found.append(Match(concept, start, end))
                    start = end - 1
                    break
            start += 1
        return found

    def labels(self, concept: Concept) -> frozenset[Label]:
        """Return the labels of *concept*, as stems."""
        return self._labels[concept.id]

    def narrower(self, concept: Concept) -> frozenset[Label]:
        """Return the labels of the concepts just below *concept*, as stems."""
        return frozenset().union(*(self._labels.get(below, ()) for below in concept.narrower))


def _lemmas(label: str) -> Label:
    return tuple(lemma(word) for word in terms(label))


def _stems(label: str) -> Label:
    return tuple(stem(word) for word in terms(label))
