# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The engine: ranking, facets, correction, and no error for any input."""

import random
from pathlib import Path

import pytest

from search_index import (
    Concept,
    Document,
    Index,
    Results,
    SearchIndexError,
    Tuning,
    create_index,
    open_index,
    parse,
)

TUNING = Tuning({"title": 1.0, "body": 1.0})
CONCEPTS = [
    Concept("orti", "orti urbani", ["orti urbani", "allotments", "giardini comunitari"]),
    Concept("commercio", "commercio", ["commercio", "negozi"], narrower=["mercati"]),
    Concept("mercati", "mercati", ["mercati", "markets"]),
]
DOCUMENTS = [
    Document(
        "orti",
        {"title": "Orti urbani", "body": "Gli abitanti coltivano un orto nel parco."},
        names=["Orti urbani", "Co-Orto"],
        facets={"city": ["bari"], "theme": ["spazio", "reti"]},
    ),
    Document(
        "mercato",
        {"title": "Mercato coperto", "body": "Banchi e botteghe. Un orto sul tetto del mercato."},
        facets={"city": ["torino"], "theme": ["economia"]},
    ),
    Document(
        "poverta",
        {"title": "Contro la povertà", "body": "Aiuti alle famiglie con bambini in povertà."},
        facets={"city": ["bari"], "theme": ["reti"]},
    ),
    Document(
        "vuoto",
        {"title": "", "body": ""},
        facets={"city": ["torino"], "theme": ["reti"]},
    ),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("index") / "new"
    create_index(folder, DOCUMENTS)
    return open_index(folder, TUNING, CONCEPTS)


def search(index: Index, query: str, **filters: list[str]) -> Results:
    return index.search(parse(query), filters)


def ids(index: Index, query: str, **filters: list[str]) -> list[str]:
    return [hit.id for hit in search(index, query, **filters).hits]


def test_title_and_body_rank_above_body_alone(index: Index) -> None:
    assert ids(index, "orti") == ["orti", "mercato"]


def test_all_words_come_before_some_words(index: Index) -> None:
    assert ids(index, "orto mercato") == ["mercato", "orti"]
    assert search(index, "orto mercato").whole == 1


def test_fewer_words_are_found_and_said(index: Index) -> None:
    results = search(index, "tetto famiglie")
    assert {hit.id for hit in results.hits} == {"mercato", "poverta"}
    assert results.whole == 0


def test_accents_do_not_matter(index: Index) -> None:
    assert ids(index, "poverta bambino") == ids(index, "POVERTÀ Bambini") == ["poverta"]


def test_empty_query_finds_all_in_the_given_order(index: Index) -> None:
    assert ids(index, "") == ["orti", "mercato", "poverta", "vuoto"]
    assert search(index, "").total == 4


def test_paging_gives_each_document_once(index: Index) -> None:
    pages = [index.search(parse(""), limit=3, offset=offset).hits for offset in (0, 3, 6)]
    assert [len(page) for page in pages] == [3, 1, 0]


def test_order_can_be_another(index: Index) -> None:
    hits = index.search(parse(""), order=lambda document_id: document_id).hits
    assert [hit.id for hit in hits] == ["mercato", "orti", "poverta", "vuoto"]


def test_values_of_a_facet_widen_and_facets_narrow(index: Index) -> None:
    assert ids(index, "", city=["bari", "torino"]) == ["orti", "mercato", "poverta", "vuoto"]
    assert ids(index, "", city=["bari"], theme=["reti"]) == ["orti", "poverta"]
    assert ids(index, "", city=["nessuna"]) == []


def test_facet_does_not_count_its_own_filter(index: Index) -> None:
    facets = search(index, "", city=["bari"]).facets
    assert [(v.value, v.count, v.selected) for v in facets["city"]] == [
        ("bari", 2, True),
        ("torino", 2, False),
    ]
    assert [(v.value, v.count) for v in facets["theme"]] == [("reti", 2), ("spazio", 1)]


def test_counts_follow_the_query(index: Index) -> None:
    facets = search(index, "orto").facets
    assert {v.value: v.count for v in facets["city"]} == {"bari": 1, "torino": 1}


@pytest.mark.parametrize(
    ("typed", "used", "found"),
    [
        ("mercatto", "mercato", "mercato"),
        ("bambinni", "bambini", "poverta"),
        ("alotments", "allotments", "orti"),
        ("botteegge", "botteghe", "mercato"),
        ("povertta", "povertà", "poverta"),
        ("ortimercato", "orti mercato", "mercato"),
        ("dellorto", "orto", "orti"),
    ],
)
def test_unknown_word_is_corrected(index: Index, typed: str, used: str, found: str) -> None:
    results = search(index, typed)
    assert results.corrections == ((typed, used),)
    assert results.hits[0].id == found


def test_known_words_are_not_corrected(index: Index) -> None:
    assert search(index, "orto nel parco giardini").corrections == ()


def test_word_of_the_dictionary_is_corrected_only_if_nothing_else_is_found(index: Index) -> None:
    assert search(index, "banchi pane").corrections == ()
    assert search(index, "parto").corrections == (("parto", "parco"),)


def test_numbers_are_the_same_in_words_and_figures(tmp_path: Path) -> None:
    create_index(tmp_path, [Document("s13", {"title": "Spazio13", "body": "A trenta all'ora."})])
    numbers = open_index(tmp_path, TUNING)
    for query in ("spazio tredici", "spazio 13", "30 all'ora"):
        assert ids(numbers, query) == ["s13"]


def test_word_of_a_document_is_found_written_apart(tmp_path: Path) -> None:
    create_index(tmp_path, [Document("one", {"title": "", "body": "Il programma LacittàIntorno."})])
    assert ids(open_index(tmp_path, TUNING), "la città intorno") == ["one"]


def test_words_around_the_matter_count_little(tmp_path: Path) -> None:
    bodies = {"asked": "Un orto, un orto.", "spoken": "Cerchiamo e cerchiamo."}
    create_index(tmp_path, [Document(k, {"title": "", "body": v}) for k, v in bodies.items()])
    results = search(open_index(tmp_path, TUNING), "cerchiamo un orto")
    assert [hit.id for hit in results.hits] == ["asked", "spoken"]
    assert results.whole == 1


def test_labels_are_known_by_their_dictionary_form(index: Index) -> None:
    assert search(index, "mercato").concepts == ("mercati",)
    assert search(index, "allotment").concepts == ("orti",)
    assert search(index, "commerciante").concepts == ()


def test_documents_help_those_like_them(tmp_path: Path) -> None:
    bodies = {
        "one": "Orto sociale, aiuole, semina, raccolto. Portineria.",
        "like": "Aiuole, semina, raccolto, innaffiare. Portineria.",
        "other": "Biblioteca, libri, lettura, prestito. Portineria.",
        "rest": "Biblioteca, libri, lettura, prestito.",
    }
    create_index(tmp_path, [Document(k, {"title": "", "body": v}) for k, v in bodies.items()])
    alone, helped = (
        open_index(tmp_path, Tuning({"title": 1.0, "body": 1.0}, alike=alike)) for alike in (0, 0.5)
    )
    assert ids(helped, "portineria orto") == ["one", "like", "other"]
    scores = [
        {hit.id: hit.score for hit in search(i, "portineria orto").hits} for i in (alone, helped)
    ]
    assert scores[0]["like"] == scores[0]["other"]
    assert scores[1]["like"] > scores[1]["other"]
    query = parse("portineria orto")
    parts = helped.explain(query, "like")
    assert "alike" in {part.where for part in parts}
    assert sum(part.score for part in parts) == pytest.approx(scores[1]["like"])


def test_other_labels_of_a_concept_find_too(index: Index) -> None:
    results = search(index, "allotments")
    assert [hit.id for hit in results.hits] == ["orti"]
    assert results.concepts == ("orti",)
    assert results.stems == {"allotments"}


def test_narrower_concepts_find_too_but_broader_do_not(index: Index) -> None:
    assert ids(index, "negozi") == ["mercato"]
    assert search(index, "markets").concepts == ("mercati",)


def test_literal_words_weigh_more_than_the_thesaurus(index: Index) -> None:
    literal = search(index, "orti urbani").hits[0].score
    assert literal > search(index, "giardini comunitari").hits[0].score > 0


def test_thesaurus_can_be_left_out(index: Index) -> None:
    assert index.search(parse("allotments"), widen=False).total == 0


@pytest.mark.parametrize("query", ["coorto", "co orto", "CO-ORTO", "orti urbani", "ortiurbani"])
def test_name_comes_first_however_it_is_written(index: Index, query: str) -> None:
    assert ids(index, query)[0] == "orti"


def test_phrase_must_stand_in_the_text(index: Index) -> None:
    assert ids(index, '"orto nel parco"') == ["orti"]
    assert ids(index, '"orto sul tetto"') == ["mercato"]


def test_phrase_that_is_nowhere_gives_its_words(index: Index) -> None:
    assert ids(index, '"orto famiglie" orto') == ["orti", "mercato"]


def test_unwanted_words_take_away(index: Index) -> None:
    assert ids(index, "orto -mercato") == ["orti"]
    assert ids(index, "-orto") == ["poverta", "vuoto"]


def test_alternatives_count_as_one(index: Index) -> None:
    results = search(index, "tetto OR famiglie")
    assert {hit.id for hit in results.hits} == {"mercato", "poverta"}
    assert results.whole == 2


def test_beginning_finds_its_words(index: Index) -> None:
    assert ids(index, "bott*") == ["mercato"]
    assert "botteg" in search(index, "bott*").stems


def test_neighbours_rank_higher(tmp_path: Path) -> None:
    apart = Document("apart", {"title": "", "body": "Case nuove, quartieri popolari."})
    near = Document("near", {"title": "", "body": "Quartieri nuovi, case popolari."})
    create_index(tmp_path, [apart, near])
    assert ids(open_index(tmp_path, TUNING), "case popolari") == ["near", "apart"]


def test_prior_decides_between_equals(tmp_path: Path) -> None:
    texts = {"title": "Orto", "body": "Un orto."}
    create_index(tmp_path, [Document("old", texts), Document("fresh", texts, prior=1.0)])
    assert ids(open_index(tmp_path, TUNING), "orto") == ["fresh", "old"]


def test_explanation_adds_up_to_the_score(index: Index) -> None:
    query = parse("orti urbani parco")
    hit = index.search(query).hits[0]
    parts = index.explain(query, hit.id)
    assert sum(part.score for part in parts) == pytest.approx(hit.score)
    assert {"title", "body", "name", "neighbours"} <= {part.where for part in parts}


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
    assert search(index, query).total <= 4


def test_explanation_tells_the_prior(tmp_path: Path) -> None:
    create_index(tmp_path, [Document("fresh", {"title": "Orto", "body": "Un orto."}, prior=1.0)])
    fresh = open_index(tmp_path, TUNING)
    query = parse("orto")
    parts = fresh.explain(query, "fresh")
    assert "prior" in {part.where for part in parts}
    assert sum(part.score for part in parts) == pytest.approx(fresh.search(query).hits[0].score)


def test_unwanted_beginning_takes_away(index: Index) -> None:
    assert ids(index, "orto -merc*") == ["orti"]


def test_random_input_never_fails(index: Index) -> None:
    chance = random.Random(20241218)  # noqa: S311 - not for secrets
    letters = "abcàèì'\"*?:()[]{}~^-+&|!<>\\/ \t\n0129😀"
    for _ in range(500):
        search(index, "".join(chance.choices(letters, k=chance.randint(1, 60))))


def test_missing_folder_is_an_error_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(SearchIndexError, match="build it again"):
        open_index(tmp_path / "none", TUNING)


# Whoosh leaves a file open when it meets a truncated one.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_truncated_index_is_an_error_of_its_own(tmp_path: Path) -> None:
    create_index(tmp_path, DOCUMENTS)
    for path in tmp_path.glob("*.seg"):
        path.write_bytes(path.read_bytes()[:10])
    with pytest.raises(SearchIndexError):
        open_index(tmp_path, TUNING)


def test_results_are_the_same_from_index_to_index(tmp_path: Path, index: Index) -> None:
    create_index(tmp_path, DOCUMENTS)
    again = open_index(tmp_path, TUNING, CONCEPTS)
    assert search(again, "orto parco") == search(index, "orto parco")
