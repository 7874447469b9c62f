# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finds the thesaurus's concepts in a query, and says how else they are called."""

from collections import defaultdict
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
        self._concepts = {concept.id: concept for concept in concepts}
        self._by_label: dict[Label, Concept] = {}
        self.words: set[str] = set()
        for concept in self._concepts.values():
            for label in (concept.label, *concept.labels):
                self._by_label.setdefault(_stems(label), concept)
                self.words |= {fold(token.text) for token in words(label)}
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

    def labels(self, concept: Concept) -> set[Label]:
        """Return the labels of *concept*, as stems."""
        return {_stems(label) for label in (concept.label, *concept.labels)} - {()}

    def narrower(self, concept: Concept) -> set[Label]:
        """Return the labels of the concepts just below *concept*, as stems."""
        below: dict[str, set[Label]] = defaultdict(set)
        for concept_id in concept.narrower:
            if concept_id in self._concepts:
                below[concept_id] = self.labels(self._concepts[concept_id])
        return set().union(*below.values())


def _stems(label: str) -> Label:
    return tuple(stem(word) for word in terms(label))
