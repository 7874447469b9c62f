# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Map, timeline and figures in a real Chromium: what the drawings look like and lead to."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.conftest import IN_BROWSER

pytestmark = IN_BROWSER
VIEWS = ["/mappa", "/linea-del-tempo", "/numeri"]


def overflow(page: Page) -> int:
    """Return by how many px the page is wider than its window."""
    return int(
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    )


def middle(element: Locator) -> tuple[float, float]:
    """Return the middle of what *element* draws."""
    box = element.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_map_is_drawn_and_a_mark_narrows_it(page: Page) -> None:
    page.goto("/mappa")
    land = page.locator(".map-land use").first.bounding_box()
    assert land
    assert land["height"] > 500
    assert land["height"] > land["width"]
    mark = page.locator(".map-link", has_text=re.compile("Bari"))
    number = mark.locator(".map-count").text_content()
    mark.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/mappa\?citta=bari$"))
    expect(page.locator(".narrow-count")).to_have_text(f"{number} pratiche su 85")
    expect(page.locator(".map-off")).to_have_count(4)
    page.locator(".map-link[aria-current]").click()
    expect(page.locator(".narrow-count")).to_have_text("85 pratiche")


def test_marks_and_names_of_the_map_can_be_read_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/mappa")
    assert overflow(page) <= 0
    drawing = page.locator(".map-drawing").bounding_box()
    assert drawing
    boxes = [text.bounding_box() for text in page.locator(".map-name, .map-count").all()]
    assert len(boxes) == 10, "five numbers and five names"
    for box in boxes:
        assert box
        assert box["height"] >= 11
        assert box["x"] >= drawing["x"]
        assert box["x"] + box["width"] <= drawing["x"] + drawing["width"]


def test_bars_stand_under_their_years(page: Page) -> None:
    page.goto("/linea-del-tempo?q=%22piazza+del+redentore%22&citta=bari")
    row = page.locator(".time-table tbody tr:not(.time-lane)", has_text="Redentore").first
    years = row.locator(".time-years").text_content() or ""
    first, last = (int(year) for year in re.findall(r"\d{4}", years)[:2])
    ticks = page.locator(".time-axis .time-tick")
    labels = [int(year) for year in page.locator(".time-year").all_text_contents()]
    places = dict(zip(labels, (middle(tick)[0] for tick in ticks.all()), strict=True))
    year = (places[2020] - places[2010]) / 10
    bar = row.locator(".time-span").bounding_box()
    assert bar
    assert abs(bar["x"] - (places[2010] + (first - 2010) * year)) < year
    assert abs(bar["x"] + bar["width"] - (places[2010] + (last + 1 - 2010) * year)) < year


def test_bar_leads_to_its_practice(page: Page) -> None:
    page.goto("/linea-del-tempo?citta=milano")
    row = page.locator(".time-table tbody tr:not(.time-lane)").first
    title = row.locator("th a").text_content() or ""
    row.locator(".time-span").click()
    expect(page.locator("h1")).to_have_text(" ".join(title.split()))


def test_timeline_is_a_list_with_small_bars_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/linea-del-tempo")
    assert overflow(page) <= 0
    row = page.locator(".time-table tbody tr:not(.time-lane)").first
    assert middle(row.locator(".time-bar"))[1] > middle(row.locator("th"))[1]
    page.evaluate("window.scrollTo(0, 2500)")
    page.wait_for_function("scrollY > 1000")
    axis = page.locator(".time-axis").bounding_box()
    assert axis
    assert axis["y"] < 40, "the years stay in view"


@pytest.mark.parametrize("path", VIEWS)
def test_view_narrows_without_script(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(
        base_url=address, java_script_enabled=False, viewport={"width": 360, "height": 740}
    )
    page = context.new_page()
    page.goto(path)
    page.locator(".narrow-form > summary").click()
    page.get_by_label("Città", exact=True).select_option("bari")
    page.get_by_label("Attive dal").fill("2020")
    page.get_by_role("button", name="Filtra").click()
    expect(page.locator(".filter-chips")).to_contain_text("Città: Bari")
    expect(page.locator(".narrow-count")).to_contain_text("su 85")
    context.close()


@pytest.mark.parametrize("path", VIEWS)
def test_view_fits_on_paper(page: Page, path: str) -> None:
    page.goto(path)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator(".narrow-form").is_hidden()
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    if path == "/mappa":
        expect(page.locator(".place-list a").first).to_be_visible()
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= 8


@pytest.mark.parametrize("path", VIEWS)
def test_view_survives_the_readers_own_colours(page: Page, path: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(path)
    mark = {"/mappa": ".map-mark", "/linea-del-tempo": ".time-span", "/numeri": ".bar-value"}[path]
    fill = page.locator(mark).first.evaluate("(e) => getComputedStyle(e).fill")
    assert fill != page.locator("body").evaluate("(e) => getComputedStyle(e).backgroundColor")
