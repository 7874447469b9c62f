# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The form of a proposal in a real Chromium, as a person goes through it."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from kb.check import check
from kb.content import load, practice_paths
from kb.web import create_app
from tests.conftest import IN_BROWSER, ROOT
from tests.filling import SHORTEST, fill
from tests.serving import serving
from tests.test_accessibility import (
    AXE_SCRIPT,
    LOST,
    MISSED,
    SMALL_TARGETS,
    STOP,
    WIDTHS,
    violations,
)

pytestmark = IN_BROWSER
NAME = "orti-di-prova.md"


@pytest.fixture(scope="module")
def address(real_instance: Path) -> Iterator[str]:
    """The address of a site whose owner has set a repository and an office."""
    settings = {
        "INSTANCE_DIR": str(real_instance),
        "REPOSITORY_URL": "https://github.com/citta/kb",
        "CONTACT_EMAIL": "ufficio@example.org",
    }
    with serving(create_app(settings)) as served:
        yield served


@pytest.fixture
def bare(browser: Browser, address: str) -> Iterator[Page]:
    """A page without JavaScript."""
    context = browser.new_context(base_url=address, java_script_enabled=False)
    yield context.new_page()
    context.close()


def field(page: Page, name: str) -> Locator:
    return page.locator(f'[id="campo-{name}"]')


def error(page: Page, name: str) -> Locator:
    return page.locator(f'[id="errore-{name}"]')


def checked_file(page: Page, folder: Path) -> str:
    """Download the file, let the real checker read it in the real content folder, return it."""
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("Scarica ")).click()
    assert download.value.suggested_filename == NAME
    # Without the other practices, to be quick.
    others = {path.name for path in practice_paths(ROOT / "practices")}
    root = folder / "practices"
    shutil.copytree(ROOT / "practices", root, ignore=lambda _, names: others & set(names))
    download.value.save_as(root / "bari" / NAME)
    assert check(load(root)) == []
    return (root / "bari" / NAME).read_text("utf-8")


def test_shortest_practice_becomes_a_valid_file(page: Page, tmp_path: Path) -> None:
    page.goto("/proponi")
    assert fill(page) == 22
    expect(page.locator(".endings-title")).to_have_text("La scheda è pronta")
    text = checked_file(page, tmp_path)
    assert "status_date: 2024-12-18\n" in text
    filled = page.get_by_role("link", name="Apri il nuovo file già compilato")
    query = parse_qs(urlsplit(str(filled.get_attribute("href"))).query)
    assert query == {"filename": [f"practices/bari/{NAME}"], "value": [text]}
    mail = page.get_by_role("link", name="Scrivi a ufficio@example.org")
    assert str(mail.get_attribute("href")).startswith("mailto:ufficio@example.org?subject=")
    with page.expect_popup() as popup:
        page.get_by_role("button", name="Guarda l'anteprima").click()
    preview = popup.value
    expect(preview.locator("h1")).to_have_text("Orti di prova – terreni curati dagli abitanti")
    expect(preview.locator(".preview-note")).to_contain_text("non è pubblicata")
    expect(page.locator(".endings-title")).to_have_text("La scheda è pronta")


def test_shortest_practice_without_script(bare: Page, tmp_path: Path) -> None:
    bare.goto("/proponi")
    for step, entries in SHORTEST.items():
        for entry in entries:
            asked = bare.locator(f"#passo-{step}").get_by_label(entry.label, exact=True)
            box = asked.locator("visible=true")
            if entry.how == "choose":
                box.select_option(label=entry.value)
            elif entry.how == "tick":
                box.check()
            elif entry.label != "Luogo":
                box.fill(entry.value)
    bare.locator("#senza-script").get_by_role("button", name="Controlla").click()
    expect(bare.locator(".endings-title")).to_have_text("C'è una cosa da sistemare")
    bare.locator(".endings-wrong a").click()
    assert bare.url.endswith("#campo-place.name")
    expect(error(bare, "place.name")).to_be_visible()
    field(bare, "place.name").fill("Quartiere Stazione")
    field(bare, "place.name").press("Enter")
    expect(bare.locator(".endings-title")).to_have_text("La scheda è pronta")
    checked_file(bare, tmp_path)
    bare.locator("#altro-milestones summary").first.click()
    bare.locator('button[name="aggiungi"][value="milestones"]').click()
    expect(bare.locator('[data-row^="milestones."]')).to_have_count(2)
    assert bare.url.endswith("#campo-milestones.1")
    expect(field(bare, "milestones.1.date")).to_be_visible()
    assert field(bare, "title").input_value().startswith("Orti di prova")


def test_findings_appear_beside_the_field_while_one_types(page: Page) -> None:
    page.goto("/proponi")
    box = field(page, "sources.0.url")
    box.press_sequentially("www.example.org", delay=5)
    expect(error(page, "sources.0.url")).to_contain_text("http://")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#annunci")).to_contain_text("http://")
    # What nobody has touched yet is not blamed.
    expect(error(page, "sources.0.title")).to_be_hidden()
    box.fill("https://example.org")
    expect(error(page, "sources.0.url")).to_be_hidden()
    expect(page.locator("#annunci")).to_have_text("Qui niente da sistemare")
    field(page, "sources.0.date").fill("18/12/2024")
    expect(page.locator('[id="scritto-sources.0.date"]')).to_have_text("Nella scheda: 2024-12-18")
    page.get_by_role("button", name="Avanti").click()
    expect(page.locator(".propose-steps a").first).to_contain_text("3 da sistemare")
    page.get_by_role("link", name="Controlla e manda").click()
    page.locator(".endings-wrong a", has_text="Titolo in inglese").first.click()
    expect(field(page, "title_en")).to_be_focused()
    expect(error(page, "title_en")).to_be_visible()


def test_sources_are_cited_with_a_button(page: Page) -> None:
    page.goto("/proponi")
    field(page, "sources.0.title").fill("Delibera")
    page.locator('button[name="aggiungi"][value="sources"]').click()
    expect(field(page, "sources.1.title")).to_be_focused()
    field(page, "sources.1.title").fill("Articolo")
    page.get_by_role("link", name="Quando e dove").click()
    cited = page.locator('[id="campo-period.source"] li')
    expect(cited).to_have_text(["s1 Delibera", "s2 Articolo"])
    for choice in cited.get_by_role("checkbox").all():
        expect(choice).not_to_be_checked()
    cited.last.get_by_role("checkbox").check()
    page.get_by_role("link", name="Il racconto").click()
    box = field(page, "testo.problem")
    box.fill("Prima. Poi.")
    box.evaluate("(area) => area.setSelectionRange(5, 5)")
    page.locator("#passo-racconto").get_by_role("button", name="Cita s2").first.click()
    expect(box).to_have_value("Prima [^s2]. Poi.")
    expect(box).to_be_focused()
    page.get_by_role("link", name="Le fonti").click()
    page.locator('button[name="togli"][value="sources.0"]').click()
    expect(page.locator('[id="campo-period.source"] li')).to_have_text(["s2 Articolo"])


def test_code_of_a_removed_source_never_returns(page: Page) -> None:
    codes = page.locator('[data-row^="sources."] .row-number')
    more = page.locator('button[name="aggiungi"][value="sources"]')
    page.goto("/proponi")
    more.click()
    field(page, "sources.1.title").fill("Secondo documento")
    page.locator('button[name="togli"][value="sources.1"]').click()
    more.click()
    expect(codes).to_have_text(["s1", "s3"])
    page.locator('button[name="togli"][value="sources.0"]').click()
    page.locator('button[name="togli"][value="sources.2"]').click()
    expect(codes).to_have_text(["s4"])
    field(page, "sources.3.title").fill("Quarto documento")
    expect(page.locator("#bozza")).to_be_visible()
    page.reload()
    expect(field(page, "sources.3.title")).to_have_value("Quarto documento")
    more.click()
    expect(codes).to_have_text(["s4", "s5"])


def test_long_draft_is_resumed_quickly(page: Page) -> None:
    page.goto("/proponi")
    entries = [[f"sources.{row}.title", f"t{row}"] for row in range(40)]
    draft = {"saved": "2026-01-01T10:00:00Z", "step": 0, "entries": entries}
    page.evaluate("(draft) => localStorage.setItem('kb.proposal', JSON.stringify(draft))", draft)
    page.reload(wait_until="commit")
    expect(field(page, "sources.39.title")).to_have_value("t39", timeout=8000)
    expect(page.locator("#bozza")).to_be_visible(timeout=1000)


def test_new_row_begins_with_the_defaults(page: Page) -> None:
    page.goto("/proponi")
    page.get_by_role("link", name="Altro, se lo sai").click()
    page.locator("#altro-funding summary").first.click()
    first = field(page, "funding.0.scope").input_value()
    page.locator('button[name="aggiungi"][value="funding"]').click()
    assert first == "part"
    expect(field(page, "funding.1.scope")).to_have_value("part")


def test_draft_survives_and_can_be_deleted(page: Page) -> None:
    page.goto("/proponi")
    page.locator('button[name="aggiungi"][value="sources"]').click()
    field(page, "sources.1.title").fill("Secondo documento")
    page.get_by_role("link", name="Chi e per chi").click()
    page.get_by_label("Famiglie", exact=True).check()
    page.get_by_role("link", name="Altro, se lo sai").click()
    page.locator("#altro-limits summary").click()
    field(page, "limits").fill("Costa troppo")
    page.reload()
    expect(page.locator("#bozza")).to_contain_text("Hai ritrovato la tua bozza del")
    expect(page.locator("#bozza")).to_contain_text("solo in questo browser")
    expect(field(page, "sources.1.title")).to_have_value("Secondo documento")
    page.get_by_role("link", name="Chi e per chi").click()
    expect(page.get_by_label("Famiglie", exact=True)).to_be_checked()
    page.get_by_role("link", name="Altro, se lo sai").click()
    expect(field(page, "limits")).to_be_visible()
    page.goto("/proponi?da=qubi")
    expect(page.locator("#altra-bozza")).to_be_visible()
    page.get_by_role("link", name="Riprendi la bozza").click()
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Cancella la bozza").click()
    expect(page.locator("#bozza")).to_be_hidden()
    expect(field(page, "sources.1.title")).to_have_count(0)
    assert page.evaluate("localStorage.getItem('kb.proposal')") is None
    assert page.context.cookies() == []


def test_long_file_is_copied_and_pasted(page: Page, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/proponi")
    fill(page)
    page.get_by_role("link", name="Il racconto").click()
    field(page, "testo.action").fill("Un capoverso di prova [^s1]. " * 300)
    page.get_by_role("link", name="Controlla e manda").click()
    link = page.get_by_role("link", name="Apri la pagina del nuovo file")
    expect(link).to_have_attribute("href", re.compile(r"filename=practices%2Fbari%2F[\w.-]+$"))
    page.get_by_role("button", name="Copia il testo").click()
    expect(page.get_by_text("Testo copiato")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("---\ntitle: Orti di prova")
    assert copied.count("Un capoverso di prova") == 300


def test_keyboard_is_enough_for_a_step(page: Page) -> None:
    page.goto("/proponi")
    typed = {"sources.0.title": "Delibera", "sources.0.publisher": "Comune"}
    for _ in range(60):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        assert (stop["outlined"], stop["uncovered"]) == (True, True), stop
        name = page.evaluate("document.activeElement.name ?? ''")
        if name in typed:
            page.keyboard.type(typed[name])
        elif name == "sources.0.kind":
            page.keyboard.type("Fonte")
        elif page.evaluate("document.activeElement.id") == "passo-dopo":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="2. Che cos'è")).to_be_focused()
    expect(page.locator("#avanzamento")).to_have_text("Passo 2 di 8")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(STOP) is None:
            break
    assert [m for m in page.evaluate(MISSED) if "passo-che-cosa" in m] == []
    values = page.evaluate("[...new FormData(document.getElementById('modulo'))]")
    assert ["sources.0.title", "Delibera"] in values
    assert ["sources.0.kind", "official"] in values


@pytest.mark.parametrize("width", WIDTHS)
def test_every_step_is_accessible(page: Page, width: int) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 740})
    page.goto("/proponi")
    page.evaluate(AXE_SCRIPT)
    for number in range(8):
        for summary in page.locator(".step:not([hidden]) > details > summary").all():
            summary.click()
        expect(page.locator("#avanzamento")).to_have_text(f"Passo {number + 1} di 8")
        assert page.evaluate(LOST) == [], number
        assert page.evaluate(SMALL_TARGETS) == [], number
        # The rules look at no size: once is enough.
        assert width != WIDTHS[0] or violations(page) == [], number
        if number < 7:
            page.get_by_role("button", name="Avanti").click()
    expect(page.locator(".endings-wrong")).to_be_visible()


def test_two_windows_do_not_destroy_a_draft(page: Page, context: BrowserContext) -> None:
    page.goto("/proponi")
    other = context.new_page()
    other.goto("/proponi")
    field(page, "sources.0.title").fill("Della prima")
    expect(other.locator("#altra-bozza")).to_be_visible()
    field(other, "sources.0.title").fill("Della seconda")
    other.wait_for_timeout(1000)
    assert "Della prima" in page.evaluate("localStorage.getItem('kb.proposal')")
    other.get_by_role("button", name="Lasciala e parti da qui").click()
    expect(page.locator("#altra-bozza")).to_be_visible()
    page.reload()
    expect(field(page, "sources.0.title")).to_have_value("Della seconda")


def test_own_draft_after_a_model_is_resumed(page: Page) -> None:
    page.goto("/proponi?da=qubi")
    field(page, "sources.0.title").fill("Mia")
    expect(page.locator("#bozza")).to_be_visible()
    page.reload()
    expect(field(page, "sources.0.title")).to_have_value("Mia")
    expect(page.locator("#altra-bozza")).to_be_hidden()


def test_silent_check_is_told_and_old_result_goes(page: Page) -> None:
    page.goto("/proponi")
    page.get_by_role("link", name="Controlla e manda").click()
    expect(page.locator(".endings-wrong")).to_be_visible()
    page.route("**/proponi", lambda route: route.fulfill(body="<p>"))
    page.get_by_role("link", name="Le fonti").click()
    field(page, "sources.0.title").fill("Delibera")
    expect(page.locator("#senza-controllo")).to_contain_text("la bozza è salva")
    page.get_by_role("link", name="Controlla e manda").click()
    expect(page.locator(".endings-wrong")).to_have_count(0)
    page.unroute("**/proponi")
    page.get_by_role("link", name="Le fonti").click()
    expect(page.locator("#senza-controllo")).to_be_hidden()
