# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes the constellation into the database of a build."""

from sqlite_utils import Database

from kb.content import Content
from kb.diagrams import places, stars


def write(database: Database, content: Content) -> None:
    """Write the stars of *content*, their places and their lines into new tables."""
    _create(database)
    _fill(database, content)


def _create(database: Database) -> None:
    database.table("stars").create(
        {"id": str, "kind": str, "key": str, "name": str, "x": float, "y": float},
        pk="id",
        strict=True,
    )
    database.table("star_links").create(
        {"practice": str, "other": str, "main": int},
        pk=("practice", "other"),
        foreign_keys=[("practice", "stars", "id"), ("other", "stars", "id")],
        strict=True,
    )


def _fill(database: Database, content: Content) -> None:
    linked = list(stars.links(content))
    placed = places.places(stars.stars(content, linked), linked)
    database.table("stars").insert_all(
        {"id": star.id, "kind": star.kind, "key": star.key, "name": star.name, "x": x, "y": y}
        for star, (x, y) in placed.items()
    )
    database.table("star_links").insert_all(
        {"practice": link.practice.id, "other": link.other.id, "main": int(link.main)}
        for link in linked
    )
