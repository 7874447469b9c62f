# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Map, timeline and figures, through the test client that checks each page."""

import re
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from justhtml import JustHTML

from kb.build import build
from kb.errors import ContentProblems
from kb.facts import Facts, facts
from kb.records import Coordinates
from kb.store import KnowledgeBase
from kb.web import create_app, figures, mapping, timeline
from kb.web.query import Query
from search_index import FacetValue, Hit, Results
from tests.conftest import PageClient, text

VIEWS = ["/mappa", "/linea-del-tempo", "/numeri"]
#: Longest time that a page of two thousand practices may take here, where two cores are shared.
PATIENCE = 6.0
NUMBER = re.compile(r"\d+")


def hrefs(page: JustHTML, selector: str) -> list[str]:
    return [link.attrs["href"] for link in page.query(selector)]


def total(client: PageClient, path: str) -> int:
    """Return how many practices the search at *path* says that it found."""
    said = text(client.page(path), ".result-count")[0]
    found = NUMBER.search(said)
    return int(found[0]) if found else int(said.startswith("Una"))


@pytest.mark.parametrize("path", VIEWS)
def test_view_narrows_as_the_search_does(client: PageClient, path: str) -> None:
    for query in (
        "tema=economia-di-prossimita",
        "citta=milano&stato=ended",
        "q=famiglie&destinatari=anziani",
        "strumento=avviso-pubblico&programma=fondazioni",
        "dal=2007&al=2010",
        "tema=nulla",
    ):
        count = total(client, f"/cerca?{query}")
        said = text(client.page(f"{path}?{query}"), ".narrow-count")[0]
        assert said.replace("Una", "1").partition(" ")[0] == str(count), query


@pytest.mark.parametrize("path", VIEWS)
def test_form_keeps_what_it_does_not_show(client: PageClient, path: str) -> None:
    page = client.page(f"{path}?q=famiglie&citta=milano&citta=torino&costo=more&dal=2000&al=2026")
    kept = {
        (item.attrs["name"], item.attrs["value"])
        for item in page.query(".narrow-form [type=hidden]")
    }
    assert kept == {("q", "famiglie"), ("citta", "torino"), ("costo", "more")}
    assert [o.attrs["value"] for o in page.query("#citta option[selected]")] == ["milano"]
    chips = text(page, ".filter-chips .chip-label")
    assert chips[0] == "«famiglie»"
    assert chips[-1] == "dal 2000 al 2026"
    assert len(chips) == 5
    for href in hrefs(page, ".filter-chips a"):
        assert href.startswith(path)
        client.page(href)


@pytest.mark.parametrize("path", VIEWS)
def test_views_lead_to_each_other_with_the_same_filters(client: PageClient, path: str) -> None:
    page = client.page(f"{path}?tema=reti-di-prossimita")
    assert hrefs(page, ".views a") == [
        f"{view}?tema=reti-di-prossimita" for view in ("/cerca", *VIEWS)
    ]
    assert hrefs(page, ".views a[aria-current]") == [f"{path}?tema=reti-di-prossimita"]
    (robots,) = page.query("meta[name=robots]")
    assert robots.attrs["content"] == "noindex, follow"
    assert not client.page(path).query("meta[name=robots]")


def test_search_leads_to_the_views(client: PageClient) -> None:
    links = hrefs(client.page("/cerca?citta=milano"), ".search-views a")
    assert links == [f"{view}?citta=milano" for view in VIEWS]


# The map


@pytest.fixture
def placed(content_dir: Path, instance: Path) -> Callable[..., PageClient]:
    """Return a client of the small base whose cities and practices have positions."""

    def put(practices: dict[str, tuple[float, float]]) -> PageClient:
        at = "coordinates:\n{0}  latitude: {1}\n{0}  longitude: {2}\n"
        for city, latitude, longitude in (("milano", 45.4642, 9.19), ("torino", 45.0703, 7.6869)):
            path = content_dir / city / "authority.md"
            body = path.read_text("utf-8").replace(
                "region:", at.format("", latitude, longitude) + "region:"
            )
            path.write_text(body, "utf-8")
        for name, (latitude, longitude) in practices.items():
            path = content_dir / f"{name}.md"
            where = at.format("  ", latitude, longitude) + "    source: s1\n"
            body = path.read_text("utf-8").replace("scale:", f"  {where}scale:")
            path.write_text(body, "utf-8")
        build(content_dir, instance)
        return PageClient(create_app({"TESTING": True, "INSTANCE_DIR": str(instance)}))

    return put


def test_map_has_a_mark_per_city_that_narrows(placed: Callable[..., PageClient]) -> None:
    client = placed({})
    page = client.page("/mappa")
    marks = page.query(".map-link")
    assert [mark.attrs["aria-label"] for mark in marks] == [
        "Milano: 2 pratiche",
        "Torino: una pratica",
    ]
    assert text(page, ".map-count") == ["2", "1"]
    narrowed = client.page(marks[0].attrs["href"])
    assert text(narrowed, ".narrow-count") == ["2 pratiche su 3"]
    assert text(narrowed, ".map-city h3") == ["Milano 2 pratiche"]
    chosen = narrowed.query(".map-link[aria-current]")
    assert [mark.attrs["aria-label"] for mark in chosen] == ["Milano: 2 pratiche"]
    assert chosen[0].attrs["href"] == "/mappa"
    assert [m.attrs["aria-label"] for m in narrowed.query(".map-off")] == ["Torino: una pratica"]


def test_map_lists_places_and_then_the_whole_city(client: PageClient) -> None:
    page = client.page("/mappa?citta=milano")
    assert text(page, ".map-city h4") == [
        "In un luogo o in alcuni quartieri",
        "In tutta la città o oltre",
    ]
    assert text(page, ".place-list li") == [
        "Custodi delle case popolari Periferia",
        "Ricetta contro la povertà",
    ]
    assert text(page, ".map-city-themes") == ["Reti di prossimità 2"]


def test_map_without_any_position_still_lists(client: PageClient) -> None:
    page = client.page("/mappa")
    assert not page.query(".map-link")
    assert text(page, ".map-city h3") == ["Milano 2 pratiche", "Torino 1 pratica"]


def test_map_of_a_city_shows_the_places_that_are_known(placed: Callable[..., PageClient]) -> None:
    client = placed(
        {
            "milano/custodi-di-prova": (45.44, 9.22),
            "milano/ricetta-di-prova": (45.50, 9.15),
        }
    )
    page = client.page("/mappa?citta=milano")
    assert sorted(hrefs(page, ".map-link")) == [
        "#luogo-custodi-di-prova",
        "#luogo-ricetta-di-prova",
    ]
    assert text(page, ".map-scale") == ["2 km"]
    # On the whole map they are one mark, which narrows.
    whole = client.page("/mappa")
    assert hrefs(whole, ".map-link") == ["/mappa?citta=milano", "/mappa?citta=torino"]


def test_position_must_be_on_earth(
    placed: Callable[..., PageClient],
) -> None:
    with pytest.raises(ContentProblems) as raised:
        placed({"milano/custodi-di-prova": (145.44, 9.22)})
    (finding,) = raised.value.findings
    assert finding.field == "place.coordinates.latitude"


# The timeline


def test_timeline_tells_years_status_and_event(client: PageClient) -> None:
    page = client.page("/linea-del-tempo")
    assert len(page.query("tbody .time-tail")) == 2
    assert hrefs(page, ".time-bar a") == hrefs(page, ".time-table tbody th[scope=row] a")
    assert text(page, ".time-lane h2") == ["Reti di prossimità", "Economia di prossimità"]
    for drawing in page.query(".time-bar"):
        drawing.parent.remove_child(drawing)
    assert text(page, ".time-table tbody tr:not(.time-lane)") == [
        "Custodi delle case popolari Milano 2007 – 2015 Conclusa",
        "Ricetta contro la povertà Milano dal 2017 In corso ultima notizia: marzo 2025",
        "Mercato di quartiere – Spazio13 Torino dal 2019 Consolidata ultima notizia: maggio 2024",
    ]
    assert hrefs(page, ".time-legend a") == ["/eventi/incontro-di-prova"]
    assert len(page.query(".time-axis .time-event")) == 1
    assert text(page, ".time-year")[:3] == ["2005", "2010", "2015"]


def test_timeline_by_programme_is_an_address(client: PageClient) -> None:
    page = client.page("/linea-del-tempo?per=programma&citta=milano")
    assert text(page, ".time-lane h2") == ["Fondazioni e filantropia", "Nessun programma noto"]
    assert hrefs(page, ".time-per a[aria-current]") == [
        "/linea-del-tempo?citta=milano&per=programma"
    ]
    hidden = {i.attrs["name"]: i.attrs["value"] for i in page.query(".narrow-form [type=hidden]")}
    assert hidden["per"] == "programma"
    (lane,) = hrefs(page, ".time-lane h2 a")
    assert text(client.page(lane), ".time-lane h2") == ["Fondazioni e filantropia"]


# The figures


@pytest.mark.parametrize(
    "query", ["", "tema=reti-di-prossimita", "citta=milano&tema=economia-di-prossimita"]
)
def test_each_number_is_that_of_the_search_behind_it(client: PageClient, query: str) -> None:
    page = client.page(f"/numeri?{query}" if query else "/numeri")
    checked = 0
    for row in page.query(".count-table tr"):
        if links := row.query("a"):
            (number,) = row.query(".count-number")
            assert total(client, links[0].attrs["href"]) == int(number.to_text())
            checked += 1
    for link in page.query(".figures-matrix td a"):
        said = NUMBER.search(link.to_text())
        assert said
        assert total(client, link.attrs["href"]) == int(said[0]), link.attrs["href"]
        checked += 1
    assert checked > 10


def test_figures_say_what_is_missing(client: PageClient) -> None:
    page = client.page("/numeri")
    gaps = dict(zip(text(page, ".gap-name"), text(page, ".gap-count"), strict=True))
    assert gaps == {
        "Nessun importo noto": "2 su 3",
        "Costo dell'intera pratica non noto": "2 su 3",
        "Nessun risultato misurato": "2 su 3",
        "Nessun valore di partenza con cui confrontare": "2 su 3",
        "Nessun contatto": "2 su 3",
        "Inizio non noto": "0 su 3",
        "Una sola fonte": "2 su 3",
        "Posizione nella città non indicata": "2 su 3",
    }
    assert text(page, "#manca-measured li") == [
        "Custodi delle case popolari Milano",
        "Mercato di quartiere – Spazio13 Torino",
    ]
    assert text(page, ".matrix-unknown") == ["1", "2"]
    assert text(page, ".tally dd") == ["3", "4", "1", "1"]


# Two thousand practices


@pytest.fixture
def many(app: Flask, base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> PageClient:
    """Return a client of a base that says to hold two thousand practices in two cities."""
    chance = Random(20241218)  # noqa: S311 - a test's data
    seeds = list(facts(base).values())
    known: dict[str, Facts] = {}
    for number in range(2000):
        seed = seeds[number % len(seeds)]
        start = chance.randrange(2005, 2025)
        slug = f"pratica-{number}"
        card = replace(seed.card, slug=slug, title=f"Pratica {number}", start=str(start))
        at = Coordinates(
            latitude=round(chance.uniform(37.0, 46.0), 4),
            longitude=round(chance.uniform(8.0, 18.0), 4),
        )
        known[slug] = replace(seed, card=card, position=at, years=range(start, start + 3))
    themes = tuple(FacetValue(theme, 1000, False) for theme in base.themes)
    results = Results(
        total=len(known),
        whole=len(known),
        hits=tuple(Hit(slug, 1.0) for slug in known),
        facets={"theme": themes},
        stems=frozenset(),
        concepts=(),
        corrections=(),
    )
    for view in (mapping, timeline, figures):
        monkeypatch.setattr(view, "facts", lambda _: known)
    monkeypatch.setattr(Query, "matching", lambda *_, **__: results)
    return PageClient(app)


@pytest.mark.parametrize(
    ("path", "heaviest"), [("/mappa", 150_000), ("/linea-del-tempo", 60_000), ("/numeri", 250_000)]
)
def test_two_thousand_practices_stay_a_page(many: PageClient, path: str, heaviest: int) -> None:
    start = time.perf_counter()
    page = many.page(path)
    assert time.perf_counter() - start < PATIENCE
    assert len(many.get(path).data) < heaviest
    assert text(page, ".narrow-count") == ["2000 pratiche"]


def test_map_joins_two_thousand_places(many: PageClient) -> None:
    page = many.page("/mappa")
    said = [mark.attrs["aria-label"].replace(": una ", ": 1 ") for mark in page.query(".map-link")]
    numbers = [int(NUMBER.findall(label)[-1]) for label in said]
    assert sum(numbers) == 2000
    assert len(numbers) < 100
    assert len(page.query(".place-list li")) == 2 * mapping.MOST_LISTED
    assert not page.query(".map-city[open]")


def test_timeline_counts_two_thousand_practices_by_year(many: PageClient) -> None:
    for query in ("", "?per=programma"):
        page = many.page(f"/linea-del-tempo{query}")
        assert not page.query(".time-bar")
        rows = page.query(".time-matrix tbody tr")
        assert 2 <= len(rows) <= 3
        assert len(rows[0].query("td")) >= 20
    page = many.page("/linea-del-tempo")
    assert "tema=reti-di-prossimita" in hrefs(page, ".time-matrix tbody th a")[0]
    assert "dal=2010&al=2010" in " ".join(hrefs(page, ".time-matrix td a"))


def test_figures_name_only_some_of_two_thousand(many: PageClient) -> None:
    page = many.page("/numeri")
    assert max(len(gap.query("li")) for gap in page.query(".gap")) == figures.MOST_NAMED
