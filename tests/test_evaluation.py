# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The measures, on rankings whose value is known."""

import math

import pytest

from kb.evaluation import outcome
from kb.latency import percentile


def test_perfect_ranking_is_1() -> None:
    best = outcome("q", {"a": 3, "b": 1}, ["a", "b", "c"])
    assert (best.ndcg, best.reciprocal_rank, best.recall) == (1.0, 1.0, 1.0)


def test_second_place_is_discounted() -> None:
    second = outcome("q", {"a": 3}, ["x", "a"])
    assert second.ndcg == pytest.approx(1 / math.log2(3))
    assert second.reciprocal_rank == 0.5


def test_nothing_found_is_0() -> None:
    nothing = outcome("q", {"a": 3}, [])
    assert (nothing.ndcg, nothing.reciprocal_rank, nothing.recall) == (0.0, 0.0, 0.0)


def test_recall_counts_what_ten_places_can_hold() -> None:
    grades = {f"p{number}": 1 for number in range(20)}
    assert outcome("q", grades, list(grades)[:10]).recall == 1.0


def test_percentile_is_the_nearest_rank() -> None:
    seconds = [number / 1000 for number in range(1, 101)]
    assert percentile(seconds, 0.95) == pytest.approx(95)
