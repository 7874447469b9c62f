# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A sixth authority joins by a folder: the real base, another city, two real practices of it."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from kb import content, practice_file
from kb.build import build
from kb.check import check
from kb.cli import main
from kb.frontmatter import read
from kb.records import Authority
from kb.web import create_app
from tests.conftest import DATA, ROOT, PageClient, text

ID = "napoli"
SLUGS = ("ex-asilo-filangieri", "foqus")
SOURCE = (
    *("--source-title", "I beni comuni a Napoli", "--source-publisher", "Comune di Napoli"),
    *("--source-url", "https://www.comune.napoli.it/", "--source-kind", "Fonte ufficiale"),
)


@pytest.fixture(scope="module")
def joined(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real practices with the folder of the sixth authority, made as its officers would."""
    root = tmp_path_factory.mktemp("sixth") / "practices"
    shutil.copytree(ROOT / "practices", root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KB_PRACTICES_DIR", str(root))
        done = CliRunner().invoke(
            main,
            [
                *("new-authority", ID, "--name", "Napoli", "--official-name", "Comune di Napoli"),
                *("--region", "Campania", "--summary", "Usi civici di edifici pubblici."),
                *("--summary-en", "Civic uses of public buildings.", *SOURCE),
            ],
        )
    assert done.exit_code == 0, done.output
    assert "Nothing is missing" in done.stderr
    for slug in SLUGS:
        shutil.copy(DATA / ID / f"{slug}.md", root / ID)
    return root


@pytest.fixture(scope="module")
def client(joined: Path, tmp_path_factory: pytest.TempPathFactory) -> PageClient:
    """A client of the site with six authorities."""
    instance = tmp_path_factory.mktemp("sixth-instance")
    build(joined, instance)
    return PageClient(create_app({"TESTING": True, "INSTANCE_DIR": str(instance)}))


def test_the_new_folder_passes_the_check(joined: Path) -> None:
    assert check(content.load(joined)) == []
    profile = (joined / ID / "authority.md").read_text(encoding="utf-8")
    assert "Usi civici di edifici pubblici [^s1].\n" in profile


def test_its_pages_are_there(client: PageClient) -> None:
    for path in (f"/citta/{ID}", *(f"/pratiche/{slug}" for slug in SLUGS), f"/en/citta/{ID}"):
        assert "Napoli" in client.page(path).to_text()
    assert len(text(client.page(f"/citta/{ID}"), ".practice-card-title")) == len(SLUGS)


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("uso civico di un edificio occupato", "ex-asilo-filangieri"),
        ("Quartieri Spagnoli", "foqus"),
        ("bar asilo nido convento vuoto", "foqus"),
    ],
)
def test_search_finds_its_practices(client: PageClient, query: str, slug: str) -> None:
    hits = client.get("/api/v1/search", query_string={"q": query}).get_json()["hits"]
    assert slug in [hit["slug"] for hit in hits[:3]]
    narrowed = client.get("/api/v1/search", query_string={"citta": ID}).get_json()
    assert {hit["slug"] for hit in narrowed["hits"]} == set(SLUGS)


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/citta", "/costellazione", f"/costellazione?intorno=citta:{ID}", "/mappa"),
        *("/linea-del-tempo", "/numeri", f"/numeri?citta={ID}", "/sitemap.xml"),
        f"/citta/{ID}/feed.xml",
    ],
)
def test_overviews_take_it_in(client: PageClient, path: str) -> None:
    if path.endswith(".xml"):
        assert ID in client.get(path).get_data(as_text=True)
    else:
        assert "Napoli" in client.page(path).to_text(), path


def test_the_sample_is_in_the_house_style() -> None:
    for slug in SLUGS:
        path = DATA / ID / f"{slug}.md"
        document = read(path)
        written = practice_file.text(document.data, document.body)
        assert written == path.read_text(encoding="utf-8")
        assert 300 <= len(document.body.split()) <= 700
    profile = read(DATA / ID / "authority.md")
    assert content.validate(Authority, profile, profile.data, {})[1] == []
