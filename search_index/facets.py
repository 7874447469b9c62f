# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Facet filters and counts: one integer per facet value, one bit per document."""

import functools
import operator
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from search_index.model import FacetValue
from search_index.postings import Postings

FIELD = "facet"
SEPARATOR = "="


def term(facet: str, value: str) -> str:
    """Return the index term of a facet value."""
    return f"{facet}{SEPARATOR}{value}"


class Facets:
    """The facet values of one index, as bit sets over document numbers."""

    def __init__(self, postings: Postings) -> None:
        self.everything = (1 << len(postings.ids())) - 1
        self._values: dict[str, dict[str, int]] = defaultdict(dict)
        for name, _ in postings.lexicon(FIELD):
            facet, _, value = name.partition(SEPARATOR)
            bits = sum(1 << number for number, _ in postings.postings(FIELD, name))
            self._values[facet][value] = bits

    def matching(self, filters: Mapping[str, Collection[str]], besides: str = "") -> int:
        """Return the documents that pass *filters*, but for the facet *besides*.

        Several values of one facet widen (or); several facets narrow (and). An unknown value
        matches nothing.
        """
        bits = self.everything
        for facet, values in filters.items():
            if values and facet != besides:
                known = self._values.get(facet, {})
                bits &= _union(known.get(value, 0) for value in values)
        return bits

    def counts(
        self, found: int, filters: Mapping[str, Collection[str]]
    ) -> dict[str, tuple[FacetValue, ...]]:
        """Return each facet's values with their counts among *found*, most frequent first.

        A facet's own filter is not applied to its own counts. Values that would find
        nothing are left out, unless they are selected.
        """
        counted = {}
        for facet, values in self._values.items():
            bits = found & self.matching(filters, besides=facet)
            selected = filters.get(facet, ())
            rows = [
                FacetValue(value, (bits & members).bit_count(), value in selected)
                for value, members in values.items()
            ]
            rows = [row for row in rows if row.count or row.selected]
            counted[facet] = tuple(sorted(rows, key=lambda row: (-row.count, row.value)))
        return counted


def _union(bit_sets: Iterable[int]) -> int:
    return functools.reduce(operator.or_, bit_sets, 0)
