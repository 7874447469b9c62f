# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Git for tests, independent of the machine's own settings."""

import os
import subprocess
from pathlib import Path

ENVIRONMENT = {
    **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


def git(folder: Path, *words: str, **more: str) -> str:
    """Return what git says; *more* are environment variables."""
    done = subprocess.run(  # noqa: S603
        ["git", "-c", "init.defaultBranch=main", *words],  # noqa: S607
        cwd=folder,
        env={**ENVIRONMENT, **more},
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.stdout.strip()


def commit(folder: Path, message: str, day: str = "2026-01-02", author: str = "Ada") -> str:
    """Commit all that lies in *folder* and return the commit's id."""
    git(folder, "add", "--all", ".")
    who = {"GIT_AUTHOR_NAME": author, "GIT_AUTHOR_EMAIL": f"{author.lower()}@example.org"}
    when = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), f"{day}T12:00:00+0000")
    committer = {"GIT_COMMITTER_NAME": "Host", "GIT_COMMITTER_EMAIL": "host@example.org"}
    git(folder, "commit", "--quiet", "-m", message, **who, **when, **committer)
    return git(folder, "rev-parse", "HEAD")
