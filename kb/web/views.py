# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages. Each view reads the build and fills a template."""

import math
from pathlib import Path

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    jsonify,
    redirect,
    render_template,
    request,
)
from flask_babel import gettext
from werkzeug.wrappers import Response as Redirect

import search_index
from kb import gaps, suggest
from kb import search as searching
from kb import similar as like
from kb.cards import Card
from kb.history_store import history
from kb.labels import N_
from kb.languages import SOURCE
from kb.web import exploring, figures, mapping, proposing, structured, timeline, upkeep
from kb.web.base import knowledge_base
from kb.web.drawings import theory_drawings
from kb.web.headers import static_url
from kb.web.language import absolute, language, page_url, translated
from kb.web.query import LONGEST_QUERY, ORDERS, PARAMETERS, Query

bp = Blueprint("pages", __name__)
bp.add_url_rule("/mappa", "map", mapping.page)
bp.add_url_rule("/linea-del-tempo", "timeline", timeline.page)
bp.add_url_rule("/numeri", "figures", figures.page)
bp.add_url_rule("/problemi", "problems", exploring.problems)
bp.add_url_rule("/esplora", "explore", exploring.explore)
bp.add_url_rule("/costellazione", "constellation", exploring.constellation)
bp.add_url_rule("/qualita", "quality", upkeep.rules)
bp.add_url_rule("/manutenzione", "maintenance", upkeep.maintenance)
BOTH = ["GET", "POST"]
bp.add_url_rule("/proponi", "propose", proposing.page, methods=BOTH)
bp.add_url_rule("/proponi/anteprima", "propose_preview", proposing.preview, methods=BOTH)
bp.add_url_rule("/proponi/scarica", "propose_download", proposing.download, methods=BOTH)
NEWEST = 6
FEED_LENGTH = 50
#: By which facets a theme's practices are narrowed on its page, and what a city's page counts.
THEME_FACETS = ("city", "target_group", "instrument", "status")
AUTHORITY_FACETS = ("instrument", "programme")
#: Of a facet with many values, those that most practices have are offered.
MOST_VALUES = {"problem": 8}
#: What a completion is, for the reader.
KINDS = {
    "practice": N_("Pratica"),
    "theme": N_("Tema"),
    "city": N_("Città"),
    "problem": N_("Problema"),
    "concept": N_("Cerca"),
}


@bp.get("/")
def home() -> str:
    """Show what this is, the themes, the cities and what is new."""
    base = knowledge_base()
    return render_template(
        "home.html",
        total=base.count(),
        coverage=base.coverage(),
        newest=base.newest(NEWEST),
        data=structured.site(),
    )


@bp.get("/feed.xml")
def feed() -> Response:
    """Answer with the feed of all practices."""
    base = knowledge_base()
    return _feed("", page_url("feed"), page_url("home"), base.latest(FEED_LENGTH))


@bp.get("/cerca")
def search() -> str:
    """Show the practices that answer the address, with facets."""
    query = Query.from_args(request.args)
    answer = query.answer(knowledge_base())
    if current_app.config["GAPS"] and query.words and not answer.results.total:
        gaps.record(Path(current_app.config["INSTANCE_DIR"]), query.words)
    pages = math.ceil(answer.results.total / searching.PAGE)
    if query.page > max(pages, 1):
        abort(404)
    return render_template(
        "search.html",
        query=query,
        answer=answer,
        pages=pages,
        parameters=PARAMETERS,
        orders=ORDERS,
        most_values=MOST_VALUES,
        data={"@type": "SearchResultsPage"},
    )


@bp.get("/suggerimenti")
def completions() -> Response:
    """Answer what the typed beginning may mean, for the search box's script."""
    typed = request.args.get("q", "")[:LONGEST_QUERY]
    found = suggest.complete(knowledge_base(), typed, language())
    return jsonify([_completion(item) for item in found])


def _completion(item: suggest.Completion) -> dict[str, str]:
    urls = {
        "practice": lambda: page_url("practice", slug=item.id),
        "theme": lambda: page_url("theme", theme=item.id),
        "city": lambda: page_url("authority", authority=item.id),
        "problem": lambda: page_url("search", **{PARAMETERS["problem"][0]: item.id}),
        "concept": lambda: page_url("search", q=item.text),
    }
    kind = gettext(KINDS[item.kind])
    return {"text": item.text, "because": item.because, "kind": kind, "url": urls[item.kind]()}


@bp.get("/temi")
def themes() -> str:
    """List the workshop themes."""
    base = knowledge_base()
    return render_template("themes.html", coverage=base.coverage(), data=structured.themes(base))


@bp.get("/temi/<theme>")
def theme(theme: str) -> str:
    """Show a workshop theme and its practices."""
    base = knowledge_base()
    if theme not in base.themes:
        abort(404)
    cards = base.by_theme(theme)
    query = Query.from_args(request.args)
    results = base.find(
        search_index.parse(""), {**query.chosen(), "theme": [theme]}, limit=base.count()
    )
    found = {hit.id for hit in results.hits}
    return render_template(
        "theme.html",
        theme_id=theme,
        cards=[card for card in cards if card.slug in found],
        total=len(cards),
        narrowed=bool(query.chosen()),
        facets={facet: results.facets.get(facet, ()) for facet in THEME_FACETS},
        parameters=PARAMETERS,
        data=structured.theme(base, theme, cards),
    )


@bp.get("/temi/<theme>/feed.xml")
def theme_feed(theme: str) -> Response:
    """Answer with the feed of a theme's practices."""
    base = knowledge_base()
    if theme not in base.themes:
        abort(404)
    return _feed(
        translated(base.themes[theme], "label"),
        page_url("theme_feed", theme=theme),
        page_url("theme", theme=theme),
        base.latest(FEED_LENGTH, base.by_theme(theme)),
    )


@bp.get("/citta")
def authorities() -> str:
    """List the urban authorities."""
    base = knowledge_base()
    return render_template(
        "authorities.html", coverage=base.coverage(), data=structured.authorities(base)
    )


@bp.get("/citta/<authority>")
def authority(authority: str) -> str:
    """Show an urban authority and its practices."""
    base = knowledge_base()
    if authority not in base.authorities:
        abort(404)
    cards = base.by_authority(authority)
    results = base.find(search_index.parse(""), {"city": [authority]}, limit=0)
    return render_template(
        "authority.html",
        authority_id=authority,
        cards=cards,
        facets={facet: results.facets.get(facet, ()) for facet in AUTHORITY_FACETS},
        exchanges=base.exchanges(authority),
        parameters=PARAMETERS,
        data=structured.authority(base, authority, cards),
    )


@bp.get("/citta/<authority>/feed.xml")
def authority_feed(authority: str) -> Response:
    """Answer with the feed of an authority's practices."""
    base = knowledge_base()
    if authority not in base.authorities:
        abort(404)
    return _feed(
        base.authorities[authority].name,
        page_url("authority_feed", authority=authority),
        page_url("authority", authority=authority),
        base.latest(FEED_LENGTH, base.by_authority(authority)),
    )


def _feed(of: str, address: str, page: str, cards: list[Card]) -> Response:
    """Answer with the Atom feed at *address* of *cards*, which *page* lists too.

    What a feed calls "updated" is here the day of an entry's last check.
    """
    feed = render_template(
        "feed.xml", of=of, address=absolute(address), page=absolute(page), cards=cards
    )
    return Response(feed, mimetype="application/atom+xml")


@bp.get("/pratiche/<slug>")
def practice(slug: str) -> str | Redirect:
    """Show a practice; an old address leads to the new one."""
    base = knowledge_base()
    page = base.practice(slug)
    if page:
        past = history(base, slug)
        return render_template(
            "practice.html",
            page=page,
            drawings=theory_drawings(page.record),
            parameters=PARAMETERS,
            similar=like.similar(base, page),
            history=past,
            data=structured.practice(base, page, past),
        )
    moved = base.moved(slug)
    if moved is None:
        abort(404)
    return redirect(page_url("practice", slug=moved), 301)


@bp.get("/eventi/<event>")
def event(event: str) -> str:
    """Show an event and the practices presented there."""
    base = knowledge_base()
    if event not in base.events:
        abort(404)
    return render_template(
        "event.html",
        event_id=event,
        cards=base.by_event(event),
        data=structured.event(base.events[event]),
    )


@bp.get("/manifest.webmanifest")
def manifest() -> Response:
    """Answer with what a device needs to keep the site among its own."""
    answer = jsonify(
        name=current_app.config["SITE_NAME"],
        lang=language(),
        start_url=page_url("home"),
        scope=page_url("home", SOURCE),
        display="browser",
        background_color="#ffffff",
        theme_color="#0b2a4a",
        icons=[
            {
                "src": static_url(f"img/icon-{size}.png"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
            }
            for size in (192, 512)
        ],
    )
    answer.content_type = "application/manifest+json"
    return answer


@bp.get("/glossario")
def glossary() -> str:
    """Explain the instruments, the programmes and the target groups."""
    return render_template("glossary.html", parameters=PARAMETERS)


@bp.get("/note-legali")
def legal_notes() -> str:
    """Show the licences and the terms of use."""
    return render_template("legal_notes.html")


@bp.get("/accessibilita")
def accessibility() -> str:
    """Show how accessible the site is and how to report a barrier."""
    return render_template("accessibility.html")
