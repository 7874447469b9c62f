# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules of the national validator of public sites that apply to this one.

From the municipal audits of italia/pa-website-validator-ng 1.1.38. docs/accessibility.md says
which do not apply, and why.
"""

import re
from pathlib import Path

import pytest
from justhtml import JustHTML
from playwright.sync_api import Page

from kb.build import build
from kb.web import create_app
from tests.conftest import IN_BROWSER, ROOT, PageClient, text
from tests.test_accessibility import PAGES

FULL = set((ROOT / "tests" / "data" / "bootstrap-italia-classes.txt").read_text("utf-8").split())
STATEMENT = "https://form.agid.gov.it/view/00000000-0000-0000-0000-000000000000"
LICENCE = (
    "In applicazione del principio open by default ai sensi dell’articolo 52 del decreto "
    "legislativo 7 marzo 2005, n. 82 (CAD) e salvo dove diversamente specificato (compresi i "
    "contenuti incorporati di terzi), i dati, i documenti e le informazioni pubblicati sul sito "
    "sono rilasciati con licenza CC-BY 4.0. Gli utenti sono quindi liberi di condividere "
    "(riprodurre, distribuire, comunicare al pubblico, esporre in pubblico), rappresentare, "
    "eseguire e recitare questo materiale con qualsiasi mezzo e formato e modificare "
    "(trasformare il materiale e utilizzarlo per opere derivate) per qualsiasi fine, anche "
    "commerciale con il solo onere di attribuzione, senza apporre restrizioni aggiuntive."
)
#: Families other than those of public sites, of headings, paragraphs and all that is in them.
WRONG_FONTS = """() => [...document.body.querySelectorAll("h1, h2, h3, h4, h5, h6, p")]
  .flatMap((e) => [e, ...e.querySelectorAll("*")])
  .map((e) => getComputedStyle(e).fontFamily.split(",")[0].replaceAll('"', ""))
  .filter((family) => !["Titillium Web", "Lora", "Roboto Mono"].includes(family))"""
VERSION = "getComputedStyle(document.body).getPropertyValue('--bootstrap-italia-version')"


@pytest.fixture
def owned(content_dir: Path, instance: Path) -> PageClient:
    """A client of a site whose owner has set everything."""
    build(content_dir, instance)
    settings = {
        "TESTING": True,
        "INSTANCE_DIR": str(instance),
        "CONTACT_EMAIL": "redazione@example.org",
        "PRIVACY_URL": "https://example.org/privacy",
        "ACCESSIBILITY_STATEMENT_URL": STATEMENT,
    }
    return PageClient(create_app(settings))


def footer_links(page: JustHTML) -> dict[str, tuple[str, str]]:
    """Return text and address of the footer's links by their ``data-element``."""
    links = page.query("footer a[data-element]")
    return {a.attrs["data-element"]: (a.to_text().strip(), a.attrs["href"]) for a in links}


def test_footer_of_an_owned_site_has_every_link(owned: PageClient) -> None:
    assert footer_links(owned.page("/")) == {
        "legal-notes": ("Note legali", "/note-legali"),
        "privacy-policy-link": ("Informativa privacy", "https://example.org/privacy"),
        "accessibility-link": ("Dichiarazione di accessibilità", STATEMENT),
        "report-inefficiency": ("Segnala disservizio", "mailto:redazione@example.org"),
    }


def test_footer_promises_nothing_that_is_not_set(client: PageClient) -> None:
    assert footer_links(client.page("/")) == {
        "legal-notes": ("Note legali", "/note-legali"),
        "privacy-policy-link": ("Privacy", "/note-legali#privacy"),
    }


def test_legal_notes_hold_the_licence_word_by_word(client: PageClient) -> None:
    page = client.page("/note-legali")
    assert text(page, '[data-element="legal-notes-section"]') == ["Licenza dei contenuti"]
    assert text(page, '[data-element="legal-notes-body"]') == [LICENCE]


def test_design_system_gives_three_classes_in_ten(real_client: PageClient) -> None:
    practices = [f"/pratiche/{p.stem}" for p in (ROOT / "practices").glob("*/*.md")]
    for path in [path for path in PAGES.values() if path != "/nulla"] + practices:
        response = real_client.get(path)
        if response.status_code == 404:
            # The file of an authority, a theme or an event.
            continue
        page = JustHTML(response.get_data(as_text=True), sanitize=False)
        used = {name for e in page.query("[class]") for name in e.attrs["class"].split()}
        assert len(used & FULL) / len(used) >= 0.3, path


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_page_fits_any_window_and_says_where_it_is(real_client: PageClient, path: str) -> None:
    page = real_client.page(path, status=404 if path == "/nulla" else 200)
    viewport = page.query("meta[name=viewport]")[0].attrs["content"]
    assert viewport == "width=device-width, initial-scale=1"
    if path not in ("/", "/nulla"):
        steps = text(page, '[data-element="breadcrumb"] li')
        assert steps[0].startswith("Inizio")
        assert page.query("[data-element=breadcrumb] li:last-child")[0].attrs["aria-current"]


class TestInABrowser:
    """What only computed styles and a cookie jar tell."""

    pytestmark = IN_BROWSER

    @pytest.mark.parametrize("name", ["home", "search", "practice", "glossary", "not found"])
    def test_design_system_fonts_and_no_cookie(self, page: Page, name: str) -> None:
        page.goto(PAGES[name])
        version = page.evaluate(VERSION).strip(" '\"")
        assert re.fullmatch(r"2\.\d+\.\d+", version)
        vendored = ROOT / "kb" / "static" / "vendor" / "bootstrap-italia"
        assert [folder.name for folder in vendored.iterdir()] == [version]
        assert page.evaluate(WRONG_FONTS) == []
        assert page.context.cookies() == []
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0
