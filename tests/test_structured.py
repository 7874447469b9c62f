# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What pages tell machines: JSON-LD, compared whole; titles, descriptions, canonical addresses."""

from pathlib import Path
from typing import Any

import pytest

from kb.build import build
from kb.web import create_app
from tests.conftest import PageClient, json_ld, text
from tests.test_web import PAGES

Data = dict[str, Any]
SITE = "https://example.org"
PART = {"@type": "WebSite", "@id": f"{SITE}/#sito", "name": "Costellazioni civiche"}
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
MILANO = {
    "@type": "City",
    "name": "Milano",
    "containedInPlace": {"@type": "AdministrativeArea", "name": "Lombardia"},
}
COMUNE = {
    "@type": "GovernmentOrganization",
    "name": "Comune di Milano",
    "url": "https://www.comune.milano.it/",
    "areaServed": MILANO,
}


@pytest.fixture
def public(content_dir: Path, instance: Path) -> PageClient:
    """A client of a site that knows its address and its owner."""
    build(content_dir, instance)
    settings = {"SITE_URL": f"{SITE}/", "OWNER_NAME": "Rete di prova", "TESTING": True}
    return PageClient(create_app({"INSTANCE_DIR": str(instance), **settings}))


def nodes(client: PageClient, path: str) -> list[Data]:
    """Return the JSON-LD of the page at *path*, the digest of its picture left out."""
    found = json_ld(client.page(path))
    found[0]["image"] = found[0]["image"].partition("?")[0]
    return found


def items(*listed: tuple[str, str]) -> list[Data]:
    return [
        {"@type": "ListItem", "position": number, "name": name, "item": SITE + path}
        for number, (name, path) in enumerate(listed, 1)
    ]


def test_home_stands_for_the_site(public: PageClient) -> None:
    (site,) = nodes(public, "/")
    assert site.pop("description").startswith("Che cosa provano le città")
    assert site == {
        "@type": "WebSite",
        "@id": f"{SITE}/#sito",
        "url": f"{SITE}/",
        "name": "Costellazioni civiche",
        "inLanguage": "it",
        "image": f"{SITE}/immagini/sito.it.png",
        "license": LICENCE,
        "publisher": {"@type": "Organization", "name": "Rete di prova"},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{SITE}/cerca?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def test_site_without_an_owner_names_no_publisher(client: PageClient) -> None:
    assert "publisher" not in json_ld(client.page("/"))[0]
    assert "publisher" not in json_ld(client.page("/pratiche/ricetta-di-prova"))[0]


def test_practice_is_an_article(public: PageClient) -> None:
    article, path = nodes(public, "/en/pratiche/ricetta-di-prova")
    assert article == {
        "@type": "Article",
        "@id": f"{SITE}/en/pratiche/ricetta-di-prova",
        "url": f"{SITE}/en/pratiche/ricetta-di-prova",
        "name": "Recipe against poverty",
        "headline": "Recipe against poverty",
        "description": "Networks that help families with children in poverty.",
        "inLanguage": ["en", "it"],
        "image": f"{SITE}/immagini/pratiche/ricetta-di-prova.en.png",
        "isPartOf": PART,
        "dateModified": "2026-01-31",
        "publisher": {"@type": "Organization", "name": "Rete di prova"},
        "sourceOrganization": COMUNE,
        "license": LICENCE,
        "about": [
            {
                "@type": "DefinedTerm",
                "name": "Neighbourhood networks and active citizenship",
                "url": f"{SITE}/en/temi/reti-di-prossimita",
            }
        ],
        "spatialCoverage": {
            "@type": "Place",
            "name": "Tutta la città",
            "containedInPlace": MILANO,
        },
        "temporalCoverage": "2017/..",
        "isBasedOn": [
            {
                "@type": "CreativeWork",
                "name": "La ricetta",
                "url": "https://example.org/ricetta",
                "publisher": {"@type": "Organization", "name": "Programma di prova"},
            }
        ],
    }
    assert path == {
        "@type": "BreadcrumbList",
        "itemListElement": items(
            ("Home", "/en/"),
            ("Cities", "/en/citta"),
            ("Milano", "/en/citta/milano"),
            ("Recipe against poverty", "/en/pratiche/ricetta-di-prova"),
        ),
    }


def test_dated_source_keeps_its_date_and_places_their_position(
    content_dir: Path, instance: Path
) -> None:
    path = content_dir / "milano" / "ricetta-di-prova.md"
    body = path.read_text("utf-8").replace("    date_inferred: true\n", "")
    where = "place:\n  name: Tutta la città\n"
    at = "  coordinates:\n    latitude: 45.5\n    longitude: 9.25\n"
    path.write_text(body.replace(where, where + at), "utf-8")
    build(content_dir, instance)
    client = PageClient(create_app({"INSTANCE_DIR": str(instance), "TESTING": True}))
    (article, _) = json_ld(client.page("/pratiche/ricetta-di-prova"))
    assert article["isBasedOn"][0]["datePublished"] == "2024"
    assert article["spatialCoverage"]["geo"] == {
        "@type": "GeoCoordinates",
        "latitude": 45.5,
        "longitude": 9.25,
    }


def test_city_and_theme_list_their_practices(public: PageClient) -> None:
    page, path = nodes(public, "/citta/milano")
    listed = items(
        ("Custodi delle case popolari", "/pratiche/custodi-di-prova"),
        ("Ricetta contro la povertà", "/pratiche/ricetta-di-prova"),
    )
    assert page == {
        "@type": "CollectionPage",
        "@id": f"{SITE}/citta/milano",
        "url": f"{SITE}/citta/milano",
        "name": "Milano",
        "description": "Città di prova.",
        "inLanguage": "it",
        "image": f"{SITE}/immagini/citta/milano.it.png",
        "isPartOf": PART,
        "dateModified": "2026-01-31",
        "about": COMUNE,
        "mainEntity": {"@type": "ItemList", "numberOfItems": 2, "itemListElement": listed},
    }
    assert path["itemListElement"] == items(
        ("Inizio", "/"), ("Le città", "/citta"), ("Milano", "/citta/milano")
    )
    (theme, _) = nodes(public, "/temi/economia-di-prossimita?citta=milano")
    assert theme["about"] == {
        "@type": "DefinedTerm",
        "name": "Economia di prossimità",
        "url": f"{SITE}/temi/economia-di-prossimita",
    }
    # The page's own list is narrowed; what the theme holds is not.
    assert theme["mainEntity"]["itemListElement"] == items(
        ("Mercato di quartiere – Spazio13", "/pratiche/mercato-di-prova"),
        ("Custodi delle case popolari", "/pratiche/custodi-di-prova"),
    )


def test_lists_of_themes_and_cities_are_collections(public: PageClient) -> None:
    (themes, _), (cities, _) = nodes(public, "/temi"), nodes(public, "/citta")
    assert themes["@type"] == cities["@type"] == "CollectionPage"
    assert themes["mainEntity"]["itemListElement"] == items(
        ("Reti di prossimità e cittadinanza attiva", "/temi/reti-di-prossimita"),
        ("Economia di prossimità", "/temi/economia-di-prossimita"),
    )
    assert cities["mainEntity"]["itemListElement"] == items(
        ("Milano", "/citta/milano"), ("Torino", "/citta/torino")
    )


def test_event_is_an_event(public: PageClient) -> None:
    page, _ = nodes(public, "/eventi/incontro-di-prova")
    assert (page["@type"], page["dateModified"]) == ("WebPage", "2026-01-31")
    assert page["mainEntity"] == {
        "@type": "Event",
        "name": "Incontro di prova",
        "description": "Un incontro usato dalle prove.",
        "startDate": "2024-12-18",
        "endDate": "2024-12-19",
        "location": {"@type": "Place", "name": "Mestre"},
        "organizer": {"@type": "Organization", "name": "Comune di Venezia"},
    }


def test_codes_of_a_real_city_are_told(real_client: PageClient) -> None:
    city = json_ld(real_client.page("/citta/bologna"))[0]["about"]
    assert city["identifier"] == {
        "@type": "PropertyValue",
        "propertyID": "IPA",
        "value": "c_a944",
    }
    assert city["areaServed"]["identifier"]["value"] == "037006"


def test_data_cannot_end_its_own_block(content_dir: Path, instance: Path) -> None:
    path = content_dir / "milano" / "ricetta-di-prova.md"
    title = "</script><script>alert(1)</script> & <!-- 'x'"
    changed = path.read_text("utf-8").replace("Ricetta contro la povertà", f'"{title}"', 1)
    path.write_text(changed, "utf-8")
    build(content_dir, instance)
    client = PageClient(create_app({"INSTANCE_DIR": str(instance), "TESTING": True}))
    (article, _) = json_ld(client.page("/pratiche/ricetta-di-prova"))
    assert article["headline"] == title
    (block,) = client.page("/pratiche/ricetta-di-prova").query('script[type*="json"]')
    assert "<" not in block.to_text()


def test_kind_of_link_preview_is_told(public: PageClient) -> None:
    page = public.page("/en/pratiche/ricetta-di-prova")
    told = {
        meta.attrs["property"]: meta.attrs["content"].partition("?")[0]
        for meta in page.query("meta[property]")
    }
    assert told == {
        "og:type": "article",
        "og:title": "Recipe against poverty",
        "og:description": "Networks that help families with children in poverty.",
        "og:url": f"{SITE}/en/pratiche/ricetta-di-prova",
        "og:site_name": "Costellazioni civiche",
        "og:locale": "en_GB",
        "og:locale:alternate": "it_IT",
        "og:image": f"{SITE}/immagini/pratiche/ricetta-di-prova.en.png",
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "Recipe against poverty – Costellazioni civiche",
    }
    card = page.query('meta[name="twitter:card"]')[0].attrs["content"]
    assert card == "summary_large_image"


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/?utm_source=x", "/"),
        ("/en", "/en/"),
        ("/temi/reti-di-prossimita?citta=milano", "/temi/reti-di-prossimita"),
        ("/cerca?utm_source=x", "/cerca"),
        ("/cerca?q=famiglie&utm_source=x&citta=milano", "/cerca?q=famiglie&citta=milano"),
        ("/en/cerca?solo=altro&dal=2010&al=&q=", "/en/cerca?dal=2010"),
    ],
)
def test_canonical_address_keeps_what_defines_the_page(
    public: PageClient, path: str, address: str
) -> None:
    page = public.page(path)
    assert page.query("link[rel=canonical]")[0].attrs["href"] == SITE + address
    alternates = {
        link.attrs["hreflang"]: link.attrs["href"] for link in page.query("link[hreflang]")
    }
    bare = address.removeprefix("/en")
    assert alternates == {"it": SITE + bare, "en": f"{SITE}/en{bare}"}


def test_searches_are_followed_but_not_listed(client: PageClient) -> None:
    def robots(path: str) -> list[str]:
        metas = client.page(path).query("meta[name=robots]")
        return [meta.attrs["content"] for meta in metas]

    assert robots("/cerca?q=famiglie") == robots("/en/cerca?pagina=1") == ["noindex, follow"]
    assert robots("/cerca") == robots("/temi/reti-di-prossimita") == []


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_no_two_kinds_of_page_share_title_or_description(client: PageClient, prefix: str) -> None:
    pages = [client.page(prefix + path) for path in PAGES if "?" not in path]
    for told in (
        [text(page, "title")[0] for page in pages],
        [page.query("meta[name=description]")[0].attrs["content"] for page in pages],
    ):
        assert len(set(told)) == len(pages), sorted(told)


def test_real_descriptions_are_neither_short_nor_cut_within_a_word(
    real_client: PageClient,
) -> None:
    slugs = [
        item["item"].rpartition("/")[2]
        for city in ("milano", "bari")
        for item in json_ld(real_client.page(f"/citta/{city}"))[0]["mainEntity"]["itemListElement"]
    ]
    for slug in slugs:
        page = real_client.page(f"/pratiche/{slug}")
        description = page.query("meta[name=description]")[0].attrs["content"]
        whole = text(page, ".lead")[0]
        assert 50 <= len(description) <= 160
        if description != whole:
            assert description.endswith("…")
            begun = description[:-1]
            assert whole.startswith(begun)
            assert not whole[len(begun)].isalnum(), description
