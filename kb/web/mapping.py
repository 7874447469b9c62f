# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The map: one mark per city, or per near places, and the practices beside it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flask import render_template, request
from flask_babel import gettext

from kb import geography
from kb.facts import Facts, facts
from kb.geography import Frame, Mark, Spot
from kb.store import KnowledgeBase
from kb.web import narrowing
from kb.web.base import knowledge_base
from kb.web.query import Query

#: Up to so many practices of a city stand beside the map; the search lists the others.
MOST_LISTED = 60
#: Up to so many practices in all are shown unfolded.
MOST_OPEN = 30
#: Up to so many cities are named beside a mark.
MOST_CITIES = 2


@dataclass(frozen=True)
class Drawing:
    """What the map shows: the part of the base map, the marks, and in a city the scale."""

    frame: Frame
    marks: Sequence[Mark]
    within: bool = False
    scale: tuple[float, float] | None = None


@dataclass(frozen=True)
class Listed:
    """The practices of a city beside the map: those with a place of their own, then the others.

    *total* counts those that are left out too, *themes* all by their main theme.
    """

    city: str
    total: int
    themes: Sequence[tuple[str, int]]
    local: Sequence[Facts]
    citywide: Sequence[Facts]


def page() -> str:
    """Show where the practices that answer the address are."""
    base = knowledge_base()
    query = Query.from_args(request.args, "map")
    chosen = query.chosen().get("city", [])
    known = facts(base)
    found = query.matching(base)
    items = [known[hit.id] for hit in found.hits]
    elsewhere = query.matching(base, besides="city") if chosen else found
    drawing = _within(items) if len(chosen) == 1 else None
    return render_template(
        "map.html",
        **narrowing.context(base, query, found),
        chosen=chosen,
        drawing=drawing or country(base, [known[hit.id] for hit in elsewhere.hits]),
        base_map_file=f"{geography.BASE_MAP}.svg",
        regions=_regions(base, items),
        cities_of=lambda mark: ", ".join(base.authorities[city].name for city in mark.cities),
        DRAWN=geography.DRAWN,
        FONT=geography.FONT,
        cities=list(_listed(base, items)),
        unfolded=len(items) <= MOST_OPEN or len(chosen) == 1,
    )


def country(base: KnowledgeBase, items: Iterable[Facts]) -> Drawing:
    """Return the drawing of the whole base map with marks of *items*.

    A city's name stands beside its largest mark only.
    """
    frame = geography.whole(geography.base_map())
    marks = geography.marks(_spots(base, frame, items))
    first = {mark.cities: number for number, mark in reversed(list(enumerate(marks)))}
    names = [_name(base, m) if first[m.cities] == n else "" for n, m in enumerate(marks)]
    return Drawing(frame, geography.named(marks, names, frame.height))


def _spots(base: KnowledgeBase, frame: Frame, items: Iterable[Facts]) -> Iterator[Spot]:
    """Yield a spot per place that is known, and one per city for its other practices."""
    others: dict[str, int] = {}
    for item in items:
        city = item.card.authority_id
        if item.position:
            x, y = frame.drawn(*geography.base_map().place(item.position))
            yield Spot(x, y, 1, city, item.card.slug)
        else:
            others[city] = others.get(city, 0) + 1
    for city, count in others.items():
        at = base.authorities[city].coordinates
        if at:
            yield Spot(*frame.drawn(*geography.base_map().place(at)), count, city)


def _name(base: KnowledgeBase, mark: Mark) -> str:
    """Return what stands beside a mark: its city, and its number where the circle is small."""
    names = [base.authorities[city].name for city in mark.cities]
    name = ", ".join(names[:MOST_CITIES])
    if len(names) > MOST_CITIES:
        name = gettext("%(number)s città", number=len(names))
    return name if mark.roomy else f"{name} {mark.count}"


def _regions(base: KnowledgeBase, items: Iterable[Facts]) -> list[str]:
    """Return the regions of the base map in which *items* have a city."""
    known = geography.base_map().regions
    names = {base.authorities[item.card.authority_id].region for item in items}
    return sorted(known[name] for name in names if name in known)


def _within(items: Iterable[Facts]) -> Drawing | None:
    """Return the drawing of the places of *items* in their city, or None when none is known."""
    base_map = geography.base_map()
    placed = [(item, base_map.place(item.position)) for item in items if item.position]
    if not placed:
        return None
    frame = geography.around(base_map, [point for _, point in placed])
    spots = [
        Spot(*frame.drawn(*point), 1, item.card.authority_id, item.card.slug)
        for item, point in placed
    ]
    scale = geography.scale_bar(base_map, frame)
    return Drawing(frame, geography.marks(spots), within=True, scale=scale)


def _listed(base: KnowledgeBase, items: Sequence[Facts]) -> Iterator[Listed]:
    """Yield each city's practices in *items*, in the order of the cities."""
    for city in base.authorities:
        own = [item for item in items if item.card.authority_id == city]
        if own:
            local = sorted((i for i in own if i.local), key=lambda i: i.card.place)[:MOST_LISTED]
            citywide = sorted((i for i in own if not i.local), key=lambda i: i.card.title)
            yield Listed(
                city, len(own), _themes(base, own), local, citywide[: MOST_LISTED - len(local)]
            )


def _themes(base: KnowledgeBase, items: Iterable[Facts]) -> list[tuple[str, int]]:
    """Return how many of *items* have each theme as their main one, without those of none."""
    counts = Counter(item.card.themes[0] for item in items)
    return [(theme, counts[theme]) for theme in base.themes if counts[theme]]
