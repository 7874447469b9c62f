# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""BM25F, term by term.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), section
3.6: the weighted frequencies of a term in all fields are added up before they saturate, so that
a word in title, summary and text does not count as three words.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from search_index.postings import Postings

K1 = 1.2

Scores = dict[int, float]


class Stream(NamedTuple):
    """A term in a field, and what one occurrence there counts."""

    field: str
    term: str
    weight: float = 1.0


class Ranking:
    """Term scores of one index; *b* from 0 to 1 says how much long texts must pay for it."""

    def __init__(self, postings: Postings, b: float) -> None:
        self._postings = postings
        self._b = b
        self._size = len(postings.ids())
        self._average: dict[str, float] = {}

    def scores(self, streams: Iterable[Stream], boost: float = 1.0) -> Scores:
        """Return *boost* times the BM25F of one word in its *streams*, by document number."""
        frequencies: dict[int, float] = defaultdict(float)
        for field, term, weight in streams:
            lengths, average = self._postings.lengths(field), self._average_length(field)
            for number, frequency in self._postings.postings(field, term):
                norm = 1 - self._b + self._b * lengths[number] / average
                frequencies[number] += weight * frequency / norm
        having = len(frequencies)
        rarity = math.log(1 + (self._size - having + 0.5) / (having + 0.5))
        return {
            number: boost * rarity * frequency * (K1 + 1) / (frequency + K1)
            for number, frequency in frequencies.items()
        }

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
