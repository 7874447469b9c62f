# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The problems that readers start from: how search knows them, where the site shows them."""

import pytest
import yaml

from kb import content, problems
from kb.search import explain, search
from kb.store import KnowledgeBase
from kb.suggest import complete
from search_index import parse
from tests.conftest import ROOT, PageClient, check_page, text


def meant(base: KnowledgeBase, words: str) -> list[str]:
    return [problem.id for problem in problems.meant(base, parse(words))]


def test_a_way_of_saying_leads_to_the_practices_of_its_problem(base: KnowledgeBase) -> None:
    answer = search(base, "la nonna sta al quarto piano")
    assert answer.problems == ("anziani-soli",)
    assert [found.card.slug for found in answer.found] == ["custodi-di-prova", "mercato-di-prova"]
    given = explain(base, "la nonna sta al quarto piano", "mercato-di-prova")
    assert ("Anziani soli in casa", "favour") in {(part.what, part.where) for part in given}


def test_a_problem_is_meant_by_half_of_the_words_at_least(base: KnowledgeBase) -> None:
    assert meant(base, "nonna mercato piazza lavoro") == []
    assert meant(base, "vorrei trovare qualcuno") == []
    assert meant(base, "") == []
    assert list(problems.practices(base)) == ["anziani-soli"]


def test_unwanted_words_and_filters_still_hold(base: KnowledgeBase) -> None:
    assert [f.card.slug for f in search(base, "nonna -mercato").found] == ["custodi-di-prova"]
    torino = search(base, "nonna", {"city": ["torino"]})
    assert [found.card.slug for found in torino.found] == ["mercato-di-prova"]
    assert search(base, "nonna", widen=False).results.total == 0


def test_a_problem_is_completed_filtered_and_shown(client: PageClient, base: KnowledgeBase) -> None:
    assert ("problem", "anziani-soli") in [(c.kind, c.id) for c in complete(base, "anziani so")]
    listed = client.page("/problemi")
    assert text(listed, ".problem-list li") == ["Anziani soli in casa 2 pratiche"]
    found = client.page("/cerca?problema=anziani-soli")
    check_page(found, "/cerca?problema=anziani-soli")
    (chosen,) = text(found, "h1")
    assert chosen in text(found, ".filter-chips .chip-label")[0]
    assert text(client.page("/cerca?problema=anziani-soli&problema=casa-cara"), "h1") == ["Cerca"]
    assert text(client.page("/cerca?problema=nessuno"), "h1") == ["Cerca"]
    assert len(found.query(".practice-card")) == 2
    near = client.page("/cerca?q=nonna")
    assert near.query('.search-note a[href="/cerca?problema=anziani-soli"]')


def test_a_chosen_problem_puts_its_own_practices_first(real_client: PageClient) -> None:
    page = real_client.page("/cerca?problema=anziani-soli")
    slugs = [a.attrs["href"].rpartition("/")[2] for a in page.query(".practice-card-title a")]
    entries = content.load(ROOT / "practices").practices
    places = [entries[slug].record.problems.index("anziani-soli") for slug in slugs]
    assert places == sorted(places)
    assert len(places) > 3
    chosen = page.query("#filtro-problema .filter-value")[0]
    assert "Anziani soli in casa" in chosen.to_text()


def test_every_real_problem_has_practices_and_ways_of_saying() -> None:
    loaded = content.load(ROOT / "practices")
    had = [p for entry in loaded.practices.values() for p in entry.record.problems]
    listed = yaml.safe_load((ROOT / "practices/vocabularies/problems.yml").read_text("utf-8"))
    assert all(entry.record.problems for entry in loaded.practices.values())
    for problem in listed:
        assert had.count(problem["id"]) >= 2, problem["id"]
        assert len(problem["said"]) >= 20, problem["id"]
        assert len(problem["said_en"]) >= 10, problem["id"]
    said = [way for problem in listed for way in (*problem["said"], *problem["said_en"])]
    assert len(said) == len(set(said))


def test_scores_of_a_chosen_problem_add_up(base: KnowledgeBase) -> None:
    (first, *_) = search(base, "problema:anziani-soli").found
    parts = explain(base, "problema:anziani-soli", first.card.slug)
    assert first.score > 0
    assert sum(part.score for part in parts) == pytest.approx(first.score)
