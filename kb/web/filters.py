# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How records are said to readers: dates, money, numbers, labels, citations."""

import re
import textwrap
from collections.abc import Sequence
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from flask import Flask
from flask_babel import get_locale, gettext
from markupsafe import Markup

from kb import labels
from kb.cards import Card
from kb.languages import SOURCE
from kb.records import Event, Funding, Indicator, Period, Sourced
from kb.rendering import render_inline
from kb.sections import citations
from kb.store import CLOSED_LISTS
from kb.types import first_day
from kb.web.base import knowledge_base
from kb.web.language import language

LONGEST_DESCRIPTION = 160
#: Signs that make no sense before an ellipsis.
HANGING = re.compile(r"[\s,;:.–(«]+…$")
#: Days whose name begins with a vowel.
ELIDED_DAYS = {"01", "08", "11"}
#: Italian prepositions before a date, and the English ones.
PREPOSITIONS = {"di": ("del", "of"), "da": ("dal", "since"), "a": ("fino al", "until")}
#: An amount of euro, cents only where there are some.
EURO = {"it": "#,##0.## ¤", "en": "¤#,##0.##"}
PATTERNS = {4: "y", 7: "MMMM y", 10: "d MMMM y"}


def register(app: Flask) -> None:
    """Give the templates of *app* these filters, and the closed lists' labels."""
    for function in (
        short,
        moment,
        partial_date,
        of_date,
        since,
        period,
        card_span,
        event_dates,
        number,
        amount,
        measured,
        cited,
        external,
    ):
        app.add_template_filter(function)
    app.jinja_env.globals["labels"] = labels
    app.add_template_global(facet_label)
    app.add_template_global(knowledge_base, "base")


def short(text: str) -> str:
    """Return the beginning of *text*, cut after a word, as long as a search engine shows it."""
    cut = textwrap.shorten(text, LONGEST_DESCRIPTION, placeholder="…", break_on_hyphens=False)
    return HANGING.sub("…", cut)


def moment(day: str) -> str:
    """Return *day* as feeds want it (RFC 3339): only the day is known, so its first second."""
    return f"{day}T00:00:00Z"


def partial_date(text: str) -> str:
    """Return a partial date in words: «2018», «dicembre 2018», «18 dicembre 2024»."""
    return str(format_date(first_day(text[:10]), PATTERNS[len(text[:10])], get_locale()))


def period(value: Period) -> str:
    """Return a period in words: «2017–2021», «dal 2017», «fino al 2021»."""
    return span(value.start, value.end)


def card_span(card: Card) -> str:
    """Return the years of a practice, for lists."""
    return span(card.start and card.start[:4], card.end and card.end[:4])


def event_dates(event: Event) -> str:
    """Return the days of an event in words: «18–19 dicembre 2024»."""
    if not event.end or event.end == event.start:
        return partial_date(event.start)
    start, end = partial_date(event.start), partial_date(event.end)
    day, _, month = start.partition(" ")
    return f"{day}–{end}" if end.endswith(f" {month}") else f"{start} – {end}"


def span(start: str | None, end: str | None) -> str:
    """Return the dates from *start* to *end*, either of which may be unknown."""
    if start and end:
        if start == end:
            return partial_date(start)
        return f"{partial_date(start)} – {partial_date(end)}"
    if start:
        return _after("da", start)
    return _after("a", end) if end else str(gettext("date non note"))


def of_date(text: str) -> str:
    """Return a partial date after «di»: «del 2018», «di marzo 2025», «dell'8 maggio 2024»."""
    return _after("di", text)


def since(text: str) -> str:
    """Return a partial date after «da»: «dal 2018», «dall'8 maggio 2024»."""
    return _after("da", text)


def _after(preposition: str, text: str) -> str:
    """Join *preposition* (di, da or a) and a partial date as the language does."""
    joined, english = PREPOSITIONS[preposition]
    if language() != SOURCE:
        return f"{english} {partial_date(text)}"
    if len(text) == len("2025-03"):
        before = "fino " if preposition == "a" else ""
        return f"{before}{preposition} {partial_date(text)}"
    elided = text[8:] in ELIDED_DAYS
    return f"{joined}l'{partial_date(text)}" if elided else f"{joined} {partial_date(text)}"


def facet_label(facet: str, value: str) -> str:
    """Return the label of a facet value in the language of the request."""
    label = knowledge_base().label(facet, value, language())
    return str(gettext(label)) if facet in CLOSED_LISTS else label


def number(value: Decimal | float) -> str:
    """Return a number with the separators of the language."""
    return str(format_decimal(value, locale=get_locale()))


def money(value: Decimal | float) -> str:
    """Return an amount of euro: «25.000.000 €», "€25,000,000"."""
    amount = format_currency(
        value, "EUR", EURO[language()], locale=get_locale(), currency_digits=False
    )
    return str(amount)


def amount(item: Funding) -> str:
    """Return the amount of a funding item with its precision, or that it is not known."""
    if item.amount is None:
        return str(gettext("importo non noto"))
    return _qualified(item.qualifier, money(item.amount))


def measured(indicator: Indicator) -> str:
    """Return an indicator's value with its precision, without its unit."""
    return _qualified(indicator.qualifier, number(indicator.value))


def _qualified(qualifier: str | None, text: str) -> str:
    return f"{gettext(labels.QUALIFIERS[qualifier])} {text}" if qualifier else text


def cited(text: str, record: Sourced, source: Sequence[str] = ()) -> Markup:
    """Return *text* as HTML, its citations linked to the sources, then those of *source*.

    A source that the text cites already is not cited again.
    """
    named = {source_id for _, _, source_id in citations(text)}
    marks = "".join(f" [^{source_id}]" for source_id in source if source_id not in named)
    return render_inline(text + marks, [item.id for item in record.sources])


def external(url: str) -> str:
    """Return an address as people read it: without scheme, ``www`` and closing slash."""
    return url.split("://", 1)[-1].removeprefix("www.").rstrip("/")
