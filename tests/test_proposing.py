# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of a proposal: the form without script, its answers, the ways out."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from flask import Flask
from justhtml import JustHTML
from pydantic import Field as Declared

from kb import form
from kb.build import build
from kb.errors import WrongSetting
from kb.records import Practice
from kb.web import asking, create_app, hosts
from kb.web.hosts import Host
from tests.conftest import PageClient, check_headers, check_page, text
from tests.test_proposal import SHORTEST

LONG = {**SHORTEST, "testo.working": ["Un capoverso di prova [^s1]. " * 300]}
PATH = "practices/milano/orti-di-prova.md"
Site = Callable[..., PageClient]


@pytest.fixture
def site(content_dir: Path, instance: Path) -> Site:
    """Return a client of a site with the given settings."""
    build(content_dir, instance)
    common = {"TESTING": True, "INSTANCE_DIR": str(instance)}
    return lambda **settings: PageClient(create_app({**common, **settings}))


def sent(client: PageClient, data: Any, path: str = "/proponi") -> JustHTML:
    """Return the page that answers *data*, after checking what every page must keep."""
    response = client.post(path, data=data)
    assert response.status_code == 200
    page = JustHTML(response.get_data(as_text=True), collect_errors=True, sanitize=False)
    assert not page.errors, page.errors[:3]
    check_page(page, path)
    check_headers(response)
    assert response.cache_control.no_store
    return page


def told(client: PageClient, data: Any) -> Any:
    """Return what the script is told of *data*."""
    return client.post("/proponi", data=data, headers={"Accept": "application/json"}).get_json()


def test_form_asks_in_steps_what_the_schema_has(client: PageClient) -> None:
    page = client.page("/proponi")
    assert text(page, ".step h2") == [
        "1. Le fonti",
        "2. Che cos'è",
        "3. Quando e dove",
        "4. Chi e per chi",
        "5. Il racconto",
        "6. Altro, se lo sai",
        "7. In inglese",
        "8. Controlla e manda",
    ]
    options = text(page, '[id="campo-status"] option')
    assert options[:3] == ["Scegli…", "Idea", "Sperimentazione"]
    assert "In corso" in text(page, '[id="campo-status"] option')
    shown = " ".join(text(page, "form")[0].split())
    for code in ("running", "third-sector", "informal-group", "s1 (predefinito)"):
        assert code not in shown


def test_english_form_marks_what_is_italian(client: PageClient) -> None:
    page = client.page("/en/proponi")
    assert text(page, ".step h2")[1] == "2. What it is"
    label = page.query('label[for="campo-title"] span')[0]
    assert (label.to_text(), label.attrs["lang"]) == ("Titolo", "it")
    assert page.query('[id="campo-status"] option')[1].attrs["lang"] == "it"
    wrong = told(client, {**SHORTEST, "title": ""})
    assert wrong["findings"][0]["message"].startswith("il campo è obbligatorio")
    answer = client.post("/en/proponi", data={**SHORTEST, "title": ""})
    assert "the field is required" in answer.get_data(as_text=True)


def test_new_field_of_the_records_is_in_the_page(
    client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Wider(Practice):
        colour: str | None = Declared(None, title="Colore", description="Di che colore è.")

    monkeypatch.setattr(asking, "fields", lambda: form.fields(Wider))
    assert text(client.page("/proponi"), 'label[for="campo-colour"] span')[0] == "Colore"


def test_findings_come_back_beside_the_fields(client: PageClient) -> None:
    page = sent(client, {**SHORTEST, "title": "", "sources.0.url": "pippo", "period.start": ""})
    assert text(page, ".endings-title") == ["Ci sono 3 cose da sistemare"]
    listed = {a.attrs["href"]: a.to_text() for a in page.query(".endings-wrong a")}
    assert listed == {
        "#campo-title": "Titolo",
        "#campo-period": "Periodo",
        "#campo-sources.0.url": "Fonte 1, Indirizzo",
    }
    field = page.query('[id="campo-sources.0.url"]')[0]
    assert (field.attrs["value"], field.attrs["aria-invalid"]) == ("pippo", "true")
    assert "errore-sources.0.url" in field.attrs["aria-describedby"]
    assert "http://" in text(page, '[id="errore-sources.0.url"]')[0]
    # Keys of the file are said as the form calls them.
    assert "«Inizio» o «Nota»" in text(page, '[id="errore-period"]')[0]
    assert page.query('[id="campo-summary"]')[0].to_text().strip() == SHORTEST["summary"][0]


def test_rows_come_and_go_without_script(client: PageClient) -> None:
    page = sent(client, {**SHORTEST, "aggiungi": "sources"})
    assert text(page, '[data-rows="sources"] legend .row-number') == ["s1", "s2"]
    assert text(page, '[data-rows="sources"] > fieldset > legend') == ["Fonte s1", "Fonte s2"]
    # With two sources, none is cited that nobody chose.
    assert not page.query('[id^="campo-period.source-"][checked]')
    more = page.query('button[name="aggiungi"][value="sources"]')[0]
    assert more.attrs["formaction"].endswith("#campo-sources.2")
    assert not page.query("#controllo")
    data = {**SHORTEST, "title": "", "controllato": "1", "aggiungi": "milestones"}
    page = sent(client, data)
    assert "open" in page.query('[id="altro-milestones"]')[0].attrs
    assert page.query('[id="campo-milestones.1"]')
    assert page.query('#controllo a[href="#campo-title"]')
    page = sent(client, {**SHORTEST, "sources.1.id": "s2", "togli": "sources.0"})
    assert text(page, '[data-rows="sources"] legend .row-number') == ["s2"]
    assert page.query('[id="campo-title"]')[0].attrs["value"] == SHORTEST["title"][0]


def test_script_is_told_findings_file_and_links(site: Site) -> None:
    client = site(REPOSITORY_URL="https://github.com/citta/kb/", CONTACT_EMAIL="u@example.org")
    answer = told(client, {**SHORTEST, "status_date": "dicembre"})
    assert [finding["name"] for finding in answer["findings"]] == ["status_date"]
    answer = told(client, SHORTEST)
    assert answer["findings"] == []
    uncited = {**SHORTEST, "sources.1.id": "s2", "sources.1.title": "Altro"}
    late = {finding["name"]: finding["late"] for finding in told(client, uncited)["findings"]}
    assert late["sources.1"], late
    assert not late["sources.1.publisher"]
    assert answer["path"] == PATH
    assert answer["normal"]["sources.0.date"] == "2024-12-18"
    assert answer["text"].startswith("---\ntitle: Orti di prova")
    assert set(answer["links"]) == {"filled", "new", "mail"}
    assert "La scheda è pronta" in answer["endings"]


def test_preview_is_the_page_as_it_will_be(client: PageClient) -> None:
    data = {
        **SHORTEST,
        "related.0.practice": "mercato-di-prova",
        "related.0.relation": "similar",
        "indicators.0.label": "orti",
        "indicators.0.value": "1.250",
        "indicators.0.unit": "terreni",
        "indicators.0.source": "s1",
    }
    page = sent(client, data, "/proponi/anteprima")
    assert text(page, "h1") == ["Orti di prova – terreni curati dagli abitanti"]
    assert page.query('meta[name=robots][content="noindex"]')
    assert "non è pubblicata" in text(page, ".preview-note")[0]
    assert text(page, ".figure-value") == ["1.250 terreni"]
    assert text(page, ".link-list a") == ["Mercato di quartiere – Spazio13"]
    assert not page.query('[href*="orti-di-prova"], [data-slug], [data-copy]')
    assert client.get("/pratiche/orti-di-prova").status_code == 404


def test_preview_waits_for_what_is_missing(client: PageClient) -> None:
    page = sent(client, {**SHORTEST, "lead.kind": ""}, "/proponi/anteprima")
    assert text(page, "h1") == ["Proponi una pratica"]
    assert page.query('a[href="#campo-lead.kind"]')
    for path in ("/proponi/anteprima", "/proponi/scarica"):
        assert client.get(path).location == "/proponi"


def test_file_is_downloaded_ready_or_not(client: PageClient) -> None:
    answer = client.post("/proponi/scarica", data=SHORTEST)
    assert answer.mimetype == "text/markdown"
    assert answer.headers["Content-Disposition"] == "attachment; filename=orti-di-prova.md"
    assert answer.get_data(as_text=True) == told(client, SHORTEST)["text"]
    answer = client.post("/proponi/scarica", data={"testo.problem": "Solo questo."})
    assert answer.headers["Content-Disposition"] == "attachment; filename=pratica.md"
    assert "## Il problema\n\nSolo questo." in answer.get_data(as_text=True)


def test_request_is_bounded(client: PageClient) -> None:
    assert client.post("/proponi", data={"title": "a" * 199_000}).status_code == 200
    for path in ("/proponi", "/proponi/anteprima", "/proponi/scarica"):
        answer = client.post(path, data={"title": "a" * 200_001})
        assert answer.status_code == 413
        assert "Troppo testo" in answer.get_data(as_text=True)
    rows = {f"sources.{row}.title": "x" for row in range(201)}
    assert client.post("/proponi", data=rows).status_code == 413


def test_nothing_of_the_body_is_kept_or_logged(
    app: Flask, instance: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = PageClient(app)
    before = {path: path.stat().st_mtime_ns for path in instance.rglob("*")}
    data = {**SHORTEST, "title": "Segreto di Pulcinella"}
    for path in ("/proponi", "/proponi/anteprima", "/proponi/scarica"):
        answer = client.post(path, data=data)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
    assert {path: path.stat().st_mtime_ns for path in instance.rglob("*")} == before
    assert "Pulcinella" not in caplog.text
    assert "Pulcinella" not in client.get("/proponi").get_data(as_text=True)


def test_model_of_another_practice(client: PageClient) -> None:
    link = client.page("/pratiche/ricetta-di-prova").query('a[href*="da=ricetta-di-prova"]')[0]
    page = client.page(link.attrs["href"])
    assert "Parti dall'esempio" in " ".join(text(page, ".propose-note"))
    assert page.query('meta[name=robots][content^="noindex"]')
    assert page.query('[id="campo-title"]')[0].attrs["value"] == ""
    chosen = page.query('[id="campo-target_groups"] input[checked]')
    assert [box.attrs["value"] for box in chosen]
    assert "open" in page.query('[id="altro-indicators"]')[0].attrs
    assert "open" not in page.query('[id="altro-keywords_en"]')[0].attrs
    assert client.get("/proponi?da=nessuna").status_code == 404


@pytest.mark.parametrize(
    ("url", "kind", "new", "edit"),
    [
        ("https://github.com/a/b", "", "/new/main?filename=", "/edit/main/practices/x.md"),
        ("https://gitlab.com/a/b", "", "/-/new/main?file_name=", "/-/edit/main/practices/x.md"),
        ("https://codeberg.org/a/b", "", "/_new/main?filename=", "/_edit/main/practices/x.md"),
        ("https://git.example/a/b", "gitea", "/_new/main?filename=", "/_edit/main/practices/x.md"),
    ],
)  # fmt: skip
def test_each_host_opens_a_new_file(site: Site, url: str, kind: str, new: str, edit: str) -> None:
    client = site(REPOSITORY_URL=url, REPOSITORY_KIND=kind)
    answer = told(client, SHORTEST)
    assert answer["links"]["new"].startswith(url + new)
    query = parse_qs(urlsplit(answer["links"]["filled"] or answer["links"]["new"]).query)
    if "gitlab" in url:
        # Its editor ignores a text in the address.
        assert answer["links"]["filled"] == ""
        assert query == {"file_name": [PATH]}
    else:
        assert query == {"filename": [PATH], "value": [answer["text"]]}
    # The address by which git copies a repository is taken as well.
    client.application.config["REPOSITORY_URL"] = f"{url}.git"
    with client.application.test_request_context():
        assert hosts.edit_url("x.md") == url + edit


def test_long_file_is_copied_by_hand(site: Site) -> None:
    client = site(REPOSITORY_URL="https://github.com/citta/kb")
    answer = told(client, LONG)
    assert answer["links"]["filled"] == ""
    endings = JustHTML(answer["endings"], sanitize=False)
    assert answer["links"]["new"] in [a.attrs["href"] for a in endings.query("a")]
    assert "open" in endings.query("details")[0].attrs
    assert endings.query("pre[data-copy]")[0].to_text().strip() == answer["text"].strip()


def test_mail_has_a_short_file_in_it_and_asks_to_attach_a_long_one(site: Site) -> None:
    client = site(CONTACT_EMAIL="ufficio@example.org")
    mail = urlsplit(told(client, {"title": "Orti"})["links"]["mail"])
    assert (mail.scheme, mail.path) == ("mailto", "ufficio@example.org")
    assert "title: Orti\r\n" in unquote(mail.query)
    assert "\r\r" not in unquote(mail.query)
    assert "non serve allegare" not in told(client, LONG)["endings"]
    mail = urlsplit(told(client, LONG)["links"]["mail"])
    assert "Allego il file «orti-di-prova.md»" in unquote(mail.query)
    assert "subject=Una pratica da proporre: Orti di prova" in unquote(mail.query)
    assert len(mail.geturl()) < 1800


def test_without_address_the_page_says_whom_to_ask(client: PageClient) -> None:
    page = sent(client, SHORTEST)
    assert "l'ufficio" not in text(page, ".endings-title")[0]
    assert text(page, ".endings h3") == ["Scarica il file"]
    assert "ufficio della tua città" in text(page, ".endings li")[0]


def test_unknown_kind_of_host_is_refused(instance: Path) -> None:
    with pytest.raises(WrongSetting, match="KB_REPOSITORY_KIND is one of github, gitlab, gitea"):
        create_app({"INSTANCE_DIR": str(instance), "REPOSITORY_KIND": "svn"})


def test_address_of_a_branch_with_a_slash_is_whole() -> None:
    host = Host("gitea", "https://git.example/a/b", "citta/bozze")
    assert host.view("CONTRIBUTING.md") == (
        "https://git.example/a/b/src/branch/citta/bozze/CONTRIBUTING.md"
    )


def test_problems_are_asked_by_area_the_main_one_first(client: PageClient) -> None:
    data = {**SHORTEST, "problems": ["poverta-dei-bambini", "anziani-soli"]}
    page = sent(client, data)
    assert text(page, ".choice-area legend") == ["Persone sole", "Bambini"]
    main = page.query('[id="campo-problems-primo"] option[selected]')
    assert [option.attrs["value"] for option in main] == ["poverta-dei-bambini"]
    ticked = page.query('[id="campo-problems"] input[checked]')
    assert [box.attrs["value"] for box in ticked] == ["anziani-soli"]
    order = page.query('input[name="ordine.problems"]')[0].attrs["value"]
    assert order == "poverta-dei-bambini anziani-soli"
