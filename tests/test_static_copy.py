# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The site as files: every link leads to a file, what needs the server says so."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from justhtml import JustHTML

from tests.conftest import PageClient, text

Run = Callable[..., Result]
ADDRESS = re.compile(r'\s(?:href|src|action)="([^"#]+)')


@pytest.fixture
def copy(run: Run, tmp_path: Path) -> Path:
    """A copy of the site on the small base."""
    run("build")
    folder = tmp_path / "preview"
    result = run("export", "site", "--output", folder)
    assert result.exit_code == 0, result.stderr
    pages = len(list(folder.rglob("*.html")))
    assert result.stdout == f"{folder / 'index.html'}: {pages} pages\n"
    return folder


def page(copy: Path, name: str) -> JustHTML:
    return JustHTML((copy / name / "index.html").read_text(encoding="utf-8"), sanitize=False)


def test_every_address_is_a_file_or_another_site(copy: Path) -> None:
    pages = list(copy.rglob("*.html"))
    assert len(pages) > 40
    for file in pages:
        html = file.read_text(encoding="utf-8")
        for address in ADDRESS.findall(html):
            if not re.match(r"[a-z]+:", address):
                assert (file.parent / address).is_file(), f"{file}: {address}"
        assert "<script" not in html
        assert "localhost" not in "".join(ADDRESS.findall(html))


def test_copy_says_what_it_is_and_what_needs_the_site(copy: Path) -> None:
    for name, note in (("", "Copia statica"), ("en/pratiche/ricetta-di-prova", "A static copy")):
        assert text(page(copy, name), ".copy-note")[0].startswith(note)
        assert page(copy, name).query('meta[name=robots][content="noindex"]')
    (form,) = page(copy, "en").query('form[role="search"]')
    assert form.attrs["action"] == "solo-sul-sito/index.html"
    assert text(page(copy, "en/solo-sul-sito"), "h1") == ["This needs the site"]
    practice = page(copy, "pratiche/ricetta-di-prova")
    links = [a.attrs["href"] for a in practice.query("a.tool")]
    assert links == ["../../solo-sul-sito/index.html"] * 2
    # Its address would be that of the machine which made the copy.
    assert practice.query("#cita") == []


def test_a_folder_in_use_stays_as_it_is(run: Run, tmp_path: Path) -> None:
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "file").touch()
    result = run("export", "site", "--output", tmp_path / "used")
    assert result.exit_code == 2
    assert "is not empty" in result.stderr
    missing = run("export", "site", "--output", tmp_path / "preview")
    assert missing.exit_code == 1
    assert "kb build" in missing.stderr


def test_site_itself_does_not_know_the_copy(client: PageClient) -> None:
    assert client.get("/solo-sul-sito").status_code == 404
    assert client.page("/").query(".copy-note") == []
