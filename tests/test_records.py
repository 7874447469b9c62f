# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Partial dates and the rules that join fields."""

from datetime import date
from decimal import Decimal

import pytest
from pydantic import TypeAdapter, ValidationError

from kb.types import Amount, Number, first_day, near_miss


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2018", date(2018, 1, 1)),
        ("2018-06", date(2018, 6, 1)),
        ("2020-02-29", date(2020, 2, 29)),
    ],
)
def test_first_day_of_a_partial_date(text: str, day: date) -> None:
    assert first_day(text) == day


def test_first_day_refuses_a_day_that_is_none() -> None:
    with pytest.raises(ValueError, match="day is out of range"):
        first_day("2021-02-29")


def test_near_miss_is_empty_when_nothing_is_near() -> None:
    assert near_miss("economia", ["economia-di-prossimita"]) == ""
    assert near_miss("economia-prossimita", ["economia-di-prossimita"]) == "economia-di-prossimita"


@pytest.mark.parametrize("written", ["200.000", "16.454", "1.200.000"])
def test_points_of_thousands_are_no_decimals(written: str) -> None:
    with pytest.raises(ValidationError, match="thousands"):
        TypeAdapter(Number).validate_python(written)


def test_decimals_are_numbers() -> None:
    assert TypeAdapter(Number).validate_python("16.45") == Decimal("16.45")
    assert TypeAdapter(Amount).validate_python("200000") == 200000
