# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Decap CMS at ``/admin``: only where it is wanted, its settings, its own policy."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask

from kb import cms, cms_backend, content
from kb.fields import fields
from kb.frontmatter import read
from kb.records import Practice
from kb.store import KnowledgeBase
from kb.store import read as opened
from kb.web import DEFAULTS, create_app
from kb.web.headers import CONTENT_SECURITY_POLICY
from tests.conftest import ROOT, PageClient, text

REPOSITORY = "https://gitlab.example.org/citta/pratiche"
Site = Callable[..., PageClient]


@pytest.fixture
def site(app: Flask, tmp_path: Path) -> Site:
    """A client of the small base with /admin, its files installed and *settings*."""
    folder = tmp_path / "cms"
    folder.mkdir()
    for name in ("decap-cms.js", "js-yaml.min.js"):
        (folder / name).write_text("// as installed", encoding="utf-8")

    def client(**settings: Any) -> PageClient:
        wanted = {"CMS": "true", "CMS_FOLDER": str(folder), "REPOSITORY_URL": REPOSITORY}
        instance = app.config["INSTANCE_DIR"]
        return PageClient(
            create_app({"TESTING": True, "INSTANCE_DIR": instance, **wanted, **settings})
        )

    return client


def test_nothing_of_it_unless_wanted(client: PageClient) -> None:
    for path in ("/admin", "/admin/config.yml", "/admin/decap/decap-cms.js"):
        client.page(path, 404)
    for path in ("/pratiche/ricetta-di-prova", "/"):
        assert "/admin" not in client.get(path).text


def test_pages_lead_to_it_where_it_is_wanted(site: Site) -> None:
    client = site()
    (edit,) = (
        a.attrs["href"]
        for a in client.page("/pratiche/ricetta-di-prova").query("main a[href]")
        if "redazione" in a.to_text()
    )
    assert edit == "/admin#/collections/milano/entries/ricetta-di-prova"
    for path in ("/", "/en"):
        assert client.page(path).query('footer a[href="/admin"]'), path


def test_it_says_what_is_missing(site: Site, tmp_path: Path) -> None:
    empty = tmp_path / "none"
    missing = site(CMS_FOLDER=str(empty), REPOSITORY_URL="").page("/admin")
    commands = "\n".join(code.to_text() for code in missing.query("main code"))
    assert "make cms" in commands
    assert str(tmp_path) not in missing.to_html()
    assert "KB_REPOSITORY_URL" in commands
    unknown = site(REPOSITORY_URL="https://git.example.org/a/b").page("/admin")
    assert "make cms" not in text(unknown, "main")[0]
    assert "KB_REPOSITORY_KIND" in text(unknown, "main")[0]


def test_only_its_page_has_a_looser_policy(site: Site) -> None:
    client = site(CMS_LOCAL="http://127.0.0.1:8081/api/v1")
    response = client.get("/admin")
    policy = dict(
        part.split(" ", 1) for part in response.headers["Content-Security-Policy"].split("; ")
    )
    reached = "https://gitlab.example.org http://127.0.0.1:8081"
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self' 'unsafe-eval'",
        "style-src": "'self' 'unsafe-inline'",
        "font-src": "'self' data:",
        "form-action": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "connect-src": f"'self' {reached}",
        "img-src": f"'self' data: blob: {reached}",
    }
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin-allow-popups"
    assert "noindex" in response.text
    for path in ("/", "/admin/config.yml", "/admin/decap/decap-cms.js", "/administrator"):
        answer = client.get(path)
        assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY, path
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", path


def test_it_has_one_address_and_files_that_cache(site: Site) -> None:
    client = site()
    assert client.get("/admin/").location == "/admin"
    scripts = re.findall(r'<script src="(/admin/[^"]+)"', client.get("/admin").text)
    assert [re.sub(r"\?v=\w{10}$", "", address) for address in scripts] == [
        "/admin/decap/js-yaml.min.js",
        "/admin/decap/decap-cms.js",
    ]
    for address in scripts:
        assert "immutable" in client.get(address).headers["Cache-Control"]
    assert client.get("/admin/decap/../../instance").status_code == 404


def asked(found: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the names that the widgets *found* ask for, each with those below it."""
    return {field["name"]: asked(field.get("fields", [])) for field in found}


def test_every_field_is_asked_in_order(base: KnowledgeBase) -> None:
    order = cms.key_order()
    assert list(order) == list(fields(Practice))
    assert list(order["sources"])[:3] == ["id", "title", "publisher"]
    # The licence has one value only.
    wanted = {**{name: keys for name, keys in order.items() if name != "licence"}, "body": {}}
    collections = cms.collections(base)
    assert [collection["folder"] for collection in collections] == [
        "practices/milano",
        "practices/torino",
    ]
    for collection in collections:
        assert asked(collection["fields"]) == wanted


def test_settings_are_those_of_model_and_vocabularies(site: Site) -> None:
    answer = site(SITE_URL="https://example.org").get("/admin/config.yml")
    assert answer.content_type.startswith("text/yaml")
    config = yaml.safe_load(answer.text)
    assert config["locale"] == "it"
    assert config["site_url"] == "https://example.org"
    by_name = {field["name"]: field for field in config["collections"][0]["fields"]}
    assert by_name["themes"]["multiple"]
    assert (by_name["themes"]["min"], by_name["themes"]["max"]) == (1, 4)
    assert {"value": "pilot", "label": "Sperimentazione"} in by_name["status"]["options"]
    assert by_name["title"]["pattern"][1] == "al massimo 90 caratteri"
    related = {field["name"]: field for field in by_name["related"]["fields"]}
    practices = {option["value"]: option["label"] for option in related["practice"]["options"]}
    assert practices["mercato-di-prova"].endswith("(Torino)")
    contact = {field["name"]: field for field in by_name["contact"]["fields"]}
    assert not any(field["required"] for field in contact.values())
    assert by_name["body"]["default"].startswith("## Il problema\n")
    assert by_name["body"]["modes"] == ["raw"]


def values(field: dict[str, Any], value: Any) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each text below *value* with the widget that shows it."""
    several = value if isinstance(value, list) else [value]
    for item in several:
        if "field" in field:
            yield from values(field["field"], item)
        elif "fields" in field:
            for inner in field["fields"]:
                if inner["name"] in item:
                    yield from values(inner, item[inner["name"]])
        else:
            yield field, item


def test_real_practices_fit_their_widgets(real_client: PageClient) -> None:
    """A value that a widget refused could not be saved again, nor the rest of its practice."""
    with opened(real_client.application.extensions["kb"]) as base:
        collections = cms.collections(base)
    by_name = {field["name"]: field for field in collections[0]["fields"]}
    for path in content.practice_paths(ROOT / "practices"):
        data = read(path).data
        for name in data.keys() & by_name.keys():
            for field, value in values(by_name[name], data[name]):
                where = (path.name, name, field["name"], value)
                if "pattern" in field:
                    assert re.search(field["pattern"][0], value), where
                if "options" in field:
                    assert value in [option["value"] for option in field["options"]], where
                if field["widget"] == "number":
                    assert field.get("min") is None or float(value) >= field["min"], where


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            {"REPOSITORY_URL": "https://github.com/citta/pratiche.git"},
            {"name": "github", "api_root": "https://api.github.com"},
        ),
        (
            {
                "REPOSITORY_URL": "https://github.com/citta/pratiche",
                "CMS_AUTH_URL": "https://accesso.example.org/oauth/auth",
            },
            {"base_url": "https://accesso.example.org", "auth_endpoint": "oauth/auth"},
        ),
        (
            {
                "REPOSITORY_URL": "https://git.example.org/citta/pratiche",
                "REPOSITORY_KIND": "github",
            },
            {"name": "github", "api_root": "https://git.example.org/api/v3"},
        ),
        (
            {"REPOSITORY_URL": REPOSITORY + "/", "CMS_APP_ID": "123"},
            {
                "name": "gitlab",
                "base_url": "https://gitlab.example.org",
                "api_root": "https://gitlab.example.org/api/v4",
                "graphql_api_root": "https://gitlab.example.org/api/graphql",
                "auth_type": "pkce",
                "app_id": "123",
            },
        ),
        (
            {"REPOSITORY_URL": "https://codeberg.org/citta/pratiche", "CMS_APP_ID": "123"},
            {"name": "forgejo", "api_root": "https://codeberg.org/api/v1", "app_id": "123"},
        ),
        (
            {
                "REPOSITORY_URL": "https://git.example.org/citta/pratiche",
                "REPOSITORY_KIND": "gitea",
                "CMS_BACKEND": "forgejo",
            },
            {"name": "forgejo", "base_url": "https://git.example.org"},
        ),
    ],
)
def test_editors_work_by_pull_requests(settings: dict[str, str], expected: dict[str, str]) -> None:
    found = cms_backend.backend({**DEFAULTS, "REPOSITORY_BRANCH": "trunk", **settings})
    assert found
    assert found["publish_mode"] == "editorial_workflow"
    assert (
        found["backend"].items()
        >= {
            **expected,
            "repo": "citta/pratiche",
            "branch": "trunk",
        }.items()
    )
    assert "local_backend" not in found


def test_gitea_has_no_pull_requests_in_decap() -> None:
    url = "https://gitea.example.org/citta/pratiche"
    found = cms_backend.backend({**DEFAULTS, "REPOSITORY_URL": url})
    assert found
    assert (found["backend"]["name"], found["publish_mode"]) == ("gitea", "simple")


def test_github_is_reached_at_all_its_names() -> None:
    url = "https://github.com/citta/pratiche"
    assert cms_backend.origins({**DEFAULTS, "REPOSITORY_URL": url}) == [
        "https://github.com",
        "https://api.github.com",
        "https://www.githubstatus.com",
        "https://avatars.githubusercontent.com",
    ]


def test_a_local_server_comes_first_on_this_machine() -> None:
    local = "http://127.0.0.1:8081/api/v1"
    found = cms_backend.backend({**DEFAULTS, "CMS_LOCAL": local})
    assert found
    assert found["local_backend"] == {"url": local}
    assert found["backend"]["name"] == "proxy"
    both = cms_backend.backend({**DEFAULTS, "CMS_LOCAL": local, "REPOSITORY_URL": REPOSITORY})
    assert both
    assert both["backend"]["name"] == "gitlab"
    assert cms_backend.backend(DEFAULTS) is None
