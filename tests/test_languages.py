# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The interface in Italian and in English: nothing is left over, addresses lead across."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from jinja2 import Environment

from tests.conftest import ROOT, PageClient, text
from tests.test_web import PAGES

CATALOGUE = ROOT / "kb" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
METHODS = [("kb/**.py", "python"), ("templates/**.html", "jinja2")]
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
}
TEMPLATES = sorted((ROOT / "templates").glob("*.html"))
#: Words that are the same in every language, a folder, and the beginning of a class.
SAME = {"CC", "BY", "practices", "accent"}
#: Words by which Italian gives itself away.
ITALIAN = re.compile(
    r"\b(che|della|delle|degli|dei|del|nella|per|con|una|sono|questa|questo|pratica|pratiche|"
    r"città|fonti|scheda|temi|cerca|gli|non|più)\b",
    re.IGNORECASE,
)


def test_english_catalogue_has_every_message_and_no_other() -> None:
    messages = {message[2] for message in extract_from_dir(ROOT, METHODS, keywords=KEYWORDS)}
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file)
    translated = {message.id: message for message in catalogue if message.id}
    assert set(translated) == messages, "run `make messages`, then translate"
    for message in translated.values():
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(said), message.id
        assert not message.fuzzy, message.id
        assert not list(message.check(catalogue)), message.id


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_says_nothing_outside_the_catalogue(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    source = re.sub(r"\{% trans.*?endtrans %\}", "", source, flags=re.DOTALL)
    tokens = Environment(autoescape=True).lex(source)
    html = "".join(value if kind == "data" else "0" for _, kind, value in tokens)
    shown = re.sub(r"<!--.*?-->|</?[a-zA-Z][^>]*>|<!doctype html>", " ", html)
    words = set(re.findall(r"[^\W\d_]{2,}", shown))
    for attribute in ("alt", "aria-label", "placeholder", "title", "data-label"):
        for value in re.findall(rf'\b{attribute}="([^"]*)"', html):
            words |= set(re.findall(r"[^\W\d_]{2,}", value))
    assert words <= SAME, path


@pytest.mark.parametrize("path", PAGES)
def test_english_page_marks_what_is_italian(client: PageClient, path: str) -> None:
    page = client.page("/en" + path)
    for element in page.query("[lang=it], script, style, code, .practice-card-place, .page-kicker"):
        element.parent.remove_child(element)
    for query in page.query("input[name=q]"):
        query.attrs["value"] = ""
    shown = re.sub(r"http\S+", "", text(page, "body")[0])
    assert not ITALIAN.findall(shown), (path, ITALIAN.findall(shown), shown)


def test_languages_lead_to_the_same_page(client: PageClient) -> None:
    page = client.page("/cerca?q=famiglie&citta=milano")
    link = page.query(".site-language")[0].attrs
    assert (link["href"], link["lang"]) == ("/en/cerca?q=famiglie&citta=milano", "en")
    back = client.page(link["href"]).query(".site-language")[0].attrs
    assert (back["href"], back["lang"]) == ("/cerca?q=famiglie&citta=milano", "it")
    alternates = {
        item.attrs["hreflang"]: item.attrs["href"]
        for item in client.page("/en/temi").query('link[rel="alternate"][hreflang]')
    }
    assert alternates == {"it": "http://localhost/temi", "en": "http://localhost/en/temi"}


def test_english_page_speaks_english(client: PageClient) -> None:
    page = client.page("/en/pratiche/ricetta-di-prova")
    assert text(page, "h1") == ["Recipe against poverty"]
    shown = " ".join(text(page, "main")[0].split())
    for part in ("since 2017", "€25,000,000", "over 39,000", "according to a source of March 2025"):
        assert part in shown, part
    assert text(page, ".language-note")


def test_completions_come_in_the_language(client: PageClient) -> None:
    found = client.get("/en/suggerimenti?q=recipe").get_json()
    assert found[0]["text"] == "Recipe against poverty"
    assert (found[0]["kind"], found[0]["url"]) == ("Practice", "/en/pratiche/ricetta-di-prova")


def test_api_has_no_language(client: PageClient) -> None:
    assert client.get("/en/api/v1/search").status_code == 404
