# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The constellation: places, what is seen, names that can be read, the page."""

import math
import random
import statistics
import time
from itertools import combinations
from pathlib import Path

import pytest

from kb import content, sky
from kb.build import build
from kb.diagrams import places, stars
from kb.diagrams.boxes import length
from kb.diagrams.frames import LETTERS, LINE, Frame, Spot, frame
from kb.diagrams.shapes import SHAPES, shape
from kb.store import KnowledgeBase
from kb.web import create_app
from kb.web.constellation import address, find
from tests.conftest import ROOT, PageClient, json_ld, text

REAL = content.load(ROOT / "practices")
LINKS = list(stars.links(REAL))
STARS = stars.stars(REAL, LINKS)


def test_same_content_has_the_same_sky() -> None:
    assert places.places(STARS, LINKS) == places.places(STARS, LINKS)


def test_stars_stand_apart_inside_the_sky() -> None:
    placed = places.places(STARS, LINKS)
    assert set(placed) == set(STARS)
    for x, y in placed.values():
        assert places.MARGIN <= x <= places.WIDTH - places.MARGIN
        assert places.MARGIN <= y <= places.HEIGHT - places.MARGIN
    assert min(math.dist(a, b) for a, b in combinations(placed.values(), 2)) > 18


def test_one_practice_less_moves_little() -> None:
    before = places.places(STARS, LINKS)
    for gone in list(REAL.practices)[::12]:
        links = [link for link in LINKS if gone not in (link.practice.key, link.other.key)]
        left = {end for link in links for end in (link.practice, link.other)}
        after = places.places([star for star in STARS if star in left], links)
        moved = sorted(math.dist(before[star], at) for star, at in after.items())
        assert statistics.median(moved) < 12, gone
        assert moved[int(len(moved) * 0.9)] < 48, gone


def test_every_kind_has_its_own_shape() -> None:
    outlines = {shape(kind).count("L") * 100 + SHAPES[kind][2] for kind in SHAPES}
    assert len(outlines) == len(SHAPES)


def large(practices: int) -> sky.Sky:
    """Return a sky of so many generated practices in four themes, five cities."""
    chance = random.Random(7)  # noqa: S311 - no secret
    themes = [stars.Star("theme", f"t{n}") for n in range(4)]
    cities = [stars.Star("city", f"c{n}") for n in range(5)]
    tools = [stars.Star("instrument", f"i{n}") for n in range(25)]
    all_ = [stars.Star("practice", f"p{n}") for n in range(practices)]
    links = [
        link
        for star in all_
        for link in (
            stars.Link(star, chance.choice(themes), main=True),
            stars.Link(star, chance.choice(cities), main=True),
            stars.Link(star, chance.choice(tools)),
        )
    ]
    placed = places.places([*themes, *cities, *all_, *tools], links)
    near: dict[str, list[str]] = {star.id: [] for star in placed}
    of: dict[str, dict[str, str]] = {star.id: {} for star in placed}
    for link in links:
        near[link.practice.id].append(link.other.id)
        near[link.other.id].append(link.practice.id)
        if link.main:
            of[link.practice.id][link.other.kind] = link.other.key
    return sky.Sky(
        {
            star.id: sky.Star(
                star.id,
                star.kind,
                star.key,
                {"it": star.key, "en": star.key},
                x,
                y,
                (of[star.id].get("theme", ""), of[star.id].get("city", "")),
            )
            for star, (x, y) in placed.items()
        },
        {id_: tuple(dict.fromkeys(others)) for id_, others in near.items()},
    )


@pytest.fixture(scope="module")
def crowded() -> sky.Sky:
    begun = time.monotonic()
    made = large(2000)
    assert time.monotonic() - begun < 20
    return made


def kinds(sight: sky.Sight) -> dict[str, int]:
    found = [star.kind for star in sight.stars.values()]
    return {kind: found.count(kind) for kind in sorted(set(found))}


def test_crowd_stands_in_groups(crowded: sky.Sky) -> None:
    sight = sky.look(crowded, None)
    assert kinds(sight) == {"city": 5, "group": 20, "theme": 4}
    groups = [star for star in sight.stars.values() if star.kind == "group"]
    assert sum(group.count for group in groups) == 2000
    assert len(sight.lines) == 40


def test_group_opens_when_looked_at(crowded: sky.Sky) -> None:
    group = crowded.find("group:t1:c2")
    assert group
    sight = sky.look(crowded, group)
    shown = [star for star in sight.stars.values() if star.kind == "practice"]
    assert len(shown) == group.count
    assert {star.of for star in shown} == {("t1", "c2")}
    assert kinds(sight)["group"] == 20
    assert set(sight.near[group.id]) == {star.id for star in shown}


def test_practice_in_a_crowd_stands_for_itself(crowded: sky.Sky) -> None:
    focus = crowded.stars["practice:p9"]
    sight = sky.look(crowded, focus)
    assert [star.id for star in sight.stars.values() if star.kind == "practice"] == [focus.id]
    of_its_own = sight.stars[f"group:{focus.of[0]}:{focus.of[1]}"]
    assert of_its_own.count == len(crowded.members(focus.of)) - 1
    assert {star.kind for star in sight.around()} == {"theme", "city", "instrument"}


def test_theme_of_a_crowd_shows_its_groups(crowded: sky.Sky) -> None:
    sight = sky.look(crowded, crowded.stars["theme:t0"])
    assert {star.kind for star in sight.around()} == {"group"}
    assert len(sight.around()) == 5


def test_filters_leave_what_fits(crowded: sky.Sky) -> None:
    sight = sky.look(crowded, None, ["t0"], ["c0"])
    assert kinds(sight)["theme"] == kinds(sight)["city"] == 1
    assert all(crowded.stars[id_].of == ("t0", "c0") for id_ in sight.practices)


def boxes(framed: Frame, spots: list[Spot]) -> list[tuple[float, float, float, float]]:
    """Return what each name that can be read covers, in px."""
    found = []
    for spot in spots:
        star = framed.stars[spot.id]
        if star.read:
            wide = length(spot.name, LETTERS, bold=True)
            begin = {"start": 0.0, "middle": -wide / 2, "end": -wide}[star.name.anchor]
            x = (star.x - framed.left) / framed.unit + star.name.across + begin
            y = (star.y - framed.top) / framed.unit + star.name.down
            found.append((x, y - LINE / 2, x + wide, y + LINE / 2))
    return found


@pytest.mark.parametrize(("across", "down"), [(1176, 784), (336, 504)])
def test_names_cover_neither_each_other_nor_the_edge(across: int, down: int) -> None:
    placed = places.places(STARS, LINKS)
    spots = [
        Spot(star.id, x, y, 8, star.key[:20], rank, chief=rank < 9)
        for rank, (star, (x, y)) in enumerate(placed.items())
    ]
    framed = frame(spots, across, down)
    read = boxes(framed, spots)
    assert len(read) >= 9
    for box in read:
        assert box[0] >= 0
        assert box[1] >= 0
        assert box[2] <= across
        assert box[3] <= down
    for one, other in combinations(read, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (one, other)


def test_frame_is_drawn_about_the_wanted() -> None:
    spots = [Spot("a", 300, 200, 8, "a", 0, wanted=True), Spot("b", 1100, 700, 8, "b")]
    framed = frame(spots, 1176, 784)
    assert framed.width < places.WIDTH
    assert framed.width / framed.height == pytest.approx(1.5, abs=0.01)
    assert framed.left <= 300 <= framed.left + framed.width
    upright = frame(spots, 336, 504)
    assert (upright.stars["a"].x, upright.stars["a"].y) == (200, 300)


def test_stars_are_named_in_addresses(base: KnowledgeBase) -> None:
    whole = sky.load(base)
    for star in [*whole.stars.values(), *whole.grouped(whole.practices)]:
        assert find(whole, address(star)) == star
    assert find(whole, "pratica:ricetta-di-prova") == find(whole, "ricetta-di-prova")
    for odd in ("nulla", "tema:nulla", ":", "a:b:c:d", "tema", "gruppo:x:y"):
        assert find(whole, odd) is None


def test_page_shows_stars_in_two_frames_and_in_a_table(client: PageClient) -> None:
    page = client.page("/costellazione")
    for name in ("wide", "upright"):
        drawn = page.query(f"svg.sky-{name} a.star")
        assert len(drawn) == 11
        assert all(star.attrs["aria-label"] for star in drawn)
    assert text(page, ".star-table tbody th a") == [
        "Custodi delle case popolari",
        "Mercato di quartiere – Spazio13",
        "Ricetta contro la povertà",
    ]
    assert "Reti di prossimità" in text(page, ".star-list a")
    addresses = {star.attrs["href"] for star in page.query("a.star")}
    assert "/costellazione?intorno=ricetta-di-prova" in addresses
    assert "/costellazione?intorno=citta:milano" in addresses
    assert json_ld(page)[0]["mainEntity"]["numberOfItems"] == 3


def test_page_is_drawn_around_a_star(client: PageClient) -> None:
    page = client.page("/costellazione?intorno=ricetta-di-prova")
    assert text(page, "h1") == ["Intorno a Ricetta contro la povertà"]
    (current,) = page.query('svg.sky-wide a[aria-current="true"]')
    assert current.attrs["href"] == "/pratiche/ricetta-di-prova"
    near = {star.attrs["aria-label"] for star in page.query("svg.sky-wide .is-near")}
    assert "Città: Milano" in near
    assert "Città: Torino" not in near
    canonical = page.query("link[rel=canonical]")[0].attrs["href"]
    assert canonical == "http://localhost/costellazione?intorno=ricetta-di-prova"
    assert text(client.page("/costellazione?intorno=nulla", status=404), "h1")


def test_page_keeps_filters_in_its_links(client: PageClient) -> None:
    page = client.page("/costellazione?citta=milano")
    assert text(page, ".star-table tbody th a") == [
        "Custodi delle case popolari",
        "Ricetta contro la povertà",
    ]
    assert all("citta=milano" in star.attrs["href"] for star in page.query("svg.sky-wide a.star"))
    (chosen,) = page.query("#citta option[selected]")
    assert chosen.attrs["value"] == "milano"


def test_pages_lead_into_the_sky(client: PageClient) -> None:
    for path, around in (
        ("/pratiche/ricetta-di-prova", "ricetta-di-prova"),
        ("/temi/reti-di-prossimita", "tema:reti-di-prossimita"),
        ("/citta/milano", "citta:milano"),
    ):
        assert client.page(path).query(f'a[href="/costellazione?intorno={around}"]'), path
    assert client.page("/").query('.sky-banner a[href="/costellazione"]')


def test_ways_to_explore_are_listed(client: PageClient) -> None:
    ways = [link.attrs["href"] for link in client.page("/en/esplora").query(".city-tile a")]
    assert ways == [
        f"/en/{page}"
        for page in (
            "costellazione",
            "mappa",
            "linea-del-tempo",
            "numeri",
            "problemi",
            "percorso",
            "confronta",
            "raccolta",
            "temi",
            "citta",
            "glossario",
        )
    ]
    assert client.page("/").query('.site-nav a[href="/esplora"]')


def test_page_in_groups_leads_into_each(
    content_dir: Path, instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sky, "MOST", 1)
    build(content_dir, instance)
    client = PageClient(create_app({"TESTING": True, "INSTANCE_DIR": str(instance)}))
    page = client.page("/costellazione")
    links = {link.attrs["href"] for link in page.query(".star-table tbody th a")}
    assert links == {
        "/costellazione?intorno=gruppo:reti-di-prossimita:milano",
        "/costellazione?intorno=gruppo:economia-di-prossimita:torino",
    }
    for link in links:
        assert client.page(link).query(".star-table tbody th a"), link
