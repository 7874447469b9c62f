# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What lists and pages show of a practice."""

from dataclasses import dataclass

from kb.records import Practice, Relation


@dataclass(frozen=True)
class Card:
    """What a list shows of a practice. *authority* is the name of the city.

    *archived* is the day when its entry was, *evidence* the level of :func:`kb.quality.evidence`.
    """

    slug: str
    title: str
    summary: str
    title_en: str
    summary_en: str
    authority_id: str
    authority: str
    status: str
    status_date: str
    start: str | None
    end: str | None
    place: str
    reviewed: str
    archived: str | None
    evidence: int
    themes: tuple[str, ...]
    sources: int
    indicators: int


@dataclass(frozen=True)
class RenderedSection:
    """A section of a practice's text as safe HTML."""

    key: str
    label: str
    html: str


@dataclass(frozen=True)
class Link:
    """A related practice, seen from this one."""

    relation: Relation
    card: Card
    note: str | None


@dataclass(frozen=True)
class Part:
    """A building block, an indicator or a step of the theory of change, with its anchor.

    *kind* is a key of :data:`kb.labels.PARTS`.
    """

    kind: str
    text: str
    anchor: str


@dataclass(frozen=True)
class Exchange:
    """A practice that passed between authorities: from the one of *card* to *to*.

    *to_id* is the other authority's when it is in the base; *status* is an adoption's.
    """

    card: Card
    to: str
    to_id: str | None
    status: str
    year: int | None


@dataclass(frozen=True)
class Revision:
    """What a commit changed in the facts of a practice, in Italian; *day* is the commit's."""

    day: str
    changes: tuple[str, ...]


@dataclass(frozen=True)
class History:
    """What git knows of a practice's file; *created* is None when the history was cut off.

    *revisions* come latest first. *others* counts the commits that changed no fact, *older* those
    that are too many to be compared.
    """

    created: str | None
    updated: str
    contributors: tuple[str, ...] = ()
    revisions: tuple[Revision, ...] = ()
    others: int = 0
    older: int = 0


@dataclass(frozen=True)
class PracticePage:
    """Everything that a practice's page shows."""

    slug: str
    authority_id: str
    path: str
    record: Practice
    sections: tuple[RenderedSection, ...]
    links: tuple[Link, ...]
