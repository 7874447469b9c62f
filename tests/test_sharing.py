# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Feeds, the map of the site, rules for robots, pictures and icons as they are served."""

import re
from datetime import datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageChops

from docs import icons
from kb.build import build
from kb.web import create_app
from kb.web.filters import short
from tests.conftest import PageClient

ATOM = "{http://www.w3.org/2005/Atom}"
FILES = "/proponi/moduli/"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
FEEDS = ["/feed.xml", "/temi/reti-di-prossimita/feed.xml", "/citta/milano/feed.xml"]


def tree(client: PageClient, path: str, mimetype: str) -> ElementTree.Element:
    response = client.get(path)
    assert (response.status_code, response.mimetype) == (200, mimetype)
    return ElementTree.fromstring(response.data)  # noqa: S314 - our own answer


def feed(client: PageClient, path: str) -> ElementTree.Element:
    return tree(client, path, "application/atom+xml")


def said(element: ElementTree.Element, name: str) -> str:
    """Return the text of the one child *name* of *element*."""
    (found,) = element.findall(ATOM + name)
    assert found.text
    return found.text


@pytest.mark.parametrize("path", [*FEEDS, *(f"/en{path}" for path in FEEDS)])
def test_feed_is_sound(client: PageClient, path: str) -> None:
    """RFC 4287: what a feed and its entries must have, and have once."""
    root = feed(client, path)
    assert root.tag == f"{ATOM}feed"
    language = "en" if path.startswith("/en/") else "it"
    assert root.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == language
    entries = root.findall(f"{ATOM}entry")
    assert entries
    assert len({said(entry, "id") for entry in entries}) == len(entries)
    for element in (root, *entries):
        assert said(element, "title")
        assert urlsplit(said(element, "id")).scheme == "http"
        updated = said(element, "updated")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", updated)
        assert datetime.fromisoformat(updated).tzinfo
        links = {link.attrib["rel"]: link.attrib for link in element.findall(f"{ATOM}link")}
        assert links["alternate"]["href"].startswith("http://localhost/")
        assert client.get(links["alternate"]["href"]).status_code == 200
        if element is root:
            assert links["self"]["href"] == f"http://localhost{path}" == said(root, "id")
        else:
            assert links["alternate"]["href"] == said(element, "id")
            assert said(element, "summary")
            (author,) = element.findall(f"{ATOM}author")
            assert said(author, "name").startswith("Comune di")
            assert client.get(said(author, "uri")).status_code == 200
    assert said(root, "updated") == max(said(entry, "updated") for entry in entries)


def test_feed_tells_practices_with_the_last_checked_first(
    content_dir: Path, instance: Path
) -> None:
    for path, day in (
        ("milano/custodi-di-prova.md", "2026-03-01"),
        ("torino/mercato-di-prova.md", "2026-02-01"),
    ):
        file = content_dir / path
        body = re.sub(r"reviewed: .*", f"reviewed: {day}", file.read_text("utf-8"))
        file.write_text(body, "utf-8")
    build(content_dir, instance)
    client = PageClient(create_app({"INSTANCE_DIR": str(instance), "TESTING": True}))
    slugs = {
        path: [said(e, "id").rpartition("/")[2] for e in feed(client, path).iter(f"{ATOM}entry")]
        for path in FEEDS
    }
    assert slugs == {
        "/feed.xml": ["custodi-di-prova", "mercato-di-prova", "ricetta-di-prova"],
        "/temi/reti-di-prossimita/feed.xml": ["custodi-di-prova", "ricetta-di-prova"],
        "/citta/milano/feed.xml": ["custodi-di-prova", "ricetta-di-prova"],
    }
    assert said(feed(client, "/feed.xml"), "updated") == "2026-03-01T00:00:00Z"


def test_entry_of_a_feed_says_themes_in_the_language(client: PageClient) -> None:
    root = feed(client, "/en/temi/reti-di-prossimita/feed.xml")
    assert said(root, "title") == (
        "Costellazioni civiche: Neighbourhood networks and active citizenship"
    )
    entry = next(
        e for e in root.iter(f"{ATOM}entry") if said(e, "id").endswith("/ricetta-di-prova")
    )
    assert said(entry, "title") == "Recipe against poverty"
    assert said(entry, "summary") == "Networks that help families with children in poverty."
    assert [category.attrib for category in entry.iter(f"{ATOM}category")] == [
        {
            "term": "reti-di-prossimita",
            "scheme": "http://localhost/en/temi",
            "label": "Neighbourhood networks and active citizenship",
        }
    ]


def test_feed_escapes_what_xml_reads(content_dir: Path, instance: Path) -> None:
    path = content_dir / "milano" / "ricetta-di-prova.md"
    title = "Caffè & <b>tè</b> \"]]>' – «ci siamo»"
    quoted = title.replace('"', '\\"')
    body = path.read_text("utf-8").replace("Ricetta contro la povertà", f'"{quoted}"', 1)
    path.write_text(body, "utf-8")
    build(content_dir, instance)
    client = PageClient(create_app({"INSTANCE_DIR": str(instance), "TESTING": True}))
    titles = [said(entry, "title") for entry in feed(client, "/feed.xml").iter(f"{ATOM}entry")]
    assert title in titles


def test_feed_of_a_theme_without_practices_is_sound(content_dir: Path, instance: Path) -> None:
    theme = content_dir / "themes" / "economia-di-prossimita.md"
    (theme.parent / "vuoto.md").write_text(theme.read_text("utf-8"), "utf-8")
    build(content_dir, instance)
    client = PageClient(create_app({"INSTANCE_DIR": str(instance), "TESTING": True}))
    root = feed(client, "/temi/vuoto/feed.xml")
    assert datetime.fromisoformat(said(root, "updated")).tzinfo
    assert root.findall(f"{ATOM}entry") == []


@pytest.mark.parametrize("path", ["/temi/nulla/feed.xml", "/citta/nulla/feed.xml"])
def test_feed_of_nothing_is_not_found(client: PageClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_pages_lead_to_their_feeds(client: PageClient) -> None:
    def feeds(path: str) -> tuple[set[str], set[str]]:
        page = client.page(path)
        kind = '[type="application/atom+xml"]'
        head = {link.attrs["href"] for link in page.query(f"link{kind}")}
        return head, {link.attrs["href"] for link in page.query(f"a{kind}")}

    host = "http://localhost"
    assert feeds("/") == ({f"{host}/feed.xml"}, {"/feed.xml"})
    for page in ("/en/temi/reti-di-prossimita", "/en/citta/milano"):
        own = {"/en/feed.xml", f"{page}/feed.xml"}
        assert feeds(page) == ({host + path for path in own}, own)


def test_map_lists_every_page_that_links_lead_to(client: PageClient) -> None:
    waiting, linked = ["/", "/en/"], set()
    while waiting:
        path = waiting.pop().partition("#")[0]
        if path in linked or "?" in path or path.startswith(FILES) or path.endswith(".xml"):
            continue
        page = client.page(path)
        # Booklets say what other pages say.
        if not page.query('meta[name=robots][content^="noindex"]'):
            linked.add(path)
            waiting += [a.attrs["href"] for a in page.query('a[href^="/"]')]
    root = tree(client, "/sitemap.xml", "application/xml")
    listed = [urlsplit(str(place.findtext(f"{MAP}loc"))).path for place in root]
    assert len(listed) == len(set(listed))
    assert set(listed) == linked


def test_map_says_languages_and_days(client: PageClient) -> None:
    host = "http://localhost"
    days = {}
    for place in tree(client, "/sitemap.xml", "application/xml"):
        address = str(place.findtext(f"{MAP}loc"))
        path = address.removeprefix(host)
        days[path] = place.findtext(f"{MAP}lastmod")
        bare = path.removeprefix("/en") if path.startswith("/en/") else path
        assert [link.attrib for link in place.iter(LINK)] == [
            {"rel": "alternate", "hreflang": code, "href": host + prefix + bare}
            for code, prefix in (("it", ""), ("en", "/en"))
        ]
    assert days["/pratiche/ricetta-di-prova"] == days["/"] == days["/temi/reti-di-prossimita"]
    assert days["/en/citta/milano"] == days["/eventi/incontro-di-prova"] == "2026-01-31"
    assert days["/glossario"] is None


def test_robots_read_all_but_searches(client: PageClient) -> None:
    response = client.get("/robots.txt")
    assert response.mimetype == "text/plain"
    assert response.get_data(as_text=True).splitlines() == [
        "User-agent: *",
        *(
            f"Disallow: {prefix}{path}"
            for path in (
                "/cerca?",
                "/percorso?",
                "/confronta?",
                "/raccolta?",
                "/costellazione?",
                "/proponi?",
                "/mappa?",
                "/linea-del-tempo?",
                "/numeri?",
            )
            for prefix in ("", "/en")
        ),
        *(
            f"Disallow: {prefix}{path}"
            for path in ("/suggerimenti", "/confronta.csv", "/raccolta/fascicolo")
            for prefix in ("", "/en")
        ),
        "Disallow: /api/",
        "Allow: /",
        "Sitemap: http://localhost/sitemap.xml",
    ]


@pytest.mark.parametrize(
    "path", ["/", "/en/pratiche/ricetta-di-prova", "/temi/reti-di-prossimita", "/citta/torino",
             "/eventi/incontro-di-prova", "/glossario"]
)  # fmt: skip
def test_picture_of_a_page_is_served_and_kept(client: PageClient, path: str) -> None:
    page = client.page(path)
    told = {m.attrs["property"]: m.attrs["content"] for m in page.query("meta[property]")}
    with client.get(told["og:image"]) as response:
        assert response.status_code == 200
        assert response.mimetype == told["og:image:type"]
        assert "immutable" in response.headers["Cache-Control"]
        assert "no-cache" not in response.headers["Cache-Control"]
        with Image.open(BytesIO(response.data)) as picture:
            size = (told["og:image:width"], told["og:image:height"])
            assert tuple(map(str, picture.size)) == size


def test_address_of_a_picture_changes_with_what_it_says(
    client: PageClient, content_dir: Path
) -> None:
    def address() -> str:
        (meta,) = client.page("/pratiche/ricetta-di-prova").query('meta[property="og:image"]')
        return str(meta.attrs["content"])

    first = address()
    path = content_dir / "milano" / "ricetta-di-prova.md"
    body = path.read_text("utf-8")
    instance = Path(client.application.config["INSTANCE_DIR"])
    path.write_text(body.replace("Reti che aiutano", "Reti che sostengono"), "utf-8")
    build(content_dir, instance)
    assert address() == first
    path.write_text(body.replace("Ricetta contro la", "Ricetta per la"), "utf-8")
    build(content_dir, instance)
    assert address() != first


@pytest.mark.parametrize("name", ["nulla.png", "../practices.db", "%2e%2e/practices.db", "sito"])
def test_only_pictures_are_served(client: PageClient, name: str) -> None:
    assert client.get(f"/immagini/{name}").status_code == 404


def test_icons_are_served_and_are_those_of_the_drawing(client: PageClient, tmp_path: Path) -> None:
    icons.write(tmp_path)
    for name, size in icons.SIZES.items():
        assert (icons.FOLDER / name).stat().st_size < 6000
        with Image.open(tmp_path / name) as new, Image.open(icons.FOLDER / name) as kept:
            assert new.size == kept.size == (size, size)
            change = ImageChops.difference(new.convert("RGB"), kept.convert("RGB"))
            assert max(high for _, high in change.getextrema()) < 8, "run make icons"
    page = client.page("/")
    for link in page.query('link[rel="icon"], link[rel="apple-touch-icon"]'):
        with client.get(link.attrs["href"]) as response:
            assert response.status_code == 200
            assert response.mimetype.startswith("image/")


@pytest.mark.parametrize(("prefix", "language"), [("", "it"), ("/en", "en")])
def test_manifest_says_name_and_icons(client: PageClient, prefix: str, language: str) -> None:
    address = client.page(f"{prefix}/").query("link[rel=manifest]")[0].attrs["href"]
    response = client.get(address)
    assert response.mimetype == "application/manifest+json"
    manifest = response.get_json()
    assert (manifest["name"], manifest["lang"]) == ("Costellazioni civiche", language)
    assert manifest["start_url"] == f"{prefix}/"
    for icon in manifest["icons"]:
        with client.get(icon["src"]) as answer, Image.open(BytesIO(answer.data)) as image:
            assert icon["sizes"] == f"{image.width}x{image.height}"


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Breve.", "Breve."),
        ("parola " * 22 + "esatta", "parola " * 22 + "esatta"),
        ("parola " * 22 + "che va oltre", "parola " * 22 + "che…"),
        ("parola " * 22 + "e, oltre la riga", "parola " * 22 + "e…"),
        ("co-programmazione " * 12, "co-programmazione " * 7 + "co-programmazione…"),
    ],
)
def test_descriptions_are_cut_after_a_word(text: str, cut: str) -> None:
    assert short(text) == cut.strip()
    assert len(short(text)) <= 160
