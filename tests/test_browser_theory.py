# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The drawn theory of change in a real Chromium: which drawing, how large, nothing cut."""

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import IN_BROWSER

pytestmark = IN_BROWSER
#: Letters of the shown drawing as the reader sees them, in px; words that leave their box.
LETTERS = """() => Math.min(...[...document.querySelectorAll(".theory-drawing text")]
  .filter((e) => e.checkVisibility())
  .map((e) => parseFloat(getComputedStyle(e).fontSize) * e.getScreenCTM().a))"""
CUT = """() => [...document.querySelectorAll(".theory-drawing g")]
  .filter((e) => e.checkVisibility())
  .flatMap((box) => {
    const edge = box.querySelector("rect").getBoundingClientRect();
    return [...box.querySelectorAll("text")].filter((e) => {
      const own = e.getBoundingClientRect();
      return own.left < edge.left || own.right > edge.right
        || own.top < edge.top || own.bottom > edge.bottom;
    }).map((e) => e.textContent);
  })"""


@pytest.mark.parametrize(
    ("width", "shown"), [(1280, "wide"), (1000, "narrow"), (360, "narrow"), (320, "narrow")]
)
def test_drawing_fits_and_is_legible(page: Page, width: int, shown: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for slug in ("laboratori-di-quartiere", "wemi"):
        page.goto(f"/pratiche/{slug}")
        for name in ("wide", "narrow"):
            drawing = page.locator(f".theory-{name}")
            expect(drawing).to_be_visible(visible=name == shown)
        assert page.evaluate(LETTERS) >= 13
        assert page.evaluate(CUT) == []


def test_citation_in_the_drawing_leads_to_its_source(page: Page) -> None:
    page.goto("/pratiche/wemi")
    link = page.locator(".theory-wide a").first
    number = link.text_content()
    link.click()
    target = page.locator("li:target")
    expect(target).to_be_visible()
    place = "(e) => [...e.parentElement.children].indexOf(e) + 1"
    assert str(target.evaluate(place)) == number


def test_step_found_by_search_is_opened(page: Page) -> None:
    page.goto("/pratiche/wemi#passo-a1")
    expect(page.locator("#passo-a1")).to_be_visible()
    page.goto("/pratiche/wemi")
    expect(page.locator("#passo-a1")).to_be_hidden()


def test_paper_has_the_wide_drawing(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/pratiche/wemi")
    page.emulate_media(media="print")
    expect(page.locator(".theory-wide")).to_be_visible()
    expect(page.locator(".theory-narrow")).to_be_hidden()
