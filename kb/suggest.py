# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Completes what a reader types: practices, themes, cities, problems, thesaurus concepts."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, takewhile

from kb import problems
from kb.store import KnowledgeBase
from search_index.analysis import fold, words

MOST = 8
#: Of a label's alternatives, those of the thesaurus come last.
KINDS = ("practice", "theme", "city", "problem", "concept")


@dataclass(frozen=True)
class Completion:
    """Something a reader may mean: *text* to show, *kind* of :data:`KINDS`, *id* in its kind.

    A concept also tells, in *because*, the other label that was typed.
    """

    text: str
    kind: str
    id: str
    because: str = ""


def complete(base: KnowledgeBase, typed: str, language: str = "it") -> list[Completion]:
    """Return at most :data:`MOST` completions of *typed*; those that begin with it first.

    They are found by the names in all languages, and shown in *language*.
    """
    wanted = _words(typed)
    if not wanted:
        return []
    labels = base.once(f"labels {language}", lambda base: _Labels(_completions(base, language)))
    found: dict[tuple[str, str], tuple[bool, int, int]] = {}
    for place in labels.having(wanted):
        known, completion = labels.listed[place]
        rank = (not known[0].startswith(wanted[0]), KINDS.index(completion.kind), place)
        key = (completion.kind, completion.id)
        found[key] = min(rank, found.get(key, rank))
    return [labels.listed[place][1] for *_, place in sorted(found.values())[:MOST]]


class _Labels:
    """Labels in the order of their kinds, found by the beginnings of their words."""

    def __init__(self, completions: Iterable[tuple[str, Completion]]) -> None:
        self.listed = [(_words(label), item) for label, item in completions if _words(label)]
        places: dict[str, set[int]] = defaultdict(set)
        for place, (known, _) in enumerate(self.listed):
            for word in known:
                places[word].add(place)
        self._places = places
        self._words = sorted(places)

    def having(self, beginnings: Iterable[str]) -> set[int]:
        """Return the places of the labels that have a word for each of *beginnings*."""
        return set.intersection(*map(self._beginning, beginnings))

    def _beginning(self, beginning: str) -> set[int]:
        first = bisect_left(self._words, beginning)
        begun = takewhile(lambda word: word.startswith(beginning), islice(self._words, first, None))
        return set().union(*(self._places[word] for word in begun))


def _completions(base: KnowledgeBase, language: str) -> Iterator[tuple[str, Completion]]:
    english = language == "en"
    for card in base.all_cards():
        for label in (card.title, card.title_en):
            title = card.title_en if english else card.title
            yield label, Completion(title, "practice", card.slug)
    for theme_id, theme in base.themes.items():
        name = theme.label_en if english else theme.label
        yield from _named(name, (theme.label, theme.label_en), "theme", theme_id)
    for authority_id, authority in base.authorities.items():
        yield from _named(authority.name, (authority.name,), "city", authority_id)
    for problem_id in problems.practices(base):
        problem = base.vocabularies["problems"][problem_id]
        name = problem.label_en if english else problem.label
        yield from _named(name, (problem.label, problem.label_en), "problem", problem_id)
    for concept_id, concept in base.vocabularies["thesaurus"].items():
        name = concept.label_en if english else concept.label
        yield from _named(name, concept.labels(), "concept", concept_id)


def _named(
    text: str, labels: Iterable[str], kind: str, record_id: str
) -> Iterator[tuple[str, Completion]]:
    for label in labels:
        yield label, Completion(text, kind, record_id, "" if label == text else label)


def _words(text: str) -> list[str]:
    return [fold(token.text) for token in words(text)]
