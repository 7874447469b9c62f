# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads a build: records and lists from SQLite, and its search index."""

import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from sqlite_utils import Database

import search_index
from kb import labels
from kb.builds import DATABASE, INDEX, Builds
from kb.database import VOCABULARY_TABLES
from kb.records import Authority, Event, Practice, Record, Relation, Term, Theme

R = TypeVar("R", bound=Record)
FACET_VOCABULARIES = {
    "target_group": "target-groups",
    "instrument": "instruments",
    "programme": "programmes",
}


@dataclass(frozen=True)
class Card:
    """What a list shows of a practice. *authority* is the name of the city."""

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
class PracticePage:
    """Everything that a practice's page shows."""

    slug: str
    authority_id: str
    path: str
    record: Practice
    sections: tuple[RenderedSection, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Written(Mapping[str, R]):
    """Records by id, in order, with the HTML of their texts."""

    records: dict[str, R]
    html: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, key: str) -> R:
        return self.records[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.records)

    def __len__(self) -> int:
        return len(self.records)


class Generation:
    """One opened build: what all requests share. Immutable, safe for several threads."""

    def __init__(self, build_id: str, folder: Path, weights: Mapping[str, float]) -> None:
        self.id = build_id
        self.path = folder / DATABASE
        self.index = search_index.open_index(folder / INDEX, weights)
        with self.connection() as database:
            self.created = next(database.query("select created from build"))["created"]
            self.themes = _written(database, "themes", "position", Theme)
            self.authorities = _written(database, "authorities", "position, name", Authority)
            self.events = _written(database, "events", "start desc", Event)
            self.vocabularies = {
                name: _records(database, table, "position", Term)
                for name, (table, _) in VOCABULARY_TABLES.items()
            }

    @contextmanager
    def connection(self) -> Iterator[Database]:
        """Open the database read-only, for one thread."""
        connection = sqlite3.connect(f"{self.path.as_uri()}?mode=ro", uri=True)
        try:
            yield Database(connection)
        finally:
            connection.close()


class Generations:
    """Opens the current build, and opens it anew when another becomes current."""

    def __init__(self, instance: Path, weights: Mapping[str, float]) -> None:
        self.builds = Builds(instance)
        self._weights = weights
        self._lock = threading.Lock()
        self._open: Generation | None = None

    def current(self) -> Generation:
        """Return the current build. Raises :class:`~kb.errors.NotBuilt` when there is none."""
        wanted = self.builds.pointer().current
        generation = self._open
        if generation is None or generation.id != wanted:
            with self._lock:
                generation = self._opened(wanted)
        return generation

    def _opened(self, wanted: str) -> Generation:
        if self._open is None or self._open.id != wanted:
            try:
                self._open = Generation(wanted, self.builds.folder(wanted), self._weights)
            except (OSError, sqlite3.OperationalError, search_index.SearchIndexError):
                # Two builds in a row can remove this one between pointer and opening.
                now = self.builds.pointer().current
                if now == wanted:
                    raise
                self._open = Generation(now, self.builds.folder(now), self._weights)
        return self._open

    @contextmanager
    def read(self) -> Iterator["KnowledgeBase"]:
        """Open the current build for one request or command."""
        generation = self.current()
        with generation.connection() as database:
            yield KnowledgeBase(generation, database)


class KnowledgeBase:
    """The knowledge base as one request reads it: one build, one connection."""

    def __init__(self, generation: Generation, database: Database) -> None:
        self._database = database
        self.id = generation.id
        self.created: str = generation.created
        self.index = generation.index
        self.themes = generation.themes
        self.authorities = generation.authorities
        self.events = generation.events
        self.vocabularies = generation.vocabularies

    def label(self, facet: str, value: str) -> str:
        """Return the Italian label of a facet value, or the value itself."""
        if facet == "theme" and value in self.themes:
            return self.themes[value].short
        if facet == "city" and value in self.authorities:
            return self.authorities[value].name
        if facet == "status":
            return labels.STATUSES.get(value, value)
        term = self.vocabularies.get(FACET_VOCABULARIES.get(facet, ""), {}).get(value)
        return term.label if term else value

    def count(self) -> int:
        """Return the number of practices."""
        return int(self._database.table("practices").count)

    def cards(self, slugs: Sequence[str]) -> dict[str, Card]:
        """Return the cards of *slugs*, in that order."""
        marks = ",".join("?" * len(slugs))
        found = {card.slug: card for card in self._cards(f"p.slug in ({marks})", slugs)}
        return {slug: found[slug] for slug in slugs}

    def by_authority(self, authority: str) -> list[Card]:
        """Return the practices of *authority*, by title."""
        return self._cards("p.authority = ?", [authority], "p.title")

    def by_theme(self, theme: str) -> list[Card]:
        """Return the practices of *theme*: those whose main theme it is first."""
        joined = "p.slug in (select practice from practice_themes where theme = ?)"
        order = "(select position from practice_themes where practice = p.slug and theme = ?) > 0"
        return self._cards(joined, [theme, theme], f"{order}, p.status_date desc, p.title")

    def by_event(self, event: str) -> list[Card]:
        """Return the practices that a source says were presented at *event*."""
        joined = "p.slug in (select practice from practice_events where event = ?)"
        return self._cards(joined, [event], "p.title")

    def newest(self, limit: int) -> list[Card]:
        """Return the *limit* practices with the latest news."""
        return self._cards("1", [], "p.status_date desc, p.title", limit)

    def coverage(self) -> dict[tuple[str, str], int]:
        """Return the number of practices by (authority, theme)."""
        rows = self._database.query(
            "select p.authority, t.theme, count(*) as practices from practices p"
            " join practice_themes t on t.practice = p.slug group by 1, 2"
        )
        return {(row["authority"], row["theme"]): row["practices"] for row in rows}

    def section_texts(self, slugs: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
        """Return the label and plain text of each section of each of *slugs*, in order."""
        marks = ",".join("?" * len(slugs))
        rows = self._database.query(
            f"select practice, label, text from sections where practice in ({marks})"
            " order by practice, position",
            list(slugs),
        )
        texts: dict[str, list[tuple[str, str]]] = {slug: [] for slug in slugs}
        for row in rows:
            texts[row["practice"]].append((row["label"], row["text"]))
        return texts

    def practice(self, slug: str) -> PracticePage | None:
        """Return everything about the practice *slug*, or None when there is none."""
        row = next(
            iter(self._database.query("select * from practices where slug = ?", [slug])), None
        )
        if row is None:
            return None
        sections = self._database.query(
            "select key, label, html from sections where practice = ? order by position", [slug]
        )
        return PracticePage(
            slug=slug,
            authority_id=row["authority"],
            path=row["path"],
            record=Practice.model_validate_json(row["record"]),
            sections=tuple(RenderedSection(**section) for section in sections),
            links=tuple(self._links(slug)),
        )

    def moved(self, alias: str) -> str | None:
        """Return the slug of the practice that had the address *alias*, or None."""
        rows = self._database.query("select practice from aliases where alias = ?", [alias])
        return next((row["practice"] for row in rows), None)

    def _links(self, slug: str) -> Iterator[Link]:
        rows = list(
            self._database.query(
                "select other, relation, note from relations where practice = ?"
                " order by relation = 'similar', relation, other",
                [slug],
            )
        )
        cards = self.cards([row["other"] for row in rows])
        for row in rows:
            yield Link(row["relation"], cards[row["other"]], row["note"])

    def _cards(
        self, where: str, values: Sequence[str], order: str = "p.slug", limit: int = -1
    ) -> list[Card]:
        rows = self._database.query(
            "select p.slug, p.title, p.summary, p.title_en, p.summary_en,"
            " p.authority as authority_id, a.name as authority, p.status, p.status_date,"
            " p.start, p.end, p.place, p.reviewed,"
            " (select group_concat(theme) from (select theme from practice_themes"
            "   where practice = p.slug order by position)) as themes,"
            " (select count(*) from sources where practice = p.slug) as sources,"
            " (select count(*) from indicators where practice = p.slug"
            "   and nature <> 'expected') as indicators"
            " from practices p join authorities a on a.id = p.authority"
            f" where {where} order by {order} limit {limit:d}",
            list(values),
        )
        return [Card(**{**row, "themes": tuple(row["themes"].split(","))}) for row in rows]


def _records(database: Database, table: str, order: str, model: type[R]) -> dict[str, R]:
    rows = database.query(f"select id, record from {table} order by {order}")
    return {row["id"]: model.model_validate_json(row["record"]) for row in rows}


def _written(database: Database, table: str, order: str, model: type[R]) -> Written[R]:
    html: dict[str, Any] = {
        row["id"]: row["html"] for row in database.query(f"select id, html from {table}")
    }
    return Written(_records(database, table, order, model), html)
