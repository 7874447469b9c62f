# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The language of the interface: which one is asked for.

The address tells the language: ``/temi`` is Italian, ``/en/temi`` is English.
"""

from gettext import NullTranslations
from typing import Any, cast

from flask import Flask, current_app, g, request, url_for
from flask_babel import Domain
from markupsafe import Markup

from kb.languages import LANGUAGES, SOURCE, catalogue, said_in


class Catalogues(Domain):  # type: ignore[misc]  # Flask-Babel has no types
    """Translations from the ``.po`` files themselves: what a translator edits is what runs."""

    def get_translations(self) -> NullTranslations:
        """Return the translations into the language of the request."""
        if "catalogue" not in g:
            # Asked for each message of a page.
            g.catalogue = catalogue(language())
        return cast(NullTranslations, g.catalogue)


#: Language → language and country, for those who want both.
TERRITORIES = {"it": "it_IT", "en": "en_GB"}


def language() -> str:
    """Return the language of the address asked for."""
    first = request.path.split("/")[1]
    return first if first in LANGUAGES else SOURCE


def page_url(page: str, in_language: str | None = None, **values: Any) -> str:
    """Return the address of the view *page* in a language, by default that of the request."""
    return url_for(f"{in_language or language()}.{page}", **values)


def same_page(in_language: str) -> str:
    """Return the address of the page asked for in another language, the query included."""
    path = request.full_path if request.query_string else request.path
    bare = path.removeprefix(LANGUAGES[language()][1])
    return LANGUAGES[in_language][1] + (bare if bare.startswith("/") else f"/{bare}")


def canonical(in_language: str, **defining: Any) -> str:
    """Return the whole address of the page asked for, in a language.

    Of its parameters it keeps only *defining*: the others say how the reader came, or narrow what
    the page shows.
    """
    page = str(request.endpoint).rpartition(".")[2]
    return absolute(page_url(page, in_language, **(request.view_args or {}), **defining))


def absolute(path: str) -> str:
    """Return the whole address of *path*, at the site's public address if one is set."""
    site = str(current_app.config["SITE_URL"]) or request.url_root
    return site.rstrip("/") + path


def translated(record: Any, field: str) -> str:
    """Return a field of a record in the language of the request, if it exists in it."""
    return said_in(language(), record, field)


def italian() -> Markup:
    """Return the attribute for an element whose text exists in Italian only."""
    return Markup("") if language() == SOURCE else Markup(f' lang="{SOURCE}"')  # noqa: S704 - fixed


def register(app: Flask) -> None:
    """Give *app* its languages, and its templates what they need to speak them."""
    app.before_request(Catalogues().as_default)
    for function in (language, page_url, same_page, canonical, absolute, italian):
        app.add_template_global(function)
    app.add_template_filter(translated)
    app.jinja_env.globals["LANGUAGES"] = LANGUAGES
    app.jinja_env.globals["TERRITORIES"] = TERRITORIES
