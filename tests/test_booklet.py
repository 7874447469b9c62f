# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Collections and booklets: what is in them, their order, and the PDF."""

import logging
import os
import re
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from click.testing import Result
from flask import Flask
from pypdf import PdfReader

from kb.store import KnowledgeBase
from kb.web import booklet
from tests.conftest import PageClient, text

Run = Callable[..., Result]
TWO = "p=mercato-di-prova&p=ricetta-di-prova"


def typesetter() -> bool:
    """Return whether PDFs can be made here."""
    try:
        import weasyprint  # noqa: F401, PLC0415 - whether it can be loaded is the question
    except (ImportError, OSError):
        return False
    return True


needs_typesetter = pytest.mark.skipif(
    not os.environ.get("CI") and not typesetter(), reason="no WeasyPrint or no Pango here"
)


def test_collection_keeps_the_order_of_its_address(client: PageClient) -> None:
    page = client.page(f"/raccolta?{TWO}&titolo=Tavolo")
    assert text(page, "h1") == ["La mia raccolta: Tavolo"]
    assert [item.attrs["data-slug"] for item in page.query(".collected-item")] == [
        "mercato-di-prova",
        "ricetta-di-prova",
    ]


def test_collection_is_ordered_by_links(client: PageClient) -> None:
    page = client.page(f"/raccolta?{TWO}&p=custodi-di-prova&titolo=Tavolo")
    moves = {
        " ".join(link.to_text().split()): link.attrs["href"]
        for link in page.query(".collected-item a.tool")
    }
    assert len(moves) == 3 + 2 + 2
    moved = client.page(moves["Sposta su Ricetta contro la povertà"])
    assert [item.attrs["data-slug"] for item in moved.query(".collected-item")] == [
        "ricetta-di-prova",
        "mercato-di-prova",
        "custodi-di-prova",
    ]
    assert (
        moves["Sposta giù Mercato di quartiere – Spazio13"]
        == moves["Sposta su Ricetta contro la povertà"]
    )
    assert moves["Togli Custodi delle case popolari"] == f"/raccolta?{TWO}&titolo=Tavolo"


def test_collection_without_script_promises_no_notes(client: PageClient) -> None:
    page = client.page(f"/raccolta?{TWO}")
    for element in page.query(".collected-note, #note, #condivisa, #dimentica"):
        assert "hidden" in element.attrs
    assert len(page.query("textarea")) == 2
    # Nothing sends them: they belong to no form and have no name.
    assert not page.query("form textarea, textarea[name]")


def test_collection_tells_what_it_leaves_out(real_client: PageClient) -> None:
    slugs = [
        a.attrs["href"].rpartition("/")[2]
        for path in ("/citta/milano", "/citta/torino", "/citta/bari")
        for a in real_client.page(path).query(".practice-card-title a")
    ]
    assert len(slugs) > 40
    page = real_client.page("/raccolta?" + "&".join(f"p={slug}" for slug in slugs))
    assert len(page.query(".collected-item")) == 40
    assert text(page, ".table-note")[0].startswith("Una raccolta tiene al massimo 40 pratiche")


def test_booklet_has_cover_contents_and_sheets(client: PageClient) -> None:
    page = client.page(f"/raccolta/fascicolo?{TWO}&titolo=Il tavolo")
    assert text(page, ".cover h1") == ["Il tavolo – fascicolo"]
    assert text(page, ".cover-facts") == ["2 pratiche · Milano, Torino"]
    assert [a.attrs["href"] for a in page.query(".contents a")] == [
        "#mercato-di-prova",
        "#ricetta-di-prova",
    ]
    assert [sheet.attrs["id"] for sheet in page.query("article.sheet")] == [
        "mercato-di-prova",
        "ricetta-di-prova",
    ]
    notes = page.query("[data-note]")
    assert [note.attrs["data-note"] for note in notes] == ["mercato-di-prova", "ricetta-di-prova"]
    assert all("hidden" in note.attrs for note in notes)


def test_citations_lead_to_the_sources_of_their_own_practice(client: PageClient) -> None:
    page = client.page("/temi/economia-di-prossimita/fascicolo")
    for sheet in page.query("article.sheet"):
        links = {a.attrs["href"] for a in sheet.query("sup.citation a")}
        assert links
        assert all(link.startswith(f"#{sheet.attrs['id']}-fonte-") for link in links)


def test_theme_booklet_brings_its_questions_and_text(client: PageClient) -> None:
    page = client.page("/en/temi/reti-di-prossimita/fascicolo")
    assert text(page, "h1") == ["Neighbourhood networks and active citizenship – booklet"]
    assert text(page, ".introduction h2")[0] == "Questions to ask"
    assert {sheet.attrs["id"] for sheet in page.query("article.sheet")} == {
        "ricetta-di-prova",
        "custodi-di-prova",
    }


@pytest.mark.parametrize(
    "path",
    [
        "/temi/nulla/fascicolo",
        "/eventi/nulla/fascicolo",
        "/temi/reti-di-prossimita/fascicolo?parte=2",
        "/temi/reti-di-prossimita/fascicolo?parte=0",
        "/temi/reti-di-prossimita/fascicolo?parte=-1",
        "/raccolta/fascicolo",
        "/raccolta/fascicolo?p=nessuna",
    ],
)
def test_booklet_of_nothing_is_not_found(client: PageClient, path: str) -> None:
    client.page(path, 404)


def test_long_booklet_comes_in_parts(app: Flask) -> None:
    """So that a page of a theme with 2,000 practices reads forty."""
    read: list[str] = []
    cards = [SimpleNamespace(slug=f"pratica-{number}") for number in range(2000)]
    theme = SimpleNamespace(label="Tema", summary="", questions=(), questions_en=())

    def practice(slug: str) -> Any:
        read.append(slug)
        return SimpleNamespace(slug=slug)

    base = SimpleNamespace(
        themes=SimpleNamespace(__getitem__=None, html={"x": ""}),
        by_theme=lambda _: cards,
        practice=practice,
    )
    base.themes = type("Themes", (dict,), {"html": {"x": ""}})({"x": theme})
    with app.test_request_context("/"):
        made = booklet.of_theme(cast(KnowledgeBase, base), "x", 50)
    assert (made.part, made.parts) == (50, 50)
    assert read == [f"pratica-{number}" for number in range(1960, 2000)]


def test_real_theme_and_event_pages_lead_to_their_booklets(real_client: PageClient) -> None:
    for path in ("/temi/spazio-pubblico", "/eventi/costellazioni-civiche-2024"):
        page = real_client.page(path)
        (link,) = [a for a in page.query("main a") if a.attrs["href"] == f"{path}/fascicolo"]
        assert link.to_text() == "Fascicolo da stampare"


@needs_typesetter
def test_export_writes_an_accessible_pdf(
    run: Run, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    run("build")
    path = tmp_path / "fascicolo.pdf"
    with caplog.at_level(logging.WARNING):
        done = run("export", "booklet", "--theme", "reti-di-prossimita", "--output", path)
    assert (done.exit_code, done.stdout) == (0, f"{path}\n"), done.output
    assert caplog.messages == []
    reader = PdfReader(BytesIO(path.read_bytes()))
    pages = [page.extract_text() for page in reader.pages]
    assert reader.metadata
    assert reader.metadata.title == (
        "Reti di prossimità e cittadinanza attiva – Costellazioni civiche"
    )
    assert reader.trailer["/Root"]["/Lang"] == "it"
    assert "/StructTreeRoot" in reader.trailer["/Root"]
    assert "Reti di prossimità e cittadinanza attiva" in pages[0]
    # The contents name the page of each practice.
    (number,) = (n for n, said in enumerate(pages, 1) if "Ricetta contro la povertà\nReti" in said)
    assert re.search(rf"Ricetta contro la povertà Milano \.+ ?{number}\b", pages[1])
    assert [item.title for item in reader.outline if not isinstance(item, list)]


@needs_typesetter
def test_export_in_english_of_chosen_practices(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    run("build")
    monkeypatch.setenv("KB_SITE_URL", "https://kb.example.org")
    path = tmp_path / "booklet.pdf"
    done = run("export", "booklet", "--slugs", "mercato-di-prova,ricetta-di-prova",
               "--title", "Our table", "--lang", "en", "--output", path)  # fmt: skip
    assert done.exit_code == 0, done.output
    assert caplog.messages == []
    reader = PdfReader(BytesIO(path.read_bytes()))
    said = " ".join(page.extract_text() for page in reader.pages)
    assert "Our table" in said
    assert said.index("Neighbourhood market") < said.index("Recipe against poverty")
    assert "https://kb.example.org/en/pratiche/mercato-" in said
    for word in ("Booklet", "Contents", "Sources", "Content updated"):
        assert word in said
    assert "Fonti" not in said
    assert reader.trailer["/Root"]["/Lang"] == "en"


@needs_typesetter
def test_real_booklet_raises_no_warning(
    real_instance: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    monkeypatch.setenv("KB_INSTANCE_DIR", str(real_instance))
    path = tmp_path / "reale.pdf"
    done = run("export", "booklet", "--slugs", "qubi,portinerie-di-comunita", "--output", path)
    assert done.exit_code == 0, done.output
    assert caplog.messages == []
    # Cover, contents, two sheets of paper at most for each.
    assert 4 <= len(PdfReader(BytesIO(path.read_bytes())).pages) <= 6


def test_export_without_typesetter_says_the_remedy(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("build")
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    done = run("export", "booklet", "--slugs", "mercato-di-prova", "--output", tmp_path / "x.pdf")
    assert done.exit_code == 1
    assert "pip install 'urban-practices-kb[pdf]'" in done.stderr
    assert "libpangoft2-1.0-0" in done.stderr
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--theme", "reti-di-prossimita", "--slugs", "mercato-di-prova"),
        ("--theme", "nulla"),
        ("--event", "nulla"),
        ("--slugs", "mercato-di-prova,nulla"),
    ],
)
def test_export_refuses_wrong_use(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    run("build")
    done = run("export", "booklet", *words, "--output", tmp_path / "x.pdf")
    assert done.exit_code == 2, done.output
