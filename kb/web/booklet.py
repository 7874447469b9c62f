# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Practices as a booklet: cover, table of contents, a sheet for each; on paper or as a PDF."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, current_app, render_template
from flask_babel import gettext
from markupsafe import Markup

from kb.cards import Card, PracticePage
from kb.errors import NoTypesetter
from kb.store import KnowledgeBase
from kb.web.filters import event_dates
from kb.web.language import language, page_url, translated

#: What one address prints; a longer booklet comes in parts, a PDF whole.
PART = 40
STYLES = ("css/booklet.css", "css/paper.css")
#: Links to a source of the same practice, to a practice, and to any page of the site.
TO_SOURCE = re.compile(r'href="#fonte-')
TO_PRACTICE = re.compile(r'href="(?:/en)?/pratiche/([a-z0-9-]+)"')
#: After such a space WeasyPrint 70 breaks lines too early; a margin stands for it.
BEFORE_CITATION = re.compile(r'(?:&nbsp;|\xa0)(?=<sup class="citation">)')
TO_SITE = re.compile(r'<a href="(/[^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


@dataclass(frozen=True)
class Booklet:
    """What a booklet holds; *kicker* and *lead* stand on the cover around *title*.

    *intro* is safe HTML in Italian, *questions* are for those who meet over it, *address* is the
    page of the site with the same practices. A booklet in *parts* is number *part* of them.
    """

    title: str
    kicker: str
    lead: str
    address: str
    pages: tuple[PracticePage, ...]
    intro: str = ""
    questions: tuple[str, ...] = ()
    questions_italian: bool = False
    part: int = 1
    parts: int = 1

    @property
    def slugs(self) -> set[str]:
        """Return the slugs of the practices inside."""
        return {page.slug for page in self.pages}

    def inside(self, html: str, slug: str = "") -> Markup:
        """Return the safe *html* of the practice *slug* with its links leading inside the booklet.

        Sources get the practice's name before theirs, as ids are unique; practices that are in
        the booklet are linked there.
        """
        html = TO_SOURCE.sub(f'href="#{slug}-fonte-', BEFORE_CITATION.sub("", html))
        return Markup(TO_PRACTICE.sub(self._practice, html))  # noqa: S704 - sanitised before

    def _practice(self, link: re.Match[str]) -> str:
        return f'href="#{link[1]}"' if link[1] in self.slugs else link[0]


def of_theme(base: KnowledgeBase, theme_id: str, part: int | None = None) -> Booklet:
    """Return the booklet of a theme, or one *part* of it, which may hold nothing."""
    theme = base.themes[theme_id]
    asked = theme.questions_en if language() == "en" else ()
    return _booklet(
        base,
        base.by_theme(theme_id),
        part,
        title=translated(theme, "label"),
        kicker=gettext("Fascicolo del tema"),
        lead=translated(theme, "summary"),
        address=page_url("theme", theme=theme_id),
        intro=base.themes.html[theme_id],
        questions=asked or theme.questions,
        questions_italian=not asked,
    )


def of_event(base: KnowledgeBase, event_id: str, part: int | None = None) -> Booklet:
    """Return the booklet of an event, or one *part* of it, which may hold nothing."""
    event = base.events[event_id]
    return _booklet(
        base,
        base.by_event(event_id),
        part,
        title=translated(event, "title"),
        kicker=f"{event_dates(event)} · {event.place}",
        lead=translated(event, "summary"),
        address=page_url("event", event=event_id),
    )


def of_practices(base: KnowledgeBase, slugs: Sequence[str], title: str) -> Booklet:
    """Return the booklet of *slugs*, all of which exist, in that order."""
    title = title or gettext("La mia raccolta")
    address = page_url("collection", p=list(slugs))
    kicker = gettext("Fascicolo")
    return Booklet(title, kicker, "", address, _pages(base, slugs))


def _booklet(base: KnowledgeBase, cards: Sequence[Card], part: int | None, **about: Any) -> Booklet:
    if part is None:
        return Booklet(pages=_pages(base, [card.slug for card in cards]), **about)
    parts = max(math.ceil(len(cards) / PART), 1)
    shown = cards[(part - 1) * PART : part * PART] if part > 0 else []
    pages = _pages(base, [card.slug for card in shown])
    return Booklet(pages=pages, part=part, parts=parts, **about)


def _pages(base: KnowledgeBase, slugs: Sequence[str]) -> tuple[PracticePage, ...]:
    return tuple(page for page in map(base.practice, slugs) if page)


def as_pdf(app: Flask, booklet: Booklet) -> bytes:
    """Return *booklet* as an accessible PDF (PDF/UA-1), within a request of *app*.

    Raises :class:`~kb.errors.NoTypesetter` when WeasyPrint cannot be loaded.
    """
    try:
        import weasyprint  # noqa: PLC0415 - an extra, with libraries of the system
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
    except (ImportError, OSError) as error:
        raise NoTypesetter from error
    static = Path(str(app.static_folder))
    document = weasyprint.HTML(
        string=_reachable(render_template("booklet_pdf.html", booklet=booklet)),
        base_url=str(app.config["SITE_URL"]) or None,
    )
    fonts = FontConfiguration()
    sheets = [weasyprint.CSS(filename=static / name, font_config=fonts) for name in STYLES]
    made = document.write_pdf(stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1")
    return bytes(made)


def _reachable(html: str) -> str:
    """Return *html* with links to the site as plain text when nobody knows where the site is."""
    return html if current_app.config["SITE_URL"] else TO_SITE.sub(r"\2", html)
