# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Remembers, without personal data, what readers searched for in vain.

One row per query and day, with a count: no address, no time of day, no order of queries. Words
that could name or number a person (with ``@`` or long digits) are not kept at all.
"""

import re
from contextlib import AbstractContextManager
from datetime import date, timedelta
from pathlib import Path

from sqlite_utils import Database

from kb.ledger import opened
from search_index.analysis import fold

FILE = "gaps.db"
COLUMNS = {"query": str, "day": str, "count": int}
LONGEST = 80
PERSONAL = re.compile(r"@|\d{5}")


def record(instance: Path, words: str) -> None:
    """Count *words* as searched for in vain today."""
    query = " ".join(fold(words).split())
    if not query or len(query) > LONGEST or PERSONAL.search(query):
        return
    with _database(instance) as database, database.conn:
        database.conn.execute(
            "insert into gaps (query, day, count) values (?, ?, 1)"
            " on conflict (query, day) do update set count = count + 1",
            [query, date.today().isoformat()],
        )


def read(instance: Path, days: int) -> list[tuple[str, int, str]]:
    """Return query, count and last day of what was missed in the last *days*, most missed first."""
    since = (date.today() - timedelta(days=days)).isoformat()
    with _database(instance) as database:
        rows = database.query(
            "select query, sum(count) as count, max(day) as day from gaps where day >= ?"
            " group by query order by 2 desc, 1",
            [since],
        )
        return [(row["query"], row["count"], row["day"]) for row in rows]


def _database(instance: Path) -> AbstractContextManager[Database]:
    return opened(instance / FILE, "gaps", COLUMNS, ("query", "day"))
