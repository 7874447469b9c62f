# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""WCAG 2.2 AA in a real Chromium: what docs/accessibility.md says is tested.

One visit for each page: width, colours and spacing change around it.
"""

from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.conftest import IN_BROWSER

pytestmark = IN_BROWSER
PAGES = {
    "home": "/",
    "search": "/cerca?q=povert%C3%A0+dei+bambini",
    "search with filters": "/cerca?citta=milano&tema=reti-di-prossimita&dal=2015",
    "search with wrong years": "/cerca?dal=2020&al=2010",
    "empty search": "/cerca?q=xyzzyx",
    "themes": "/temi",
    "theme": "/temi/spazio-pubblico",
    "cities": "/citta",
    "city": "/citta/venezia",
    "practice": "/pratiche/qubi",
    "theory of change": "/pratiche/wemi",
    "explore": "/esplora",
    "constellation": "/costellazione",
    "constellation around a practice": "/costellazione?intorno=qubi&citta=milano",
    "map": "/mappa",
    "map of a city": "/mappa?citta=bari",
    "timeline": "/linea-del-tempo",
    "timeline by programme": "/linea-del-tempo?per=programma&citta=bari",
    "figures": "/numeri",
    "guide": "/percorso",
    "guide answered": "/percorso?per-chi=anziani&in-mano=luogo",
    "comparison to begin": "/confronta",
    "comparison": "/confronta?p=qubi&p=reti-civiche-urbane&p=portinerie-di-comunita&p=nessuna",
    "collection to begin": "/raccolta",
    "collection": "/raccolta?p=qubi&p=co-city&p=nessuna",
    "booklet of a collection": "/raccolta/fascicolo?p=qubi&p=co-city",
    "booklet of the event": "/eventi/costellazioni-civiche-2024/fascicolo",
    "event": "/eventi/costellazioni-civiche-2024",
    "glossary": "/glossario",
    "propose": "/proponi",
    "quality": "/qualita",
    "maintenance": "/manutenzione?citta=bari",
    "legal notes": "/note-legali",
    "accessibility": "/accessibilita",
    "not found": "/nulla",
}
WALKED = ["home", "search with filters", "theme", "practice"]
#: A window of 1280 px, and the same enlarged to 400 %.
WIDTHS = (1280, 320)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
VIOLATIONS = """async (runOnly) => {
  const { violations } = await axe.run({ runOnly, resultTypes: ["violations"] });
  return violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html.slice(0, 150))]);
}"""
#: By how many px the page is wider than its window, and texts that are cut off.
LOST = """() => [
  ...[...document.querySelectorAll("main *, header *, footer *")].filter((e) => {
    const style = getComputedStyle(e);
    const cut = [style.overflowX, style.overflowY].some((o) => o === "hidden" || o === "clip");
    const wide = e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1;
    const hidden = style.clipPath !== "none" || style.position === "absolute";
    return cut && wide && !hidden && e.textContent.trim() && e.clientWidth > 1;
  }).map((e) => e.outerHTML.slice(0, 150)),
  ...(document.documentElement.scrollWidth > innerWidth
    ? [`${document.documentElement.scrollWidth - innerWidth} px too wide`] : []),
]"""
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
#: The reader's own spacing: WCAG 2.2, 1.4.12.
SPACING = """(on) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = on ? [sheet] : [];
}"""
TEXT_SIZE = "(size) => { document.documentElement.style.fontSize = size; }"
MOVING = """() => [...document.querySelectorAll("*")].filter((e) => {
  const style = getComputedStyle(e);
  return /[1-9]/.test(style.transitionDuration) || style.animationName !== "none";
}).map((e) => e.outerHTML.slice(0, 100))"""
#: The element with the focus: its name, whether the focus is seen on it, and what covers it.
STOP = """() => {
  const e = document.activeElement;
  if (e === document.body) return null;
  const style = getComputedStyle(e);
  const box = [...e.getClientRects()].find((rect) => rect.width > 0 && rect.height > 0)
    ?? e.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 20)];
  const top = document.elementFromPoint(x, y);
  const name = `${e.tagName} ${e.id} ${(e.textContent || e.name || "").trim().slice(0, 40)}`;
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const uncovered = top && (e.contains(top) || top.contains(e));
  window.stops = (window.stops ?? new Set()).add(e);
  return { name, outlined, uncovered, covering: top?.outerHTML.slice(0, 100) ?? "the edge" };
}"""
#: What can take the focus and was not reached; drawings have their links in a list beside them.
MISSED = """() => [...document.querySelectorAll("a[href], button, input, select, summary")]
  .filter((e) => e.type !== "hidden" && e.checkVisibility() && !window.stops.has(e))
  .filter((e) => !e.closest("svg[aria-hidden]"))
  .map((e) => e.outerHTML.slice(0, 100))"""


def violations(page: Page, rules: Any = RULES) -> Any:
    """Return the rules of axe-core that the page violates, each with its elements."""
    return page.evaluate(VIOLATIONS, rules)


@pytest.mark.parametrize("language", ["", "/en"], ids=["it", "en"])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_page_is_accessible(page: Page, path: str, language: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(language + path)
    page.evaluate(AXE_SCRIPT)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 720})
        page.emulate_media(color_scheme="light")
        assert page.evaluate(LOST) == [], width
        assert page.evaluate(SMALL_TARGETS) == [], width
        assert violations(page) == [], width
        # The dark page differs in its colours only.
        page.emulate_media(color_scheme="dark")
        assert violations(page, COLOURS) == [], width
        page.evaluate(SPACING, True)
        assert page.evaluate(LOST) == [], width
        page.evaluate(SPACING, False)
    page.set_viewport_size({"width": 1280, "height": 720})
    page.evaluate(TEXT_SIZE, "200%")
    assert page.evaluate(LOST) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", WALKED)
def test_keyboard_walks_through_the_page(page: Page, name: str, width: int) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(PAGES[name])
    stops = []
    for _ in range(600):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            break
        stops.append(stop)
    assert "Vai al contenuto" in stops[0]["name"]
    assert [s for s in stops if not (s["outlined"] and s["uncovered"])] == []
    assert page.evaluate(MISSED) == []
    assert len(stops) < 600, "the focus never leaves the page"


def test_nothing_moves_where_less_motion_is_wanted(page: Page) -> None:
    page.goto("/cerca?q=bambini")
    assert page.evaluate(MOVING), "the test sees no motion at all"
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(MOVING) == []
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_readers_own_colours_keep_what_shows_state(page: Page, scheme: Any) -> None:
    """Backgrounds are gone: borders, outlines and marks must say what they said."""
    page.emulate_media(forced_colors="active", color_scheme=scheme)
    page.goto("/cerca?citta=milano")
    chosen = page.locator(".filter-value.selected").first
    assert chosen.evaluate("(e) => getComputedStyle(e).outlineStyle") == "solid"
    expect(chosen.locator("svg")).to_be_visible()
    for selector in (".practice-card", ".search-box .btn", "#dal"):
        width = page.locator(selector).first.evaluate("(e) => getComputedStyle(e).borderTopWidth")
        assert width != "0px", selector
    page.goto("/")
    hero = page.locator(".hero").evaluate("(e) => getComputedStyle(e).backgroundImage")
    assert hero == "none"
    page.keyboard.press("Tab")
    assert page.evaluate(STOP)["outlined"]


def test_page_has_the_landmarks(page: Page) -> None:
    page.goto("/cerca?q=bambini")
    for role in ("banner", "main", "contentinfo", "search"):
        expect(page.get_by_role(role)).to_have_count(1)  # type: ignore[arg-type]
    for name in ("Principale", "Percorso di navigazione", "Sezioni", "Informazioni"):
        expect(page.get_by_role("navigation", name=name)).to_have_count(1)
