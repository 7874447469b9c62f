# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writing with the site open: saved text is seen at once, and what is wrong with it is said."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from kb import rebuilding
from kb.build import build
from kb.builds import Builds
from kb.check import check
from kb.cli_content import is_loopback
from kb.content import load
from kb.rebuilding import Rebuilder
from kb.records import Practice
from kb.watching import Watch
from kb.web import watched
from tests.conftest import IN_BROWSER, PageClient, text
from tests.test_accessibility import violations

#: Milliseconds: other tests may be at work on the same cores.
SOON = 20_000
PRACTICE = "/pratiche/ricetta-di-prova"


def change(content_dir: Path, old: str, new: str) -> None:
    path = content_dir / "milano" / "ricetta-di-prova.md"
    found = path.read_text(encoding="utf-8")
    assert old in found
    path.write_text(found.replace(old, new, 1), encoding="utf-8")


@dataclass
class Served:
    address: str
    content: Path
    instance: Path
    process: "subprocess.Popen[str]"


@contextmanager
def serving(content_dir: Path, instance: Path, *options: str) -> Iterator[Served]:
    """Run a real ``kb serve``."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"KB_PRACTICES_DIR": str(content_dir), "KB_INSTANCE_DIR": str(instance)}
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "kb", "serve", "--port", str(port), *options],
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        assert process.stdout
        while "Serving on" not in (line := process.stdout.readline()):
            assert line, "the server ended"
        for _ in range(200):
            if answer(f"{address}/note-legali"):
                break
            time.sleep(0.1)
        yield Served(address, content_dir, instance, process)
    finally:
        process.terminate()
        process.communicate(timeout=20)


def answer(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=10) as response:  # noqa: S310
            return str(response.read().decode())
    except urllib.error.HTTPError as error:
        return f"{error.code}"
    except urllib.error.URLError:
        return ""


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("0.0.0.0", False),  # noqa: S104
        ("192.0.2.1", False),
        ("example.org", False),
    ],
)
def test_only_this_machine_is_watched_for(host: str, own: bool) -> None:
    assert is_loopback(host) == own


def test_without_watching_there_is_no_trace_of_it(content_dir: Path, instance: Path) -> None:
    build(content_dir, instance)
    with serving(content_dir, instance, "--no-watch") as served:
        assert answer(f"{served.address}/salvataggi") == "404"
        page = answer(served.address + PRACTICE)
        assert "Ricetta contro la povertà" in page
        assert "watch" not in page
        change(content_dir, "status: running", "status: x")
        time.sleep(0.5)
        assert "watch" not in answer(served.address + PRACTICE)


def test_every_field_has_its_place(client: PageClient) -> None:
    shown = {e.attrs["id"] for e in client.page(PRACTICE).query("[id]")}
    assert set(watched.PLACES) <= set(Practice.model_fields)
    headings = set(watched.PLACES.values()) - set(watched.FACTS)
    assert headings <= shown
    at_top = set(Practice.model_fields) - set(watched.PLACES)
    assert at_top == {
        *("title", "summary", "title_en", "summary_en", "keywords", "keywords_en"),
        *("themes", "place", "licence", "aliases", "reviewed", "next_review", "archived"),
    }


@pytest.fixture
def rebuilder(content_dir: Path, instance: Path, app: Flask) -> Rebuilder:
    """A follower of the small base, whose site shows what it notes."""
    watch = Watch()
    watched.register(app, watch)
    return Rebuilder(content_dir, instance, watch, lambda _: None)


def test_findings_stand_beside_what_they_are_about(
    rebuilder: Rebuilder, content_dir: Path, client: PageClient
) -> None:
    good = Builds(rebuilder._instance).pointer()
    for old, new in (
        ("status: running", "status: corre"),
        ("value: 39000", "value: tanti"),
        ("title: Ricetta", "titolo: Ricetta"),
        ("reti di quartiere <script>alert(1)</script> [^s1]", "3 reti di quartiere"),
    ):
        change(content_dir, old, new)
    rebuilder.rebuild()
    assert Builds(rebuilder._instance).pointer() == good
    findings = check(load(content_dir))
    page = client.page(PRACTICE)
    listed = text(page, ".watch-list li")
    assert len(listed) == len(findings) == 5
    for said, finding in zip(listed, findings, strict=True):
        assert f"riga {finding.line}" in said
        assert finding.message() in said
        assert (f"campo {finding.field or ' '}" in said) == bool(finding.field)
    beside = {
        "dd .watch-notes": ["status"],
        "section[aria-labelledby=cifre] .watch-notes": ["indicators.1.value"],
        "section[aria-labelledby=action] .watch-notes": ["ogni cifra ha una fonte"],
        ".page-head .watch-notes": ["titolo", "title"],
    }
    for selector, expected in beside.items():
        (notes,) = text(page, selector)
        assert all(part in notes for part in expected), notes
    for link in page.query(".watch-list a"):
        path, _, anchor = link.attrs["href"].partition("#")
        assert path == PRACTICE
        assert page.query(f"#{anchor}")
    # On other pages the list alone, in the language of the page.
    other = client.page("/en/temi")
    assert len(text(other, ".watch-list li")) == 5
    assert "the value must be one of" in text(other, ".watch-list")[0]
    assert not other.query(".watch-notes")


def test_a_file_that_cannot_be_read_is_noted_at_the_line_above(
    rebuilder: Rebuilder, content_dir: Path, client: PageClient
) -> None:
    change(content_dir, "scale: city", "scale: città: tutta")
    rebuilder.rebuild()
    (note,) = text(client.page(PRACTICE), "dd .watch-notes")
    assert "un testo che contiene «: » va fra virgolette" in note
    noted = rebuilder._watch.noted[0]
    assert (noted.field, noted.section, noted.kind, noted.id) == (
        *("scale", "", "practice", "ricetta-di-prova"),
    )


def test_findings_of_other_files_lead_to_their_pages(
    rebuilder: Rebuilder, content_dir: Path, client: PageClient
) -> None:
    for name in ("milano/authority.md", "themes/reti-di-prossimita.md", "vocabularies/guide.yml"):
        path = content_dir / name
        found = path.read_text(encoding="utf-8")
        path.write_text(found.replace("label_en:", "etichetta:").replace("region:", "regione:"))
    rebuilder.rebuild()
    links = {link.attrs["href"] for link in client.page("/").query(".watch-list a")}
    assert {"/citta/milano", "/temi/reti-di-prossimita"} <= links
    assert not any("guide" in link for link in links)


def test_state_changes_with_content_and_findings_only(
    rebuilder: Rebuilder, content_dir: Path, instance: Path, client: PageClient
) -> None:
    def state() -> str:
        return str(client.get("/salvataggi").get_json()["state"])

    first = state()
    change(content_dir, "Ricetta contro", "Ricette contro")
    rebuilder.rebuild()
    quick = state()
    assert quick != first
    # The whole build that follows has the same content: who reads is not interrupted.
    build(content_dir, instance)
    assert state() == quick
    change(content_dir, "status: running", "status: corre")
    rebuilder.rebuild()
    broken = state()
    assert broken not in {first, quick}
    change(content_dir, "status: corre", "status: running")
    rebuilder.rebuild()
    assert state() == quick


def test_a_new_practice_makes_a_whole_build(
    rebuilder: Rebuilder, content_dir: Path, instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_PRACTICES_DIR", str(content_dir))
    monkeypatch.setenv("KB_INSTANCE_DIR", str(instance))
    monkeypatch.setattr(rebuilding, "PAUSE", 0.0)
    before = Builds(instance).pointer().current
    rebuilder.start()
    try:
        known = content_dir / "milano" / "custodi-di-prova.md"
        (content_dir / "milano" / "custodi-nuovi.md").write_bytes(known.read_bytes())
        until = time.monotonic() + 60
        while Builds(instance).pointer().current == before:
            assert time.monotonic() < until
            time.sleep(0.1)
    finally:
        rebuilder.stop()
    pointer = Builds(instance).pointer()
    assert not pointer.quick
    assert (rebuilder._whole, rebuilder._whole_at) == (None, None)


def test_broken_content_at_the_start_is_served_as_it_was(content_dir: Path, instance: Path) -> None:
    build(content_dir, instance)
    change(content_dir, "status: running", "status: corre")
    with serving(content_dir, instance) as served:
        for _ in range(200):
            page = answer(served.address + PRACTICE)
            if "watch-notes" in page:
                break
            time.sleep(0.1)
        assert "«corre»" in page
        assert "Ricetta contro la povertà" in page
        served.process.send_signal(signal.SIGTERM)
        assert served.process.wait(20) == 0


class TestInBrowser:
    """A real server, a real Chromium: nobody reloads the page."""

    pytestmark = IN_BROWSER

    @pytest.fixture
    def served(self, content_dir: Path, instance: Path) -> Iterator[Served]:
        """A server that follows the small base."""
        with serving(content_dir, instance) as running:
            yield running

    @pytest.fixture
    def window(self, browser: Browser, served: Served) -> Iterator[Page]:
        """A page of that server."""
        context = browser.new_context(base_url=served.address, locale="it-IT")
        yield context.new_page()
        context.close()

    def test_saved_text_and_findings_come_and_go(self, served: Served, window: Page) -> None:
        window.goto(PRACTICE)
        expect(window.locator("#salvataggi")).to_be_hidden()
        change(served.content, "title: Ricetta", "title: Gettoni sonori e ricetta")
        expect(window.locator("h1")).to_contain_text("Gettoni sonori", timeout=SOON)
        change(served.content, "scale: city", "scale: cità")
        expect(window.locator(".watch-list li")).to_contain_text("«cità»", timeout=SOON)
        expect(window.locator("h1")).to_contain_text("Gettoni sonori")
        window.get_by_role("link", name="Vedi nella pagina").click()
        expect(window.locator("dd li:target")).to_contain_text("scale", timeout=SOON)
        change(served.content, "scale: cità", "scale: city")
        expect(window.locator("#salvataggi")).to_be_hidden(timeout=SOON)
        # Search catches up by itself.
        until = time.monotonic() + 60
        while "Gettoni sonori" not in re.sub(
            r"</?mark[^>]*>", "", answer(f"{served.address}/cerca?q=gettoni+sonori")
        ):
            assert time.monotonic() < until
            time.sleep(0.2)
        assert not Builds(served.instance).pointer().quick

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_findings_are_accessible(
        self, browser: Browser, served: Served, scheme: Literal["light", "dark"]
    ) -> None:
        change(served.content, "scale: city", "scale: cità")
        change(served.content, "value: 39000", "value: tanti")
        for width in (1280, 320):
            context = browser.new_context(
                base_url=served.address,
                color_scheme=scheme,
                viewport={"width": width, "height": 900},
            )
            page = context.new_page()
            page.goto(PRACTICE)
            expect(page.locator(".watch-notes")).to_have_count(2, timeout=SOON)
            page.evaluate(AXE_SCRIPT)
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            context.close()

    def test_what_one_types_is_not_lost(self, served: Served, window: Page) -> None:
        window.goto("/cerca?q=povert%C3%A0")
        box = window.get_by_role("combobox").or_(window.get_by_role("searchbox")).first
        box.fill("povertà dei")
        change(served.content, "title: Ricetta", "title: Gettoni sonori e ricetta")
        until = time.monotonic() + 20
        while "Gettoni" not in answer(served.address + PRACTICE):
            assert time.monotonic() < until
            time.sleep(0.1)
        window.wait_for_timeout(1000)
        expect(box).to_have_value("povertà dei")
        expect(window.locator("main")).not_to_contain_text("Gettoni sonori")
        box.blur()
        expect(window.locator("main")).to_contain_text("Gettoni sonori", timeout=SOON)
