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
from kb.labels import N_
from kb.web.base import knowledge_base
from kb.web.language import language, page_url
from kb.web.query import LONGEST_QUERY, ORDERS, PARAMETERS, Query

bp = Blueprint("pages", __name__)
NEWEST = 6
#: By which facets a theme's practices are narrowed on its page, and what a city's page counts.
THEME_FACETS = ("city", "target_group", "instrument", "status")
AUTHORITY_FACETS = ("instrument", "programme")
#: What a completion is, for the reader.
KINDS = {
    "practice": N_("Pratica"),
    "theme": N_("Tema"),
    "city": N_("Città"),
    "concept": N_("Cerca"),
}


@bp.get("/")
def home() -> str:
    """Show what this is, the themes, the cities and what is new."""
    base = knowledge_base()
    return render_template(
        "home.html", total=base.count(), coverage=base.coverage(), newest=base.newest(NEWEST)
    )


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
        "search.html", query=query, answer=answer, pages=pages, parameters=PARAMETERS, orders=ORDERS
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
        "concept": lambda: page_url("search", q=item.text),
    }
    kind = gettext(KINDS[item.kind])
    return {"text": item.text, "because": item.because, "kind": kind, "url": urls[item.kind]()}


@bp.get("/temi")
def themes() -> str:
    """List the workshop themes."""
    return render_template("themes.html", coverage=knowledge_base().coverage())


@bp.get("/temi/<theme>")
def theme(theme: str) -> str:
    """Show a workshop theme and its practices."""
    base = knowledge_base()
    if theme not in base.themes:
        abort(404)
    query = Query.from_args(request.args)
    results = base.index.search(
        search_index.parse(""), {**query.chosen(), "theme": [theme]}, limit=base.count()
    )
    found = {hit.id for hit in results.hits}
    return render_template(
        "theme.html",
        theme_id=theme,
        cards=[card for card in base.by_theme(theme) if card.slug in found],
        total=len(base.by_theme(theme)),
        chosen=query.chosen(),
        facets={facet: results.facets.get(facet, ()) for facet in THEME_FACETS},
        parameters=PARAMETERS,
    )


@bp.get("/citta")
def authorities() -> str:
    """List the urban authorities."""
    return render_template("authorities.html", coverage=knowledge_base().coverage())


@bp.get("/citta/<authority>")
def authority(authority: str) -> str:
    """Show an urban authority and its practices."""
    base = knowledge_base()
    if authority not in base.authorities:
        abort(404)
    results = base.index.search(search_index.parse(""), {"city": [authority]}, limit=0)
    return render_template(
        "authority.html",
        authority_id=authority,
        cards=base.by_authority(authority),
        facets={facet: results.facets.get(facet, ()) for facet in AUTHORITY_FACETS},
        exchanges=base.exchanges(authority),
        parameters=PARAMETERS,
    )


@bp.get("/pratiche/<slug>")
def practice(slug: str) -> str | Redirect:
    """Show a practice; an old address leads to the new one."""
    base = knowledge_base()
    page = base.practice(slug)
    if page:
        return render_template(
            "practice.html", page=page, parameters=PARAMETERS, similar=like.similar(base, page)
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
    return render_template("event.html", event_id=event, cards=base.by_event(event))


@bp.get("/glossario")
def glossary() -> str:
    """Explain the instruments, the programmes and the target groups."""
    return render_template("glossary.html", parameters=PARAMETERS)


@bp.get("/proponi")
def propose() -> str:
    """Say how a practice comes into the base."""
    return render_template("propose.html")


@bp.get("/note-legali")
def legal_notes() -> str:
    """Show the licences and the terms of use."""
    return render_template("legal_notes.html")


@bp.get("/accessibilita")
def accessibility() -> str:
    """Show how accessible the site is and how to report a barrier."""
    return render_template("accessibility.html")
