# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Guide, comparison, collection and booklets in a real Chromium."""

import re
from io import BytesIO

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.conftest import IN_BROWSER
from tests.test_accessibility import AXE_SCRIPT, LOST, WIDTHS, violations

pytestmark = IN_BROWSER
COMPARED = "/confronta?p=qubi&p=reti-civiche-urbane&p=portinerie-di-comunita"
#: Is the focused element hidden, even in part, by what sticks to the window's edges?
COVERED = """async () => {
  // The browser scrolls to what has the focus in a frame to come.
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const tray = document.getElementById("vassoio").getBoundingClientRect();
  const focused = document.activeElement;
  const box = focused.getBoundingClientRect();
  return !focused.closest("#vassoio, footer") && box.height < 300 && box.bottom > tray.top + 1;
}"""


def stored(page: Page, name: str) -> list[str]:
    """Return the slugs of a list that the browser keeps."""
    read = "(name) => (JSON.parse(localStorage.getItem(name)) ?? []).map(({ slug }) => slug)"
    return [str(slug) for slug in page.evaluate(read, name)]


def test_comparison_grows_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/cerca?q=povertà+dei+bambini")
    page.locator(".practice-card", has_text="QuBì").first.get_by_role(
        "link", name="Aggiungi al confronto"
    ).click()
    expect(page.locator(".chosen-item")).to_have_count(1)
    page.get_by_role("link", name="Cerca fra tutte le pratiche").click()
    page.get_by_label("Che cosa cerchi?").fill("patti di collaborazione")
    page.locator("main").get_by_role("button", name="Cerca").click()
    expect(page.locator(".comparing")).to_contain_text("una pratica")
    page.locator(".filter-value", has_text="Torino").first.click()
    page.locator(".practice-card").first.get_by_role("link", name="Aggiungi al confronto").click()
    expect(page.locator(".compare thead th")).to_have_count(3)
    page.get_by_label("Cercala per nome").fill("negozi sfitti")
    page.locator(".find").get_by_role("button", name="Cerca").click()
    page.locator(".offered").first.get_by_role("link", name="Aggiungi").first.click()
    expect(page.locator(".compare thead th")).to_have_count(4)
    context.close()


def test_tray_shows_what_is_chosen(page: Page) -> None:
    page.goto("/cerca?q=negozi+sfitti")
    tray = page.locator("#vassoio")
    expect(tray).to_be_hidden()
    buttons = page.get_by_role("button", name="Aggiungi al confronto")
    first = page.locator(".practice-card").first.locator("button[data-list=confronto]")
    first.click()
    expect(first).to_contain_text("Togli dal confronto")
    expect(first).to_be_focused()
    expect(tray).to_be_visible()
    expect(page.locator("#annunci")).to_contain_text("nel confronto (1)")
    buttons.first.click()
    buttons.first.click()
    buttons.first.click()
    expect(tray.locator(".tray-list li")).to_have_count(4)
    buttons.first.click()
    expect(tray.locator(".tray-note")).to_contain_text("al massimo 4 pratiche")
    expect(tray.locator(".tray-list li")).to_have_count(4)
    page.goto("/temi")
    tray.locator(".tray-remove").nth(1).click()
    expect(tray.locator(".tray-list li")).to_have_count(3)
    expect(tray.locator(".tray-remove").nth(1)).to_be_focused()
    slugs = stored(page, "kb.confronto")
    tray.get_by_role("link", name="Confronta").click()
    expect(page.locator(".compare thead th")).to_have_count(4)
    assert page.url.partition("?")[2] == "&".join(f"p={slug}" for slug in slugs)
    # What the comparison's own page takes away is no longer chosen.
    page.locator(".chosen-item").first.get_by_role("link", name="Togli").click()
    expect(page.locator(".compare thead th")).to_have_count(3)
    assert stored(page, "kb.confronto") == slugs[1:]


def test_tray_can_be_closed_and_comes_back(page: Page) -> None:
    page.goto("/pratiche/qubi")
    page.get_by_role("button", name="Aggiungi al confronto").click()
    page.get_by_role("button", name="Nascondi le pratiche scelte").click()
    expect(page.locator("#vassoio")).to_be_hidden()
    expect(page.locator("main")).to_be_focused()
    page.goto("/pratiche/wemi")
    expect(page.locator("#vassoio")).to_be_hidden()
    page.get_by_role("button", name="Metti nella raccolta").click()
    expect(page.locator("#vassoio")).to_be_visible()
    expect(page.get_by_role("link", name="La mia raccolta (1)")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_tray_never_covers_the_focus(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto("/cerca?q=negozi+sfitti")
    for button in page.locator("button[data-list=confronto]").all()[:3]:
        button.click()
    page.evaluate("scrollTo(0, 0)")
    page.locator("main").focus()
    page.evaluate(AXE_SCRIPT)
    assert violations(page) == []
    assert page.evaluate(LOST) == []
    for _ in range(60):
        page.keyboard.press("Tab")
        assert not page.evaluate(COVERED), page.evaluate("document.activeElement.outerHTML")


def test_sticky_heads_never_cover_the_focus(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(COMPARED)
    # The End key would go on scrolling for a while, against the focus.
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.locator(".find .btn").focus()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        covered = page.evaluate(
            """async () => {
              // The browser scrolls to what has the focus in a frame to come.
              await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
              const head = document.querySelector(".compare thead th").getBoundingClientRect();
              const box = document.activeElement.getBoundingClientRect();
              return document.activeElement.closest("tbody") && box.top < head.bottom - 1;
            }"""
        )
        assert not covered, page.evaluate("document.activeElement.outerHTML")


def test_collection_and_notes_stay_in_the_browser(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    for slug in ("qubi", "wemi"):
        page.goto(f"/pratiche/{slug}")
        page.get_by_role("button", name="Metti nella raccolta").click()
    page.goto("/raccolta")
    expect(page.locator(".collected-item")).to_have_count(2)
    assert page.url.endswith("/raccolta?p=qubi&p=wemi")
    expect(page.locator("#note")).to_contain_text("restano in questo browser")
    page.get_by_label("La mia nota WeMi").fill("Chiedere i costi di ‹gestione›")
    page.locator(".collected-item").nth(1).get_by_role("link", name="Sposta su").click()
    expect(page.locator(".collected-item").first).to_have_attribute("data-slug", "wemi")
    assert stored(page, "kb.raccolta") == ["wemi", "qubi"]
    expect(page.get_by_label("La mia nota WeMi")).to_have_value("Chiedere i costi di ‹gestione›")
    page.get_by_role("link", name="Fascicolo da stampare").click()
    note = page.locator('[data-note="wemi"]')
    expect(note).to_contain_text("Chiedere i costi di ‹gestione›")
    expect(page.locator('[data-note="qubi"]')).to_be_hidden()
    expect(page.get_by_role("button", name="Stampa")).to_be_visible()
    assert not [url for url in asked if "gestione" in url or "Chiedere" in url]
    page.goto("/raccolta")
    page.get_by_role("button", name="Cancella da questo browser").click()
    expect(page.locator(".lead")).to_contain_text("non c'è ancora nulla")
    assert page.evaluate("Object.keys(localStorage)") == []


def test_shared_collection_is_kept_only_when_asked(page: Page) -> None:
    page.goto("/pratiche/qubi")
    page.get_by_role("button", name="Metti nella raccolta").click()
    page.goto("/raccolta?p=wemi&p=co-city")
    expect(page.locator("#condivisa")).to_be_visible()
    page.locator(".collected-item").first.get_by_role("link", name="Togli").click()
    expect(page.locator(".collected-item")).to_have_count(1)
    assert stored(page, "kb.raccolta") == ["qubi"]
    page.get_by_role("button", name="Tienila in questo browser").click()
    expect(page.locator(".collected-item")).to_have_count(2)
    expect(page.locator("#condivisa")).to_be_hidden()
    assert stored(page, "kb.raccolta") == ["co-city", "qubi"]


def test_odd_storage_is_no_trouble(page: Page) -> None:
    page.goto("/cerca")
    for value in ("{", '"x"', "null", '[{"slug": "<b>", "name": 1}]'):
        page.evaluate("(value) => localStorage.setItem('kb.confronto', value)", value)
        page.evaluate("(value) => localStorage.setItem('kb.raccolta', value)", value)
        page.reload()
        expect(page.get_by_role("button", name="Aggiungi al confronto").first).to_be_visible()
        expect(page.locator("#vassoio")).to_be_hidden()
        page.goto("/raccolta?p=qubi")
        expect(page.locator(".collected-note").first).to_be_visible()
        page.goto("/cerca")


def test_guide_is_walked_by_keyboard_and_undone(page: Page) -> None:
    page.goto("/percorso")
    page.get_by_role("link", name="Persone anziane, con disabilità").press("Enter")
    expect(page).to_have_url(re.compile("per-chi=anziani"))
    expect(page.locator("#domanda-in-mano")).to_have_attribute("open", "")
    page.get_by_role("link", name="Un luogo da aprire").press("Enter")
    expect(page.locator(".practice-card-why").first).to_contain_text("Serve a: Persone anziane")
    page.locator(".chosen").get_by_role("link", name="Togli Per chi è?").click()
    expect(page).to_have_url(re.compile(r"/percorso\?in-mano=luogo#pratiche"))


def test_comparison_prints_in_landscape(page: Page) -> None:
    page.goto(COMPARED)
    printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    box = printed.pages[0].mediabox
    assert box.width > box.height
    assert len(printed.pages) <= 4
    said = printed.pages[0].extract_text()
    assert "Il problema" in said
    assert "Aggiungi" not in " ".join(sheet.extract_text() for sheet in printed.pages)


def test_booklet_prints_cover_contents_and_sheets(page: Page) -> None:
    page.goto("/raccolta/fascicolo?p=qubi&p=wemi&titolo=Il+nostro+tavolo")
    page.emulate_media(color_scheme="dark")
    sheets = [sheet.extract_text() for sheet in
              PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages]  # fmt: skip
    assert "Il nostro tavolo" in sheets[0]
    assert "Indice" in sheets[1]
    starts = [n for n, said in enumerate(sheets) if re.match(r"\d+\s+Milano · ", said)]
    assert starts == [2, 4]
    assert len(sheets) <= 6
    # Nothing of the site's own furniture.
    assert "Esplora" not in " ".join(sheets)
