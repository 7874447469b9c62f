# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The constellation in a real Chromium: seen, walked by keyboard, moved, printed."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import IN_BROWSER

pytestmark = IN_BROWSER
#: Names that can be read and cover one another, in px as shown.
COVERED = """() => {
  const names = [...document.querySelectorAll(".star.is-read .name")]
    .filter((e) => e.checkVisibility())
    .map((e) => [e.textContent, e.getBoundingClientRect()])
    .filter(([, b]) => b.width);
  return names.flatMap(([one, a], n) => names.slice(n + 1).filter(([, b]) =>
    a.left + 1 < b.right && b.left + 1 < a.right && a.top + 4 < b.bottom && b.top + 4 < a.bottom,
  ).map(([other]) => [one, other]));
}"""
FOCUSED = "document.activeElement.getAttribute('aria-label')"


@pytest.mark.parametrize("width", [1920, 1280, 320])
@pytest.mark.parametrize("around", ["", "?intorno=qubi", "?intorno=tema:spazio-pubblico"])
def test_names_that_can_be_read_cover_no_other(page: Page, around: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"/en/costellazione{around}")
    assert page.locator(".star.is-read:visible").count() >= 5
    assert page.evaluate(COVERED) == []


def test_arrows_walk_and_enter_opens(page: Page) -> None:
    page.goto("/costellazione?intorno=citta:venezia")
    stars = page.locator(".sky-wide .star")
    assert stars.evaluate_all("all => all.filter((e) => e.tabIndex === 0).length") == 1
    page.locator(".sky-wide .star[tabindex='0']").focus()
    assert page.evaluate(FOCUSED) == "Città: Venezia"
    seen = {"Città: Venezia"}
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowUp", "ArrowLeft"):
        page.keyboard.press(key)
        seen.add(page.evaluate(FOCUSED))
    assert len(seen) >= 4
    expect(page.locator(".sky-wide .star:focus")).to_be_in_viewport()
    name = page.evaluate(FOCUSED).partition(": ")[2]
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(re.compile(re.escape(f"Intorno a {name}")))


def test_sky_is_zoomed_moved_and_reset(page: Page) -> None:
    page.goto("/costellazione")
    sky = page.locator(".sky-wide")
    whole = sky.get_attribute("viewBox")
    page.get_by_role("button", name="Ingrandisci").click()
    assert float(str(sky.get_attribute("viewBox")).split()[2]) < 1200
    zoomed = sky.get_attribute("viewBox")
    sky.scroll_into_view_if_needed()
    box = sky.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 300)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 360, steps=4)
    page.mouse.up()
    assert sky.get_attribute("viewBox") != zoomed
    assert page.url.endswith("/costellazione")
    page.get_by_role("button", name="Torna alla vista iniziale").click()
    assert sky.get_attribute("viewBox") == whole
    page.locator(".sky-wide .star[tabindex='0']").focus()
    page.keyboard.press("+")
    assert sky.get_attribute("viewBox") != whole
    page.keyboard.press("0")
    assert sky.get_attribute("viewBox") == whole


def test_neighbours_of_the_star_pointed_at_stand_out(page: Page) -> None:
    page.goto("/costellazione")
    star = page.locator(".sky-wide .star-city").first
    star.locator(".hit").hover()
    lit = page.locator(".sky-wide .is-touched")
    assert lit.count() == len(str(star.get_attribute("data-near")).split()) + 1
    assert str(page.locator(".sky-wide .line-touched").get_attribute("d")).startswith("M")
    page.mouse.move(5, 5)
    expect(lit).to_have_count(0)


def test_stars_are_links_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(
        base_url=address,
        java_script_enabled=False,
        locale="it-IT",
        viewport={"width": 1280, "height": 900},
    )
    page = context.new_page()
    page.goto("/costellazione")
    page.locator(".sky-wide .star-theme .hit").first.click()
    expect(page.locator("h1")).to_contain_text("Intorno a")
    page.locator("#citta").select_option("bari")
    page.get_by_role("button", name="Filtra").click()
    expect(page.locator("h1")).to_contain_text("Intorno a")
    expect(page.locator(".star-table tbody tr").first).to_contain_text("Bari")
    page.get_by_role("link", name="Tutta la costellazione").click()
    assert page.url.endswith("/costellazione?citta=bari")
    hidden = page.locator(".sky-wide .star:not(.is-read)").first
    expect(hidden.locator(".name")).to_be_hidden()
    hidden.locator(".hit").hover()
    expect(hidden.locator(".name")).to_be_visible()
    context.close()


def test_sky_is_day_on_paper(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/costellazione")
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator(".sky-wide")).to_be_visible()
    expect(page.locator(".sky-tools")).to_be_hidden()
    ground = "getComputedStyle(document.querySelector('.night')).backgroundImage"
    assert page.evaluate(ground) == "none"
