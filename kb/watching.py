# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What who writes must see on the site: what is wrong in the files as they are saved now.

The command line fills it and the pages show it; neither needs to know the other.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from kb.findings import Finding


@dataclass(frozen=True)
class Noted:
    """A finding, and where the site shows what it is about.

    *kind* is practice, authority, theme or event, empty for a vocabulary; *id* that of the record.
    *field* is the field of the record, or *section* the key of the section of the text; *file* is
    the path as people see it.
    """

    finding: Finding
    file: str
    kind: str
    id: str
    field: str = ""
    section: str = ""


class Watch:
    """What was found when a file was last saved. One thread writes, others read."""

    def __init__(self) -> None:
        self.noted: tuple[Noted, ...] = ()

    def note(self, noted: Sequence[Noted]) -> None:
        """Replace all that was noted before."""
        self.noted = tuple(noted)

    def mark(self) -> str:
        """Return a text that is another one whenever something else is noted."""
        return hashlib.sha256(repr(self.noted).encode()).hexdigest()[:12]
