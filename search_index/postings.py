# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The little that the engine asks of whoever keeps the postings."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from search_index.likeness import Alike

#: Pairs of document number (from 0) and frequency of the term in the field.
PostingList = Sequence[tuple[int, int]]


class Postings(Protocol):
    """An inverted index, read only. Unknown fields and terms give empty answers."""

    def ids(self) -> Sequence[str]:
        """Return the id of each document, by document number."""

    def priors(self) -> Sequence[float]:
        """Return the prior of each document, from 0 to 1, by document number."""

    def alike(self) -> Sequence[Alike]:
        """Return the documents most like each document, with their shares."""

    def postings(self, field: str, term: str) -> PostingList:
        """Return where *term* stands in *field*."""

    def lengths(self, field: str) -> Sequence[int]:
        """Return the number of terms of *field* in each document, by document number."""

    def lexicon(self, field: str) -> Iterator[tuple[str, int]]:
        """Yield each term of *field* in order, with the number of documents that hold it."""


#: Terms of each field of one document, as they are to be found again.
Analysed = Mapping[str, Sequence[str]]
