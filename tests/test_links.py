# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sources are asked politely whether they still answer, here by servers of our own."""

import json
import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from kb import link_cache, links
from kb.link_cache import Link
from kb.links import Manners
from kb.settings import agent
from tests.conftest import PageClient

Run = Callable[..., Result]
PAUSE = 0.05
COPY = "https://web.archive.org/web/2015/a"


class Site(ThreadingHTTPServer):
    """A site that remembers who asked what, and when; its paths say how they answer."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.asked: list[tuple[str, str, float]] = []
        self.agents: set[str] = set()
        self.together = self.most_together = 0
        self.lock = threading.Lock()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


class Answering(BaseHTTPRequestHandler):
    """Answers what the path says: its status, after what its words ask for."""

    server: Site

    def do_GET(self) -> None:
        site = self.server
        with site.lock:
            site.asked.append((self.command, self.path, time.monotonic()))
            site.agents.add(self.headers["User-Agent"])
            site.together += 1
            site.most_together = max(site.most_together, site.together)
        time.sleep(0.01)
        with site.lock:
            site.together -= 1
        if self.path.startswith("/wayback/available"):
            return self._archive()
        self.answer()
        return None

    do_HEAD = do_GET  # noqa: N815 - so named by http.server

    def answer(self) -> None:
        first = Counter(path for _, path, _ in self.server.asked)[self.path] == 1
        status, headers = 200, {}
        if self.path.startswith("/moved"):
            status, headers = 301, {"Location": "/ok"}
        elif self.path.startswith("/loop"):
            status, headers = 302, {"Location": f"{self.path}x"}
        elif self.path.startswith("/no-head"):
            status = 405 if self.command == "HEAD" else 200
        elif self.path.startswith("/hangs-up") and self.command == "HEAD":
            return
        elif self.path.startswith("/busy"):
            status, headers = (503, {"Retry-After": "0"}) if first else (200, {})
        elif self.path.startswith("/later"):
            moment = format_datetime(datetime.now(UTC) + timedelta(hours=1))
            status, headers = 429, {"Retry-After": moment}
        elif self.path.strip("/").isdigit():
            status = int(self.path.strip("/"))
        self._send(status, headers)

    def _archive(self) -> None:
        known = "%2F404" in self.path
        closest = {"closest": {"available": True, "url": COPY, "status": "200"}}
        self._send(200, {}, json.dumps({"archived_snapshots": closest if known else {}}).encode())

    def _send(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def sites() -> Iterator[tuple[Site, Site]]:
    """Two sites: what is asked, and the archive."""
    pair = (Site(), Site())
    threads = [threading.Thread(target=site.serve_forever) for site in pair]
    for thread in threads:
        thread.start()
    yield pair
    for site, thread in zip(pair, threads, strict=True):
        site.shutdown()
        thread.join(10)
        site.server_close()


@pytest.fixture(autouse=True)
def named(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Let no name be looked up: names end in .invalid, and do not exist. Return those asked for."""
    look_up = socket.getaddrinfo
    names: set[str] = set()

    def here(host: str, *rest: Any, **named: Any) -> Any:
        if host != "127.0.0.1":
            names.add(host)
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return look_up(host, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", here)
    return names


@pytest.fixture
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command line ask without its long pauses."""
    init = Manners.__init__

    def quick(self: Manners, *words: Any, **named: Any) -> None:
        init(self, *words, **{"pause": 0.0, **named})

    monkeypatch.setattr(Manners, "__init__", quick)


def manners(archive: Site, **changes: float) -> Manners:
    return Manners("prova/1", archive.url(""), **{"pause": PAUSE, "timeout": 5.0, **changes})


def ask(sites: tuple[Site, Site], *paths: str) -> dict[str, Link]:
    site, archive = sites
    urls = [site.url(path) if path.startswith("/") else path for path in paths]
    return {
        link.url.removeprefix(site.url("")): link for link in links.check(urls, manners(archive))
    }


def test_answers_are_told_apart(sites: tuple[Site, Site]) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}/"
        found = ask(
            sites,
            *(
                "/ok",
                "/moved",
                "/loop",
                "/no-head",
                "/hangs-up",
                "/busy",
                "/404",
                "/410",
                "/403",
                "/500",
            ),
            *("/sp ace/è", "http://nome.invalid/", nobody),
        )
    told = {path: (link.state, link.detail) for path, link in found.items()}
    assert told == {
        "/ok": ("alive", "200"),
        "/moved": ("alive", "200"),
        "/loop": ("unsure", "302"),
        "/no-head": ("alive", "200"),
        "/hangs-up": ("alive", "200"),
        "/busy": ("alive", "200"),
        "/404": ("dead", "404"),
        "/410": ("dead", "410"),
        "/403": ("unsure", "403"),
        "/500": ("unsure", "500"),
        "/sp ace/è": ("alive", "200"),
        "http://nome.invalid/": ("dead", "host unknown"),
        nobody: ("unsure", "no connection"),
    }
    assert {link.checked for link in found.values()} == {date.today().isoformat()}
    assert found["/404"].copy == COPY
    assert found["/410"].copy is None
    asked = [path for _, path, _ in sites[1].asked]
    assert len(asked) == 3, "the archive is asked for the dead only"


def test_a_host_is_asked_one_thing_at_a_time_with_pauses_and_our_name(
    sites: tuple[Site, Site],
) -> None:
    site, _ = sites
    ask(sites, *(f"/page-{number}" for number in range(5)), "/404")
    assert site.most_together == 1
    moments = [moment for _, _, moment in site.asked]
    assert all(later - sooner >= PAUSE for sooner, later in pairwise(moments))
    assert site.agents == {"prova/1"}
    assert [method for method, path, _ in site.asked if path == "/page-1"] == ["HEAD"]
    assert [method for method, path, _ in site.asked if path == "/404"] == ["HEAD", "GET"]


def test_a_host_that_asks_to_wait_long_is_left_alone(sites: tuple[Site, Site]) -> None:
    site, _ = sites
    assert list(ask(sites, "/ok", "/later", "/never")) == ["/ok"]
    assert [path for _, path, _ in site.asked] == ["/ok", "/later"]


def test_a_slow_host_cannot_be_told(sites: tuple[Site, Site]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        (link,) = links.check([url], manners(sites[1], timeout=0.2))
    assert (link.state, link.detail) == ("unsure", "timeout")


def test_without_network_no_host_is_held_for_gone(sites: tuple[Site, Site]) -> None:
    answers = list(ask(sites, "http://a.invalid/", "http://b.invalid/").values())
    assert [link.state for link in answers] == ["dead", "dead"]
    assert list(links.reachable(answers)) == []
    alive = Link("https://example.org/", "alive", "200", "2026-02-03")
    assert list(links.reachable([*answers, alive])) == [*answers, alive]


def test_addresses_are_sent_as_browsers_send_them(
    sites: tuple[Site, Site], named: set[str]
) -> None:
    ask(sites, "http://città.invalid/", "/perché?q=a%20b&r=à#qui")
    assert named == {"xn--citt-3na.invalid"}
    assert [path for _, path, _ in sites[0].asked] == ["/perch%C3%A9?q=a%20b&r=%C3%A0"]


def test_who_asks_says_where_it_is_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "+" not in agent()
    monkeypatch.setenv("KB_SITE_URL", "https://kb.example.org")
    assert "+https://kb.example.org" in agent()


@pytest.mark.usefixtures("_quick")
def test_command_keeps_answers_and_asks_again_when_they_are_old(
    run: Run,
    sites: tuple[Site, Site],
    content_dir: Path,
    instance: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    site, archive = sites
    monkeypatch.setenv("KB_ARCHIVE_URL", archive.url(""))
    for path in content_dir.glob("*/*.md"):
        changed = path.read_text(encoding="utf-8").replace(
            "https://example.org/custodi", site.url("/404")
        )
        changed = re.sub(r"https://(www\.comune\.\w+\.it|example\.org)", site.url("/ok"), changed)
        path.write_text(changed, encoding="utf-8")
    first = run("links")
    assert first.exit_code == 1
    assert f"  dead              404  milano/custodi-di-prova {site.url('/404')}" in first.stdout
    assert f"archived copy: {COPY}" in first.stdout
    assert "1 are gone, 0 cannot be told, 0 were never asked." in first.stderr
    before = len(site.asked)
    assert "0 addresses asked now" in run("links").stderr
    assert len(site.asked) == before
    link_cache.write(instance, Link(site.url("/404"), "alive", "200", "2020-01-01"))
    assert "1 addresses asked now" in run("links", "--limit", "3").stderr
    assert link_cache.read(instance)[site.url("/404")].state == "dead"
    assert run("links", "--authority", "torino").exit_code == 0


@pytest.mark.usefixtures("_quick")
def test_command_says_when_nothing_answers(run: Run, instance: Path, content_dir: Path) -> None:
    for path in content_dir.glob("*/*.md"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("example.org", "example.invalid"), encoding="utf-8")
    answer = run("links", "--limit", "1")
    assert answer.exit_code == 1
    assert "no address answered: is this machine on the network?" in answer.stderr
    assert link_cache.read(instance) == {}


def test_no_page_asks_anybody(client: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("a page opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    for path in ("/manutenzione?citta=milano", "/pratiche/ricetta-di-prova", "/qualita"):
        client.page(path)
