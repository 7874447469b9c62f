# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the scripts add: results without loading the page anew, buttons that copy."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.conftest import IN_BROWSER

pytestmark = IN_BROWSER
#: Collects each text that a screen reader would say by itself.
LISTEN = """() => {
  window.said = [];
  const watch = (records) => records.forEach(({ target, addedNodes }) => {
    const live = (target.closest ?? (() => null)).call(target, "[role=status], [aria-live]");
    if (live && live.textContent) window.said.push(live.textContent);
    for (const node of addedNodes) {
      if (node.querySelector?.("[role=status], [role=alert], [aria-live]")) {
        window.said.push("a new live region");
      }
    }
  });
  new MutationObserver(watch).observe(document.body, { childList: true, subtree: true });
}"""
#: Set on the document: gone as soon as the browser loads a page.
MARK = "window.sameDocument = true"
MARKED = "window.sameDocument === true"


def focused(page: Page) -> str:
    """Return the id of the element with the focus."""
    return str(page.evaluate("document.activeElement.id"))


def in_sight(locator: Locator) -> bool:
    """Return whether the element is wholly inside the window."""
    return bool(
        locator.evaluate(
            """(e) => {
              const box = e.getBoundingClientRect();
              return box.top >= 0 && box.bottom <= innerHeight;
            }"""
        )
    )


@pytest.fixture
def search(page: Page) -> Page:
    """The search page, listened to."""
    page.goto("/cerca?q=bambini")
    page.evaluate(MARK)
    page.evaluate(LISTEN)
    return page


def test_facet_narrows_in_place(search: Page) -> None:
    facet = search.locator("#citta-milano")
    place = facet.bounding_box()
    facet.click()
    expect(search.locator(".filter-chips")).to_contain_text("Città: Milano")
    assert search.evaluate(MARKED)
    expect(search).to_have_url(re.compile(r"/cerca\?q=bambini&citta=milano$"))
    expect(facet).to_have_class(re.compile("selected"))
    assert focused(search) == "citta-milano"
    moved = facet.bounding_box()
    assert place
    assert moved
    assert abs(moved["y"] - place["y"]) < 2, "the facet moved under the pointer"
    canonical = search.locator("link[rel=canonical]")
    expect(canonical).to_have_count(1)
    expect(canonical).to_have_attribute("href", re.compile(r"/cerca\?q=bambini&citta=milano$"))
    assert search.locator(".site-language").get_attribute("href") == (
        "/en/cerca?q=bambini&citta=milano"
    )


def test_number_of_results_is_said_once(search: Page) -> None:
    region = search.locator("#annunci").element_handle()
    search.locator("#citta-milano").click()
    expect(search.locator("#annunci")).not_to_be_empty()
    search.wait_for_timeout(400)
    assert search.evaluate("said") == [search.locator("#esito").inner_text()]
    assert search.evaluate("(region) => region.isConnected", region)
    # Where the focus goes to the heading, the screen reader reads it by itself.
    search.locator(".filter-chips .chip").first.click()
    expect(search.locator(".filter-chips")).to_have_count(0)
    search.wait_for_timeout(400)
    assert search.evaluate("said.length") == 1
    assert focused(search) == "esito"


def test_back_and_forward_bring_results_scroll_and_focus(search: Page) -> None:
    all_results = search.locator("#esito").inner_text()
    status = search.locator("#filtro-stato")
    status.locator("summary").click()
    link = status.locator(".filter-value").first
    link.scroll_into_view_if_needed()
    search.mouse.wheel(0, 120)
    search.wait_for_timeout(300)
    scrolled = search.evaluate("scrollY")
    assert scrolled > 0
    link.click()
    expect(search.locator(".filter-chips")).to_contain_text("Stato")
    chosen = focused(search)
    assert chosen.startswith("stato-")
    narrowed = search.locator("#esito").inner_text()
    search.evaluate("scrollTo(0, 0)")
    search.wait_for_timeout(300)
    search.go_back()
    expect(search.locator("#esito")).to_have_text(all_results)
    assert search.evaluate(MARKED)
    assert abs(search.evaluate("scrollY") - scrolled) < 3
    assert focused(search) == chosen
    assert status.evaluate("(e) => e.open"), "a panel that was open has been closed"
    search.go_forward()
    expect(search.locator("#esito")).to_have_text(narrowed)
    assert search.evaluate("scrollY") == 0


def test_results_and_scroll_are_there_after_a_visit_to_a_practice(search: Page) -> None:
    search.locator("#citta-milano").click()
    expect(search.locator(".filter-chips")).to_be_visible()
    link = search.locator(".practice-card-title a").last
    link.scroll_into_view_if_needed()
    search.wait_for_timeout(300)
    scrolled = search.evaluate("scrollY")
    assert scrolled > 0
    link.click()
    expect(search.locator("article h1")).to_be_visible()
    search.go_back()
    expect(search.locator(".filter-chips")).to_contain_text("Città: Milano")
    assert abs(search.evaluate("scrollY") - scrolled) < 3
    search.go_back()
    expect(search.locator(".filter-chips")).to_have_count(0)
    expect(search).to_have_url(re.compile(r"/cerca\?q=bambini$"))


def test_order_keeps_the_focus_and_pages_lead_to_the_heading(page: Page) -> None:
    page.goto("/cerca")
    page.evaluate(MARK)
    page.get_by_label("Ordine").select_option("titolo")
    page.get_by_role("button", name="Ordina").click()
    expect(page).to_have_url(re.compile("ordina=titolo"))
    first = page.locator(".practice-card-title").first.inner_text()
    assert focused(page) == "riordina"
    page.get_by_role("navigation", name="Pagine dei risultati").get_by_text("2").click()
    expect(page).to_have_url(re.compile("pagina=2"))
    expect(page.locator(".practice-card-title").first).not_to_have_text(first)
    assert page.evaluate(MARKED)
    assert focused(page) == "esito"
    assert in_sight(page.locator("#esito"))


def test_other_words_are_searched_in_place(search: Page) -> None:
    box = search.get_by_label("Che cosa cerchi?")
    box.fill("negozi sfitti")
    box.press("Enter")
    expect(search.locator("h1")).to_have_text("Cerca: «negozi sfitti»")
    expect(search).to_have_title(re.compile("^Cerca: «negozi sfitti»"))
    assert search.evaluate(MARKED)
    assert focused(search) == "esito"
    # The new box completes like the old one, and Escape closes the list.
    box.fill("")
    box.press_sequentially("portin")
    completions = search.locator(".completions [role=option]")
    expect(completions.first).to_be_visible()
    box.press("Escape")
    expect(completions).to_have_count(0)


def test_wrong_years_are_said_at_their_field(search: Page) -> None:
    search.locator("#dal").fill("2020")
    search.locator("#al").fill("2010")
    search.locator("#applica-anni").click()
    field = search.locator("#al")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(re.compile("uguale o successivo a «Dal», .* 2020"))
    assert search.evaluate(MARKED)
    search.wait_for_timeout(300)
    assert search.evaluate("said") == [], "the field's message is read at the field"
    field.fill("2022")
    search.locator("#applica-anni").click()
    expect(search.locator("[aria-invalid]")).to_have_count(0)
    expect(search.locator(".filter-chips")).to_contain_text("dal 2020 al 2022")


def test_theme_is_narrowed_in_place(page: Page) -> None:
    page.goto("/temi/spazio-pubblico")
    page.evaluate(MARK)
    page.evaluate(LISTEN)
    page.locator("#citta").select_option("bari")
    page.get_by_role("button", name="Filtra").click()
    heading = page.locator("#pratiche")
    expect(heading).to_contain_text(" di ")
    expect(page.locator(".practice-card-place").first).to_have_text("Bari")
    assert page.evaluate(MARKED)
    assert focused(page) == "filtra"
    expect(page.locator("#annunci")).to_have_text(heading.inner_text())
    page.get_by_role("link", name="Togli tutti i filtri").click()
    expect(heading).not_to_contain_text(" di ")
    assert page.evaluate(MARKED)
    page.go_back()
    expect(heading).to_contain_text(" di ")
    assert page.locator("#citta").input_value() == "bari"


@pytest.mark.parametrize("answer", ["none", "an error", "another page"])
def test_on_trouble_the_browser_loads_the_page(search: Page, answer: str) -> None:
    def spoil(route: Route) -> None:
        if route.request.resource_type == "fetch":
            route.fulfill(status=404 if answer == "an error" else 200, body="<p>Nothing</p>")
        else:
            route.continue_()

    if answer == "none":
        search.evaluate("() => { window.fetch = () => Promise.reject(new TypeError()); }")
    else:
        search.route("**/cerca?*", spoil)
    search.locator("#citta-milano").click()
    expect(search.locator(".filter-chips")).to_contain_text("Città: Milano")
    assert not search.evaluate(MARKED)


def test_other_clicks_are_the_browsers(search: Page, context: BrowserContext) -> None:
    with context.expect_page() as opened:
        search.locator("#citta-milano").click(modifiers=["Control"])
    expect(opened.value.locator(".filter-chips")).to_contain_text("Città: Milano")
    assert search.locator(".filter-chips").count() == 0


@pytest.fixture
def plain(browser: Browser, address: str) -> Iterator[Page]:
    """A phone without JavaScript."""
    context = browser.new_context(
        base_url=address, java_script_enabled=False, viewport={"width": 360, "height": 740}
    )
    yield context.new_page()
    context.close()


def test_everything_works_without_script(plain: Page) -> None:
    plain.goto("/cerca")
    facet = plain.locator(".filter-value", has_text="Bari")
    expect(facet).to_be_hidden()
    plain.locator(".filters > summary").click()
    facet.click()
    expect(plain.locator(".filter-chips")).to_contain_text("Città: Bari")
    expect(plain.locator(".filters > summary")).to_contain_text("(1 filtro scelto)")
    plain.get_by_label("Ordine").select_option("titolo")
    plain.get_by_role("button", name="Ordina").click()
    expect(plain).to_have_url(re.compile("citta=bari&ordina=titolo"))
    plain.locator(".filters > summary").click()
    plain.get_by_label("Dal").fill("2020")
    plain.get_by_label("Al", exact=True).fill("2010")
    plain.get_by_role("button", name="Applica").click()
    expect(plain.locator("#errore-anni")).to_be_visible()
    plain.goto("/temi/spazio-pubblico")
    plain.locator("#citta").select_option("bari")
    plain.get_by_role("button", name="Filtra").click()
    expect(plain.locator("#pratiche")).to_contain_text(" di ")
    plain.goto("/pratiche/qubi")
    expect(plain.locator(".citation-text").first).to_contain_text("/pratiche/qubi")
    expect(plain.get_by_role("button", name=re.compile("^Copia"))).to_have_count(0)


def test_filters_of_a_phone_leave_the_results_in_sight(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/cerca?q=bambini")
    panel, summary = page.locator("#filtri"), page.locator("#filtri > summary")
    facet = page.locator("#citta-milano")
    expect(facet).to_be_hidden()
    assert in_sight(page.locator("#esito"))
    summary.press("Enter")
    expect(facet).to_be_visible()
    assert in_sight(page.locator("#esito"))
    before = facet.evaluate("(e) => { e.scrollIntoView({block: 'center'}); return scrollY; }")
    facet.click()
    expect(summary).to_have_text(re.compile(r"Filtra \(1 filtro scelto\)"))
    assert panel.evaluate("(e) => e.open")
    assert focused(page) == "citta-milano"
    assert page.locator(".filters-body").evaluate("(e) => e.scrollTop") > 0
    assert page.evaluate("scrollY") >= before
    summary.press("Enter")
    expect(facet).to_be_hidden()


def test_texts_are_copied(page: Page, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/pratiche/qubi")
    citation = page.get_by_role("button", name="Copia la citazione")
    citation.click()
    expect(page.locator(".copy-row [role=status]").first).to_have_text("Citazione copiata")
    text = page.locator(".citation-text").first.inner_text()
    assert page.evaluate("navigator.clipboard.readText()") == text
    page.get_by_role("button", name="Copia il collegamento").click()
    expect(page.locator(".copy-row [role=status]").last).to_have_text("Collegamento copiato")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_text_is_selected_where_copying_is_refused(page: Page) -> None:
    page.goto("/en/pratiche/qubi")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    page.get_by_role("button", name="Copy the link").click()
    expect(page.locator(".copy-row [role=status]").last).to_contain_text("the text is selected")
    assert page.evaluate("getSelection().toString().trim()") == page.url
