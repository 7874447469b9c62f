# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The two languages, and what is said in them.

Italian is the source language; the catalogue of each other language is
``kb/translations/<language>/LC_MESSAGES/messages.po``.
"""

from functools import lru_cache
from gettext import NullTranslations
from io import BytesIO
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from kb.paths import PACKAGE

#: Each language's own name and the beginning of its addresses; the source language first.
LANGUAGES = {"it": ("Italiano", ""), "en": ("English", "/en")}
SOURCE = "it"
CATALOGUES = PACKAGE / "translations"


@lru_cache
def catalogue(name: str) -> NullTranslations:
    """Return the translations into the language *name*; none into the source language."""
    if name == SOURCE:
        return Translations()
    compiled = BytesIO()
    with (CATALOGUES / name / "LC_MESSAGES" / "messages.po").open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return Translations(compiled)


def said_in(language: str, record: Any, field: str) -> str:
    """Return a field of *record* in *language*, or in the source language where it has no other."""
    found = getattr(record, f"{field}_{language}", None)
    return str(found or getattr(record, field) or "")
