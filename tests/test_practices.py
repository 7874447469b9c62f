# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The real content: enough of it, sourced, and said once."""

import re
from collections import Counter
from functools import lru_cache

import pytest

from kb.check import check
from kb.content import Content, Entry, load
from kb.records import INVERSE, Practice
from kb.sections import CITATION
from tests.conftest import ROOT

FEWEST_WORDS = 250
#: A sentence of fewer words may well be written twice.
SHORT_SENTENCE = 6


@lru_cache
def content() -> Content:
    return load(ROOT / "practices")


def prose(entry: Entry[Practice]) -> str:
    return CITATION.sub("", "\n".join(section.text for section in entry.sections))


def sentences(entry: Entry[Practice]) -> set[str]:
    said = re.split(r"(?<=[.!?])\s+|\n+", prose(entry))
    plain = (" ".join(re.findall(r"\w+", sentence.lower())) for sentence in said)
    return {sentence for sentence in plain if sentence.count(" ") >= SHORT_SENTENCE - 1}


SLUGS = sorted(content().practices)


def test_content_is_clean() -> None:
    assert [f"{f.path}:{f.line}: {f.message()}" for f in check(content())] == []


def test_every_city_has_seven_practices_and_all_themes() -> None:
    cities = Counter(content().authority_of(slug) for slug in SLUGS)
    assert set(cities) == set(content().authorities)
    assert min(cities.values()) >= 7
    covered = {
        (content().authority_of(slug), theme)
        for slug, entry in content().practices.items()
        for theme in entry.record.themes
    }
    for city in content().authorities:
        for theme in content().themes:
            assert (city, theme) in covered


def test_at_least_25_theories_of_change() -> None:
    drawn = [entry for entry in content().practices.values() if entry.record.theory_of_change]
    assert len(drawn) >= 25


@pytest.mark.parametrize("slug", SLUGS)
def test_entry_is_long_enough_to_be_read(slug: str) -> None:
    assert len(prose(content().practices[slug]).split()) >= FEWEST_WORDS


def test_no_sentence_is_said_twice() -> None:
    seen: dict[str, str] = {}
    repeated = []
    for slug, entry in content().practices.items():
        for sentence in sentences(entry):
            if sentence in seen:
                repeated.append((sentence, seen[sentence], slug))
            seen[sentence] = slug
    assert repeated == []


def test_links_between_entries_agree() -> None:
    declared = {
        (slug, related.practice): related.relation
        for slug, entry in content().practices.items()
        for related in entry.record.related
    }
    for (here, there), relation in declared.items():
        back = declared.get((there, here))
        assert back in (None, INVERSE[relation]), (here, relation, there, back)


@pytest.mark.parametrize("name", ["themes", "authorities", "events"])
def test_pages_link_only_to_entries_that_exist(name: str) -> None:
    for entry in getattr(content(), name).values():
        for slug in re.findall(r"\(/pratiche/([^)#]+)", entry.document.body):
            assert slug in content().practices, (entry.id, slug)
