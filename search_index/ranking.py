# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009), term by term."""

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from search_index.postings import Postings

K1 = 1.2
B = 0.75
#: The unstemmed words of a field count half as much as its stems: they repair over-stemming.
EXACT_WEIGHT = 0.5
EXACT = "_exact"


@dataclass(frozen=True)
class Clause:
    """One word of a query: its stem and the word itself."""

    stem: str
    word: str


class Ranking:
    """Scores of one index with the given field weights."""

    def __init__(self, postings: Postings, weights: Mapping[str, float]) -> None:
        self._postings = postings
        self._size = len(postings.ids())
        self._weights = weights
        self._average: dict[str, float] = {}

    def scores(self, clause: Clause) -> dict[int, float]:
        """Return the score of *clause* for each document number that has it."""
        found: dict[int, float] = defaultdict(float)
        for field, weight in self._weights.items():
            self._add(found, field, clause.stem, weight)
            self._add(found, field + EXACT, clause.word, weight * EXACT_WEIGHT)
        return found

    def _add(self, found: dict[int, float], field: str, term: str, weight: float) -> None:
        postings = self._postings.postings(field, term)
        if not postings:
            return
        lengths = self._postings.lengths(field)
        average = self._average_length(field)
        rarity = math.log(1 + (self._size - len(postings) + 0.5) / (len(postings) + 0.5))
        for number, frequency in postings:
            norm = K1 * (1 - B + B * lengths[number] / average)
            found[number] += weight * rarity * frequency * (K1 + 1) / (frequency + norm)

    def _average_length(self, field: str) -> float:
        if field not in self._average:
            self._average[field] = sum(self._postings.lengths(field)) / self._size or 1.0
        return self._average[field]
