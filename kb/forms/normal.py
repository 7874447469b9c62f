# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Numbers and dates as Italians write them, brought to the form of the content files."""

import re
from decimal import Decimal, InvalidOperation

from babel.dates import get_month_names
from babel.numbers import NumberFormatError, parse_decimal

from kb.types import first_day
from search_index.analysis import fold

CURRENCY = re.compile(r"€|\beuro\b|\beur\b|%|\s", re.IGNORECASE)
MULTIPLES = {"mila": 10**3, "milione": 10**6, "milioni": 10**6, "miliardo": 10**9}
MULTIPLES["miliardi"] = 10**9
NUMERIC_DATE = re.compile(r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})")
WRITTEN_DATE = re.compile(r"(?:(\d{1,2})[°º]?\s+)?([a-z]+)\.?\s+(\d{4})")
MONTHS = {
    fold(name).rstrip("."): number
    for width in ("wide", "abbreviated")
    for number, name in get_month_names(width, locale="it").items()
}


def number(text: str) -> str:
    """Return the number that *text* tells ("25.000,50 €", "5,1 milioni", "3.5"), as digits.

    A point before three digits parts thousands. Raises :class:`ValueError` for anything else.
    """
    words = CURRENCY.sub("", fold(text).replace("\N{MINUS SIGN}", "-"))
    multiple = next((word for word in MULTIPLES if words.endswith(word)), "")
    digits = words.removesuffix(multiple)
    if not re.fullmatch(r"-?[\d.,]{1,24}", digits):
        raise ValueError(text)
    try:
        value = parse_decimal(digits, locale="it", strict=True)
    except NumberFormatError:
        value = _with_point(digits)
    whole = value * MULTIPLES.get(multiple, 1)
    return f"{whole.normalize():f}" if multiple else f"{whole:f}"


def _with_point(digits: str) -> Decimal:
    if not re.fullmatch(r"-?\d+(\.\d+)?", digits):
        raise ValueError(digits)
    try:
        return Decimal(digits)
    except InvalidOperation as error:
        raise ValueError(digits) from error


def date(text: str) -> str:
    """Return the date that *text* tells ("18/12/2024", "dicembre 2024"), as year-month-day.

    Month and day are there if *text* names them. Raises :class:`ValueError` for anything else.
    """
    words = fold(text).strip()
    if re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", words):
        return _checked(words)
    numeric = NUMERIC_DATE.fullmatch(words)
    if numeric:
        day, month, year = numeric.groups()
        return _joined(year, int(month or 0), int(day or 0))
    written = WRITTEN_DATE.fullmatch(words)
    if written and written[2] in MONTHS:
        return _joined(written[3], MONTHS[written[2]], int(written[1] or 0))
    raise ValueError(text)


def _joined(year: str, month: int, day: int) -> str:
    parts = [year, *(f"{part:02}" for part in (month, day) if part)]
    return _checked("-".join(parts))


def _checked(text: str) -> str:
    first_day(text)
    return text
