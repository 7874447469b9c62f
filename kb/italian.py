# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Numbers, dates and quotes as Italians write them, brought to the form of the records.

Each function returns None when the text has no reading, or, for who asks to be sure, several.
"""

import datetime
import re
from decimal import Decimal

from babel import Locale
from babel.numbers import NumberFormatError, parse_decimal

from kb.types import THOUSANDS

ITALIAN = Locale("it")
MONTHS = ITALIAN.months["format"]["wide"]
MULTIPLES = {"mila": 10**3, "milione": 10**6, "milioni": 10**6, "miliardo": 10**9}
MULTIPLES["miliardi"] = 10**9

_YEAR = re.compile(r"\d{4}")
_DAY_FIRST = re.compile(r"(?:(\d{1,2})[ ./-]+)?(\d{1,2})[ ./-]+(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})([/.-])(\d{1,2})(?:\2(\d{1,2}))?")
#: A month is told by three letters of its name or more: «gen», «sett.».
_IN_WORDS = re.compile(r"(?:(?:l['’]|il )?(\d{1,2})[°º]?[ ./-]+)?([a-z]{3,9})[ ./-]+(\d{4})")
_EURO = re.compile(r"^(?:€|eur(?:o)?\b)\s*|\s*(?:€|\beur(?:o)?)$", re.IGNORECASE)
_MULTIPLE = re.compile(rf"(?<=[\d ])({'|'.join(MULTIPLES)})$", re.IGNORECASE)
_DIGITS = re.compile(r"-?[0-9][0-9.,]{0,23}")
_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_SPACED = re.compile(r"-?\d{1,3}([ \u00a0\u202f]\d{3})+(,\d+)?")
_POINT_OR_THOUSANDS = re.compile(r"-?\d{1,3}\.\d{3}")
_COMMA_OR_THOUSANDS = re.compile(r".*,\d{3}")
_QUOTED = re.compile(r"[“”„]([^“”„\"]+)[“”]|[‘‛‚]([^‘’‛‚']+)’")


def number(text: str, *, sure: bool = False) -> str | None:
    """Return a number in digits and a decimal point: «25.000,50 €» is ``25000.50``.

    A point before three digits parts thousands, as in Italian. When the reading must be *sure*,
    «25.000» has none, since an author of files may mean 25 («€ 25.000» has one); nor have
    percent signs and words such as «milioni», which may belong to the unit.
    """
    text = text.strip().replace("\N{MINUS SIGN}", "-")
    bare = _EURO.sub("", text)
    if sure:
        return None if _has_two_readings(bare, money=bare != text) else _digits(bare)
    bare = bare.removesuffix("%").rstrip()
    multiple = _MULTIPLE.search(bare)
    if not multiple:
        return _digits(bare)
    found = _digits(bare[: multiple.start()].rstrip())
    return found and _plainly((Decimal(found) * MULTIPLES[multiple[1].lower()]).normalize())


def _has_two_readings(bare: str, *, money: bool) -> bool:
    thousands = _POINT_OR_THOUSANDS.fullmatch(bare) and not money
    return bool(thousands or _COMMA_OR_THOUSANDS.fullmatch(bare))


def _digits(text: str) -> str | None:
    """Return the number that *text*, without signs and words, gives."""
    if _SPACED.fullmatch(text):
        text = re.sub(r"\s", "", text)
    if not _DIGITS.fullmatch(text):
        return None
    try:
        return _plainly(parse_decimal(text, locale=ITALIAN, strict=True))
    except NumberFormatError:
        return _plainly(Decimal(text)) if _PLAIN.fullmatch(text) else None


def _plainly(value: Decimal) -> str:
    """Return *value* in digits that nobody takes for thousands: 1.234 with one decimal more."""
    text = f"{value:f}"
    return f"{text}0" if THOUSANDS.fullmatch(text) else text


def degrees(text: str) -> str:
    """Return decimal degrees with a decimal point; a point here never parts thousands."""
    return text.replace(" ", "").replace("°", "").replace(",", ".")


def date(text: str) -> str | None:
    """Return a date as ISO 8601, as far as it is told: «18/12/2024», «dic. 2024», «2024/12».

    The day comes before the month.
    """
    text = " ".join(text.lower().split())
    if _YEAR.fullmatch(text):
        return text if int(text) else None
    if found := _DAY_FIRST.fullmatch(text):
        return _iso(found[3], int(found[2]), found[1])
    if found := _YEAR_FIRST.fullmatch(text):
        return _iso(found[1], int(found[3]), found[4])
    if found := _IN_WORDS.fullmatch(text):
        return _iso(found[3], _month(found[2]), found[1])
    return None


def _iso(year: str, month: int, day: str | None) -> str | None:
    try:
        whole = datetime.date(int(year), month, int(day or 1))
    except ValueError:
        return None
    return whole.isoformat() if day else whole.isoformat()[:7]


def _month(beginning: str) -> int:
    """Return the number of the month whose name has this *beginning*, or 0."""
    return next((n for n, name in MONTHS.items() if name.startswith(beginning)), 0)


def unquoted(text: str) -> str | None:
    """Return *text* without the typographic quotes that enclose the whole of it.

    «» stay: Italian titles begin and end with them.
    """
    found = _QUOTED.fullmatch(text)
    return (found[1] or found[2]).strip() if found else None
