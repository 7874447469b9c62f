# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading a build."""

from kb.store import KnowledgeBase


def test_cards_keep_the_order_asked_for(base: KnowledgeBase) -> None:
    slugs = ["mercato-di-prova", "custodi-di-prova", "ricetta-di-prova"]
    assert list(base.cards(slugs)) == slugs


def test_card_counts_evidence_without_expectations(base: KnowledgeBase) -> None:
    card = base.cards(["ricetta-di-prova"])["ricetta-di-prova"]
    assert (card.sources, card.indicators, card.themes) == (1, 1, ("reti-di-prossimita",))


def test_main_theme_comes_first(base: KnowledgeBase) -> None:
    slugs = [card.slug for card in base.by_theme("economia-di-prossimita")]
    assert slugs == ["mercato-di-prova", "custodi-di-prova"]


def test_link_is_answered_on_both_pages(base: KnowledgeBase) -> None:
    there = base.practice("ricetta-di-prova")
    back = base.practice("mercato-di-prova")
    assert there
    assert back
    assert [(link.relation, link.card.slug) for link in there.links] == [
        ("inspired", "mercato-di-prova")
    ]
    assert [(link.relation, link.card.slug, link.note) for link in back.links] == [
        ("inspired-by", "ricetta-di-prova", "Stessa idea")
    ]


def test_coverage_counts_every_theme_of_a_practice(base: KnowledgeBase) -> None:
    assert base.coverage() == {
        ("milano", "reti-di-prossimita"): 2,
        ("milano", "economia-di-prossimita"): 1,
        ("torino", "economia-di-prossimita"): 1,
    }


def test_unknown_practice_is_none(base: KnowledgeBase) -> None:
    assert base.practice("nessuna") is None
    assert base.moved("nessuna") is None
    assert base.moved("vecchia-ricetta") == "ricetta-di-prova"


def test_labels_come_from_the_vocabularies(base: KnowledgeBase) -> None:
    assert base.label("instrument", "avviso-pubblico") == "Bando o avviso pubblico"
    assert base.label("city", "torino") == "Torino"
    assert base.label("theme", "sconosciuto") == "sconosciuto"
