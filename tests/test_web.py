# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages, through the test client that checks each one."""

import gzip
import json
import os
import re
import shutil
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from justhtml import JustHTML

from kb import gaps
from kb.build import build
from kb.paths import instance_dir
from kb.web import create_app
from tests.conftest import ROOT, PageClient, text

#: Addresses without a language of their own.
FILES = "/proponi/moduli/"
#: Their help shows commands as one types them.
EXAMPLES = {"cli.py", "cli_write.py"}
COMMON = ("/api/", "/favicon.ico", "/immagini/", FILES, "/robots.txt", "/schema/", "/sitemap.xml")
PAGES = [
    "/problemi",
    "/",
    "/cerca",
    "/cerca?q=famiglie",
    "/cerca?q=xyzzyx",
    "/cerca?q=bambinni",
    "/cerca?citta=milano&tema=reti-di-prossimita&anno=2017",
    "/temi",
    "/temi/reti-di-prossimita",
    "/citta",
    "/citta/milano",
    "/pratiche/ricetta-di-prova",
    "/pratiche/custodi-di-prova",
    "/pratiche/mercato-di-prova",
    "/eventi/incontro-di-prova",
    "/esplora",
    "/costellazione",
    "/costellazione?intorno=ricetta-di-prova",
    "/costellazione?intorno=tema:reti-di-prossimita&citta=milano",
    "/costellazione?intorno=gruppo:reti-di-prossimita:milano",
    "/mappa",
    "/mappa?citta=milano&q=famiglie",
    "/linea-del-tempo",
    "/linea-del-tempo?per=programma&dal=2008",
    "/linea-del-tempo?tema=nulla",
    "/numeri",
    "/numeri?tema=reti-di-prossimita&tema=economia-di-prossimita",
    "/glossario",
    "/note-legali",
    "/accessibilita",
    "/proponi",
    "/qualita",
    "/manutenzione",
    "/manutenzione?citta=milano",
    "/cerca?archiviate=1&livello=1",
    "/proponi?da=ricetta-di-prova",
    "/percorso",
    "/percorso?per-chi=famiglie&in-mano=denaro",
    "/percorso?per-chi=anziani&spesa=poco",
    "/confronta",
    "/confronta?p=ricetta-di-prova",
    "/confronta?p=ricetta-di-prova&p=mercato-di-prova&p=custodi-di-prova",
    "/confronta?p=vecchia-ricetta&p=nessuna&q=negozi",
    "/raccolta",
    "/raccolta?p=ricetta-di-prova&p=mercato-di-prova&p=nessuna",
    "/raccolta/fascicolo?p=ricetta-di-prova&p=mercato-di-prova",
    "/temi/reti-di-prossimita/fascicolo",
    "/eventi/incontro-di-prova/fascicolo",
]


@pytest.mark.parametrize("path", [*PAGES, *(f"/en{path}" for path in PAGES)])
def test_page_keeps_the_promises_of_every_page(client: PageClient, path: str) -> None:
    client.page(path)


def test_every_real_page_keeps_them_too(real_client: PageClient) -> None:
    home = real_client.page("/")
    seen: set[str] = set()
    waiting = [link.attrs["href"] for link in home.query('a[href^="/"]')]
    while waiting:
        path = waiting.pop().partition("#")[0]
        if path in seen or "?" in path or path.startswith(FILES) or path.endswith(".xml"):
            continue
        seen.add(path)
        page = real_client.page(path)
        waiting += [link.attrs["href"] for link in page.query('a[href^="/"]')]
    practices = list((ROOT / "practices").glob("*/*.md"))
    assert len(seen) > 2 * 85
    for path in practices:
        if path.parent.name not in ("themes", "events") and path.stem != "authority":
            listed = real_client.page(f"/pratiche/{path.stem}")
            assert listed.query("#fonti")


def test_home_shows_themes_cities_and_coverage(client: PageClient) -> None:
    page = client.page("/")
    assert text(page, ".theme-tile-title") == [
        "Reti di prossimità e cittadinanza attiva",
        "Economia di prossimità",
    ]
    rows = [" ".join(row.split()) for row in text(page, ".matrix tbody tr")]
    assert rows[0].startswith("Milano 2 pratiche di Milano su Reti di prossimità")
    assert "0" in rows[1]


def test_search_box_keeps_words_and_filters(client: PageClient) -> None:
    page = client.page("/cerca?q=famiglie&citta=milano")
    assert page.query('input[name="q"]')[0].attrs["value"] == "famiglie"
    hidden = page.query('form[role="search"] input[type="hidden"]')
    assert [(item.attrs["name"], item.attrs["value"]) for item in hidden] == [("citta", "milano")]


def test_facet_link_narrows_and_again_widens(client: PageClient) -> None:
    page = client.page("/cerca")
    link = next(a for a in page.query("a.filter-value") if "citta=torino" in a.attrs["href"])
    narrowed = client.page(link.attrs["href"])
    assert text(narrowed, ".result-count") == ["Una pratica"]
    assert text(narrowed, ".filter-chips .chip-label") == ["Città: Torino"]
    back = narrowed.query(".filter-chips a")[0].attrs["href"]
    assert text(client.page(back), ".result-count") == ["3 pratiche"]


def test_correction_is_said(client: PageClient) -> None:
    page = client.page("/cerca?q=bambinni")
    assert text(page, ".search-note")[0] == (
        "Nessuna scheda contiene «bambinni»: risultati per « bambini »."
    )


def test_thesaurus_is_said_and_can_be_left_out(client: PageClient) -> None:
    page = client.page("/cerca?q=pensionati")
    assert text(page, ".practice-card-title") == [
        "Custodi delle case popolari",
        "Mercato di quartiere – Spazio13",
    ]
    assert text(page, ".search-note strong") == ["anziani"]
    literal = client.page(page.query(".search-note a")[0].attrs["href"])
    assert text(literal, ".result-count") == ["Nessuna pratica trovata"]


def test_query_language_narrows(client: PageClient) -> None:
    for query, count in {
        "città:torino": "Una pratica",
        "tema:economia anno:2010-2012": "Una pratica",
        "strumento:bando programma:pon": "Una pratica",
        "anno:2008": "Una pratica",
        "città:nessuna": "Nessuna pratica trovata",
        "famiglie -mercato": "Una pratica",
    }.items():
        page = client.page("/cerca?q=" + quote(query))
        assert text(page, ".result-count") == [count], query


def test_searches_in_vain_are_counted_only_when_asked(content_dir: Path, instance: Path) -> None:
    build(content_dir, instance)
    for wanted in (False, True):
        app = create_app({"TESTING": True, "INSTANCE_DIR": str(instance), "GAPS": wanted})
        for query in ("Xyzzyx  Àb", "xyzzyx ab", "famiglie", "nome@example.org", "3331234567"):
            PageClient(app).page("/cerca?q=" + quote(query))
        assert gaps.read(instance, 1) == (
            [("xyzzyx ab", 2, date.today().isoformat())] if wanted else []
        )


def test_years_narrow_and_can_be_taken_away(client: PageClient) -> None:
    page = client.page("/cerca?dal=2007&al=2010")
    assert text(page, ".practice-card-title") == ["Custodi delle case popolari"]
    assert text(page, ".filter-chips .chip-label") == ["dal 2007 al 2010"]
    back = page.query(".filter-chips a")[0].attrs["href"]
    assert text(client.page(back), ".result-count") == ["3 pratiche"]
    assert text(client.page("/cerca?dal=2020&al=2010"), ".result-count") == [
        "Nessuna pratica trovata"
    ]


def test_years_in_the_wrong_order_are_said_at_the_field(client: PageClient) -> None:
    page = client.page("/cerca?dal=2020&al=2010&citta=milano")
    field = page.query("#al")[0].attrs
    assert (field["aria-invalid"], field["aria-describedby"]) == ("true", "errore-anni")
    assert text(page, "#errore-anni") == [
        "«Al» deve essere un anno uguale o successivo a «Dal», che è 2020."
    ]
    assert "open" in page.query("#filtri")[0].attrs
    assert text(page, ".search-note a")[0] == "correggi gli anni"
    right = client.page("/cerca?dal=2010&al=2010")
    assert not right.query("[aria-invalid], #errore-anni, #filtri[open]")


def test_filters_say_how_many_are_chosen(client: PageClient) -> None:
    for address, said in {
        "/cerca": "Filtra",
        "/cerca?citta=milano": "Filtra (1 filtro scelto)",
        "/cerca?citta=milano&dal=2010&al=2020": "Filtra (2 filtri scelti)",
    }.items():
        assert text(client.page(address), "#filtri > summary") == [said]


def test_years_open_no_facet_and_list_no_empty_year(client: PageClient) -> None:
    page = client.page("/cerca?dal=2007&al=2010")
    assert "open" not in page.query("#filtro-anno")[0].attrs
    assert "0" not in " ".join(text(page, "#filtro-anno .filter-count")).split()


def test_years_and_a_year_narrow_together(client: PageClient) -> None:
    assert text(client.page("/cerca?anno=2017&dal=2007&al=2010"), ".result-count") == [
        "Nessuna pratica trovata"
    ]
    assert text(client.page("/cerca?anno=2017&anno=2008&dal=2007&al=2010"), ".result-count") == [
        "Una pratica"
    ]


def test_forms_keep_what_was_chosen(client: PageClient) -> None:
    page = client.page("/cerca?q=orti&dal=2018&al=2019&solo=parole&tema=x&ordina=titolo")
    sent = [
        {item.attrs["name"]: item.attrs["value"] for item in form.query('input[type="hidden"]')}
        for form in page.query("main form")
    ]
    kept = {"tema": "x", "ordina": "titolo", "solo": "parole"}
    assert sent == [{**kept, "dal": "2018", "al": "2019"}, {**kept, "q": "orti"}]


def test_filter_written_in_the_query_is_not_a_chosen_one(client: PageClient) -> None:
    page = client.page("/cerca?q=" + quote("città:milano"))
    assert not page.query("a.filter-value.selected")


@pytest.mark.parametrize(("value", "on"), [("False", False), ("no", False), ("true", True)])
def test_settings_come_as_text(
    monkeypatch: pytest.MonkeyPatch, instance: Path, value: str, on: bool
) -> None:
    monkeypatch.setenv("KB_GAPS", value)
    monkeypatch.setenv("KB_SITE_NAME", "2024")
    app = create_app({"INSTANCE_DIR": str(instance)})
    assert (app.config["GAPS"], app.config["SITE_NAME"]) == (on, "2024")


def test_relative_instance_folder_is_the_same_for_all(
    monkeypatch: pytest.MonkeyPatch, content_dir: Path, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KB_INSTANCE_DIR", "here")
    build(content_dir, instance_dir())
    PageClient(create_app({"TESTING": True})).page("/")


def test_budget_is_a_facet(client: PageClient) -> None:
    page = client.page("/cerca?costo=more")
    assert text(page, ".practice-card-title") == ["Ricetta contro la povertà"]


@pytest.mark.parametrize(
    ("order", "first"),
    [
        ("titolo", "Custodi delle case popolari"),
        ("recenti", "Ricetta contro la povertà"),
        ("sconosciuto", "Ricetta contro la povertà"),
    ],
)
def test_order_can_be_chosen(client: PageClient, order: str, first: str) -> None:
    assert text(client.page(f"/cerca?ordina={order}"), ".practice-card-title")[0] == first


def test_matching_parts_lead_to_their_anchor(client: PageClient) -> None:
    page = client.page("/cerca?q=archivi")
    link = page.query(".practice-card-inside a")[0]
    assert link.attrs["href"] == "/pratiche/ricetta-di-prova#parte-1"
    assert client.page("/pratiche/ricetta-di-prova").query("#parte-1, #cifra-1, #passo-i1")


def test_nothing_found_leads_on(client: PageClient) -> None:
    page = client.page("/cerca?q=xyzzyx")
    assert text(page, ".result-count") == ["Nessuna pratica trovata"]
    assert len(page.query(".search-note a.theme-tag")) == 2


@pytest.mark.parametrize(
    "query",
    ['"', "<script>alert(1)</script>", "a" * 3000, "%00", "città'\"><b>", "*", "AND"],
)
def test_odd_queries_give_a_sound_page(client: PageClient, query: str) -> None:
    page = client.page("/cerca?q=" + quote(query))
    assert not page.query("main script")


@pytest.mark.parametrize(
    "address", ["?pagina=abc", "?pagina=-3", "?pagina=0", "?tema=&tema=x", "?anno=%F0%9F"]
)
def test_odd_parameters_give_a_sound_page(client: PageClient, address: str) -> None:
    client.page("/cerca" + address)


def test_page_beyond_the_last_is_not_found(client: PageClient) -> None:
    client.page("/cerca?pagina=2", status=404)


def test_practice_shows_every_field(client: PageClient) -> None:
    page = client.page("/pratiche/ricetta-di-prova")
    shown = " ".join(text(page, "main")[0].split())
    for part in (
        "Milano · Tutta la città",
        "In corso secondo una fonte di marzo 2025",
        "dal 2017",
        "25.000.000 €",
        "Direzione di prova",
        "oltre 39.000 persone",
        "Valore previsto, non un risultato",
        "Prima: 3 (2017)",
        "dicembre 2018",
        "Fondazione di prova: Paga il programma",
        "Serve: Un accordo fra enti",
        "Progettare insieme ricostruzione",
        "Torino (2024): la sta studiando.",
        "Ha ispirato Mercato di quartiere",
        "Quante famiglie?",
        "2024 (data dedotta)",
        "Questa scheda si basa su una sola fonte",
        "Presentata a: Incontro di prova",
        "Scheda verificata il 31 gennaio 2026",
        "practices/milano/ricetta-di-prova.md",
    ):
        assert part in shown, part
    assert page.query('a[href="mailto:ufficio@example.org"]')
    assert not page.query("main script")


def test_similar_practices_come_with_the_reason(client: PageClient) -> None:
    said = text(client.page("/pratiche/custodi-di-prova"), ".similar li")
    assert (
        "stesso problema (anziani soli in casa) e stessi destinatari (persone anziane)." in said[0]
    )


def test_theme_is_narrowed_in_place(client: PageClient) -> None:
    page = client.page("/temi/reti-di-prossimita")
    assert len(page.query(".practice-card")) == 2
    values = [option.attrs["value"] for option in page.query("#destinatari option")]
    assert "" in values
    narrowed = client.page("/temi/reti-di-prossimita?citta=torino")
    assert text(narrowed, ".search-note") == ["Nessuna pratica con questi filtri."]
    milano = client.page("/temi/reti-di-prossimita?citta=milano&stato=running")
    assert text(milano, "#pratiche")[0].startswith("Le pratiche (1 di 2)")


def test_authority_shows_instruments_and_exchanges(client: PageClient) -> None:
    page = client.page("/citta/milano")
    assert page.query('.fact-links a[href^="/cerca?citta=milano&strumento="]')
    assert "la sta studiando (2024)" in " ".join(text(page, "#scambi ~ .link-list li, section li"))


def test_citations_lead_to_the_source(client: PageClient) -> None:
    page = client.page("/pratiche/custodi-di-prova")
    assert text(page, "sup.citation a")[:2] == ["[1]", "[2]"]
    assert page.query("#fonte-s2")


def test_edit_link_needs_a_repository(content_dir: Path, instance: Path) -> None:
    build(content_dir, instance)
    app = create_app(
        {
            "INSTANCE_DIR": str(instance),
            "REPOSITORY_URL": "https://example.org/kb/",
            "TESTING": True,
        }
    )
    page = PageClient(app).page("/pratiche/ricetta-di-prova")
    assert page.query(
        'a[href="https://example.org/kb/edit/main/practices/milano/ricetta-di-prova.md"]'
    )


def test_old_address_leads_to_the_new_one(client: PageClient) -> None:
    response = client.get("/pratiche/vecchia-ricetta")
    assert (response.status_code, response.location) == (301, "/pratiche/ricetta-di-prova")


@pytest.mark.parametrize(
    "path", ["/nulla", "/pratiche/nulla", "/temi/nulla", "/citta/nulla", "/eventi/nulla"]
)
def test_missing_page_is_a_page(client: PageClient, path: str) -> None:
    page = client.page(path, status=404)
    assert text(page, "h1") == ["Pagina non trovata"]


def test_failure_is_a_page(app: Flask) -> None:
    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)

    @app.get("/guasto")
    def fail() -> str:
        raise RuntimeError("on purpose")

    page = PageClient(app).page("/guasto", status=500)
    assert text(page, "h1") == ["Qualcosa non ha funzionato"]


def test_site_without_a_build_says_so(instance: Path) -> None:
    app = create_app({"TESTING": True, "INSTANCE_DIR": str(instance)})
    page = PageClient(app).page("/", status=503)
    assert text(page, "h1") == ["Il sito si sta preparando"]


def test_new_build_is_shown_at_the_next_request(client: PageClient, content_dir: Path) -> None:
    path = content_dir / "milano" / "ricetta-di-prova.md"
    new = path.read_text(encoding="utf-8").replace("Ricetta contro la povertà", "Titolo nuovo", 1)
    path.write_text(new, encoding="utf-8")
    build(content_dir, Path(client.application.config["INSTANCE_DIR"]))
    assert text(client.page("/pratiche/ricetta-di-prova"), "h1") == ["Titolo nuovo"]


def test_new_authority_and_new_theme_need_no_code(content_dir: Path, instance: Path) -> None:
    napoli = content_dir / "napoli"
    shutil.copytree(content_dir / "torino", napoli)
    (napoli / "mercato-di-prova.md").rename(napoli / "bene-comune.md")
    for name, changes in {
        "authority.md": [("Torino", "Napoli"), ("order: 2", "order: 6")],
        "bene-comune.md": [("themes: [economia-di-prossimita]", "themes: [quinto-tema]")],
    }.items():
        body = (napoli / name).read_text(encoding="utf-8")
        for old, new in changes:
            body = body.replace(old, new)
        (napoli / name).write_text(body, encoding="utf-8")
    theme = (content_dir / "themes" / "economia-di-prossimita.md").read_text(encoding="utf-8")
    theme = theme.replace("Economia di prossimità", "Quinto tema").replace("order: 2", "order: 5")
    (content_dir / "themes" / "quinto-tema.md").write_text(theme, encoding="utf-8")
    build(content_dir, instance)
    client = PageClient(create_app({"TESTING": True, "INSTANCE_DIR": str(instance)}))
    assert "Quinto tema" in text(client.page("/"), ".theme-tile-title")
    assert text(client.page("/citta/napoli"), ".practice-card-title")
    assert text(client.page("/temi/quinto-tema"), ".practice-card-place") == ["Napoli"]
    assert text(client.page("/cerca?citta=napoli&tema=quinto-tema"), ".result-count") == [
        "Una pratica"
    ]


def test_no_code_or_template_names_a_city_or_a_theme() -> None:
    names = {path.parent.name for path in (ROOT / "practices").glob("*/authority.md")}
    names |= {path.stem for path in (ROOT / "practices" / "themes").glob("*.md")}
    for folder in ("kb", "search_index", "templates"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".py", ".html"} and path.name not in EXAMPLES:
                found = re.findall(r"[\w-]+", path.read_text(encoding="utf-8"))
                assert not names & set(found), path


def test_api_answers_like_the_command_line(client: PageClient) -> None:
    response = client.get("/api/v1/search?q=povert%C3%A0&citta=milano")
    answer = response.get_json()
    assert response.content_type == "application/json"
    assert answer["hits"][0]["slug"] == "ricetta-di-prova"
    assert answer["total"] == 1
    assert answer["facets"]["year"][0] == {
        "value": "2017",
        "label": "2017",
        "count": 1,
        "selected": False,
    }


def test_api_errors_are_problems(client: PageClient) -> None:
    response = client.get("/api/v1/nothing")
    assert response.status_code == 404
    assert response.content_type == "application/problem+json"
    assert json.loads(response.data)["status"] == 404


def test_pages_are_revalidated_and_static_files_kept(client: PageClient) -> None:
    first = client.get("/")
    again = client.get("/", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    page = JustHTML(first.get_data(as_text=True), sanitize=False)
    with client.get(page.query('link[rel="stylesheet"]')[0].attrs["href"]) as style:
        assert style.status_code == 200
        assert "immutable" in style.headers["Cache-Control"]
        assert "no-cache" not in style.headers["Cache-Control"]


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip"])
def test_pages_and_static_files_travel_compressed(client: PageClient, encoding: str) -> None:
    asking = {"Accept-Encoding": encoding}
    for path in (
        "/",
        "/api/v1/search?q=famiglie",
        "/static/css/site.css",
        "/static/js/complete.js",
    ):
        with client.get(path) as plain, client.get(path, headers=asking) as small:
            assert "Content-Encoding" not in plain.headers, path
            assert small.headers["Content-Encoding"] == encoding, path
            assert "Accept-Encoding" in small.headers["Vary"], path
            assert len(small.data) < len(plain.data) * 0.6, path
            if encoding == "gzip":
                assert gzip.decompress(small.data) == plain.data, path
            again = {**asking, "If-None-Match": small.headers["ETag"]}
        with client.get(path, headers=again) as kept:
            assert kept.status_code == 304, path
            assert not kept.data, path


def test_fonts_are_not_compressed_again(client: PageClient) -> None:
    font = next((ROOT / "kb/static/vendor").rglob("*.woff2")).relative_to(ROOT / "kb")
    with client.get(f"/{font.as_posix()}", headers={"Accept-Encoding": "br"}) as answer:
        assert answer.status_code == 200
        assert "Content-Encoding" not in answer.headers
        assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only Linux lists open files")
def test_files_are_closed_before_the_answer_leaves(client: PageClient) -> None:
    tag = client.get("/static/img/icon.svg").headers["ETag"]
    answers = [
        client.get("/static/img/icon.svg"),
        client.head("/static/img/icon.svg"),
        client.get("/static/img/icon.svg", headers={"If-None-Match": tag}),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 304]
    links = [Path(f"/proc/self/fd/{name}") for name in os.listdir("/proc/self/fd")]
    opened = [link.readlink().name for link in links if link.is_symlink()]
    assert "icon.svg" not in opened


def test_part_of_a_file_is_not_compressed(client: PageClient) -> None:
    asking = {"Accept-Encoding": "br", "Range": "bytes=0-99"}
    with client.get("/static/css/site.css", headers=asking) as answer:
        assert answer.status_code == 206
        assert "Content-Encoding" not in answer.headers
        assert len(answer.data) == 100


def test_addresses_are_a_promise(app: Flask) -> None:
    routes = sorted(str(rule) for rule in app.url_map.iter_rules() if rule.endpoint != "static")
    english = [route.removeprefix("/en") for route in routes if route.startswith("/en/")]
    routes = [route for route in routes if not route.startswith("/en/")]
    assert english == [route for route in routes if not route.startswith(COMMON)]
    assert routes == [
        "/",
        "/accessibilita",
        "/api/v1/search",
        "/cerca",
        "/citta",
        "/citta/<authority>",
        "/citta/<authority>/feed.xml",
        "/confronta",
        "/confronta.csv",
        "/costellazione",
        "/esplora",
        "/eventi/<event>",
        "/eventi/<event>/fascicolo",
        "/favicon.ico",
        "/feed.xml",
        "/glossario",
        "/immagini/<path:name>",
        "/linea-del-tempo",
        "/manifest.webmanifest",
        "/manutenzione",
        "/mappa",
        "/note-legali",
        "/numeri",
        "/percorso",
        "/pratiche/<slug>",
        "/problemi",
        "/proponi",
        "/proponi/anteprima",
        "/proponi/moduli/<name>",
        "/proponi/scarica",
        "/qualita",
        "/raccolta",
        "/raccolta/fascicolo",
        "/robots.txt",
        "/schema/<name>.json",
        "/sitemap.xml",
        "/suggerimenti",
        "/temi",
        "/temi/<theme>",
        "/temi/<theme>/fascicolo",
        "/temi/<theme>/feed.xml",
    ]


def test_unknown_value_of_a_prefix_is_taken_for_words(client: PageClient) -> None:
    page = client.page("/cerca?q=" + quote("mercato stato:qualsivoglia"))
    assert "Mercato di quartiere" in " ".join(text(page, ".practice-card-title"))
    assert "Nessun filtro si chiama «qualsivoglia»" in " ".join(text(page, ".search-note"))


def test_value_of_a_prefix_is_known_by_an_inflected_form(client: PageClient) -> None:
    assert text(client.page("/cerca?q=" + quote("stato:consolidato")), ".result-count") == text(
        client.page("/cerca?stato=consolidated"), ".result-count"
    )
