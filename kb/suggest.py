# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Completes what a reader types: practices, themes, cities and concepts of the thesaurus."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.store import KnowledgeBase
from search_index.analysis import fold, words

MOST = 8
#: Of a label's alternatives, those of the thesaurus come last.
KINDS = ("practice", "theme", "city", "concept")


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
    found: dict[tuple[str, str], tuple[bool, int, int, Completion]] = {}
    for place, (known, completion) in enumerate(_known(base, language)):
        if all(any(word.startswith(want) for word in known) for want in wanted):
            begins = known[: len(wanted)] == wanted or known[0].startswith(wanted[0])
            rank = (not begins, KINDS.index(completion.kind), place, completion)
            key = (completion.kind, completion.id)
            if key not in found or rank[:3] < found[key][:3]:
                found[key] = rank
    return [rank[3] for rank in sorted(found.values(), key=lambda rank: rank[:3])[:MOST]]


def _known(base: KnowledgeBase, language: str) -> list[tuple[list[str], Completion]]:
    def labels(base: KnowledgeBase) -> list[tuple[list[str], Completion]]:
        listed = _completions(base, language)
        return [(known, item) for label, item in listed if (known := _words(label))]

    return base.once(f"completions {language}", labels)


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
