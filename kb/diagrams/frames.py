# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Frames a piece of sky for a page: what part of it, where each star, which names can be read.

Names are placed as on maps, the important first, at the first of eight sides where they cover
neither another name nor a star (the greedy method in Christensen, Marks, Shieber, An empirical
study of algorithms for point-feature label placement, ACM Transactions on Graphics 14(3), 1995).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kb.diagrams.boxes import length
from kb.diagrams.places import HEIGHT, WIDTH

Rectangle = tuple[float, float, float, float]

#: In px as shown: letters, their line, and what stays free around names and at the edge.
LETTERS, LINE, FREE, EDGE = 14.0, 18.0, 3.0, 4.0
#: Room around the stars that a frame is drawn about; the smallest part of the sky, of 1.
AROUND, CLOSEST = 0.14, 0.42


@dataclass(frozen=True)
class Spot:
    """A star to be framed: its place in the sky, radius in px, and its name.

    Those with a *rank* want their name read, the lowest first; where there is no room the name
    of a *chief* one may cover stars that are not. A frame is drawn about the *wanted*.
    """

    id: str
    x: float
    y: float
    radius: float
    name: str
    rank: int | None = None
    chief: bool = False
    wanted: bool = False


class Name(NamedTuple):
    """Where a name begins, is centred or ends (*anchor*), in px from its star."""

    across: float
    down: float
    anchor: str


@dataclass(frozen=True)
class Framed:
    """A star in a frame: its place in the frame's sky, and that of its name.

    A name that is not *read* is shown when one points at its star.
    """

    id: str
    x: float
    y: float
    name: Name
    read: bool


@dataclass(frozen=True)
class Frame:
    """A part of the sky, and how many of the sky's units are a px in it."""

    left: float
    top: float
    width: float
    height: float
    unit: float
    stars: dict[str, Framed]


def frame(spots: Sequence[Spot], across: int, down: int) -> Frame:
    """Return *spots* framed in *across* by *down* px; the sky stands upright where that is."""
    upright = down > across
    sky = (HEIGHT, WIDTH) if upright else (WIDTH, HEIGHT)
    at = {spot.id: (spot.y, spot.x) if upright else (spot.x, spot.y) for spot in spots}
    left, top, width, height = _part([at[s.id] for s in spots if s.wanted], sky)
    unit = width / across
    shown = {id_: ((x - left) / unit, (y - top) / unit) for id_, (x, y) in at.items()}
    placed = {
        id_: Framed(id_, *at[id_], name, read)
        for id_, name, read in _names(spots, shown, (across, down))
    }
    return Frame(left, top, width, height, unit, placed)


def _part(wanted: Sequence[tuple[float, float]], sky: tuple[int, int]) -> Rectangle:
    """Return the part of *sky*, in its proportions, that shows all *wanted*."""
    if not wanted:
        return 0, 0, *sky
    lows, highs = ([f(p[n] for p in wanted) for n in (0, 1)] for f in (min, max))
    share = max((high - low) / size for low, high, size in zip(lows, highs, sky, strict=True))
    share = min(max(share + 2 * AROUND, CLOSEST), 1)
    corner = (
        min(max((low + high) / 2 - size * share / 2, 0), size * (1 - share))
        for low, high, size in zip(lows, highs, sky, strict=True)
    )
    left, top = (round(value, 1) for value in corner)
    return left, top, round(sky[0] * share, 1), round(sky[1] * share, 1)


def _names(
    spots: Sequence[Spot], shown: dict[str, tuple[float, float]], size: tuple[int, int]
) -> Iterator[tuple[str, Name, bool]]:
    """Yield, for each of *spots*, the place of its name and whether it can be read."""
    whole = (EDGE, EDGE, size[0] - EDGE, size[1] - EDGE)
    squares = {spot.id: _square(shown[spot.id], spot.radius) for spot in spots}
    chief = [squares[spot.id] for spot in spots if spot.chief]
    taken: list[Rectangle] = []
    for spot in sorted(spots, key=lambda s: (s.rank is None, s.rank or 0, s.id)):
        sides = {name: box for name, box in _sides(spot, shown[spot.id]) if _inside(box, whole)}
        found = None
        if spot.rank is not None:
            found = _free(sides, [*taken, *squares.values()])
        if found is None and spot.chief and spot.rank is not None:
            found = _free(sides, [*taken, *chief])
        if found:
            taken.append(sides[found])
        first = next(iter(sides), Name(spot.radius + 4, 0, "start"))
        yield spot.id, found or first, found is not None


def _free(sides: Mapping[Name, Rectangle], taken: Sequence[Rectangle]) -> Name | None:
    """Return the first of *sides* that meets nothing *taken*."""
    free = (n for n, box in sides.items() if not any(_meet(box, other) for other in taken))
    return next(free, None)


def _sides(spot: Spot, at: tuple[float, float]) -> Iterator[tuple[Name, Rectangle]]:
    """Yield the places of a name (px from the star, anchor), best first, with what each covers."""
    wide, (x, y), off = length(spot.name, LETTERS, bold=True), at, spot.radius + 4
    corner, above = spot.radius * 0.7 + 3, off + LINE / 2
    for across, down, anchor, begin in (
        (off, 0.0, "start", off),
        (-off, 0.0, "end", -off - wide),
        (0.0, -above, "middle", -wide / 2),
        (0.0, above, "middle", -wide / 2),
        (corner, -corner - 4, "start", corner),
        (corner, corner + 4, "start", corner),
        (-corner, -corner - 4, "end", -corner - wide),
        (-corner, corner + 4, "end", -corner - wide),
    ):
        box = (x + begin, y + down - LINE / 2, x + begin + wide, y + down + LINE / 2)
        yield Name(round(across, 1), round(down, 1), anchor), box


def _square(at: tuple[float, float], radius: float) -> Rectangle:
    return at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius


def _inside(box: Rectangle, whole: Rectangle) -> bool:
    return box[0] >= whole[0] and box[1] >= whole[1] and box[2] <= whole[2] and box[3] <= whole[3]


def _meet(one: Rectangle, other: Rectangle) -> bool:
    return (
        one[0] < other[2] + FREE
        and other[0] < one[2] + FREE
        and one[1] < other[3]
        and other[1] < one[3]
    )
