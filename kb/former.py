# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the current build can give to the next one: its pictures, and for a while its index."""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from kb.builds import DATABASE, INDEX, PICTURES, PROBLEMS, Builds
from kb.content import Content
from kb.errors import NotBuilt
from kb.pictures import digest
from kb.tables import TERM_TABLES

#: Table → what :func:`ids` calls its rows. A page may ask the index for any of these.
LISTED = {
    **{name: name for name in ("practices", "authorities", "themes", "events")},
    **{table: vocabulary for vocabulary, table in TERM_TABLES.items()},
}
Ids = dict[str, set[str]]


@dataclass(frozen=True)
class Former:
    """The current build: its folder, what it says about itself, its ids, its pictures."""

    folder: Path
    program: str
    index_of: str
    ids: Ids
    #: Name and digest of each picture, by what it was drawn from.
    pictures: dict[str, tuple[str, str]]

    def drawn(self) -> dict[str, bytes]:
        """Return the pictures by what they were drawn from; damaged ones are left out."""
        found = {}
        for made_of, (name, expected) in self.pictures.items():
            path = self.folder / PICTURES / name
            picture = path.read_bytes() if path.is_file() else b""
            if digest(picture) == expected:
                found[made_of] = picture
        return found

    def give_index(self, folder: Path) -> None:
        """Put the indexes into the build *folder*: the same files, which nobody ever changes."""
        for index in (INDEX, PROBLEMS):
            shutil.copytree(self.folder / index, folder / index, copy_function=_link)


def former(instance: Path) -> Former | None:
    """Return the current build of *instance*; None when there is none that can be read."""
    builds = Builds(instance)
    try:
        folder = builds.folder(builds.pointer().current)
        with closing(sqlite3.connect(f"{(folder / DATABASE).as_uri()}?mode=ro", uri=True)) as db:
            program, index_of = db.execute("select program, index_of from build").fetchone()
            pictures = db.execute("select inputs, name, digest from pictures").fetchall()
            tables = {name: Database(db).table(table) for table, name in LISTED.items()}
            ids = {
                name: {row[table.pks[0]] for row in table.rows_where(select=table.pks[0])}
                for name, table in tables.items()
            }
    except (NotBuilt, sqlite3.Error):
        # Another version of the program may have written it: it gives nothing.
        return None
    return Former(folder, program, index_of, ids, {row[0]: (row[1], row[2]) for row in pictures})


def ids(content: Content) -> Ids:
    """Return the ids of everything in *content*, as :attr:`Former.ids` has them."""
    return {
        "practices": set(content.practices),
        "authorities": set(content.authorities),
        "themes": set(content.themes),
        "events": set(content.events),
        **{name: set(terms) for name, terms in content.vocabularies.items()},
    }


def _link(source: str, target: str) -> None:
    """Give the file *source* a second name, or copy it where the file system has one name only."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
