# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Completion of what is typed, and practices alike."""

import pytest

from kb.search import search
from kb.similar import similar
from kb.store import KnowledgeBase
from kb.suggest import complete


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("merc", [("practice", "mercato-di-prova")]),
        ("rec pov", [("practice", "ricetta-di-prova")]),
        ("tor", [("city", "torino")]),
        ("pension", [("concept", "anziani")]),
        ("", []),
        ("zzz", []),
        ("'\"", []),
    ],
)
def test_completions(base: KnowledgeBase, typed: str, expected: list[tuple[str, str]]) -> None:
    assert [(item.kind, item.id) for item in complete(base, typed)] == expected


def test_labels_that_begin_so_come_first(base: KnowledgeBase) -> None:
    found = complete(base, "pov")
    assert [(item.kind, item.id) for item in found] == [
        ("concept", "poverta"),
        ("concept", "poverta-minorile"),
        ("practice", "ricetta-di-prova"),
    ]


def test_concept_says_which_label_was_typed(base: KnowledgeBase) -> None:
    assert complete(base, "terza")[0].because == "terza età"


def test_hidden_labels_find_but_are_not_shown(base: KnowledgeBase) -> None:
    assert complete(base, "vegliardi") == []
    assert search(base, "vegliardi").results.concepts == ("anziani",)


def test_similar_practice_has_its_reason(base: KnowledgeBase) -> None:
    page = base.practice("custodi-di-prova")
    assert page
    found = similar(base, page)
    assert [(item.card.slug, item.shared) for item in found] == [
        (
            "mercato-di-prova",
            (("problem", ("anziani-soli",)), ("target_group", ("anziani",))),
        ),
        ("ricetta-di-prova", (("theme", ("reti-di-prossimita",)),)),
    ]


def test_linked_practices_are_not_repeated(base: KnowledgeBase) -> None:
    page = base.practice("ricetta-di-prova")
    assert page
    assert [item.card.slug for item in similar(base, page)] == ["custodi-di-prova"]
