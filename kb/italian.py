# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Numbers and dates as Italians write them, brought to the form of the records.

What cannot be read is returned as it came: the checker says what is wrong with it.
"""

import re

from babel import Locale
from babel.numbers import NumberFormatError, parse_decimal

ITALIAN = Locale("it")
#: Currency and percent signs that people write beside a number.
SIGNS = re.compile(r"[€%\s]|\beuro\b", re.IGNORECASE)
MONTHS = {
    name.lower(): number
    for width in ("wide", "abbreviated")
    for number, name in ITALIAN.months["format"][width].items()
}
DAY = re.compile(r"(?:(?:l'|il )?(\d{1,2})[°º]?[ ./-])?(\d{1,2}|[a-z]{3,9})[ ./-](\d{4})")


def number(text: str) -> str:
    """Return a number in digits and a decimal point: «25.000,50 €» is ``25000.50``.

    A point before three digits parts thousands, as in Italian; any other is a decimal point.
    """
    bare = SIGNS.sub("", text)
    try:
        return f"{parse_decimal(bare, locale=ITALIAN, strict=True):f}"
    except NumberFormatError:
        return bare if re.fullmatch(r"-?\d+\.\d+", bare) else text


def degrees(text: str) -> str:
    """Return decimal degrees with a decimal point; a point here never parts thousands."""
    return text.replace(" ", "").replace("°", "").replace(",", ".")


def date(text: str) -> str:
    """Return a partial date as ISO 8601: «18/12/2024», «dicembre 2024», «1° marzo 2020»."""
    found = DAY.fullmatch(" ".join(text.lower().split()))
    if not found:
        return text
    day, month, year = found.groups()
    numbered = int(month) if month.isdigit() else MONTHS.get(month, 0)
    if not numbered:
        return text
    return f"{year}-{numbered:02d}" + (f"-{int(day):02d}" if day else "")
