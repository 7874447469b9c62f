# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Remembers, beside the builds, how the addresses of the sources answered when last asked."""

from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from sqlite_utils import Database

from kb.ledger import opened

FILE = "links.db"
COLUMNS = {"url": str, "state": str, "detail": str, "checked": str, "copy": str}
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


def _database(instance: Path) -> AbstractContextManager[Database]:
    return opened(instance / FILE, "links", COLUMNS, "url")
