# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What machines ask for: the map of the site, the rules for robots, pictures and icons."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    render_template,
    send_from_directory,
    url_for,
)

from kb.builds import PICTURE_SIZE, picture_name
from kb.cards import Card
from kb.languages import LANGUAGES
from kb.store import KnowledgeBase
from kb.web.base import knowledge_base
from kb.web.language import absolute, language, page_url

bp = Blueprint("sharing", __name__)
#: Pages that show all practices, and narrow like the search.
OVERVIEWS = ("map", "timeline", "figures")
#: Pages that tell no content, and so have no day of their last check.
TIMELESS = (
    *("collection", "glossary", "propose", "quality", "maintenance"),
    *("legal_notes", "accessibility"),
)

#: Pages with as many addresses as there are choices, and answers that no search engine should list.
ENDLESS = ("search", "guide", "compare", "collection", "constellation", "propose", *OVERVIEWS)
FOR_READERS = ("completions", "compare_csv", "collection_booklet")


@dataclass(frozen=True)
class Place:
    """A page on the map: its address in each language, and the day of its last check if known."""

    addresses: dict[str, str]
    reviewed: str | None


@bp.get("/sitemap.xml")
def sitemap() -> Response:
    """List every page in each language, with the day when someone last checked what it tells."""
    listed = render_template("sitemap.xml", places=places(knowledge_base()))
    return Response(listed, mimetype="application/xml")


@bp.get("/robots.txt")
def robots() -> Response:
    """Let robots read all but endless searches and answers for scripts; lead them to the map."""
    searches = [page_url(page, code) + "?" for page in ENDLESS for code in LANGUAGES]
    answers = [page_url(page, code) for page in FOR_READERS for code in LANGUAGES]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in (*searches, *answers, "/api/")),
        # Last: older readers stop at the first rule that fits.
        "Allow: /",
        f"Sitemap: {absolute(url_for('sharing.sitemap'))}",
    ]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@bp.get("/immagini/<path:name>")
def picture(name: str) -> Response:
    """Answer with a picture of the current build."""
    return send_from_directory(knowledge_base().pictures_folder, name)


@bp.get("/favicon.ico")
def favicon() -> Response:
    """Answer with the icon, for those who ask without reading the page."""
    return current_app.send_static_file("img/favicon.ico")


def picture_url(page: str) -> str:
    """Return the address of the picture of *page*, with its digest so that it caches for ever."""
    name = picture_name(page, language())
    return url_for("sharing.picture", name=name, v=knowledge_base().pictures[name])


def places(base: KnowledgeBase) -> Iterator[Place]:
    """Yield every page of *base*."""
    cards = base.all_cards()
    for page in (
        *("home", "search", "problems", "themes", "authorities", "explore", "constellation"),
        *("guide", "compare", *OVERVIEWS),
    ):
        yield _place(page, _latest(cards))
    for theme in base.themes:
        yield _place("theme", _latest(base.by_theme(theme)), theme=theme)
    for id_, authority in base.authorities.items():
        reviewed = _latest(base.by_authority(id_), authority.reviewed)
        yield _place("authority", reviewed, authority=id_)
    for card in cards:
        yield _place("practice", card.reviewed, slug=card.slug)
    for id_, event in base.events.items():
        yield _place("event", event.reviewed, event=id_)
    for page in TIMELESS:
        yield _place(page, None)


def _place(page: str, reviewed: str | None, **values: Any) -> Place:
    addresses = {code: absolute(page_url(page, code, **values)) for code in LANGUAGES}
    return Place(addresses, reviewed)


def _latest(cards: Iterable[Card], own: str | None = None) -> str | None:
    """Return the latest day of *cards* and of the page's *own* text, if there is any."""
    days = [card.reviewed for card in cards]
    return max([*days, own] if own else days, default=None)


def register(app: Flask) -> None:
    """Give *app* these addresses, and its templates that of each picture."""
    app.register_blueprint(bp)
    app.add_template_global(picture_url)
    app.jinja_env.globals["PICTURE_SIZE"] = PICTURE_SIZE
