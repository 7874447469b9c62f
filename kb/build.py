# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Checks the content and makes one build of it, or none at all."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import search_index
from kb import __version__, builds, content, database, documents, history, pictures
from kb.builds import Builds
from kb.check import check
from kb.errors import ContentMissing, ContentProblems
from kb.paths import PACKAGE
from kb.settings import site_name

#: Each practice is read, drawn, written to the database, and indexed.
STEPS_PER_PRACTICE = 4


def build(
    practices_dir: Path, instance: Path, on_step: Callable[[str], None] = lambda _: None
) -> str:
    """Build *practices_dir* into *instance*, switch to the new build and return its id.

    *on_step* is called :data:`STEPS_PER_PRACTICE` times per practice. Raises
    :class:`ContentMissing` or :class:`ContentProblems`; then nothing has changed.
    """
    if not practices_dir.is_dir() or not content.practice_paths(practices_dir):
        raise ContentMissing(practices_dir)
    with Builds(instance).lock():
        return _build(practices_dir, instance, on_step)


def _build(practices_dir: Path, instance: Path, on_step: Callable[[str], None]) -> str:
    # The digest comes first: a file saved meanwhile makes the next build differ from this one.
    digest = input_digest(practices_dir)
    loaded = content.load(practices_dir, lambda path: on_step(path.stem))
    findings = check(loaded)
    if findings:
        raise ContentProblems(findings)
    created = datetime.now(UTC)
    build_id = f"{created:%Y%m%dT%H%M%S%f}-{digest[:8]}"
    about = {
        "id": build_id,
        "created": created.isoformat(timespec="seconds"),
        "digest": digest,
        "version": __version__,
    }
    with Builds(instance).new(build_id) as folder:
        drawn = pictures.write(folder / builds.PICTURES, loaded, site_name(), on_step)
        database.write(folder / builds.DATABASE, loaded, about, drawn, on_step)
        search_index.create_index(folder / builds.PROBLEMS, documents.problems(loaded))
        search_index.create_index(folder / builds.INDEX, documents.documents(loaded), on_step)
    return build_id


def input_digest(practices_dir: Path) -> str:
    """Return the SHA-256, in hexadecimal, of all that a build is made of.

    That is the site's name, the names and bytes of the content files, what git knows of their
    past, and the program's own modules, translations, drawings and fonts: a new version of the
    program makes another build of the same content.
    """
    digest = hashlib.sha256(f"{site_name()}\0{history.stamp(practices_dir)}\0".encode())
    for folder, suffixes in (
        (practices_dir, {".md", ".yml"}),
        (PACKAGE, {".py", ".po", ".svg", ".woff2"}),
        (Path(search_index.__file__).parent, {".py"}),
    ):
        for path in sorted(folder.rglob("*")):
            if path.suffix in suffixes:
                digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
                digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()
