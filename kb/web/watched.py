# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages for who is writing: what is wrong in the saved files, and when to load a page anew.

Only ``kb serve`` on one's own machine registers this; elsewhere there is no address and no script.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Collection

from flask import Flask, Response, jsonify

from kb.errors import NotBuilt
from kb.store import KnowledgeBase
from kb.watching import Noted, Watch
from kb.web.base import knowledge_base
from kb.web.language import page_url

#: Where a practice's page shows each field: the id of a heading or fact. All others: at its top.
PLACES = {
    "status": "stato",
    "status_date": "stato",
    "period": "periodo",
    "scale": "scala",
    "problems": "problemi",
    "target_groups": "destinatari",
    "instruments": "strumenti",
    "contact": "contatto",
    "indicators": "cifre",
    "funding": "risorse",
    "milestones": "tappe",
    "lead": "attori",
    "partners": "attori",
    "success_factors": "fattori",
    "limits": "limiti",
    "lessons": "imparato",
    "building_blocks": "parti",
    "theory_of_change": "teoria",
    "legal_basis": "basi",
    "adoptions": "altrove",
    "related": "collegate",
    "open_questions": "domande",
    "sources": "fonti",
    "events": "fonti",
}
TOP = "inizio"
#: Facts that every practice's page has.
FACTS = ("stato", "periodo", "scala", "problemi", "destinatari", "strumenti")
#: Kind of record → its page and the name of the page's parameter.
PAGES = {
    "practice": ("practice", "slug"),
    "authority": ("authority", "authority"),
    "theme": ("theme", "theme"),
    "event": ("event", "event"),
}


class Watching:
    """What the templates ask."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch

    def state(self) -> str:
        """Return a text that is another one when the page must be loaded anew.

        The whole build that follows a quick one has the same content: nobody is interrupted.
        """
        base = _base()
        return f"{base.digest[:12] if base else ''}-{self._watch.mark()}"

    def noted(self) -> list[tuple[int, Noted, str]]:
        """Return number, finding and address of all that is wrong now."""
        return [(n, noted, self._url(n, noted)) for n, noted in enumerate(self._watch.noted, 1)]

    def by_place(self, slug: str, shown: Collection[str]) -> dict[str, list[tuple[int, Noted]]]:
        """Return what is wrong with the practice *slug* by place of its page.

        *shown* are the ids of the parts that the page has.
        """
        places = defaultdict(list)
        for number, noted in enumerate(self._watch.noted, 1):
            if (noted.kind, noted.id) == ("practice", slug):
                place = noted.section or PLACES.get(noted.field, TOP)
                places[place if place in {*shown, *FACTS} else TOP].append((number, noted))
        return dict(places)

    def _url(self, number: int, noted: Noted) -> str:
        """Return the address of the page that *noted* is about, or nothing when there is none."""
        base = _base()
        if base is None:
            return ""
        known: dict[str, Collection[str]] = {
            "practice": base.cards([noted.id]),
            "authority": base.authorities,
            "theme": base.themes,
            "event": base.events,
        }
        if noted.id not in known.get(noted.kind, ()):
            return ""
        page, parameter = PAGES[noted.kind]
        anchor = f"nota-{number}" if noted.kind == "practice" else None
        return page_url(page, **{parameter: noted.id}, _anchor=anchor)


def _base() -> KnowledgeBase | None:
    """Return the current build; None where that is what goes wrong, for the page that says so."""
    try:
        return knowledge_base()
    except (NotBuilt, sqlite3.Error):
        return None


def register(app: Flask, watch: Watch) -> None:
    """Let the pages of *app* show what *watch* notes, and load themselves anew."""
    watching = Watching(watch)

    def state() -> Response:
        return jsonify(state=watching.state())

    app.extensions["watch"] = watch
    app.jinja_env.globals["watching"] = watching
    app.add_url_rule("/salvataggi", "watch", state)
