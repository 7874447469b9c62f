# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Remembers, beside the builds, how the addresses of the sources answered when last asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from sqlite_utils import Database

FILE = "links.db"
#: Gone for good as far as one can tell, or not to be told from here (refused, slow, broken).
State = Literal["alive", "dead", "unsure"]


@dataclass(frozen=True)
class Link:
    """How an address answered on the day *checked*.

    *detail* is the HTTP status or what went wrong, *copy* the address of an archived copy.
    """

    url: str
    state: State
    detail: str
    checked: str
    copy: str | None = None


def read(instance: Path) -> dict[str, Link]:
    """Return all that is remembered in *instance*, by address."""
    if not (instance / FILE).exists():
        return {}
    with _database(instance) as database:
        return {row["url"]: Link(**row) for row in database.table("links").rows}


def write(instance: Path, link: Link) -> None:
    """Remember *link* in *instance*, in place of what was known of its address."""
    with _database(instance) as database:
        database.table("links").upsert(asdict(link), pk="url")


def old(link: Link | None, days: int, today: date) -> bool:
    """Return whether *link* was never asked, or more than *days* before *today*."""
    return link is None or date.fromisoformat(link.checked) < today - timedelta(days=days)


@contextmanager
def _database(instance: Path) -> Iterator[Database]:
    instance.mkdir(parents=True, exist_ok=True)
    database = Database(instance / FILE)
    try:
        database.table("links").create(
            {"url": str, "state": str, "detail": str, "checked": str, "copy": str},
            pk="url",
            if_not_exists=True,
        )
        yield database
    finally:
        database.close()
