# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The normal form of dates, numbers and quotes as Italians write them.

Each function returns None when the text has more than one reading, or none: nothing is guessed.
"""

import re
from datetime import date

MONTHS = (
    *("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno"),
    *("luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"),
)
#: The shortest beginning of a month's name that is taken for it: «gen», «sett.».
SHORTEST_MONTH = 3
_DAY_FIRST = re.compile(r"(?:(\d{1,2})([/.-]))?(\d{1,2})(?:\2|/)(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})([/.-])(\d{1,2})(?:\2(\d{1,2}))?")
_IN_WORDS = re.compile(r"(?:(\d{1,2})[°º]?\s+)?([a-z]+)\.?\s+(\d{4})")
_EURO = re.compile(r"^(?:€|eur(?:o)?\b)\s*|\s*(?:€|\beur(?:o)?)$", re.IGNORECASE)
_PLAIN = re.compile(r"-?\d+(\.\d+)?")
_GROUPED = re.compile(r"-?\d{1,3}(?:([. \u00a0\u202f])\d{3})(?:\1\d{3})*(?:,\d{1,2})?")
_COMMA = re.compile(r"-?\d+,(\d{1,2}|\d{4,})")
_QUOTED = re.compile(r"[“”„]([^“”„\"]+)[“”]|[‘‛‚]([^‘’‛‚']+)’")


def partial_date(text: str) -> str | None:
    """Return the date *text* as 2024-12-18 or 2024-12; the day comes before the month."""
    text = " ".join(text.lower().split())
    if found := _DAY_FIRST.fullmatch(text):
        return _date(found[4], found[3], found[1])
    if found := _YEAR_FIRST.fullmatch(text):
        return _date(found[1], found[3], found[4])
    if found := _IN_WORDS.fullmatch(text):
        month = _month(found[2])
        return _date(found[3], month, found[1]) if month else None
    return None


def number(text: str) -> str | None:
    """Return the number *text* with digits and a decimal point only.

    «25.000» alone may mean 25 or 25 thousand: it has no normal form; «€ 25.000» has one.
    """
    bare = _EURO.sub("", text.strip())
    money = bare != text.strip()
    if _PLAIN.fullmatch(bare) and not (money and _GROUPED.fullmatch(bare)):
        return bare if money else None
    if _GROUPED.fullmatch(bare) or _COMMA.fullmatch(bare):
        return re.sub(r"[. \u00a0\u202f]", "", bare).replace(",", ".")
    return None


def unquoted(text: str) -> str | None:
    """Return *text* without the typographic quotes that enclose the whole of it.

    «» stay: Italian titles begin and end with them.
    """
    found = _QUOTED.fullmatch(text)
    return (found[1] or found[2]).strip() if found else None


def _date(year: str, month: str | int, day: str | None) -> str | None:
    try:
        whole = date(int(year), int(month), int(day or 1))
    except ValueError:
        return None
    return whole.isoformat() if day else whole.isoformat()[:7]


def _month(name: str) -> int | None:
    if len(name) < SHORTEST_MONTH:
        return None
    return next((n for n, month in enumerate(MONTHS, 1) if month.startswith(name)), None)
