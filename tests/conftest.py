# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fixtures: the small base of ``tests/data``, the real content, clients that check each page.

Tests in a browser are skipped where no Chromium is installed, except in CI.
"""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.testing import FlaskClient
from justhtml import JustHTML
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.test import TestResponse

from kb import drawing
from kb.build import build
from kb.cli import main
from kb.store import KnowledgeBase, read
from kb.web import create_app
from tests.serving import serving

DATA = Path(__file__).parent / "data"
ROOT = Path(__file__).parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
#: The marks of a module whose tests drive a browser.
IN_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM and not os.environ.get("CI"), reason="no Chromium here"),
]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep settings of the machine out of the tests."""
    for name in [name for name in os.environ if name.startswith("KB_")]:
        monkeypatch.delenv(name)


@pytest.fixture(autouse=True, scope="session")
def _draw_once() -> Iterator[None]:
    """Draw equal pictures once: most tests build the same small base."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawing, "draw", cache(drawing.draw))
        yield


@pytest.fixture
def content_dir(tmp_path: Path) -> Path:
    """A copy of the small base, to be changed."""
    return Path(shutil.copytree(DATA / "base", tmp_path / "practices"))


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """An empty instance folder."""
    return tmp_path / "instance"


@pytest.fixture
def run(
    content_dir: Path, instance: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Result]:
    """Run ``kb`` with the given words on the small base."""
    monkeypatch.setenv("KB_PRACTICES_DIR", str(content_dir))
    monkeypatch.setenv("KB_INSTANCE_DIR", str(instance))
    monkeypatch.chdir(content_dir)
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def app(content_dir: Path, instance: Path) -> Flask:
    """The site on the small base."""
    build(content_dir, instance)
    return create_app({"TESTING": True, "INSTANCE_DIR": str(instance)})


@pytest.fixture
def client(app: Flask) -> "PageClient":
    """A client of the site on the small base."""
    return PageClient(app)


@pytest.fixture
def base(app: Flask) -> Iterator[KnowledgeBase]:
    """The small base, opened."""
    with read(app.extensions["kb"]) as opened:
        yield opened


@pytest.fixture(scope="session")
def real_instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real practices, built once."""
    instance = tmp_path_factory.mktemp("real")
    build(ROOT / "practices", instance)
    return instance


@pytest.fixture(scope="session")
def real_client(real_instance: Path) -> "PageClient":
    """A client of the site on the real practices."""
    return PageClient(create_app({"TESTING": True, "INSTANCE_DIR": str(real_instance)}))


@pytest.fixture(scope="session")
def address(real_instance: Path) -> Iterator[str]:
    """The address of a real server on the real practices."""
    with serving(create_app({"INSTANCE_DIR": str(real_instance)})) as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium for all tests; each test has its own context."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A browser's window with nothing remembered."""
    opened = browser.new_context(
        base_url=address, locale="it-IT", viewport={"width": 1280, "height": 900}
    )
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Iterator[Page]:
    """A page that fails the test on console errors and foreign requests."""
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on(
        "request", lambda r: None if r.url.startswith((address, "data:")) else wrong.append(r.url)
    )
    yield opened
    assert [message for message in wrong if "404" not in message] == []


class PageClient(FlaskClient):
    """A test client whose pages keep the site's promises, or the test fails."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app, app.response_class)

    def page(self, path: str, status: int = 200) -> JustHTML:
        """Return the page at *path*, parsed, after checking what every page must keep."""
        response = self.get(path)
        assert response.status_code == status, path
        html = response.get_data(as_text=True)
        page = JustHTML(html, collect_errors=True, sanitize=False)
        assert not page.errors, (path, page.errors[:3])
        check_page(page, path)
        check_head(page, path)
        check_headers(response)
        return page


def text(page: JustHTML, selector: str) -> list[str]:
    """Return the text of every element of *page* that matches *selector*, spaces collapsed."""
    return [" ".join(element.to_text().split()) for element in page.query(selector)]


def check_page(page: JustHTML, path: str) -> None:
    """Fail unless the page has one title in one h1, a language, sound ids, labels and links."""
    english = path == "/en" or path.startswith("/en/")
    assert page.query("html")[0].attrs["lang"] == ("en" if english else "it"), path
    headings = text(page, "h1")
    assert len(headings) == 1, (path, headings)
    title = text(page, "title")[0]
    assert headings[0].startswith(title.split(" – Costellazioni civiche")[0]), (path, title)
    assert len(page.query("main")) == 1, path
    ids = [element.attrs["id"] for element in page.query("[id]")]
    assert len(ids) == len(set(ids)), (path, [i for i in ids if ids.count(i) > 1])
    for label in page.query("label"):
        assert label.attrs["for"] in ids, path
    for link in page.query('a[href^="#"]'):
        assert link.attrs["href"][1:] in ids, (path, link.attrs["href"])
    assert not page.query("[style], style, [onclick], [onload]"), path
    # JSON-LD is data: a browser never runs it.
    inline = page.query('script:not([src]):not([type="application/ld+json"])')
    assert not inline, path
    assert all("alt" in image.attrs for image in page.query("img")), path
    for tag, attribute in (("script", "src"), ("link", "href"), ("img", "src")):
        for element in page.query(f"{tag}[{attribute}]"):
            if element.attrs.get("rel") not in ("canonical", "alternate"):
                assert element.attrs[attribute].startswith("/"), path
    for element in ("legal-notes", "privacy-policy-link"):
        assert page.query(f'footer [data-element="{element}"]'), path
    classes = {c for element in page.query("[class]") for c in element.attrs["class"].split()}
    assert not re.search(r"\b(None|Undefined)\b", page.query("main")[0].to_text()), path
    assert classes, path


def check_head(page: JustHTML, path: str) -> None:
    """Fail unless the page tells machines what it tells people, in whole addresses."""
    (description,) = (m.attrs["content"] for m in page.query("meta[name=description]"))
    assert 0 < len(description) <= 160, (path, description)
    data = json_ld(page)
    if page.query('meta[name=robots][content="noindex"]'):
        assert not data, path
        return
    told = {m.attrs["property"]: m.attrs["content"] for m in page.query("meta[property]")}
    (canonical,) = (link.attrs["href"] for link in page.query("link[rel=canonical]"))
    assert told["og:description"] == description, path
    assert data[0]["description"].startswith(description.removesuffix("…")), path
    assert told["og:url"] == data[0]["url"] == canonical, path
    assert text(page, "title")[0].startswith(told["og:title"]), path
    for address in (canonical, told["og:image"], data[0]["image"]):
        assert re.match(r"https?://[^/]+/", address), path
    shown = [" ".join(step.rstrip("/").split()) for step in text(page, ".breadcrumb-item")]
    steps = [step["name"] for node in data[1:] for step in node["itemListElement"]]
    assert shown == steps, path


def json_ld(page: JustHTML) -> list[dict[str, Any]]:
    """Return the nodes of the page's JSON-LD; none when it has none."""
    blocks = page.query('script[type="application/ld+json"]')
    assert len(blocks) < 2
    found: list[dict[str, Any]] = [
        node for block in blocks for node in json.loads(block.to_text())["@graph"]
    ]
    return found


def check_headers(response: TestResponse) -> None:
    """Fail unless the answer carries the security headers and no cookie."""
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in response.headers
