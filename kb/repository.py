# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The git work tree in which a folder lies, asked by few git processes."""

import os
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kb.errors import GitFailed

#: A history that takes longer to read is not shown.
TIMEOUT_SECONDS = 30.0
#: Set in hooks: they name another repository than that of the folder.
ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
COMMIT = "commit"
#: The form of changed files that is read here, whatever the settings of the machine.
RAW = ("--raw", "--no-abbrev", "-M", "--relative", "--no-color")


@dataclass(frozen=True)
class FileChange:
    """A file as a commit changed it; paths are relative to the folder.

    *status* is git's letter: A (new), M (changed), D (gone), R (moved from *old_path*). *old*
    and *new* are the contents' object ids; that of a content which git does not hold means nothing.
    """

    status: str
    old: str
    new: str
    path: str
    old_path: str


@dataclass(frozen=True)
class Commit:
    """A commit: its day in its own time zone, its author's name after the mailmap, its files."""

    id: str
    parents: tuple[str, ...]
    day: str
    author: str
    files: list[FileChange] = field(default_factory=list)


@dataclass(frozen=True)
class Repository:
    """The repository of *folder*; *shallow* when its history was cut off."""

    folder: Path
    top: Path
    shallow: bool

    def git(self, *arguments: str, given: bytes = b"") -> bytes:
        """Return what git prints. Raises :class:`~kb.errors.GitFailed` with what went wrong."""
        return _git(self.folder, arguments, given)

    def last_commit(self) -> str:
        """Return the id of the last commit that touched the folder, or an empty text."""
        return self.git("log", "-1", "--format=%H", "--", ".").decode().strip()

    def commits(self) -> list[Commit]:
        """Return the commits that touched the folder, newest first, children before parents."""
        listed: list[Commit] = []
        form = "%x09".join((COMMIT, "%H", "%P", "%cs", "%aN"))
        options = (*RAW, "--date-order", "--no-show-signature", f"--format={form}")
        for line in _lines(self.git("log", *options, "--", ".")):
            if line.startswith(":"):
                listed[-1].files.append(_file_change(line))
            else:
                _, commit, parents, day, author = line.split("\t", 4)
                listed.append(Commit(commit, tuple(parents.split()), day, author))
        return listed

    def changed_since(self, commit: str) -> list[FileChange]:
        """Return what differs between *commit* and the work tree, files unknown to git included."""
        found = self.git("diff", *RAW, commit, "--", ".")
        unknown = self.git("ls-files", "--others", "--exclude-standard", "--", ".")
        return [
            *(_file_change(line) for line in _lines(found)),
            *(FileChange("A", "", "", path, path) for path in _lines(unknown)),
        ]

    def fork(self, ref: str) -> str:
        """Return the commit at which the work tree's branch left *ref*."""
        known = self.git("rev-parse", "--verify", "--end-of-options", f"{ref}^{{commit}}")
        return self.git("merge-base", known.decode().strip(), "HEAD").decode().strip()

    def blobs(self, ids: Iterable[str]) -> dict[str, bytes]:
        """Return the contents with *ids*; those that are not there are left out."""
        wanted = "\n".join(dict.fromkeys(ids))
        if not wanted:
            return {}
        return dict(_batch(self.git("cat-file", "--batch", given=f"{wanted}\n".encode())))


def find(folder: Path) -> Repository | None:
    """Return the repository in whose work tree *folder* lies; None without one, or without git."""
    try:
        told = _git(folder, ("rev-parse", "--show-toplevel", "--is-shallow-repository"), b"")
    except GitFailed:
        return None
    top, _, shallow = told.decode("utf-8", "replace").strip().rpartition("\n")
    return Repository(folder, Path(top), shallow == "true")


def _git(folder: Path, arguments: Iterable[str], given: bytes) -> bytes:
    environment = {key: value for key, value in os.environ.items() if key not in ELSEWHERE}
    # A partial clone must not fetch what it lacks: a build asks no network.
    environment["GIT_NO_LAZY_FETCH"] = "1"
    command = ["git", "-c", "core.quotePath=false", *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - git itself, with our own arguments
            command,
            cwd=folder,
            env=environment,
            input=given,
            capture_output=True,
            check=True,
            timeout=TIMEOUT_SECONDS,
        )
    except subprocess.CalledProcessError as error:
        raise GitFailed(error.stderr.decode("utf-8", "replace").strip()) from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GitFailed(str(error)) from error
    return done.stdout


def _lines(output: bytes) -> list[str]:
    return [line for line in output.decode("utf-8", "replace").split("\n") if line]


def _file_change(line: str) -> FileChange:
    """Return a line of git's raw format: modes, ids, status, then one path or two."""
    about, _, paths = line.partition("\t")
    _, _, old, new, status = about.split()
    first, _, second = paths.partition("\t")
    # All else, such as a file that becomes a link, is a change of it.
    known = status[0] if status[0] in "ADR" else "M"
    return FileChange(known, old, new, second or first, first)


def _batch(output: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield id and content of each object that ``git cat-file --batch`` printed."""
    at = 0
    while at < len(output):
        end = output.index(b"\n", at)
        about = output[at:end].decode().split()
        at = end + 1
        if len(about) == 3:
            size = int(about[2])
            yield about[0], output[at : at + size]
            at += size + 1
