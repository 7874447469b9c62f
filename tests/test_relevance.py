# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Search keeps the quality that was measured: see "Search, measured" in the README."""

import json
from pathlib import Path

import pytest

from kb import evaluation, search
from kb.evaluation import Report
from kb.generation import Generations
from kb.store import read

FOLDER = Path(__file__).parent / "relevance"
#: How far a figure may fall under the committed one.
TOLERANCE = 0.02


@pytest.fixture(scope="module")
def report(real_instance: Path) -> Report:
    judged = evaluation.read(FOLDER.glob("*.tsv"))
    with read(Generations(real_instance)) as base:
        return evaluation.evaluate(
            judged,
            lambda words: [
                hit.card.slug for hit in search.search(base, words, limit=evaluation.DEPTH).found
            ],
        )


def test_figures_do_not_fall(report: Report) -> None:
    committed = json.loads((FOLDER / "committed.json").read_text(encoding="utf-8"))
    measured = {kind: row[1] for kind, row in report.means().items()}
    assert set(committed) == set(measured)
    for kind, figure in committed.items():
        assert measured[kind] >= figure - TOLERANCE, kind


def test_judged_entries_exist(real_instance: Path) -> None:
    with read(Generations(real_instance)) as base:
        known = {card.slug for card in base.all_cards()}
    for judged in evaluation.read(FOLDER.glob("*.tsv")).values():
        for query, grades in judged.items():
            assert set(grades) <= known, query
            # Of some needs the base has no case of its own, only neighbours.
            assert max(grades.values()) >= 2, query


def test_no_query_is_in_both_sets() -> None:
    dev, test = (
        {query for judged in evaluation.read(FOLDER.glob(pattern)).values() for query in judged}
        for pattern in ("dev-*.tsv", "test-*.tsv")
    )
    assert not dev & test


@pytest.mark.parametrize(
    ("query", "fitting"),
    [
        ("povertà dei bambini", {"qubi"}),
        ("spazi pubblici inutilizzati", {"regolamento-beni-comuni-bari", "laboratorio-spazi"}),
        ("giovani che non studiano né lavorano", {"porta-futuro", "spazio13"}),
        ("negozi sfitti", {"vetrina", "spazio-chorus", "distretti-del-commercio"}),
        ("unused public spaces", {"regolamento-beni-comuni-bari", "laboratorio-spazi"}),
    ],
)
def test_examples_find_what_they_promise(
    real_instance: Path, query: str, fitting: set[str]
) -> None:
    with read(Generations(real_instance)) as base:
        assert search.search(base, query, limit=1).found[0].card.slug in fitting
