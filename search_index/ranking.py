# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009), term by term."""

import math
from collections.abc import Mapping

from search_index.postings import Postings

K1 = 0.9
B = 0.75

Scores = dict[int, float]


class Ranking:
    """Term scores of one index."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings
        self._size = len(postings.ids())
        self._average: dict[str, float] = {}

    def scores(self, field: str, term: str, weight: float = 1.0) -> Scores:
        """Return *weight* times the BM25 of *term* in *field*, by document number."""
        postings = self._postings.postings(field, term)
        if not postings:
            return {}
        lengths = self._postings.lengths(field)
        average = self._average_length(field)
        rarity = math.log(1 + (self._size - len(postings) + 0.5) / (len(postings) + 0.5))
        found = {}
        for number, frequency in postings:
            norm = K1 * (1 - B + B * lengths[number] / average)
            found[number] = weight * rarity * frequency * (K1 + 1) / (frequency + norm)
        return found

    def _average_length(self, field: str) -> float:
        if field not in self._average:
            self._average[field] = sum(self._postings.lengths(field)) / self._size or 1.0
        return self._average[field]


def added(parts: Mapping[int, float], more: Mapping[int, float]) -> Scores:
    """Return the sum of two score maps."""
    total = dict(parts)
    for number, score in more.items():
        total[number] = total.get(number, 0.0) + score
    return total


def best(parts: Mapping[int, float], more: Mapping[int, float]) -> Scores:
    """Return the greater of two scores for each document."""
    greatest = dict(parts)
    for number, score in more.items():
        greatest[number] = max(greatest.get(number, 0.0), score)
    return greatest
