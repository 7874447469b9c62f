# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What goes into the index and what comes out of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


class SearchIndexError(Exception):
    """The index folder is missing, incomplete or written by another version."""


@dataclass(frozen=True)
class Document:
    """A document to index: texts by field name, and values by facet name.

    Facet names and values hold no white space. Documents are listed in the order in which
    they are given when there is nothing to rank by.
    """

    id: str
    texts: Mapping[str, str]
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Hit:
    """A document found; *score* is 0 where there was no text to rank by."""

    id: str
    score: float


@dataclass(frozen=True)
class FacetValue:
    """How many found documents have *value*; its own facet's filter is not counted."""

    value: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Results:
    """The answer to a query.

    *hits* is the page asked for, best first, of *total* documents. *stems* are the analysed
    words to highlight. *suggestion* is the query with unknown words corrected, or None;
    *corrected* says that the hits are those of the suggestion, since the query as typed found
    nothing. *partial* says that no document has all the words.
    """

    query: str
    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetValue, ...]]
    stems: frozenset[str]
    suggestion: str | None = None
    corrected: bool = False
    partial: bool = False
