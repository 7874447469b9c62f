# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Italian words meet their variants."""

import pytest

from search_index.analysis import query_terms, stem, terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("qualità", "qualita"),
        ("povertà", "POVERTA"),
        ("l'università", "universita"),
        ("dell'acqua", "acqua"),
        ("quartiere", "quartieri"),
        ("cantiere", "cantieri"),
        ("anziano", "anziani"),
        ("orto", "orti"),
        ("bambino", "bambini"),
        ("inutilizzati", "inutilizzato"),
        ("QuBì", "qubi"),
    ],
)
def test_variants_share_a_stem(one: str, other: str) -> None:
    assert [stem(word) for word in terms(one)] == [stem(word) for word in terms(other)]


@pytest.mark.parametrize(("one", "other"), [("comunità", "comune"), ("comunitario", "comuni")])
def test_different_words_keep_apart(one: str, other: str) -> None:
    assert [stem(word) for word in terms(one)] != [stem(word) for word in terms(other)]


def test_stop_words_fall_in_both_spellings() -> None:
    assert terms("perché perche nell'ambito della città") == ["ambito", "citta"]


def test_numbers_and_codes_stay() -> None:
    assert terms("30 km/h a Spazio13") == ["30", "km", "h", "spazio13"]


def test_query_of_stop_words_keeps_them() -> None:
    assert query_terms("come dove") == ["come", "dove"]
