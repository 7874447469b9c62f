# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opens builds: one generation is what all requests share of one build."""

import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from sqlite_utils import Database

import search_index
from kb.builds import DATABASE, INDEX, PICTURES, PROBLEMS, Builds
from kb.content import VOCABULARIES
from kb.documents import PROBLEM_TUNING, TUNING
from kb.errors import OutdatedBuild
from kb.records import Authority, Concept, Event, Record, Term, Theme
from kb.tables import TERM_TABLES

R = TypeVar("R", bound=Record)

#: What opening a build raises when it is gone, damaged or of another version.
UNREADABLE = (OSError, sqlite3.DatabaseError, ValidationError, search_index.SearchIndexError)


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
    """One opened build: what all requests share. Immutable, safe for several threads.

    A quick build has the index of an earlier one: *before*, if it has the same, lends its own,
    open and warm.
    """

    def __init__(self, build_id: str, folder: Path, before: "Generation | None" = None) -> None:
        self.id = build_id
        self.path = folder / DATABASE
        self.pictures_folder = folder / PICTURES
        self.derived: dict[str, Any] = {}
        with self.connection() as database:
            about = next(database.query("select created, digest, index_of from build"))
            self.created, self.digest = about["created"], about["digest"]
            rows = database.query("select name, digest from pictures")
            self.pictures = {row["name"]: row["digest"] for row in rows}
            self.themes = _written(database, "themes", "position", Theme)
            self.authorities = _written(database, "authorities", "position, name", Authority)
            self.events = _written(database, "events", "start desc", Event)
            self.vocabularies = {
                name: _records(database, table, "position", VOCABULARIES[name])
                for name, table in TERM_TABLES.items()
            }
        concepts = _concepts(self.vocabularies["thesaurus"])
        self._index_made_of = (about["index_of"], concepts)
        lent = before if before and before._index_made_of == self._index_made_of else None
        self.index: search_index.Index = (
            lent.index if lent else search_index.open_index(folder / INDEX, TUNING, concepts)
        )
        self.problem_index: search_index.Index = (
            lent.problem_index
            if lent
            else search_index.open_index(folder / PROBLEMS, PROBLEM_TUNING, concepts)
        )

    @contextmanager
    def connection(self) -> Iterator[Database]:
        """Open the database read-only, for one thread."""
        connection = sqlite3.connect(f"{self.path.as_uri()}?mode=ro", uri=True)
        try:
            yield Database(connection)
        finally:
            connection.close()

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Return all rows of *table*, for what is read whole and once."""
        with self.connection() as database:
            return list(database.table(table).rows)


class Generations:
    """Opens the current build, and opens it anew when another becomes current."""

    def __init__(self, instance: Path) -> None:
        self.builds = Builds(instance)
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
                self._open = Generation(wanted, self.builds.folder(wanted), self._open)
            except UNREADABLE as error:
                # Two builds in a row can remove this one between pointer and opening.
                now = self.builds.pointer().current
                if now == wanted:
                    raise OutdatedBuild(self.builds.folder(wanted)) from error
                self._open = Generation(now, self.builds.folder(now))
        return self._open


def _records(database: Database, table: str, order: str, model: type[R]) -> dict[str, R]:
    rows = database.query(f"select id, record from {table} order by {order}")
    return {row["id"]: model.model_validate_json(row["record"]) for row in rows}


def _concepts(terms: Mapping[str, Term]) -> list[search_index.Concept]:
    """Return the thesaurus as the search index wants it, with narrower for broader."""
    narrower: dict[str, list[str]] = defaultdict(list)
    for term in terms.values():
        if isinstance(term, Concept):
            for broader in term.broader:
                narrower[broader].append(term.id)
    return [
        search_index.Concept(term.id, term.label, term.known_as(), tuple(narrower[term.id]))
        for term in terms.values()
        if isinstance(term, Concept)
    ]


def _written(database: Database, table: str, order: str, model: type[R]) -> Written[R]:
    html: dict[str, Any] = {
        row["id"]: row["html"] for row in database.query(f"select id, html from {table}")
    }
    return Written(_records(database, table, order, model), html)
