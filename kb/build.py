# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Checks the content and makes one build of it, or none at all."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import search_index
from kb import __version__, builds, content, database, documents, history, pictures
from kb.builds import QUICK, Builds
from kb.check import check
from kb.content import Content
from kb.errors import ContentMissing, ContentProblems, IndexUnfit
from kb.former import Former, former, ids
from kb.frontmatter import Files
from kb.paths import PACKAGE
from kb.rows import Row
from kb.settings import site_name

#: Each practice is read, drawn, written to the database, and indexed.
STEPS_PER_PRACTICE = 4


def build(
    practices_dir: Path, instance: Path, on_step: Callable[[str], None] = lambda _: None
) -> str:
    """Build *practices_dir* into *instance*, switch to the new build and return its id.

    Pictures are taken from the current build where all that they are drawn from is the same.
    *on_step* is called :data:`STEPS_PER_PRACTICE` times per practice. Raises
    :class:`ContentMissing` or :class:`ContentProblems`; then nothing has changed.
    """
    _must_exist(practices_dir)
    with Builds(instance).lock():
        # The digest comes first: a file saved meanwhile makes the next build differ from this one.
        program = _program()
        digest = _digest(practices_dir, program)
        loaded = _sound(content.load(practices_dir, lambda path: on_step(path.stem)))
        about = _about(digest, program)
        with Builds(instance).new(str(about["id"])) as folder:
            _write(folder, loaded, about, former(instance), on_step)
            search_index.create_index(folder / builds.PROBLEMS, documents.problems(loaded))
            search_index.create_index(folder / builds.INDEX, documents.documents(loaded), on_step)
    return str(about["id"])


def build_quickly(practices_dir: Path, instance: Path, files: Files) -> str:
    """Build all but the search index, which stays the current build's; return the new build's id.

    For who is writing: a change is seen at once, search finds it after the next :func:`build`.
    *files* keeps what has not changed since the last call. Raises :class:`IndexUnfit` when the
    index knows other practices, terms or another program, and what :func:`build` raises.
    """
    _must_exist(practices_dir)
    with Builds(instance).lock():
        program = _program()
        digest = _digest(practices_dir, program)
        loaded = _sound(content.load(practices_dir, files=files))
        current = former(instance)
        if not current or current.program != program or current.ids != ids(loaded):
            raise IndexUnfit(instance)
        about = _about(digest, program, current)
        with Builds(instance).new(str(about["id"])) as folder:
            _write(folder, loaded, about, current, lambda _: None)
            current.give_index(folder)
    return str(about["id"])


def input_digest(practices_dir: Path) -> str:
    """Return the SHA-256, in hexadecimal, of all that a build is made of.

    That is the site's name, the names and bytes of the content files, what git knows of their
    past, and the program's own modules, translations, drawings and fonts: a new version of the
    program makes another build of the same content.
    """
    return _digest(practices_dir, _program())


def _digest(practices_dir: Path, program: str) -> str:
    digest = hashlib.sha256(f"{program}\0{history.stamp(practices_dir)}\0".encode())
    _update(digest, practices_dir, {".md", ".yml"})
    return digest.hexdigest()


def _program() -> str:
    """Return the SHA-256 of all that a build is made of, but the content."""
    digest = hashlib.sha256(f"{site_name()}\0".encode())
    _update(digest, PACKAGE, {".py", ".po", ".svg", ".woff2"})
    _update(digest, Path(search_index.__file__).parent, {".py"})
    return digest.hexdigest()


def _update(digest: "hashlib._Hash", folder: Path, suffixes: set[str]) -> None:
    for path in sorted(folder.rglob("*")):
        if path.suffix in suffixes:
            digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
            digest.update(path.read_bytes() + b"\0")


def _must_exist(practices_dir: Path) -> None:
    if not practices_dir.is_dir() or not content.practice_paths(practices_dir):
        raise ContentMissing(practices_dir)


def _sound(loaded: Content) -> Content:
    findings = check(loaded)
    if findings:
        raise ContentProblems(findings)
    return loaded


def _about(digest: str, program: str, index: Former | None = None) -> Row:
    """Return what a build says about itself; a quick one has the *index* of a former one."""
    created = datetime.now(UTC)
    build_id = f"{created:%Y%m%dT%H%M%S%f}-{digest[:8]}{QUICK if index else ''}"
    return {
        "id": build_id,
        "created": created.isoformat(timespec="seconds"),
        "digest": digest,
        "program": program,
        "version": __version__,
        "index_of": index.index_of if index else build_id,
    }


def _write(
    folder: Path,
    loaded: Content,
    about: Row,
    current: Former | None,
    on_step: Callable[[str], None],
) -> None:
    """Write pictures and database into *folder*."""
    drawn = current.drawn() if current else {}
    rows = pictures.write(folder / builds.PICTURES, loaded, site_name(), on_step, drawn)
    database.write(folder / builds.DATABASE, loaded, about, rows, on_step)
