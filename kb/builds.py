# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The builds in an instance folder, and the atomic switch between them.

``builds/<id>/`` holds one immutable build; ``current.json`` names the current and the previous
one and is only ever replaced whole, so a reader sees the old build or the new one.
"""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from kb.errors import BuildsLocked, NoPreviousBuild, NotBuilt

DATABASE = "practices.db"
INDEX = "index"
PROBLEMS = "problems"
PICTURES = "pictures"
#: Width and height in pixels, as other sites want them.
PICTURE_SIZE = (1200, 630)
POINTER = "current.json"
UNFINISHED = ".unfinished"
#: Ends the id of a build whose index is that of an earlier one.
QUICK = "-quick"
LOCK_SECONDS = 60.0


def picture_name(page: str, language: str) -> str:
    """Return the name of the picture of *page* ("pratiche/…", "sito") in *language*."""
    return f"{page}.{language}.png"


@dataclass(frozen=True)
class Pointer:
    """Which build is served, which was served before it, and whether it was returned to."""

    current: str
    previous: str | None = None
    rolled_back: bool = False

    @property
    def quick(self) -> bool:
        """Whether the current build awaits a whole one: search is behind its pages."""
        return self.current.endswith(QUICK)


@dataclass(frozen=True)
class Builds:
    """The builds below *instance*."""

    instance: Path

    def folder(self, build_id: str) -> Path:
        """Return the folder of the build *build_id*."""
        return self.instance / "builds" / build_id

    def pointer(self) -> Pointer:
        """Return what is served now. Raises :class:`NotBuilt` when nothing is."""
        try:
            text = (self.instance / POINTER).read_text(encoding="utf-8")
        except FileNotFoundError:
            raise NotBuilt(self.instance) from None
        return Pointer(**json.loads(text))

    @contextmanager
    def new(self, build_id: str) -> Iterator[Path]:
        """Give a folder to write a build into, and switch to it if the block ends well.

        To be used inside :meth:`lock`. After a failure nothing is left of the new build and the
        current one is untouched.
        """
        folder = self.folder(build_id + UNFINISHED)
        folder.mkdir(parents=True)
        try:
            yield folder
            folder.rename(self.folder(build_id))
            left = self._switch(build_id)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        self._prune(left)

    def roll_back(self) -> Pointer:
        """Return to the previous whole build; the one left becomes the previous, if it is whole.

        Raises :class:`NoPreviousBuild` when there is none.
        """
        with self.lock():
            pointer = self.pointer()
            if pointer.previous is None or not self.folder(pointer.previous).is_dir():
                raise NoPreviousBuild(self.instance)
            left = None if pointer.quick else pointer.current
            turned = Pointer(pointer.previous, left, rolled_back=True)
            self._point(turned)
            return turned

    def _switch(self, build_id: str) -> str | None:
        """Point to *build_id* and return the build that is left.

        A quick build never becomes the previous one: rolling back leads to a whole one.
        """
        try:
            left = self.pointer()
        except NotBuilt:
            left = Pointer("")
        self._point(Pointer(build_id, left.previous if left.quick else left.current or None))
        return left.current or None

    def _point(self, pointer: Pointer) -> None:
        new = self.instance / (POINTER + ".new")
        with new.open("w", encoding="utf-8") as file:
            json.dump(vars(pointer), file)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.instance / POINTER)

    def _prune(self, left: str | None) -> None:
        """Remove all builds but current, previous and the one *left*, which requests still read.

        What crashes left goes too.
        """
        pointer = self.pointer()
        kept = {pointer.current, pointer.previous, left}
        for folder in (self.instance / "builds").iterdir():
            if folder.is_dir() and folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep other processes from building or rolling back. Raises :class:`BuildsLocked`.

        It is SQLite's lock on a file: portable, and freed by the system after a crash.
        """
        self.instance.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(
            self.instance / "build.lock", timeout=LOCK_SECONDS, isolation_level=None
        )
        with closing(lock):
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                raise BuildsLocked(self.instance) from error
            yield
