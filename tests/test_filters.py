# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dates as Italians say them."""

import pytest
from flask import Flask

from kb.web.filters import of_date, partial_date, span


@pytest.mark.parametrize(
    ("text", "said", "after_di"),
    [
        ("2018", "2018", "del 2018"),
        ("2025-03", "marzo 2025", "di marzo 2025"),
        ("2024-12-18", "18 dicembre 2024", "del 18 dicembre 2024"),
        ("2024-05-08", "8 maggio 2024", "dell'8 maggio 2024"),
    ],
)
def test_partial_dates(app: Flask, text: str, said: str, after_di: str) -> None:
    with app.test_request_context():
        assert partial_date(text) == said
        assert of_date(text) == after_di


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2018", None, "dal 2018"),
        ("2019-10", None, "da ottobre 2019"),
        ("2019-10-11", None, "dall'11 ottobre 2019"),
        (None, "2018", "fino al 2018"),
        (None, "2018-06", "fino a giugno 2018"),
        ("2018", "2018", "2018"),
        ("2018", "2021-06", "2018 – giugno 2021"),
        (None, None, "date non note"),
    ],
)
def test_spans(app: Flask, start: str | None, end: str | None, said: str) -> None:
    with app.test_request_context():
        assert span(start, end) == said
