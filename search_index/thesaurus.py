# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finds the thesaurus's concepts in a query, and says how else they are called."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search_index.analysis import fold, stem, terms, words
from search_index.model import Concept

Label = tuple[str, ...]


@dataclass(frozen=True)
class Match:
    """A concept found in words *start* to *end* (excluded) of a query."""

    concept: Concept
    start: int
    end: int


class Thesaurus:
    """Concepts by the stems of their labels."""

    def __init__(self, concepts: Iterable[Concept] = ()) -> None:
        self._by_label: dict[Label, Concept] = {}
        self._labels: dict[str, frozenset[Label]] = {}
        self.words: set[str] = set()
        for concept in concepts:
            written = (concept.label, *concept.labels)
            self._labels[concept.id] = frozenset(map(_stems, written)) - {()}
            for label in self._labels[concept.id]:
                self._by_label.setdefault(label, concept)
            self.words |= {fold(token.text) for label in written for token in words(label)}
        self._longest = max(map(len, self._by_label), default=0)

    def matches(self, stems: Sequence[str]) -> list[Match]:
        """Return the concepts named in *stems*, longest labels first at each place."""
        found, start = [], 0
        while start < len(stems):
            for end in range(min(len(stems), start + self._longest), start, -1):
                concept = self._by_label.get(tuple(stems[start:end]))
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


def _stems(label: str) -> Label:
    return tuple(stem(word) for word in terms(label))
