# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Partial dates and the rules that join fields."""

from datetime import date

import pytest

from kb.types import first_day, near_miss


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
