# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Practices like another one, by text and by facets, with the reason."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import search_index
from kb.cards import Card, PracticePage
from kb.records import Practice
from kb.store import KnowledgeBase
from search_index.analysis import terms

MOST = 3
#: Words of the practice that are looked for in the others: its most telling ones.
TELLING_WORDS = 24
#: What shared facet values are worth beside the text, whose best score counts 1.
SHARED = {"theme": 0.25, "problem": 0.4, "instrument": 0.35, "target_group": 0.3}
#: Another city's practice is worth more to a reader than one of the same city.
OTHER_CITY = 1.25
#: Facets named as reasons, the most telling first, and how many of them, with how many values.
REASONS = ("problem", "instrument", "target_group", "theme")
MOST_REASONS = 2
MOST_VALUES = 2


@dataclass(frozen=True)
class Similar:
    """A practice like the one shown, and the facet values that both have, by facet.

    Without any, their texts are alike.
    """

    card: Card
    shared: tuple[tuple[str, tuple[str, ...]], ...]


def similar(base: KnowledgeBase, page: PracticePage) -> list[Similar]:
    """Return at most :data:`MOST` practices like *page*, without those it links to."""
    linked = {page.slug, *(link.card.slug for link in page.links)}
    text = _text_scores(base, page.record)
    facets = base.once("facets", KnowledgeBase.facets_of_all)
    own = _facets(page)
    scores = {}
    for slug, theirs in facets.items():
        shared = sum(
            weight * _overlap(own[facet], theirs[facet]) for facet, weight in SHARED.items()
        )
        elsewhere = OTHER_CITY if theirs["city"] != own["city"] else 1.0
        scores[slug] = elsewhere * (text.get(slug, 0.0) + shared)
    best = sorted((slug for slug in scores if slug not in linked), key=lambda s: (-scores[s], s))
    cards = base.cards(best[:MOST])
    return [Similar(card, _shared(own, facets[slug])) for slug, card in cards.items()]


def _facets(page: PracticePage) -> dict[str, frozenset[str]]:
    record = page.record
    return {
        "city": frozenset([page.authority_id]),
        "theme": frozenset(record.themes),
        "problem": frozenset(record.problems),
        "instrument": frozenset(record.instruments),
        "target_group": frozenset(record.target_groups),
    }


def _text_scores(base: KnowledgeBase, practice: Practice) -> dict[str, float]:
    """Return how well each practice answers this one's most telling words, the best as 1."""
    texts = [practice.title, practice.summary, *(block.name for block in practice.building_blocks)]
    counted = Counter(word for text in texts for word in terms(text))
    known = base.index.lexicon
    telling = sorted(counted, key=lambda word: (known.get(word, 10**6), word))[:TELLING_WORDS]
    query = search_index.parse(" ".join(telling))
    hits = base.find(query, limit=10**6, widen=False).hits
    top = max((hit.score for hit in hits if hit.score), default=1.0)
    return {hit.id: hit.score / top for hit in hits}


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the Jaccard coefficient of two sets."""
    return len(one & other) / len(one | other) if one | other else 0.0


def _shared(
    own: Mapping[str, frozenset[str]], theirs: Mapping[str, frozenset[str]]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    reasons = [
        (facet, tuple(sorted(own[facet] & theirs[facet])[:MOST_VALUES])) for facet in REASONS
    ]
    return tuple((facet, values) for facet, values in reasons if values)[:MOST_REASONS]
