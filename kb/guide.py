# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The guided way in: the questions of the content, and which practices each answer leaves.

An answer leaves the practices that a search with its facet values would find, so that the guide
and the search always agree.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import search_index
from kb.records import Answer, Question
from kb.store import KnowledgeBase

#: Why a practice is there: a facet and the values of the answer that it has.
Reason = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Choice:
    """An answer, and how many practices it would leave beside the answers to other questions."""

    answer: Answer
    count: int
    chosen: bool


@dataclass(frozen=True)
class Step:
    """A question with its choices; *answer* is the chosen one, if any."""

    question: Question
    choices: tuple[Choice, ...]
    answer: Answer | None


def steps(base: KnowledgeBase, given: Mapping[str, str]) -> list[Step]:
    """Return every question with its choices; *given* are answers by question.

    What *given* names and the guide does not have is ignored.
    """
    answers = {
        question.id: _named(question, given.get(question.id, "")) for question in _questions(base)
    }
    return [
        Step(question, tuple(_choices(base, question, answers)), answers[question.id])
        for question in _questions(base)
    ]


def filters(answers: Iterable[Answer]) -> dict[str, list[str]]:
    """Return the facet values, by facet, that stand for *answers* to different questions."""
    return {
        facet: list(values)
        for answer in answers
        for facet, values in answer.facets.values().items()
    }


def reasons(base: KnowledgeBase, slug: str, answers: Iterable[Answer]) -> list[Reason]:
    """Return which values of *answers* the practice *slug* has, by facet."""
    return [
        (facet, tuple(value for value in values if slug in _having(base, facet, value)))
        for facet, values in filters(answers).items()
    ]


def _questions(base: KnowledgeBase) -> list[Question]:
    return [term for term in base.vocabularies["guide"].values() if isinstance(term, Question)]


def _named(question: Question, answer_id: str) -> Answer | None:
    return next((answer for answer in question.answers if answer.id == answer_id), None)


def _choices(
    base: KnowledgeBase, question: Question, answers: Mapping[str, Answer | None]
) -> Iterable[Choice]:
    others = [answer for asked, answer in answers.items() if answer and asked != question.id]
    for answer in question.answers:
        left = _left(base, [*others, answer])
        yield Choice(answer, len(left), answer == answers[question.id])


def _left(base: KnowledgeBase, answers: Iterable[Answer]) -> frozenset[str]:
    """Return the slugs that have, of each facet that *answers* name, one of the values."""
    sets = [
        frozenset().union(*(_having(base, facet, value) for value in values))
        for facet, values in filters(answers).items()
    ]
    return frozenset.intersection(*sets)


def _having(base: KnowledgeBase, facet: str, value: str) -> frozenset[str]:
    """Return the slugs of the practices that have *value*; the index is asked once per build."""

    def found(base: KnowledgeBase) -> frozenset[str]:
        everything = search_index.parse("")
        hits = base.find(everything, {facet: [value]}, limit=base.count()).hits
        return frozenset(hit.id for hit in hits)

    return base.once(f"having {facet} {value}", found)
