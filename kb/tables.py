# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tables of a build's database: explicit columns, foreign keys, one table per list."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from sqlite_utils import Database

#: Vocabulary → table of its terms, table that joins practices to them.
VOCABULARY_TABLES = {
    "problems": ("problems", "practice_problems"),
    "target-groups": ("target_groups", "practice_target_groups"),
    "instruments": ("instruments", "practice_instruments"),
    "programmes": ("programmes", "practice_programmes"),
}
#: Vocabulary → table of its terms, for all vocabularies.
TERM_TABLES = {name: terms for name, (terms, _) in VOCABULARY_TABLES.items()} | {
    name: name for name in ("thesaurus", "guide")
}

#: The view of the practices that are not archived.
LISTED = "listed_practices"
#: A build about itself: ``digest`` is that of all it was made of, ``program`` that of the program
#: alone, ``index_of`` the build whose search index it has (its own, unless it is a quick one).
BUILD_COLUMNS = ("id", "created", "digest", "program", "version", "index_of")
PRACTICE_COLUMNS = {
    "slug": str,
    "authority": str,
    "title": str,
    "summary": str,
    "title_en": str,
    "summary_en": str,
    "status": str,
    "status_date": str,
    "start": str,
    "end": str,
    "place": str,
    "scale": str,
    "reviewed": str,
    "archived": str,
    "evidence": int,
    "path": str,
    "record": str,
}
#: Lists of a practice that are kept row by row, in the order of the file.
LIST_COLUMNS: dict[str, dict[str, Any]] = {
    "sections": {"key": str, "label": str, "html": str, "text": str},
    "sources": {
        "id": str,
        "title": str,
        "publisher": str,
        "date": str,
        "url": str,
        "kind": str,
    },
    "actors": {"name": str, "role": str, "kind": str, "lead": int},
    "funding": {
        "programme": str,
        "name": str,
        "amount": float,
        "stage": str,
        "scope": str,
        "year": int,
    },
    "indicators": {"label": str, "value": float, "unit": str, "year": int, "nature": str},
    "building_blocks": {"name": str, "what": str, "conditions": str},
    # What search finds inside a practice, and the anchor that leads to it.
    "parts": {"kind": str, "text": str, "anchor": str},
    "adoptions": {"authority": str, "name": str, "status": str, "year": int},
}


def _table(
    database: Database,
    name: str,
    columns: dict[str, Any],
    pk: Any,
    foreign_keys: Iterable[tuple[str, str, str]] = (),
) -> None:
    database.table(name).create(columns, pk=pk, foreign_keys=list(foreign_keys), strict=True)


def create(database: Database) -> None:
    """Create all tables, empty."""
    table = partial(_table, database)
    table("build", dict.fromkeys(BUILD_COLUMNS, str), "id")
    table("pictures", {"name": str, "digest": str, "inputs": str}, "name")
    table(
        "authorities", {"id": str, "position": int, "name": str, "record": str, "html": str}, "id"
    )
    table("themes", {"id": str, "position": int, "label": str, "record": str, "html": str}, "id")
    table(
        "events",
        {"id": str, "start": str, "title": str, "record": str, "html": str, "path": str},
        "id",
    )
    for terms in TERM_TABLES.values():
        table(terms, {"id": str, "position": int, "label": str, "record": str}, "id")
    table("practices", PRACTICE_COLUMNS, "slug", [("authority", "authorities", "id")])
    practice = ("practice", "practices", "slug")
    table(
        "practice_themes",
        {"practice": str, "theme": str, "position": int},
        ("practice", "theme"),
        [practice, ("theme", "themes", "id")],
    )
    for terms, joined in VOCABULARY_TABLES.values():
        table(
            joined,
            {"practice": str, "term": str, "position": int},
            ("practice", "term"),
            [practice, ("term", terms, "id")],
        )
    for name, columns in LIST_COLUMNS.items():
        table(
            name,
            {"practice": str, "position": int, **columns},
            ("practice", "position"),
            [practice, *([("programme", "programmes", "id")] if "programme" in columns else [])],
        )
    table(
        "relations",
        {"practice": str, "other": str, "relation": str, "note": str, "declared": int},
        ("practice", "other"),
        [practice, ("other", "practices", "slug")],
    )
    table(
        "practice_events",
        {"practice": str, "event": str},
        ("practice", "event"),
        [practice, ("event", "events", "id")],
    )
    table("aliases", {"alias": str, "practice": str}, "alias", [practice])
    # What lists, counts and default searches show: all but what is archived.
    database.create_view(LISTED, "select * from practices where archived is null")
    database.table("practices").create_index(["authority"])
    database.table("practices").create_index(["status_date"])
