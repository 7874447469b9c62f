# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Decap CMS in a real Chromium, writing into a local git repository through decap-server.

``make build/decap/ready`` fetches both from npm; without them the tests are skipped, except in CI.
"""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, Route, expect

from kb import content, frontmatter
from kb.build import build
from kb.check import check
from kb.findings import format_lines
from kb.records import Practice
from kb.web import create_app
from tests.conftest import DATA, IN_BROWSER, ROOT
from tests.serving import serving

DECAP = ROOT / "build" / "decap"
SERVER = DECAP / "node_modules" / "decap-server" / "dist" / "index.js"
pytestmark = [
    *IN_BROWSER,
    pytest.mark.skipif(
        not (DECAP / "ready").exists() and not os.environ.get("CI"),
        reason="Decap CMS is not here: make build/decap/ready",
    ),
]
#: Milliseconds; a first page on a busy machine takes a third of it.
PATIENCE = 20_000
TEXT = """## Il problema

Mancano «orti» [^s1].

## Che cosa si è fatto

- Uno: 12 orti [^s1]
- Due

## Risultati

Non si conoscono."""


@dataclass(frozen=True)
class Desk:
    """An open editor, and the repository that it writes to."""

    page: Page
    repository: Path
    address: str

    def field(self, label: str, number: int = 0) -> Locator:
        """Return the *number*-th field with that label, of those now open."""
        name = re.compile(rf"^{re.escape(label)}( \(opzionale\))?$")
        return self.page.get_by_label(name).filter(visible=True).nth(number)

    def put(self, label: str, value: str, number: int = 0) -> None:
        """Type into a field."""
        self.field(label, number).click()
        self.page.keyboard.type(value)

    def choose(self, label: str, value: str, number: int = 0) -> None:
        """Choose what one has begun to type."""
        self.put(label, value, number)
        self.page.keyboard.press("Enter")

    def open(self, city: str, slug: str) -> None:
        """Open a practice from the list of its city."""
        self.page.goto(f"{self.address}/admin#/collections/{city}/entries/{slug}")
        expect(self.field("Titolo")).not_to_have_value("")

    def save(self, city: str, slug: str) -> str:
        """Save, and return the file as it stands on the branch of the practice."""
        expect(self.page.get_by_text("Modifiche non salvate")).to_be_visible()
        self.page.get_by_role("button", name="Salva").click()
        expect(self.page.get_by_text("Modifiche salvate", exact=True)).to_be_visible()
        file = f"cms/{city}/{slug}:practices/{city}/{slug}.md"
        return git(self.repository, "show", file)

    def publish(self, branch: str) -> None:
        """Declare a saved practice ready and publish it: its branch is merged."""
        self.page.get_by_role("button", name="Stato: Bozza").click()
        self.page.get_by_role("menuitem", name="Pronto").click()
        self.page.get_by_role("button", name="Pubblica", exact=True).click()
        self.page.get_by_role("menuitem", name="Pubblica ora").click()
        end = time.monotonic() + PATIENCE / 1000
        while git(self.repository, "branch", "--list", branch):
            assert time.monotonic() < end, "not merged"
            time.sleep(0.1)


@contextmanager
def server_of(repository: Path, log: Path) -> Iterator[str]:
    """Run decap-server on *repository* and yield its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "MODE": "git",
        "GIT_REPO_DIRECTORY": str(repository),
    }
    with log.open("w") as output:
        process = subprocess.Popen(  # noqa: S603
            ["node", str(SERVER)],  # noqa: S607
            env=os.environ | settings,
            stdout=output,
            stderr=output,
        )
    try:
        end = time.monotonic() + PATIENCE / 1000
        while "listening" not in log.read_text("utf-8"):
            assert process.poll() is None, log.read_text("utf-8")
            assert time.monotonic() < end, "decap-server does not start"
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/api/v1"
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def site_of(instance: Path, **settings: str) -> Iterator[str]:
    """Serve the site with /admin and *settings*, and yield its address."""
    wanted = {"CMS": True, "CMS_FOLDER": str(DECAP / "files"), **settings}
    with serving(create_app({"INSTANCE_DIR": str(instance), **wanted})) as served:
        yield served


@pytest.fixture
def desk(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Open the editor on a copy of a content folder in git, with its build.

    Fails on scripts that stop, on what the page's policy refuses and on requests elsewhere.
    """
    wrong: list[str] = []
    with ExitStack() as stack:

        def opened(folder: Path, instance: Path) -> Desk:
            repository = tmp_path / "repository"
            shutil.copytree(folder, repository / "practices")
            page = browser.new_page(locale="it-IT", viewport={"width": 1280, "height": 900})
            stack.callback(page.close)
            local = stack.enter_context(server_of(repository_of(repository), tmp_path / "log"))
            address = stack.enter_context(site_of(instance, CMS_LOCAL=local))
            own = (address, local, "data:", "blob:")
            page.set_default_timeout(PATIENCE)
            # Decap asks whether one is sure.
            page.on("dialog", lambda dialog: dialog.accept())
            page.on("pageerror", lambda error: wrong.append(str(error)))
            # Decap asks for drafts that are not there.
            page.on("console", lambda m: wrong.append(m.text) if refused(m.text) else None)
            page.on("request", lambda r: None if r.url.startswith(own) else wrong.append(r.url))
            page.goto(f"{address}/admin")
            page.get_by_role("button", name="Accedi").click()
            expect(page.get_by_role("heading", name="Raccolte")).to_be_visible()
            return Desk(page, repository, address)

        yield opened
    assert wrong == []


def refused(message: str) -> bool:
    return "Content Security Policy" in message or "Refused" in message


def repository_of(folder: Path) -> Path:
    """Make *folder* a git repository with one commit."""
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "config", "user.name", "Redazione")
    git(folder, "config", "user.email", "redazione@example.org")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message=Begin")
    return folder


def git(folder: Path, *words: str) -> str:
    """Return what git prints in *folder*."""
    done = subprocess.run(  # noqa: S603
        ["git", "-C", str(folder), *words],  # noqa: S607
        check=True,
        capture_output=True,
        text=True,
        timeout=20,
    )
    return done.stdout


def problems(folder: Path) -> str:
    return format_lines(check(content.load(folder)), "it")


def test_a_practice_is_written_published_and_changed(
    desk: Callable[..., Desk], tmp_path: Path
) -> None:
    instance = tmp_path / "instance"
    build(DATA / "base", instance)
    editor = desk(DATA / "base", instance)
    page = editor.page
    entries = page.locator("main a[href*='/entries/']")
    expect(entries).to_have_count(2)
    assert "authority" not in "".join(entries.all_inner_texts())
    page.get_by_role("link", name="pratica").click()
    write_practice(editor)
    slug = "lorto-di-via-prova-no"
    written = editor.save("milano", slug)
    assert list(frontmatter.read(saved(tmp_path, written)).data) == [
        *("title", "summary", "title_en", "summary_en", "themes", "status", "status_date"),
        *("period", "place", "scale", "target_groups", "instruments", "lead", "indicators"),
        *("reviewed", "sources"),
    ]
    assert git(editor.repository, "ls-tree", "-r", "--name-only", "main").count(slug) == 0
    editor.publish(f"cms/milano/{slug}")
    assert git(editor.repository, "show", f"main:practices/milano/{slug}.md") == written
    assert problems(editor.repository / "practices") == ""

    practice = editor.repository / "practices" / "milano" / "ricetta-di-prova.md"
    before = frontmatter.read(practice)
    editor.page.goto("about:blank")
    editor.open("milano", practice.stem)
    editor.put("Titolo in inglese", "!")
    editor.save("milano", practice.stem)
    editor.publish(f"cms/milano/{practice.stem}")
    after = frontmatter.read(practice)
    title = after.data["title_en"]
    assert title.replace("!", "") == before.data["title_en"]
    assert after.data == before.data | {"title_en": title}
    assert after.body.strip() == before.body.strip()
    assert problems(editor.repository / "practices") == ""


def write_practice(editor: Desk) -> None:
    """Fill in the form of a new practice as a person would."""
    editor.put("Titolo", "L'orto di via Prova: no")
    editor.put("In breve", "Un orto di «tutti».")
    editor.put("Titolo in inglese", "The garden")
    editor.put("In breve, in inglese", "A garden for all.")
    editor.choose("Temi", "Reti")
    editor.choose("Stato", "In corso")
    editor.put("Data dello stato", "2024")
    editor.put("Inizio", "2018-06")
    editor.put("Fonte", "s1, ")
    editor.put("Luogo", "Via Prova, 1")
    editor.choose("Scala", "Quart")
    editor.choose("Destinatari", "Famiglie")
    editor.choose("Strumenti", "Avviso")
    editor.put("Nome", "Comune di Milano")
    editor.choose("Tipo", "Enti")
    add_indicator(editor)
    editor.page.get_by_role("button", name="Set reviewed to now").click()
    add_source(editor)
    editor.page.get_by_role("textbox").last.click()
    editor.page.keyboard.press("Control+A")
    editor.page.keyboard.type(TEXT)


def add_indicator(editor: Desk) -> None:
    editor.page.get_by_role("button", name="Aggiungi indicatori").click()
    editor.put("Che cosa misura", "Orti")
    editor.put("Valore", "12")
    editor.put("Unità", "orti")
    # The first is that of the period.
    editor.put("Fonte", "s1", 1)


def add_source(editor: Desk) -> None:
    editor.page.get_by_role("button", name="Aggiungi fonti").click()
    editor.put("Codice", "s1")
    editor.put("Titolo", "Delibera", 1)
    editor.put("Editore", "Comune di Milano")
    editor.put("Indirizzo", "https://example.org/delibera")
    editor.choose("Tipo", "Fonte uff", 1)


def saved(folder: Path, written: str) -> Path:
    file = folder / "saved.md"
    file.write_text(written, encoding="utf-8")
    return file


def test_real_practices_lose_nothing(
    desk: Callable[..., Desk], real_instance: Path, tmp_path: Path
) -> None:
    editor = desk(ROOT / "practices", real_instance)
    for path in content.practice_paths(ROOT / "practices"):
        text = path.read_text("utf-8")
        again = frontmatter.read(saved(tmp_path, editor.page.evaluate(READ_AND_WRITE, text)))
        found = frontmatter.read(path)
        assert plain(again.data) == plain(found.data), path
        assert again.body.strip() == found.body.strip(), path
    for text in TRICKY:
        written = editor.page.evaluate(WRITE, [text, [text, "due"], {"name": text}])
        read = frontmatter.read(saved(tmp_path, written))
        assert not read.findings, written
        assert read.data == {"title": text, "lessons": [text, "due"], "place": {"name": text}}
    # All widgets have had the values of this one in hand.
    editor.open("milano", "qubi")
    editor.put("Titolo in inglese", "!")
    editor.save("milano", "qubi")
    diff = git(editor.repository, "diff", "--numstat", "main", "cms/milano/qubi")
    assert diff.split("\t")[:2] == ["1", "1"], git(
        editor.repository, "diff", "main", "cms/milano/qubi"
    )


#: Texts that YAML would take for something else.
TRICKY = [
    *("no", "true", "null", "~", "2024-01-01", "1e3", "3.50", "037006", "-5", "- 5", "-", "---"),
    *(
        "a: b",
        "a:",
        "a:b",
        "a #b",
        "a#b",
        "# a",
        "[a",
        "{a",
        "!a",
        "&a",
        "*a",
        "? a",
        "?",
        "|",
        ">",
    ),
    *("'a'", '"a"', "l'a", "«a»: b", "@a", "`a", "%a", ",a", "...", "a\tb", "a\nb", "a\n\n- b"),
    *("a\\b", "\\n", "a\u00a0b", "a\u0085b", "a\u2028b", "a\ufeffb", "a\x7fb", "🌳 a", "à – è"),
]
WRITE = """([title, lessons, place]) =>
  CMS.getCustomFormatsFormatters().practice.toFile({ title, lessons, place, empty: "", none: null })
"""
READ_AND_WRITE = """text => {
  const { practice } = CMS.getCustomFormatsFormatters();
  return practice.toFile(practice.fromFile(text));
}"""


def plain(data: Any) -> dict[str, Any]:
    """Return the record that *data* tells: one source may be written with brackets or without."""
    return Practice.model_validate(data).model_dump()


#: What a host answers to who wants to sign in: back to the page, with a code.
BACK = """<script>
  const asked = new URLSearchParams(location.search);
  const back = new URL(asked.get("redirect_uri"));
  back.search = new URLSearchParams({ code: "a-code", state: asked.get("state") });
  location.replace(back);
</script>"""
#: What the window of a service for GitHub does: it tells the page that opened it.
POPUP = """<script>
  addEventListener("message", () =>
    opener.postMessage('authorization:github:success:{"token":"a-token"}', "*"));
  opener.postMessage("authorizing:github", "*");
</script>"""


class Host:
    """Answers in the place of a git host, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Request] = []

    def answer(self, route: Route) -> None:
        """Answer as a host does that lets everybody in and has nothing to say."""
        request = route.request
        self.asked.append(request)
        if request.is_navigation_request():
            page = POPUP if "provider=github" in request.url else BACK
            route.fulfill(content_type="text/html", body=page)
        else:
            open_to_all = {"access-control-allow-origin": "*", "access-control-allow-headers": "*"}
            route.fulfill(headers=open_to_all, json={"access_token": "a-token", "login": "x"})


@pytest.mark.parametrize(
    ("settings", "authorised", "user"),
    [
        (
            {"REPOSITORY_URL": "https://gitlab.example.org/a/b", "CMS_APP_ID": "an-id"},
            "https://gitlab.example.org/oauth/authorize",
            "https://gitlab.example.org/api/v4/user",
        ),
        (
            {"REPOSITORY_URL": "https://forgejo.example.org/a/b", "CMS_APP_ID": "an-id"},
            "https://forgejo.example.org/login/oauth/authorize",
            "https://forgejo.example.org/api/v1/user",
        ),
        (
            {"REPOSITORY_URL": "https://gitea.example.org/a/b", "CMS_APP_ID": "an-id"},
            "https://gitea.example.org/login/oauth/authorize",
            "https://gitea.example.org/api/v1/user",
        ),
        (
            {
                "REPOSITORY_URL": "https://github.com/a/b",
                "CMS_AUTH_URL": "https://accesso.example.org/oauth/begin",
            },
            "https://accesso.example.org/oauth/begin",
            "https://api.github.com/user",
        ),
    ],
    ids=["gitlab", "forgejo", "gitea", "github"],
)
def test_editors_sign_in_at_their_host(
    browser: Browser, tmp_path: Path, settings: dict[str, str], authorised: str, user: str
) -> None:
    """With a host of ours in place of the real one: page, policy and settings let it be reached."""
    build(DATA / "base", tmp_path / "instance")
    host = Host()
    with (
        site_of(tmp_path / "instance", **settings) as address,
        browser.new_context(locale="it-IT") as context,
    ):
        context.set_default_timeout(PATIENCE)
        context.route(lambda url: not url.startswith((address, "data:")), host.answer)
        page = context.new_page()
        page.goto(f"{address}/admin")
        # Decap has no Italian for one of them.
        page.get_by_role("button", name=re.compile("Accedi|Login")).click()
        end = time.monotonic() + PATIENCE / 1000
        while user not in {request.url for request in host.asked}:
            assert time.monotonic() < end, [request.url for request in host.asked]
            page.wait_for_timeout(50)
    first = urlsplit(host.asked[0].url)
    asked = parse_qs(first.query)
    assert f"{first.scheme}://{first.netloc}{first.path}" == authorised
    if "CMS_APP_ID" in settings:
        assert asked["client_id"] == ["an-id"]
        assert asked["redirect_uri"] == [f"{address}/admin"]
        assert asked["code_challenge_method"] == ["S256"]
    (last,) = [request for request in host.asked if request.url == user][:1]
    assert last.headers["authorization"].endswith(" a-token")
