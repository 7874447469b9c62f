# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes the SQLite database of a build."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from sqlite_utils import Database

from kb import history_store, rows, tables
from kb.content import Content
from kb.diagrams import sky
from kb.rows import Row
from kb.tables import TERM_TABLES


def write(
    path: Path,
    content: Content,
    build: Row,
    pictures: Iterable[Row],
    on_practice: Callable[[str], None],
) -> None:
    """Write *content* into a new database at *path*.

    *build* is its one row about itself; *pictures* are the rows of the build's pictures.
    """
    database = Database(path)
    try:
        database.execute("PRAGMA foreign_keys = ON")
        with database.atomic():
            tables.create(database)
            _fill(database, content, build, on_practice)
            sky.write(database, content)
            history_store.write(database, content)
            database.table("pictures").insert_all(pictures)
    finally:
        database.close()


def _fill(
    database: Database, content: Content, build: Row, on_practice: Callable[[str], None]
) -> None:
    database.table("build").insert(build)
    database.table("authorities").insert_all(map(rows.authority, content.authorities.values()))
    database.table("themes").insert_all(map(rows.theme, content.themes.values()))
    database.table("events").insert_all(
        rows.event(content, entry) for entry in content.events.values()
    )
    for vocabulary, terms in TERM_TABLES.items():
        database.table(terms).insert_all(
            rows.term(number, term)
            for number, term in enumerate(content.vocabularies[vocabulary].values())
        )
    database.table("practices").insert_all(
        rows.practice(content, entry) for entry in content.practices.values()
    )
    # One call for each table: it costs more than its rows.
    listed: dict[str, list[Row]] = defaultdict(list)
    for slug, entry in content.practices.items():
        for table, found in rows.lists(entry):
            listed[table] += [{"practice": slug, **row} for row in found]
        on_practice(slug)
    for table, found in listed.items():
        database.table(table).insert_all(found)
    database.table("relations").insert_all(rows.relations(content), ignore=True)
