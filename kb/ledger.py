# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Small databases beside the builds: what is remembered from one build to the next."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlite_utils import Database


@contextmanager
def opened(path: Path, table: str, columns: Mapping[str, Any], pk: Any) -> Iterator[Database]:
    """Open the database at *path*, made with its one *table* where it is not there yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    database = Database(path)
    try:
        database.table(table).create(dict(columns), pk=pk, if_not_exists=True)
        yield database
    finally:
        database.close()
