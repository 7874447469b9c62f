# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeps the histories of practices in the database of a build."""

import json
from collections import defaultdict
from collections.abc import Mapping

from sqlite_utils import Database

from kb.cards import History, Revision
from kb.content import Content
from kb.history import read
from kb.store import KnowledgeBase


def write(database: Database, content: Content) -> None:
    """Write the histories of *content* into new tables."""
    _create(database)
    _fill(database, read(content))


def _create(database: Database) -> None:
    practice = [("practice", "practices", "slug")]
    database.table("histories").create(
        {
            "practice": str,
            "created": str,
            "updated": str,
            "contributors": str,
            "others": int,
            "older": int,
        },
        pk="practice",
        foreign_keys=practice,
        strict=True,
    )
    database.table("revisions").create(
        {"practice": str, "position": int, "day": str, "changes": str},
        pk=("practice", "position"),
        foreign_keys=practice,
        strict=True,
    )


def _fill(database: Database, histories: Mapping[str, History]) -> None:
    database.table("histories").insert_all(
        {
            "practice": slug,
            "created": history.created,
            "updated": history.updated,
            "contributors": json.dumps(history.contributors, ensure_ascii=False),
            "others": history.others,
            "older": history.older,
        }
        for slug, history in histories.items()
    )
    database.table("revisions").insert_all(
        {
            "practice": slug,
            "position": position,
            "day": revision.day,
            "changes": json.dumps(revision.changes, ensure_ascii=False),
        }
        for slug, history in histories.items()
        for position, revision in enumerate(history.revisions)
    )


def history(base: KnowledgeBase, slug: str) -> History | None:
    """Return what git knew of the practice *slug* at build, or None when it knew nothing."""
    return base.once("histories", _histories).get(slug)


def _histories(base: KnowledgeBase) -> dict[str, History]:
    revisions: dict[str, list[Revision]] = defaultdict(list)
    for row in sorted(base.rows("revisions"), key=lambda row: row["position"]):
        revision = Revision(row["day"], tuple(json.loads(row["changes"])))
        revisions[row["practice"]].append(revision)
    return {
        row["practice"]: History(
            created=row["created"],
            updated=row["updated"],
            contributors=tuple(json.loads(row["contributors"])),
            revisions=tuple(revisions[row["practice"]]),
            others=row["others"],
            older=row["older"],
        )
        for row in base.rows("histories")
    }
