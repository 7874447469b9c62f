# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the pages that show all practices at once share: the filters of the search."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from kb.store import KnowledgeBase
from kb.web.query import PARAMETERS, Query
from search_index import Results

#: What these pages offer to narrow by; other filters of an address are kept.
OFFERED = ("theme", "city", "target_group", "instrument", "programme", "status")


def context(base: KnowledgeBase, query: Query, found: Results) -> dict[str, Any]:
    """Return what the templates of these pages need of the *query* and what it *found*."""
    return {
        "query": query,
        "total": found.total,
        "all": base.count(),
        "narrowed": bool(query.words or query.filters or query.since or query.until),
        "offered": {facet: found.facets.get(facet, ()) for facet in OFFERED},
        "parameters": PARAMETERS,
        "kept": list(_kept(query)),
        "wordless": replace(query, words="").url(),
        "data": {"@type": "CollectionPage"},
    }


def _kept(query: Query) -> Iterator[tuple[str, str]]:
    """Yield the parameters that the form's own fields do not send: a list sends one value."""
    sent: set[str] = {PARAMETERS[facet][0] for facet in OFFERED}
    if query.words:
        yield "q", query.words
    for name, value in query.hidden(years=False):
        if name in sent:
            sent.remove(name)
        else:
            yield name, value
