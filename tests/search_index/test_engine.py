# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The engine: ranking, facets, correction, and no error for any input."""

import random
from pathlib import Path

import pytest

from search_index import Document, Index, SearchIndexError, create_index, open_index

WEIGHTS = {"title": 1.0, "body": 1.0}
DOCUMENTS = [
    Document(
        "orti",
        {"title": "Orti urbani", "body": "Gli abitanti coltivano un orto nel parco."},
        {"city": ["bari"], "theme": ["spazio", "reti"]},
    ),
    Document(
        "mercato",
        {"title": "Mercato coperto", "body": "Banchi e botteghe. Un orto sul tetto del mercato."},
        {"city": ["torino"], "theme": ["economia"]},
    ),
    Document(
        "poverta",
        {"title": "Contro la povertà", "body": "Aiuti alle famiglie con bambini in povertà."},
        {"city": ["bari"], "theme": ["reti"]},
    ),
    Document("vuoto", {"title": "", "body": ""}, {"city": ["torino"], "theme": ["reti"]}),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("index") / "new"
    create_index(folder, DOCUMENTS)
    return open_index(folder, WEIGHTS)


def ids(index: Index, query: str, **filters: list[str]) -> list[str]:
    return [hit.id for hit in index.search(query, filters).hits]


def test_title_and_body_rank_above_body_alone(index: Index) -> None:
    assert ids(index, "orti") == ["orti", "mercato"]


def test_all_words_come_before_some_words(index: Index) -> None:
    assert ids(index, "orto mercato") == ["mercato", "orti"]
    assert not index.search("orto mercato").partial


def test_fewer_words_are_found_and_said(index: Index) -> None:
    results = index.search("orto biblioteca")
    assert [hit.id for hit in results.hits] == ["orti", "mercato"]
    assert results.partial


def test_accents_do_not_matter(index: Index) -> None:
    assert ids(index, "poverta bambino") == ids(index, "POVERTÀ Bambini") == ["poverta"]


def test_empty_query_finds_all_in_the_given_order(index: Index) -> None:
    assert ids(index, "") == ["orti", "mercato", "poverta", "vuoto"]
    assert index.search("").total == 4


def test_paging_gives_each_document_once(index: Index) -> None:
    pages = [index.search("", limit=3, offset=offset).hits for offset in (0, 3, 6)]
    assert [len(page) for page in pages] == [3, 1, 0]


def test_values_of_a_facet_widen_and_facets_narrow(index: Index) -> None:
    assert ids(index, "", city=["bari", "torino"]) == ["orti", "mercato", "poverta", "vuoto"]
    assert ids(index, "", city=["bari"], theme=["reti"]) == ["orti", "poverta"]
    assert ids(index, "", city=["nessuna"]) == []


def test_facet_does_not_count_its_own_filter(index: Index) -> None:
    facets = index.search("", {"city": ["bari"]}).facets
    assert [(v.value, v.count, v.selected) for v in facets["city"]] == [
        ("bari", 2, True),
        ("torino", 2, False),
    ]
    assert [(v.value, v.count) for v in facets["theme"]] == [("reti", 2), ("spazio", 1)]


def test_counts_follow_the_query(index: Index) -> None:
    facets = index.search("orto").facets
    assert {v.value: v.count for v in facets["city"]} == {"bari": 1, "torino": 1}


def test_typo_is_corrected_when_nothing_is_found(index: Index) -> None:
    results = index.search("mercatto")
    assert [hit.id for hit in results.hits] == ["mercato"]
    assert (results.suggestion, results.corrected) == ("mercato", True)


def test_typo_is_suggested_when_something_is_found(index: Index) -> None:
    results = index.search("orto mercatto")
    assert [hit.id for hit in results.hits] == ["orti", "mercato"]
    assert (results.suggestion, results.corrected) == ("orto mercato", False)


def test_known_words_get_no_suggestion(index: Index) -> None:
    assert index.search("orto nel parco").suggestion is None


@pytest.mark.parametrize(
    "query",
    [
        "*",
        '"',
        "AND OR NOT",
        "title:",
        "a" * 5000,
        "orto " * 5000,
        "[1 TO 9]",
        "~2^5",
        "\x00\ud7ff",
        "'; drop table practices; --",
        "città\u0301",
        "😀",
        "-",
        "   ",
        "\\",
        "((((",
    ],
)
def test_odd_input_is_a_query_like_another(index: Index, query: str) -> None:
    assert index.search(query).total <= 4


def test_random_input_never_fails(index: Index) -> None:
    chance = random.Random(20241218)  # noqa: S311 - not for secrets
    letters = "abcàèì'\"*?:()[]{}~^-+&|!<>\\/ \t\n0129😀"
    for _ in range(500):
        index.search("".join(chance.choices(letters, k=chance.randint(1, 60))))


def test_missing_folder_is_an_error_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(SearchIndexError, match="build it again"):
        open_index(tmp_path / "none", WEIGHTS)


# Whoosh leaves a file open when it meets a truncated one.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_truncated_index_is_an_error_of_its_own(tmp_path: Path) -> None:
    create_index(tmp_path, DOCUMENTS)
    for path in tmp_path.glob("*.seg"):
        path.write_bytes(path.read_bytes()[:10])
    with pytest.raises(SearchIndexError):
        open_index(tmp_path, WEIGHTS)


def test_results_are_the_same_from_index_to_index(tmp_path: Path, index: Index) -> None:
    create_index(tmp_path, DOCUMENTS)
    again = open_index(tmp_path, WEIGHTS)
    assert again.search("orto parco") == index.search("orto parco")
