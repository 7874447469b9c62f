# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The query language."""

import pytest

from search_index import parse
from search_index.query import Item

PREFIXES = {"citta": "city", "anno": "year"}


def words(text: str) -> list[tuple[str, ...]]:
    return [item.words for item in parse(text, PREFIXES).wanted]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("povertà dei bambini", [("poverta",), ("bambini",)]),
        ("Co-City", [("co",), ("city",)]),
        ("30 km/h", [("30",), ("km",), ("h",)]),
        ("come dove", [("come",), ("dove",)]),
        ("https://example.org", [("https",), ("example",), ("org",)]),
        ("AND -- ** ((", [("and",)]),
        ('"', []),
    ],
)
def test_words_are_found(text: str, expected: list[tuple[str, ...]]) -> None:
    assert words(text) == expected


def test_phrases_stay_together() -> None:
    assert parse('orti "beni comuni" «case popolari»').wanted == (
        Item(("orti",)),
        Item(("beni", "comuni"), quoted=True),
        Item(("case", "popolari"), quoted=True),
    )


def test_open_quote_reaches_to_the_end() -> None:
    assert parse('"beni comuni').wanted == (Item(("beni", "comuni"), quoted=True),)


def test_minus_sets_words_apart() -> None:
    query = parse('orti -scuola -"orto didattico"')
    assert [item.words for item in query.wanted] == [("orti",)]
    assert [item.words for item in query.unwanted] == [("scuola",), ("orto", "didattico")]


@pytest.mark.parametrize("text", ["orti OR giardini", "orti OPPURE giardini"])
def test_or_joins_alternatives(text: str) -> None:
    assert parse(text).wanted == (Item(("orti",)), Item(("giardini",), alternative=True))


def test_or_at_the_edges_is_no_error() -> None:
    assert words("OR orti OR") == [("orti",)]


def test_prefixes_are_filed_and_unknown_ones_are_words() -> None:
    query = parse('orti città:torino anno:2019 città:"reggio emilia" luogo:parco', PREFIXES)
    assert query.prefixed == {"city": ("torino", "reggio emilia"), "year": ("2019",)}
    assert [item.words for item in query.wanted] == [("orti",), ("luogo",), ("parco",)]


def test_star_ends_a_beginning() -> None:
    assert parse("bibliot* orto").wanted == (Item(("bibliot",), beginning=True), Item(("orto",)))


def test_pasted_page_is_cut() -> None:
    assert len(parse("orto " * 5000).wanted) == 40
