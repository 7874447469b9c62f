# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The timeline: a bar per practice by theme or by programme; many are counted by year."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request

from kb import chronology
from kb.chronology import Axis, Lane
from kb.facts import Facts, facts
from kb.store import KnowledgeBase
from kb.web import narrowing
from kb.web.base import knowledge_base
from kb.web.query import PARAMETERS, Query


@dataclass(frozen=True)
class Instant:
    """A meeting on the axis, *x* percent along."""

    event: str
    x: float
    start: str


def page() -> str:
    """Show when the practices that answer the address began, and how long they went on."""
    base = knowledge_base()
    facet = "programme" if request.args.get("per") == PARAMETERS["programme"][0] else "theme"
    per = PARAMETERS[facet][0] if facet != "theme" else ""
    query = Query.from_args(request.args, "timeline").on("timeline", per)
    found = query.matching(base)
    known = facts(base)
    items = [known[hit.id] for hit in found.hits]
    axis = chronology.axis(known.values(), base.created[:10])
    lanes = _lanes(base, facet, items, query.chosen().get(facet, []))
    return render_template(
        "timeline.html",
        **narrowing.context(base, query, found),
        facet=facet,
        axis=axis,
        years=[y for y in axis.years if (query.since or y) <= y <= (query.until or y)],
        lanes=lanes,
        drawn=len(items) <= chronology.MOST_DRAWN,
        bar=chronology.bar,
        instants=_instants(base, axis),
    )


def _lanes(
    base: KnowledgeBase, facet: str, items: Sequence[Facts], chosen: Sequence[str]
) -> list[Lane]:
    if facet == "programme":
        return chronology.by_programme(items, chosen)
    if len(items) <= chronology.MOST_DRAWN:
        return chronology.by_theme(items, base.themes, chosen)
    return chronology.by_theme_all(items, base.themes, chosen)


def _instants(base: KnowledgeBase, axis: Axis) -> list[Instant]:
    """Return the events that lie on the axis."""
    return [
        Instant(id_, axis.share(chronology.moment(event.start)), event.start)
        for id_, event in base.events.items()
        if axis.first <= int(event.start[:4]) and event.start <= axis.today
    ]
