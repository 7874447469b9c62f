# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where bars begin and end, and what lanes hold."""

from dataclasses import replace

import pytest

from kb import chronology
from kb.chronology import Axis, Bar
from kb.facts import Facts, facts
from kb.store import KnowledgeBase

AXIS = Axis(2005, 2024, "2024-07")


@pytest.fixture
def known(base: KnowledgeBase) -> dict[str, Facts]:
    return facts(base)


def changed(item: Facts, **card: str | None) -> Facts:
    return replace(item, card=replace(item.card, **card))


def test_moment_of_a_partial_date() -> None:
    assert chronology.moment("2018") == 2018
    assert chronology.moment("2018", end=True) == 2019
    assert chronology.moment("2018-07") == 2018.5
    assert chronology.moment("2018-12", end=True) == pytest.approx(2019)
    assert chronology.moment("2018-12-31", end=True) == pytest.approx(2019, abs=0.003)


def test_axis_begins_at_a_round_year_and_ends_with_this_one(known: dict[str, Facts]) -> None:
    axis = chronology.axis(known.values(), "2026-11-29")
    assert (axis.first, axis.last) == (2005, 2026)
    assert [year for year, _ in axis.ticks] == [2005, 2010, 2015, 2020, 2025]
    assert axis.share(1990) == 0
    assert axis.share(2040) == 100
    assert chronology.axis([], "2026-11-29").first == 2025


def test_bar_of_a_practice_that_ended(known: dict[str, Facts]) -> None:
    # From the beginning of 2007 to June 2015.
    bar = chronology.bar(known["custodi-di-prova"], AXIS)
    assert bar == Bar(x=10, width=42.5)


def test_bar_of_a_running_practice_is_open_after_its_last_news(known: dict[str, Facts]) -> None:
    item = changed(known["mercato-di-prova"], start="2010", status_date="2019-12")
    bar = chronology.bar(item, AXIS)
    assert (bar.x, bar.width) == (25, 50)
    assert bar.tail == pytest.approx(22.5)
    assert not bar.unsure


def test_unknown_beginning_is_hinted_at_only(known: dict[str, Facts]) -> None:
    item = changed(known["mercato-di-prova"], start=None, status_date="2019")
    bar = chronology.bar(item, AXIS)
    assert (bar.x, bar.width, bar.stub) == (70, 5, chronology.STUB)


def test_end_that_is_not_known_is_marked(known: dict[str, Facts]) -> None:
    item = changed(known["mercato-di-prova"], start="2010", status="ended", status_date="2014")
    bar = chronology.bar(item, AXIS)
    assert (bar.width, bar.tail, bar.unsure) == (25, 0, True)


def test_bar_never_leaves_the_axis(known: dict[str, Facts]) -> None:
    planned = changed(known["mercato-di-prova"], start="2024-07", end="2027")
    bar = chronology.bar(planned, AXIS)
    assert bar.x + bar.width == pytest.approx(97.5)
    assert bar.width == chronology.SHORTEST


def test_lanes_by_theme_hold_each_practice_once(known: dict[str, Facts]) -> None:
    themes = ["reti-di-prossimita", "economia-di-prossimita"]
    items = list(known.values())
    slugs = {
        lane.value: [item.card.slug for item in lane.items]
        for lane in chronology.by_theme(items, themes, [])
    }
    assert slugs == {
        "reti-di-prossimita": ["custodi-di-prova", "ricetta-di-prova"],
        "economia-di-prossimita": ["mercato-di-prova"],
    }
    chosen = [known["custodi-di-prova"]]
    (lane,) = chronology.by_theme(chosen, themes, ["economia-di-prossimita"])
    assert lane.value == "economia-di-prossimita"
    touching = chronology.by_theme_all(items, themes, [])
    assert [len(lane.items) for lane in touching] == [2, 2]


def test_lanes_by_programme_hold_a_practice_under_each(known: dict[str, Facts]) -> None:
    items = list(known.values())
    lanes = chronology.by_programme(items, [])
    assert {lane.value: len(lane.items) for lane in lanes} == {
        "fondazioni": 1,
        "pon-metro-2014-2020": 1,
        "": 1,
    }
    assert lanes[-1].value == ""
    named = [item for item in items if item.programmes]
    assert [lane.value for lane in chronology.by_programme(named, ["fondazioni"])] == ["fondazioni"]


def test_years_at_work_are_counted(known: dict[str, Facts]) -> None:
    lane = chronology.Lane("", tuple(known.values()))
    assert lane.active(range(2006, 2020)) == {
        **dict.fromkeys((2006, 2016), 0),
        **dict.fromkeys(range(2007, 2016), 1),
        **dict.fromkeys((2017, 2018), 1),
        2019: 2,
    }
