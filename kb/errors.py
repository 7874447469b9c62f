# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can go wrong, one exception per fact."""

from collections.abc import Sequence
from pathlib import Path

from kb.findings import Finding


class KnowledgeBaseError(Exception):
    """Base of all errors of this package; its text is a sentence for the user."""


class ContentProblems(KnowledgeBaseError):
    """The content has findings, so nothing was built."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(f"{len(findings)} findings: run 'kb check'; nothing was changed")
        self.findings = findings


class ContentMissing(KnowledgeBaseError):
    """There is no content folder, or it has no practice."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder}: no practices here; set KB_PRACTICES_DIR to their folder")


class JudgementsInvalid(KnowledgeBaseError):
    """A file of judged queries cannot be read."""

    def __init__(self, path: Path, line: int) -> None:
        super().__init__(
            f"{path}:{line}: a row has a query, a slug and a grade from 1 to 3, with tabs between"
        )


class FileChanged(KnowledgeBaseError):
    """A file to be mended has been saved by someone else in the meantime."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: saved by someone else meanwhile; run 'kb check --fix' again")


class BuildsLocked(KnowledgeBaseError):
    """Another process has been building for too long."""

    def __init__(self, instance: Path) -> None:
        super().__init__(f"{instance}: another build is under way; try again when it has ended")


class IndexUnfit(KnowledgeBaseError):
    """The current search index does not fit the content: a quick build is not enough."""

    def __init__(self, instance: Path) -> None:
        super().__init__(f"{instance}: the current index does not fit; run 'kb build'")


class NotBuilt(KnowledgeBaseError):
    """There is no build to read."""

    def __init__(self, instance: Path) -> None:
        super().__init__(f"{instance}: no build yet; run 'kb build'")


class OutdatedBuild(NotBuilt):
    """The build was made by another version of the program, or is damaged."""

    def __init__(self, folder: Path) -> None:
        KnowledgeBaseError.__init__(
            self, f"{folder}: this program cannot read this build; run 'kb build'"
        )


class WrongSetting(KnowledgeBaseError):
    """A setting has a value that means nothing."""

    def __init__(self, name: str, known: Sequence[str], found: str) -> None:
        super().__init__(f"{name} is one of {', '.join(known)}: found '{found}'; change it")


class NoTypesetter(KnowledgeBaseError):
    """WeasyPrint, or a library that it needs, is not there."""

    def __init__(self) -> None:
        super().__init__(
            "PDFs need WeasyPrint and Pango: run pip install 'urban-practices-kb[pdf]'"
            " and apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        )


class GitFailed(KnowledgeBaseError):
    """Git is not there, or refused what it was asked."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"git: {reason}")


class NoRepository(KnowledgeBaseError):
    """The content lies in no git work tree."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder}: git knows no repository here; a review compares its commits")


class NoBase(KnowledgeBaseError):
    """Git knows no commit that the work tree and a reference have in common."""

    def __init__(self, refs: Sequence[str]) -> None:
        super().__init__(
            f"git finds no commit shared with {' or '.join(refs)}: name another with --base,"
            " or bring its commits here with git fetch (git fetch --unshallow in a shallow clone)"
        )


class ImportMissing(KnowledgeBaseError):
    """The packages that read and write office files are not there."""

    def __init__(self) -> None:
        super().__init__(
            "office files need three more packages: run pip install 'urban-practices-kb[import]'"
        )


class FormUnreadable(KnowledgeBaseError):
    """A filled form cannot be read, so nothing was written."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}; nothing was written")


class NoPreviousBuild(KnowledgeBaseError):
    """There is no previous build to return to."""

    def __init__(self, instance: Path) -> None:
        super().__init__(f"{instance}: no previous build to return to; nothing was changed")
