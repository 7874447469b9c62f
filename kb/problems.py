# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which problems a query speaks of, and what that says for the practices that start from them.

Readers say the same problem in many ways, few of which an entry can hold. The vocabulary of
problems collects them; a query is compared with them in an index of their own.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.store import KnowledgeBase
from search_index import Favour, Query

#: So many problems, the likeliest ones, speak for practices.
MOST = 3
#: A problem is meant only if its ways of saying hold this part of the query.
LEAST_SHARE = 0.5
#: What a problem gives against the words themselves, chosen on ``tests/relevance/dev-*.tsv``.
WEIGHT = 0.8
#: How much less it gives to a practice for each problem that the practice lists before it.
LATER = 0.2
#: Readers are told of a problem that is at least so likely as the likeliest one.
TOLD = 0.3

Practices = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Meant:
    """A problem that a query may speak of; *strength* is what it gives at most."""

    id: str
    strength: float


def meant(base: KnowledgeBase, query: Query) -> list[Meant]:
    """Return the problems that *query* may speak of, the likeliest first."""
    if all(item.spoken for item in query.wanted):
        # What people say around a problem («non riesco a») names none.
        return []
    hits = base.problem_index.search(query, limit=MOST).hits
    # Who types a name means that practice.
    weight = WEIGHT * (1 - base.index.named(query))
    return [
        Meant(hit.id, weight * hit.score * (hit.score / hits[0].score * hit.share) ** 2)
        for hit in hits
        if hit.share >= LEAST_SHARE and hit.score
    ]


def chosen(ids: Iterable[str]) -> list[Meant]:
    """Return the problems *ids*, which a reader has chosen, as if a query spoke of them."""
    return [Meant(problem, WEIGHT) for problem in ids]


def told(problems: list[Meant]) -> tuple[str, ...]:
    """Return the ids of those of *problems* that are worth telling the reader."""
    return tuple(p.id for p in problems if p.strength >= TOLD * problems[0].strength)


def favours(base: KnowledgeBase, problems: Sequence[Meant]) -> list[Favour]:
    """Return what *problems* say for practices: most for those that have them as the main one."""
    listed = practices(base)
    return [
        Favour(
            base.label("problem", problem.id),
            {
                slug: problem.strength / (1 + LATER * place)
                for slug, place in listed.get(problem.id, {}).items()
            },
        )
        for problem in problems
    ]


def practices(base: KnowledgeBase) -> Practices:
    """Return, by problem, the practices that have it and at which place of their list, from 0."""
    return base.once("practices by problem", _practices)


def _practices(base: KnowledgeBase) -> Practices:
    found: Practices = defaultdict(dict)
    for row in base.rows("practice_problems"):
        found[row["term"]][row["practice"]] = row["position"]
    return found
