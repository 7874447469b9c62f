# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The base map and the marks on it."""

import itertools
import math
import random
import re

import pytest

from kb import geography
from kb.content import load
from kb.geography import DRAWN, LARGEST, Spot, base_map, marks, named, whole
from kb.records import Coordinates
from tests.conftest import ROOT

FILE = (ROOT / "kb" / "static" / geography.BASE_MAP).with_suffix(".svg")


def rings(region: str) -> list[list[tuple[float, float]]]:
    """Return the corners of a region of the base map, ring by ring."""
    source = re.search(rf'id="{region}" d="([^"]+)"', FILE.read_text("utf-8"))
    assert source
    found = []
    for ring in source[1].removesuffix("z").split("z"):
        numbers = [int(n) for n in re.findall(r"-?\d+", ring)]
        steps = list(zip(numbers[::2], numbers[1::2], strict=True))
        found.append(list(itertools.accumulate(steps, lambda a, b: (a[0] + b[0], a[1] + b[1]))))
    return found


def inside(x: float, y: float, region: str) -> bool:
    """Return whether a point is in a region: by the even-odd rule."""
    crossed = 0
    for ring in rings(region):
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                crossed += 1
    return crossed % 2 == 1


def test_base_map_has_a_path_for_each_of_the_twenty_regions() -> None:
    assert len(base_map().regions) == 20
    for region in base_map().regions.values():
        corners = [corner for ring in rings(region) for corner in ring]
        assert len(corners) > 10, region
        assert all(-1 <= x <= base_map().width + 1 for x, _ in corners), region
        assert all(-1 <= y <= base_map().height + 1 for _, y in corners), region


def test_every_authority_lies_in_its_region() -> None:
    """Projection, boundaries and the authorities' coordinates agree."""
    for authority in load(ROOT / "practices").authorities.values():
        record = authority.record
        assert record.coordinates, authority.id
        x, y = base_map().place(record.coordinates)
        assert inside(x, y, base_map().regions[record.region]), authority.id


def test_kilometre_is_that_of_the_sphere() -> None:
    south = Coordinates(latitude=45.0, longitude=9.0)
    north = Coordinates(latitude=45.01, longitude=9.0)
    (_, one), (_, other) = base_map().place(south), base_map().place(north)
    assert (one - other) / base_map().kilometre(one) == pytest.approx(1.112, rel=0.002)


def test_area_of_a_mark_is_in_proportion_to_its_number() -> None:
    large, small = marks([Spot(50, 50, 40, "a"), Spot(200, 200, 10, "b")])
    assert large.radius == LARGEST
    assert large.radius**2 / small.radius**2 == pytest.approx(4)


def test_near_spots_share_a_mark_at_their_middle() -> None:
    (mark,) = marks([Spot(100, 100, 3, "a"), Spot(110, 100, 1, "b")])
    assert (mark.x, mark.y, mark.count) == (102.5, 100, 4)
    assert mark.cities == ("a", "b")


def test_spots_without_practices_have_no_mark() -> None:
    assert marks([Spot(100, 100, 0, "a")]) == []
    assert marks([]) == []


def test_names_stand_beside_their_mark_and_over_no_other() -> None:
    drawn = marks([Spot(100, 100, 9, "a"), Spot(145, 100, 9, "b"), Spot(350, 200, 9, "c")])
    one, other, edge = named(drawn, ["Nome lungo", "Altro nome", "Sul bordo"], 400)
    assert one.name_at is not None
    assert one.name_at[2] != "start", "another mark stands there"
    assert other.name_at == (145 + LARGEST + 5, 100, "start")
    assert edge.name_at is not None
    assert edge.name_at[2] == "end", "there is no room at the right"


def test_thousands_of_places_become_few_marks_that_do_not_overlap() -> None:
    chance = random.Random(20241218)  # noqa: S311 - a test's data
    spots = [
        Spot(chance.uniform(0, DRAWN), chance.uniform(0, whole(base_map()).height), 1, f"c{n % 90}")
        for n in range(2000)
    ]
    drawn = marks(spots)
    assert sum(mark.count for mark in drawn) == 2000
    assert len(drawn) < 100
    for one, other in itertools.combinations(drawn, 2):
        assert math.hypot(one.x - other.x, one.y - other.y) >= one.radius + other.radius


def test_frame_around_places_holds_them_and_has_a_round_scale() -> None:
    points = [
        base_map().place(Coordinates(latitude=latitude, longitude=longitude))
        for latitude, longitude in ((45.43, 12.33), (45.49, 12.24), (45.48, 12.25))
    ]
    frame = geography.around(base_map(), points)
    for point in points:
        x, y = frame.drawn(*point)
        assert 0 < x < DRAWN
        assert 0 < y < frame.height
    length, drawn = geography.scale_bar(base_map(), frame)
    assert length in (1, 2, 5)
    assert 20 < drawn <= DRAWN / 3


def test_frame_around_one_place_is_not_endless() -> None:
    point = base_map().place(Coordinates(latitude=41.12, longitude=16.87))
    frame = geography.around(base_map(), [point])
    assert frame.drawn(*point) == (pytest.approx(DRAWN / 2), pytest.approx(DRAWN / 2))
    kilometres = DRAWN / frame.zoom / base_map().kilometre(point[1])
    assert kilometres == pytest.approx(geography.NARROWEST_KM * 1.36, rel=0.01)
