# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a page tells machines about itself: schema.org, as JSON-LD.

A view says what is particular to its page; the layout adds what every page tells (title,
description, address, picture, path), so that people and machines read the same.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import Flask, current_app
from flask_babel import gettext

from kb.cards import Card, History, PracticePage
from kb.languages import SOURCE
from kb.records import Authority, Coordinates, Event, Period, Source
from kb.store import KnowledgeBase
from kb.web.language import absolute, language, page_url, translated

Data = dict[str, Any]
#: A label and the address that it leads to.
Step = tuple[str, str]
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def path_to(*steps: Step) -> list[Step]:
    """Return the path from the home page through *steps*."""
    return [(gettext("Inizio"), page_url("home")), *steps]


def graph(page: Data, data: Data | None, trail: Sequence[Step], here: str) -> Data:
    """Return the JSON-LD of a page: *page* of its head, *data* of its view, the path to it.

    What *data* says comes before what *page* says.
    """
    whole = {
        "@type": "WebPage",
        "@id": page["url"],
        "inLanguage": language(),
        "isPartOf": {
            "@type": "WebSite",
            "@id": _site_id(),
            "name": current_app.config["SITE_NAME"],
        },
        **page,
        **(data or {}),
    }
    nodes = [_known(whole)]
    if trail:
        nodes.append(_breadcrumb([*trail, (here, "")], page["url"]))
    return {"@context": "https://schema.org", "@graph": nodes}


def _breadcrumb(steps: Sequence[Step], address: str) -> Data:
    items = [(label, absolute(url) if url else address) for label, url in steps]
    return {"@type": "BreadcrumbList", "itemListElement": _numbered(items)}


def _numbered(items: Iterable[tuple[str, str]]) -> list[Data]:
    return [
        {"@type": "ListItem", "position": number, "name": name, "item": address}
        for number, (name, address) in enumerate(items, 1)
    ]


def _known(data: Data) -> Data:
    """Return *data* without what is not known."""
    return {key: value for key, value in data.items() if value not in (None, "", [])}


def _site_id() -> str:
    return absolute(page_url("home", SOURCE)) + "#sito"


def site() -> Data:
    """Return what is particular to the home page: it stands for the site, and how to search it."""
    target = absolute(page_url("search")) + "?q={search_term_string}"
    return {
        "@type": "WebSite",
        "@id": _site_id(),
        "name": current_app.config["SITE_NAME"],
        "isPartOf": None,
        "license": LICENCE,
        "publisher": publisher(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": target},
            "query-input": "required name=search_term_string",
        },
    }


def publisher() -> Data | None:
    """Return who runs the site, if the settings say so."""
    owner = current_app.config["OWNER_NAME"]
    return {"@type": "Organization", "name": owner} if owner else None


def collection(items: Iterable[tuple[str, str]], about: Data | None = None) -> Data:
    """Return what is particular to a page that lists *items* (name, address), *about* something."""
    listed = _numbered((name, absolute(url)) for name, url in items)
    main = {"@type": "ItemList", "numberOfItems": len(listed), "itemListElement": listed}
    return {"@type": "CollectionPage", "about": about, "mainEntity": main}


def themes(base: KnowledgeBase) -> Data:
    """Return what is particular to the list of themes."""
    return collection(
        (translated(theme, "label"), page_url("theme", theme=id_))
        for id_, theme in base.themes.items()
    )


def theme(base: KnowledgeBase, theme_id: str, cards: Iterable[Card]) -> Data:
    """Return what is particular to the page of a theme that lists *cards*."""
    return collection(_practices(cards), _term(base, theme_id))


def authorities(base: KnowledgeBase) -> Data:
    """Return what is particular to the list of cities."""
    return collection(
        (authority.name, page_url("authority", authority=id_))
        for id_, authority in base.authorities.items()
    )


def authority(base: KnowledgeBase, authority_id: str, cards: Iterable[Card]) -> Data:
    """Return what is particular to the page of a city that lists *cards*."""
    about = _government(base, authority_id)
    return {**collection(_practices(cards), about), "dateModified": _reviewed(base, authority_id)}


def _practices(cards: Iterable[Card]) -> list[tuple[str, str]]:
    return [(translated(card, "title"), page_url("practice", slug=card.slug)) for card in cards]


def _reviewed(base: KnowledgeBase, authority_id: str) -> str:
    return base.authorities[authority_id].reviewed


def practice(base: KnowledgeBase, page: PracticePage, history: History | None) -> Data:
    """Return what is particular to the page of a practice.

    It is dated by its last check, and by the day when git first knew it, if that is known. The
    body is in Italian in every language of the interface.
    """
    record = page.record
    return {
        "@type": "Article",
        "headline": translated(record, "title"),
        "description": translated(record, "summary"),
        "inLanguage": list(dict.fromkeys((language(), SOURCE))),
        "dateCreated": history and history.created,
        "dateModified": record.reviewed,
        "publisher": publisher(),
        "sourceOrganization": _government(base, page.authority_id),
        "license": LICENCE,
        "about": [_term(base, theme) for theme in record.themes],
        "spatialCoverage": _known(
            {
                "@type": "Place",
                "name": record.place.name,
                "geo": _position(record.place.coordinates),
                "containedInPlace": _city(base.authorities[page.authority_id]),
            }
        ),
        "temporalCoverage": _interval(record.period),
        "isBasedOn": [_source(source) for source in record.sources],
    }


def _term(base: KnowledgeBase, theme_id: str) -> Data:
    return {
        "@type": "DefinedTerm",
        "name": translated(base.themes[theme_id], "label"),
        "url": absolute(page_url("theme", theme=theme_id)),
    }


def _government(base: KnowledgeBase, authority_id: str) -> Data:
    record = base.authorities[authority_id]
    return _known(
        {
            "@type": "GovernmentOrganization",
            "name": record.official_name,
            "url": record.page,
            "identifier": _identifier("IPA", record.ipa),
            "areaServed": _city(record),
        }
    )


def _city(record: Authority) -> Data:
    return _known(
        {
            "@type": "City",
            "name": record.name,
            "identifier": _identifier("ISTAT", record.istat),
            "geo": _position(record.coordinates),
            "containedInPlace": {"@type": "AdministrativeArea", "name": record.region},
        }
    )


def _identifier(scheme: str, value: str | None) -> Data | None:
    return {"@type": "PropertyValue", "propertyID": scheme, "value": value} if value else None


def _position(at: Coordinates | None) -> Data | None:
    if at is None:
        return None
    return {"@type": "GeoCoordinates", "latitude": at.latitude, "longitude": at.longitude}


def _interval(period: Period) -> str | None:
    """Return *period* as ISO 8601 says it, an open side as two dots."""
    if not (period.start or period.end):
        return None
    return f"{period.start or '..'}/{period.end or '..'}"


def _source(source: Source) -> Data:
    return _known(
        {
            "@type": "CreativeWork",
            "name": source.title,
            "url": source.url,
            "publisher": {"@type": "Organization", "name": source.publisher},
            # A date that was inferred is no fact for machines to repeat.
            "datePublished": None if source.date_inferred else source.date,
        }
    )


def event(record: Event) -> Data:
    """Return what is particular to the page of an event."""
    return {
        "dateModified": record.reviewed,
        "mainEntity": _known(
            {
                "@type": "Event",
                "name": translated(record, "title"),
                "description": translated(record, "summary"),
                "startDate": record.start,
                "endDate": record.end,
                "location": {"@type": "Place", "name": record.place},
                "organizer": {"@type": "Organization", "name": record.organiser},
            }
        ),
    }


def register(app: Flask) -> None:
    """Give the templates of *app* the path to a page, and its JSON-LD."""
    app.add_template_global(path_to)
    app.add_template_global(graph, "json_ld")
