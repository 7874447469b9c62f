# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""When each practice was written and what changed since, from git: read at build, then only shown.

Without git, outside a work tree, or in one that does not hold the content, there is no history.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from kb import repository
from kb.cards import History, Revision
from kb.changes import NO_FACTS, changes
from kb.content import Content
from kb.errors import GitFailed
from kb.repository import Commit, FileChange, Repository
from kb.settings import names_contributors
from kb.values import Names
from kb.versions import FileText, differing

#: So many of a file's latest commits are compared; earlier ones are only counted.
MOST_COMPARED = 20
MAILMAP = ".mailmap"
CREATED = "Scheda creata"
#: What git calls an author who is a program.
PROGRAM = "[bot]"


@dataclass
class _Track:
    """The commits of one file, latest first, under all the names it had."""

    commits: list[tuple[Commit, FileChange]] = field(default_factory=list)
    created: str | None = None


def stamp(practices_dir: Path) -> str:
    """Return a text that changes when the history of the content folder does.

    It is empty when there is none.
    """
    found = repository.find(practices_dir)
    if found is None:
        return ""
    mailmap = found.top / MAILMAP
    names = mailmap.read_text("utf-8", "replace") if mailmap.is_file() else ""
    try:
        last = found.last_commit()
    except GitFailed:
        return ""
    return f"{last} {found.shallow} {names_contributors()} {names}" if last else ""


def read(content: Content) -> dict[str, History]:
    """Return the history of each practice of *content* that git knows, by slug."""
    past = stamp(content.root)
    if not past:
        return {}
    paths = tuple(
        (slug, entry.document.path.relative_to(content.root).as_posix())
        for slug, entry in content.practices.items()
    )
    try:
        return dict(_read(content.root, past, paths, json.dumps(content.names())))
    except GitFailed:
        return {}


@lru_cache(maxsize=1)
def _read(
    root: Path,
    past: str,  # noqa: ARG001 - the same past is read once, however often one saves
    paths: tuple[tuple[str, str], ...],
    names: str,
) -> Mapping[str, History]:
    """Return the history of the practices at *paths*, of slug and path; *names* are JSON."""
    found = repository.find(root)
    if found is None:
        return {}
    tracks = _tracks(found, paths)
    texts = _texts(found, tracks.values())
    known = json.loads(names)
    return {slug: _history(track, texts, known) for slug, track in tracks.items() if track.commits}


def _tracks(found: Repository, paths: Iterable[tuple[str, str]]) -> dict[str, _Track]:
    """Return the commits of each practice, by slug."""
    tracks = {slug: _Track() for slug, _ in paths}
    at = {path: slug for slug, path in paths}
    for commit in found.commits():
        # Where a history was cut off, the first commit seems to create every file.
        if found.shallow and not commit.parents:
            continue
        for change in commit.files:
            slug = at.get(change.path)
            if slug is None:
                continue
            tracks[slug].commits.append((commit, change))
            if change.status == "A":
                tracks[slug].created = commit.day
                del at[change.path]
            elif change.old_path != change.path:
                del at[change.path]
                at[change.old_path] = slug
    return tracks


def _texts(found: Repository, tracks: Iterable[_Track]) -> dict[str, FileText]:
    """Return the contents to be compared, by object id."""
    ids = {
        id_
        for track in tracks
        for _, change in track.commits[:MOST_COMPARED]
        for id_ in (change.old, change.new)
    }
    return {id_: FileText(raw) for id_, raw in found.blobs(ids).items()}


def _history(track: _Track, texts: Mapping[str, FileText], names: Names) -> History:
    compared = track.commits[:MOST_COMPARED]
    revisions = tuple(_revisions(compared, texts, names))
    return History(
        created=track.created,
        updated=track.commits[0][0].day,
        contributors=tuple(_contributors(track)) if names_contributors() else (),
        revisions=revisions,
        others=len(compared) - len(revisions),
        older=len(track.commits) - len(compared),
    )


def _revisions(
    commits: Iterable[tuple[Commit, FileChange]], texts: Mapping[str, FileText], names: Names
) -> Iterator[Revision]:
    """Yield the commits that changed facts."""
    for commit, change in commits:
        if change.status == "A":
            yield Revision(commit.day, (CREATED,))
        elif change.old in texts and change.new in texts:
            pair = differing(texts[change.old], texts[change.new], NO_FACTS)
            found = changes(*pair, names)
            if any(item.fact for item in found):
                yield Revision(commit.day, tuple(item.text for item in found if item.fact))


def _contributors(track: _Track) -> Iterator[str]:
    """Yield the authors' names, first ones first; neither programs nor addresses."""
    for name in dict.fromkeys(commit.author for commit, _ in reversed(track.commits)):
        if name and "@" not in name and not name.endswith(PROGRAM):
            yield name
