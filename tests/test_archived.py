# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""An archived entry keeps its page and leaves everything else, unless it is asked for."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from kb.build import build
from kb.web import create_app
from tests.conftest import DATA, PageClient, text

Run = Callable[..., Result]
#: The practice of the small base that others name: as related, as adopted, as presented.
SLUG, TITLE = "ricetta-di-prova", "Ricetta contro la povertà"
ARCHIVED = "archived:\n  date: 2026-02-01\n  reason: Continua in un'altra scheda [^s1]\nsources:\n"
#: Pages that list, count, draw or feed practices.
EVERYWHERE = [
    "/",
    "/cerca",
    "/cerca?q=poverta",
    "/temi/reti-di-prossimita",
    "/citta/milano",
    "/eventi/incontro-di-prova",
    "/percorso?per-chi=famiglie",
    "/costellazione",
    "/mappa",
    "/mappa?archiviate=1",
    "/linea-del-tempo",
    "/numeri",
    "/confronta",
    "/manutenzione?citta=milano",
    "/temi/reti-di-prossimita/fascicolo",
    "/pratiche/custodi-di-prova",
    "/feed.xml",
    "/citta/milano/feed.xml",
    "/sitemap.xml",
    "/suggerimenti?q=ricetta",
    "/api/v1/search?q=poverta",
]


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The instance of a base in which one entry is archived."""
    folder = tmp_path_factory.mktemp("archived")
    shutil.copytree(DATA / "base", folder / "practices")
    archive(folder / "practices")
    build(folder / "practices", folder / "instance")
    return folder / "instance"


@pytest.fixture
def client(archived: Path) -> PageClient:
    return PageClient(create_app({"TESTING": True, "INSTANCE_DIR": str(archived)}))


def archive(content_dir: Path) -> None:
    path = content_dir / "milano" / f"{SLUG}.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("sources:\n", ARCHIVED, 1), encoding="utf-8"
    )


@pytest.mark.parametrize("path", EVERYWHERE)
def test_archived_entry_is_nowhere_listed(client: PageClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    body = answer.get_data(as_text=True)
    assert SLUG not in body
    assert TITLE not in body


def test_its_page_stays_with_note_and_reason(client: PageClient) -> None:
    page = client.page(f"/pratiche/{SLUG}")
    assert text(page, ".entry-note p") == [
        "Scheda archiviata (1 febbraio 2026). Non viene più aggiornata e non compare in elenchi"
        " e ricerche. Continua in un'altra scheda [1]"
    ]
    assert not page.query('a[href^="/costellazione"]')
    assert client.get("/pratiche/vecchia-ricetta").status_code == 301
    assert client.get(f"/costellazione?intorno={SLUG}").status_code == 404


def test_practices_linked_to_it_say_that_it_is_archived(client: PageClient) -> None:
    page = client.page("/pratiche/mercato-di-prova")
    assert f"{TITLE} (Milano) (archiviata). Stessa idea" in text(page, ".link-list li")[0]


def test_counts_leave_it_out(client: PageClient) -> None:
    assert text(client.page("/cerca"), ".result-count") == ["2 pratiche"]
    assert " 1 " in " ".join(text(client.page("/"), ".matrix tbody tr")[0].split()[:3]) + " "
    facets = client.get("/api/v1/search").get_json()["facets"]
    assert sum(row["count"] for row in facets["city"]) == 2


@pytest.mark.parametrize("order", ["", "&ordina=titolo", "&ordina=recenti"])
def test_search_includes_it_when_asked_and_says_so(client: PageClient, order: str) -> None:
    offered = client.page("/cerca?q=poverta")
    (link,) = (a for a in offered.query(".filter-note a") if "archiviate=1" in a.attrs["href"])
    page = client.page(link.attrs["href"] + order)
    assert TITLE in text(page, ".practice-card-title")
    assert text(page, ".archived-mark") == ["Scheda archiviata"]
    (chip,) = page.query(".filter-chips a.chip")
    assert "archiviate" not in chip.attrs["href"]
    assert "Anche le schede archiviate" in text(page, ".filter-chips .chip-label")
    assert page.query('form[role="search"] input[name="archiviate"][value="1"]')
    assert not page.query(".search-views"), "the other views show no archived entries"


def test_api_and_command_line_include_it_when_asked(
    client: PageClient, archived: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_INSTANCE_DIR", str(archived))
    hits = client.get("/api/v1/search?q=poverta&archiviate=1").get_json()["hits"]
    assert [(hit["slug"], hit["archived"]) for hit in hits] == [(SLUG, "2026-02-01")]
    without = json.loads(run("search", "poverta", "--json").stdout)
    assert without["total"] == 0
    found = json.loads(run("search", "poverta", "--archived", "--json").stdout)
    assert [hit["slug"] for hit in found["hits"]] == [SLUG]


def test_a_chosen_one_stays_in_a_collection(client: PageClient) -> None:
    page = client.page(f"/raccolta?p={SLUG}&p=custodi-di-prova")
    assert TITLE in page.to_text()


def test_nothing_is_offered_where_nothing_is_archived(app: Flask) -> None:
    page = PageClient(app).page("/cerca")
    assert not [a for a in page.query("a") if "archiviate" in a.attrs.get("href", "")]
