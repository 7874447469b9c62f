# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The site in a real Chromium: ways through it, weight, paper."""

import re
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Route, expect

from docs.weight import too_heavy, weigh
from tests.conftest import IN_BROWSER

pytestmark = IN_BROWSER
WIDTHS = {"desktop": 1280, "phone": 320}
#: The page's layout shift so far.
SHIFT = """() => new Promise((done) => {
  let sum = 0;
  const add = (list) => list.getEntries().forEach((entry) => { sum += entry.value; });
  new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 200);
})"""


@pytest.fixture(params=WIDTHS.values(), ids=WIDTHS.keys())
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


def test_officer_searches_narrows_and_reads(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Che cosa cerchi?").fill("povertà dei bambini")
    page.get_by_role("button", name="Cerca").click()
    first = page.locator(".practice-card").first
    expect(first).to_contain_text("QuBì")
    expect(first.locator("mark").first).to_have_text(re.compile("povertà|bambini"))
    page.locator(".filter-value", has_text="Reti di prossimità").click()
    expect(page.locator(".filter-chips")).to_contain_text("Tema: Reti di prossimità")
    page.locator(".practice-card", has_text="QuBì").first.get_by_role("link").first.click()
    expect(page.locator("h1")).to_contain_text("QuBì")
    page.locator("sup.citation a").first.click()
    expect(page.locator("li:target")).to_be_visible()
    page.go_back()
    page.go_back()
    expect(page.locator("h1")).to_contain_text("povertà dei bambini")


def test_keyboard_reaches_the_search_and_the_content(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Vai al contenuto")
    expect(skip).to_be_focused()
    expect(skip).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.goto("/")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    page.keyboard.type("negozi sfitti")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Cerca: «negozi sfitti»")


@pytest.mark.parametrize("path", ["/", "/cerca?q=negozi+sfitti", "/pratiche/qubi"])
def test_nothing_moves_while_a_page_loads(page: Page, path: str, width: int) -> None:
    def late(route: Route) -> None:
        time.sleep(0.3)
        route.continue_()

    page.route("**/*.woff2", late)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path, wait_until="networkidle")
    assert page.evaluate(SHIFT) < 0.01


def test_page_is_light_to_carry(browser: Browser, address: str) -> None:
    assert too_heavy(weigh(browser, address)) == []


@pytest.mark.parametrize(
    ("slug", "sheets"), [("qubi", 3), ("economia-di-prossimita-milano", 4), ("porta-futuro", 3)]
)
def test_practice_prints_on_few_sheets(page: Page, slug: str, sheets: int) -> None:
    page.goto(f"/pratiche/{slug}")
    page.emulate_media(color_scheme="dark")
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= sheets
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_search_box_completes_with_the_keyboard(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox", name="Che cosa cerchi?")
    box.press_sequentially("portin")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("Portinerie di Comunità")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    report = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]})
    assert report.violations_count == 0, report.generate_report()
    box.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_have_value("portin")
    box.press_sequentially("e")
    expect(options.first).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    expect(page.locator("h1")).to_contain_text("Portinerie di Comunità")


def test_browser_takes_data_manifest_and_icons(page: Page) -> None:
    page.goto("/pratiche/qubi")
    block = page.locator('script[type="application/ld+json"]')
    told = page.evaluate("(text) => JSON.parse(text)['@graph'][0].headline", block.inner_text())
    assert told == page.locator("h1").inner_text()
    answer = page.context.new_cdp_session(page).send("Page.getAppManifest")
    assert answer["url"].endswith("/manifest.webmanifest")
    assert answer["errors"] == []
    assert '"Costellazioni civiche"' in answer["data"]
    icons = page.locator('link[rel="icon"], link[rel="apple-touch-icon"]')
    widths = page.evaluate(
        """(sources) => Promise.all(sources.map(async (source) => {
          const image = new Image();
          image.src = source;
          await image.decode();
          return image.naturalWidth;
        }))""",
        [link.get_attribute("href") for link in icons.all()],
    )
    assert widths[0] == 32
    assert widths[-1] == 180


def tap(locator: Locator) -> None:
    """Tap what is in sight: a finger finds nothing else without scrolling first."""
    expect(locator).to_be_in_viewport()
    locator.tap()


@pytest.mark.parametrize("way", ["completion", "typed question", "button"])
def test_three_taps_lead_to_whom_to_call(browser: Browser, address: str, way: str) -> None:
    """«Chi chiamo per copiare le Portinerie di Comunità?», on a phone, from the home page."""
    context = browser.new_context(
        base_url=address, locale="it-IT", viewport={"width": 360, "height": 740}, has_touch=True
    )
    page = context.new_page()
    page.goto("/")
    box = page.get_by_role("combobox", name="Che cosa cerchi?")
    tap(box)
    if way == "completion":
        box.press_sequentially("portinerie")
        tap(page.get_by_role("option", name="Portinerie di Comunità"))
    else:
        box.press_sequentially("chi chiamo per copiare le Portinerie di Comunità?")
        if way == "typed question":
            box.press("Enter")
        else:
            tap(page.get_by_role("button", name="Cerca"))
        tap(page.get_by_role("link", name="Portinerie di Comunità").first)
    if way != "button":
        tap(page.get_by_role("main").get_by_role("link", name="A chi rivolgersi").first)
    contact = page.get_by_role("link", name="info@spacciocultura.it")
    expect(contact).to_be_in_viewport(ratio=1)
    expect(contact).to_have_attribute("href", "mailto:info@spacciocultura.it")
    context.close()


def test_jump_to_the_contact_is_in_the_first_sight_of_a_phone(page: Page) -> None:
    """Also of the practices with the longest titles and summaries."""
    page.set_viewport_size({"width": 360, "height": 740})
    for path in (
        "/pratiche/programmazione-partecipata",
        "/pratiche/bilancio-partecipativo-milano",
        "/en/pratiche/bilancio-partecipativo-milano",
    ):
        page.goto(path)
        expect(page.locator(".page-jump a")).to_be_in_viewport(ratio=1)
