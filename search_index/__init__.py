# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Full-text search over short documents in Italian: ranking, facets, excerpts, correction.

Knows nothing of the web application or of practices: a :class:`Document` has named texts and
facet values. Whoosh keeps the postings (:mod:`search_index.whoosh_store`); another engine can
stand behind :class:`search_index.postings.Postings`.
"""

from search_index.engine import Index, create_index, open_index
from search_index.excerpts import excerpt, highlight
from search_index.model import (
    Concept,
    Contribution,
    Document,
    FacetValue,
    Favour,
    Hit,
    Results,
    SearchIndexError,
    Tuning,
)
from search_index.query import Query, parse

__all__ = [
    "Concept",
    "Contribution",
    "Document",
    "FacetValue",
    "Favour",
    "Hit",
    "Index",
    "Query",
    "Results",
    "SearchIndexError",
    "Tuning",
    "create_index",
    "excerpt",
    "highlight",
    "open_index",
    "parse",
]
