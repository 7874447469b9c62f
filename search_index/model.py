# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What goes into the index and what comes out of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


class SearchIndexError(Exception):
    """The index folder is missing, incomplete or written by another version."""


@dataclass(frozen=True)
class Document:
    """A document to index: texts by field name, names it is known by, values by facet name.

    Facet names and values hold no white space. *prior* from 0 to 1 slightly favours a
    document whatever the query. Documents are listed in the order in which they are given
    when there is nothing to rank by.
    """

    id: str
    texts: Mapping[str, str]
    names: Sequence[str] = ()
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    prior: float = 0.0


@dataclass(frozen=True)
class Tuning:
    """How documents of one kind are ranked.

    *weights* says what one occurrence counts in each text field, against
    :data:`search_index.ranking.K1`. *b* from 0 to 1 says how much a long document must pay for
    its length. *alike* is the part of its neighbours' scores that a document gets besides its
    own (0: none).
    """

    weights: Mapping[str, float]
    b: float = 0.75
    alike: float = 0.0


@dataclass(frozen=True)
class Concept:
    """A concept of the thesaurus: labels in any language, and narrower concepts' ids."""

    id: str
    label: str
    labels: Sequence[str]
    narrower: Sequence[str] = ()


@dataclass(frozen=True)
class Hit:
    """A document found; *score* is 0 where there was no text to rank by.

    *share*, from 0 to 1, is the part of what was asked for that the document has.
    """

    id: str
    score: float
    share: float = 1.0


@dataclass(frozen=True)
class Favour:
    """What speaks for documents besides their words: its name, and what it gives to each id."""

    what: str
    scores: Mapping[str, float]


@dataclass(frozen=True)
class FacetValue:
    """How many found documents have *value*; its own facet's filter is not counted."""

    value: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Contribution:
    """A part of a score: what was looked for, where it was found, how much it gave."""

    what: str
    where: str
    score: float


@dataclass(frozen=True)
class Results:
    """The answer to a query.

    *hits* is the page asked for, best first, of *total* documents, *whole* of which have
    everything that was asked for. *stems* are the analysed words to highlight. *concepts* are
    the ids of the thesaurus's concepts that widened the query. *corrections* pairs each word
    that the index lacks with the one used instead.
    """

    total: int
    whole: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetValue, ...]]
    stems: frozenset[str]
    concepts: tuple[str, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()
