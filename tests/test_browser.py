# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The site in a real Chromium, with axe-core's accessibility rules.

Skipped where no Chromium is installed, except in CI.
"""

import os
import re
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright
from werkzeug.serving import make_server

from docs.weight import too_heavy, weigh
from kb.web import create_app

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM and not os.environ.get("CI"), reason="no Chromium here"),
]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
WIDTHS = {"desktop": 1280, "phone": 320}
PAGES = [
    "/",
    "/cerca?q=povert%C3%A0+dei+bambini",
    "/cerca?citta=milano&tema=reti-di-prossimita",
    "/cerca?q=xyzzyx",
    "/temi",
    "/temi/spazio-pubblico",
    "/citta",
    "/citta/venezia",
    "/pratiche/qubi",
    "/eventi/costellazioni-civiche-2024",
    "/glossario",
    "/note-legali",
    "/accessibilita",
    "/nulla",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
#: Links and controls under 24 by 24 px, except links in a sentence: WCAG 2.2, 2.5.8.
SMALL_TARGETS = """() => [...document.querySelectorAll("a[href], button, input, select, summary")]
  .filter((e) => e.type !== "hidden" && e.checkVisibility() && !e.closest(".skiplinks"))
  .filter((e) => {
    const texts = [...e.parentElement.childNodes].filter((n) => n.nodeType === Node.TEXT_NODE);
    return !texts.some((n) => /[\\p{L}\\d]/u.test(n.data)) && !e.closest("sup, p, dd, dt");
  })
  .filter((e) => {
    const box = e.getBoundingClientRect();
    return box.height < 24 || box.width < 24;
  })
  .map((e) => e.outerHTML.slice(0, 120))"""
#: The page's layout shift so far.
SHIFT = """() => new Promise((done) => {
  let sum = 0;
  const add = (list) => list.getEntries().forEach((entry) => { sum += entry.value; });
  new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 200);
})"""


def overflow(page: Page) -> int:
    """Return by how many px the page is wider than its window."""
    return int(
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    )


@pytest.fixture(scope="module")
def address(real_instance: Path) -> Iterator[str]:
    """The address of a real server on the real practices."""
    app = create_app({"INSTANCE_DIR": str(real_instance)})
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(10)
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(params=WIDTHS.values(), ids=WIDTHS.keys())
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page without JavaScript that fails on console errors and foreign requests."""
    context = browser.new_context(
        base_url=address, locale="it-IT", viewport={"width": 1280, "height": 900}
    )
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    opened.on(
        "request", lambda r: None if r.url.startswith((address, "data:")) else wrong.append(r.url)
    )
    yield opened
    context.close()
    assert [message for message in wrong if "404" not in message] == []


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


def test_filters_open_on_a_phone_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(
        base_url=address, java_script_enabled=False, viewport={"width": 360, "height": 740}
    )
    page = context.new_page()
    page.goto("/cerca")
    facet = page.locator(".filter-value", has_text="Bari")
    expect(facet).to_be_hidden()
    page.locator(".filters > summary").click()
    facet.click()
    expect(page.locator(".filter-chips")).to_contain_text("Città: Bari")
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_page_fits_and_has_no_accessibility_violation(page: Page, path: str, width: int) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path)
    assert overflow(page) <= 0
    assert page.evaluate(SMALL_TARGETS) == []
    report = Axe().run(page, options={"runOnly": RULES})
    assert report.violations_count == 0, report.generate_report()
    # The dark page differs in its colours only.
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    report = Axe().run(page, options={"runOnly": {"type": "rule", "values": COLOUR_RULES}})
    assert report.violations_count == 0, report.generate_report()
    if width == WIDTHS["desktop"]:
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert overflow(page) <= 0


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
