# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where each star stands: the same content gives the same sky, a small change moves little.

Themes are fixed on an inner ring, cities on an outer one. The others begin at the mean of what
they are joined to, a step aside that their name decides, and settle by the forces of Fruchterman
and Reingold (Graph drawing by force-directed placement, Software: Practice and Experience 21(11),
1991), in igraph: it takes a beginning, weights and bounds, and needs a second for thousands of
stars. Settling from a place that only its own links
decide, in short steps, keeps a star near it from build to build.
"""

import hashlib
import math
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import igraph

from kb.diagrams.stars import CITY, ORGANISATION, PRACTICE, PROGRAMME, THEME, Link, Star

Point = tuple[float, float]

WIDTH, HEIGHT, MARGIN = 1200, 800, 40
#: Kind → radius of its ring as a part of the sky's width and height, and where the ring begins.
RINGS = {THEME: (0.25, 0.25, 1.25), CITY: (0.45, 0.43, 1.5)}
#: How strongly a link draws, by the kind of its other end; more where it is the main one.
WEIGHTS = {ORGANISATION: 1.5, PRACTICE: 1.0, PROGRAMME: 0.6}
MAIN, LESSER = 2.8, 0.5
#: How far beside the mean a star begins, in parts of the sky.
ASIDE = 0.05
STEPS, WARMTH = 300, 1.0
#: What forces take for the unit, for so many stars; and how close stars may come, if there is room.
UNIT, UNIT_FOR, APART = 66, 160, 24
ROUNDS = 30


def places(stars: Sequence[Star], links: Sequence[Link]) -> dict[Star, Point]:
    """Return where each of *stars* stands, in a sky of :data:`WIDTH` by :data:`HEIGHT`."""
    fixed = dict(_rings(stars))
    settled = _settled(stars, links, fixed, _beginnings(stars, links, fixed))
    return _apart(settled, fixed)


def _rings(stars: Sequence[Star]) -> Iterator[tuple[Star, Point]]:
    for kind, (across, down, begin) in RINGS.items():
        ring = [star for star in stars if star.kind == kind]
        for number, star in enumerate(ring):
            angle = math.pi * (begin + 2 * number / len(ring))
            yield (
                star,
                (WIDTH * (0.5 + across * math.cos(angle)), HEIGHT * (0.5 + down * math.sin(angle))),
            )


def _beginnings(
    stars: Sequence[Star], links: Sequence[Link], fixed: Mapping[Star, Point]
) -> dict[Star, Point]:
    """Return the place of each star before it settles: practices first, then the others."""
    joined: dict[Star, list[Star]] = defaultdict(list)
    for link in links:
        joined[link.practice].append(link.other)
        joined[link.other].append(link.practice)
    found = dict(fixed)
    for practices in (True, False):
        known = dict(found)
        for star in stars:
            if star not in known and (star.kind == PRACTICE) == practices:
                found[star] = _beside(star, [known[o] for o in joined[star] if o in known])
    return found


def _beside(star: Star, around: Sequence[Point]) -> Point:
    """Return the mean of *around* (of the sky, if nothing is), a step aside."""
    around = around or [(WIDTH / 2, HEIGHT / 2)]
    digest = hashlib.sha256(f"{star.kind}:{star.key}".encode()).digest()
    x, y = (
        sum(values) / len(around) + (digest[n] / 255 - 0.5) * 2 * ASIDE * size
        for n, (values, size) in enumerate(
            zip(zip(*around, strict=True), (WIDTH, HEIGHT), strict=True)
        )
    )
    return x, y


def _settled(
    stars: Sequence[Star],
    links: Sequence[Link],
    fixed: Mapping[Star, Point],
    begin: Mapping[Star, Point],
) -> dict[Star, Point]:
    numbers = {star: number for number, star in enumerate(stars)}
    graph = igraph.Graph(
        len(stars), [(numbers[link.practice], numbers[link.other]) for link in links]
    )
    unit = UNIT * math.sqrt(UNIT_FOR / max(len(stars), UNIT_FOR))
    bounds: dict[str, list[float]] = {}
    for axis, size, n in (("x", WIDTH, 0), ("y", HEIGHT, 1)):
        for name, edge in (("min", MARGIN), ("max", size - MARGIN)):
            bounds[name + axis] = [(fixed[s][n] if s in fixed else edge) / unit for s in stars]
    # The forces part stars that coincide by chance: always the same.
    igraph.set_random_number_generator(random.Random(0))  # noqa: S311 - no secret
    layout = graph.layout_fruchterman_reingold(
        weights=[_weight(link) for link in links],
        niter=STEPS,
        start_temp=WARMTH,
        grid=False,
        seed=[tuple(value / unit for value in begin[star]) for star in stars],
        **bounds,
    )
    return {star: (layout[n][0] * unit, layout[n][1] * unit) for star, n in numbers.items()}


def _weight(link: Link) -> float:
    return MAIN if link.main else WEIGHTS.get(link.other.kind, LESSER)


def _apart(placed: Mapping[Star, Point], fixed: Mapping[Star, Point]) -> dict[Star, Point]:
    """Return *placed* with stars that are too close pushed from each other, *fixed* ones less."""
    least = min(APART, math.sqrt(WIDTH * HEIGHT / max(len(placed), 1)) * 0.5)
    found = dict(placed)
    for _ in range(ROUNDS):
        close = list(_close(found, least))
        for one, other in close:
            _push(found, one, other, least, fixed)
        if not close:
            break
    return {star: (round(x, 1), round(y, 1)) for star, (x, y) in found.items()}


def _close(placed: Mapping[Star, Point], least: float) -> Iterator[tuple[Star, Star]]:
    """Yield the pairs nearer than *least*, found by squares of that size."""
    squares: dict[tuple[int, int], list[Star]] = defaultdict(list)
    for star, (x, y) in placed.items():
        column, row = int(x // least), int(y // least)
        for c in range(column - 1, column + 2):
            for r in range(row - 1, row + 2):
                for other in squares.get((c, r), ()):
                    if math.dist(placed[star], placed[other]) < least - 0.01:
                        yield other, star
        squares[column, row].append(star)


def _push(
    placed: dict[Star, Point], one: Star, other: Star, least: float, fixed: Mapping[Star, Point]
) -> None:
    (x, y), (to_x, to_y) = placed[one], placed[other]
    far = math.hypot(to_x - x, to_y - y)
    across, down = ((to_x - x) / far, (to_y - y) / far) if far > 0.01 else (1.0, 0.0)
    need = max(least - far, 0)
    for star, way, partner in ((one, -1, other), (other, 1, one)):
        if star not in fixed:
            step = way * need * (1 if partner in fixed else 0.5)
            at = placed[star]
            placed[star] = (
                min(max(at[0] + across * step, MARGIN), WIDTH - MARGIN),
                min(max(at[1] + down * step, MARGIN), HEIGHT - MARGIN),
            )
