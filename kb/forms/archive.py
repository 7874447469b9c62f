# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Archives from others, bounded: what office programs write is a zip that may hold anything."""

import io
import zipfile
import zlib
from pathlib import Path

from kb.errors import FormUnreadable

#: A filled form has 30 to 200 kB; one with pictures, a few MB.
LARGEST_FILE = 20_000_000
LARGEST_CONTENT = 60_000_000
MOST_MEMBERS = 2_000


def read(path: Path) -> bytes:
    """Return the bytes of *path*. Raises :class:`FormUnreadable` when it is too large."""
    if path.stat().st_size > LARGEST_FILE:
        raise FormUnreadable(path, f"it is larger than {LARGEST_FILE // 10**6} MB; shorten it")
    return path.read_bytes()


def bounded(path: Path) -> bytes:
    """Return the archive *path* packed anew from the members read here, within the bounds.

    So no library that opens it can find more than was counted, whatever the archive declares.
    Raises :class:`FormUnreadable` when it is no archive or passes the bounds.
    """
    members: dict[str, bytes] = {}
    left = LARGEST_CONTENT
    try:
        with zipfile.ZipFile(io.BytesIO(read(path))) as given:
            if len(given.infolist()) > MOST_MEMBERS:
                raise FormUnreadable(path, "it holds too many files; save it again as a new one")
            for member in given.infolist():
                with given.open(member) as opened:
                    members[member.filename] = opened.read(left + 1)
                left -= len(members[member.filename])
                if left < 0:
                    raise FormUnreadable(path, "it is too large once unpacked; shorten it")
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
        raise FormUnreadable(path, f"it cannot be opened ({error}); save it again") from error
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as taken:
        for name, content in members.items():
            taken.writestr(name, content)
    return packed.getvalue()
