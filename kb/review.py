# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a branch changes in the content, for those who review it."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from kb import repository
from kb.changes import Change, Version, changes
from kb.check import check
from kb.content import AUTHORITY_FILE, RESERVED, Content
from kb.errors import GitFailed, NoBase, NoRepository
from kb.findings import Finding
from kb.quality import completeness, evidence
from kb.records import Practice
from kb.repository import FileChange, Repository
from kb.sections import BY_LABEL
from kb.values import Names
from kb.versions import FileText


@dataclass(frozen=True)
class Grade:
    """How well a version of an entry is documented; *next_step* names how to rise a level."""

    percent: int
    level: int
    next_step: str


@dataclass(frozen=True)
class ReviewedPractice:
    """A practice that the branch adds ("A"), changes ("M"), moves ("R") or takes away ("D").

    *before* and *after* are its two versions, empty where there is none; *changes* are told of
    practices that are in both.
    """

    path: Path
    status: str
    before: Version
    after: Version
    changes: tuple[Change, ...] = ()

    @property
    def grades(self) -> tuple[Grade | None, Grade | None]:
        """Return how well both versions are documented, where they can be graded."""
        return _grade(self.before), _grade(self.after)

    @property
    def title(self) -> str:
        """Return the practice's title, or its file's name when it has none."""
        fields = self.before.fields if self.status == "D" else self.after.fields
        return str(fields.get("title") or self.path.stem)


@dataclass(frozen=True)
class Review:
    """What a branch changes: practices, other content files; and what is wrong.

    *findings* are in files that the branch changes, *elsewhere* in others: a practice or a term
    that the branch takes away may be named there.
    """

    practices: tuple[ReviewedPractice, ...]
    others: tuple[Path, ...]
    findings: tuple[Finding, ...]
    elsewhere: tuple[Finding, ...]


def review(content: Content, base: str | None) -> Review:
    """Return what the work tree changes in *content* since its branch left *base*.

    *base* is a git reference, by default the main branch. Raises
    :class:`~kb.errors.NoRepository` or :class:`~kb.errors.NoBase`.
    """
    found = repository.find(content.root)
    if found is None:
        raise NoRepository(content.root)
    changed = found.changed_since(_fork(found, base))
    texts = found.blobs(change.old for change in changed if change.status != "A")
    names = content.names()
    findings = check(content)
    findings += _unaliased(content, changed)
    touched = {content.root / change.path for change in changed}
    practices = [change for change in changed if is_practice(change.path)]
    return Review(
        tuple(_practice(content.root, change, texts, names) for change in practices),
        tuple(content.root / change.path for change in changed if not is_practice(change.path)),
        tuple(finding for finding in findings if finding.path in touched),
        tuple(finding for finding in findings if finding.path not in touched),
    )


def _unaliased(content: Content, changed: Iterable[FileChange]) -> Iterator[Finding]:
    """Yield the practices that have another address than before and do not keep the old one."""
    for change in changed:
        old, new = Path(change.old_path).stem, Path(change.path).stem
        entry = content.practices.get(new)
        if change.status == "R" and old != new and entry and old not in entry.record.aliases:
            yield entry.document.finding(("aliases",), "alias_missing", found=old)


def _grade(version: Version) -> Grade | None:
    """Return the grade of *version*; None when it is no sound record of today's form."""
    try:
        practice = Practice.model_validate(version.fields)
    except ValidationError:
        return None
    keys = [BY_LABEL[label].key for label in version.sections if label in BY_LABEL]
    told = evidence(practice)
    return Grade(completeness(practice, keys).percent, told.level, str(told.next_step or ""))


def is_practice(path: str) -> bool:
    """Say whether *path*, relative to the content folder, is that of a practice."""
    parts = PurePosixPath(path).parts
    return (
        len(parts) == 2
        and parts[1].endswith(".md")
        and parts[0] not in RESERVED
        and parts[1] != AUTHORITY_FILE
    )


def _fork(found: Repository, base: str | None) -> str:
    """Return the commit from which the branch differs. Raises :class:`~kb.errors.NoBase`."""
    refs = [base] if base else list(_main_branches())
    for ref in refs:
        try:
            return found.fork(ref)
        except GitFailed:
            continue
    raise NoBase(refs)


def _main_branches() -> Iterator[str]:
    main = os.environ.get("KB_REPOSITORY_BRANCH", "main")
    yield f"origin/{main}"
    yield main


def _practice(
    root: Path, change: FileChange, texts: Mapping[str, bytes], names: Names
) -> ReviewedPractice:
    path = root / change.path
    before = FileText(texts.get(change.old, b"")).whole()
    after = FileText(path.read_bytes() if change.status != "D" else b"").whole()
    told = changes(before, after, names) if change.status in "MR" else ()
    return ReviewedPractice(path, change.status, before, after, tuple(told))
