# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who owns which folder: CODEOWNERS, one line for each authority."""

import re
from pathlib import Path

OWNED = re.compile(r"^(/?)([\w./-]*?)([\w-]+)/(\s+)(\S.*)$")


def with_authority(text: str, folder: str, authority: str) -> str | None:
    """Return CODEOWNERS *text* with a line for *authority* below *folder*, as the others have it.

    Returns None when there is a line already, or none to go by.
    """
    lines = text.splitlines()
    owned = [(number, match) for number, match in enumerate(map(OWNED.match, lines)) if match]
    listed = [(number, match) for number, match in owned if match[2] == f"{folder}/"]
    if not listed or any(match[3] == authority for _, match in listed):
        return None
    number, last = listed[-1]
    owned_path = f"{last[1]}{last[2]}{authority}/"
    # Owners stand in a column.
    between = " " * max(1, last.start(5) - len(owned_path)) if len(last[4]) > 1 else last[4]
    owners = last[5].replace(last[3], authority)
    lines.insert(number + 1, f"{owned_path}{between}{owners}")
    return "\n".join(lines) + "\n"


def add(content: Path, authority: str) -> Path | None:
    """Add *authority* to the CODEOWNERS of the repository around *content*; return its path.

    Returns None when nothing was to be added.
    """
    path = content.parent / ".github" / "CODEOWNERS"
    if not path.is_file():
        return None
    text = with_authority(path.read_text(encoding="utf-8"), content.name, authority)
    if text is None:
        return None
    path.write_text(text, encoding="utf-8")
    return path
