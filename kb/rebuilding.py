# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Follows the content folder while someone writes: builds after each save, notes what is wrong.

Times of change are compared many times per second: that costs a millisecond for a hundred files,
works where the system tells no changes (shared folders, containers), and needs no dependency.
"""

import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from kb import content
from kb.build import build_quickly
from kb.content import AUTHORITY_FILE
from kb.errors import BuildsLocked, ContentProblems, IndexUnfit, KnowledgeBaseError
from kb.findings import Finding, format_lines, shown_path
from kb.frontmatter import Files
from kb.sections import split
from kb.watching import Noted, Watch

#: Seconds between two looks at the folder; a change must be the same in two of them.
LOOK = 0.06
#: Seconds without a change before the whole build follows a quick one.
PAUSE = 2.0
KINDS = {"themes": "theme", "events": "event", "vocabularies": ""}
FIELD = re.compile(r"([a-z_]+):")

Stamps = dict[Path, tuple[int, int, int]]


class Rebuilder:
    """Builds *practices_dir* into *instance* whenever a file there is saved.

    First a quick build, so that the text is seen at once; then a whole one in a process of its own,
    which a further save ends. *tell* is told, a line each, what its user should know.
    """

    def __init__(
        self, practices_dir: Path, instance: Path, watch: Watch, tell: Callable[[str], None]
    ) -> None:
        self._root = practices_dir
        self._instance = instance
        self._watch = watch
        self._tell = tell
        self._files = Files()
        self._seen = self.stamps()
        self._whole: subprocess.Popen[str] | None = None
        self._whole_at: float | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def stamps(self) -> Stamps:
        """Return time of change, size and number of every content file."""
        found = {}
        for path in self._root.rglob("*"):
            if path.suffix in {".md", ".yml"}:
                try:
                    status = path.stat()
                except FileNotFoundError:
                    continue
                found[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
        return found

    def start(self, *, at_once: bool = False) -> None:
        """Begin to follow the folder; *at_once* as if a file had just been saved."""
        if at_once:
            self._seen = {}
        self._thread.start()

    def stop(self) -> None:
        """End what was begun."""
        self._ended.set()
        self._thread.join()
        self._end_whole()

    def _run(self) -> None:
        # Once for all: the first save then costs no more than any other.
        content.load(self._root, files=self._files)
        before: Stamps = {}
        while not self._ended.wait(LOOK):
            now = self.stamps()
            if now != self._seen and now == before:
                self._seen = now
                self.rebuild()
            before = now
            self._follow_up()

    def rebuild(self) -> None:
        """Build quickly what is there now, or note what is wrong with it."""
        self._end_whole()
        began = time.monotonic()
        self._say("Saved: checking.")
        try:
            build_quickly(self._root, self._instance, self._files)
        except ContentProblems as error:
            self._watch.note([self._noted(finding) for finding in error.findings])
            # With the places first: editors mark them in the files.
            self._tell(format_lines(error.findings, "it"))
            self._say(f"Checked: {len(error.findings)} problems; the site keeps the last version.")
        except IndexUnfit:
            self._watch.note([])
            self._whole_at = time.monotonic()
            self._say("Files or terms were added or removed: building the whole site.")
        except BuildsLocked as error:
            self._seen = {}
            self._say(str(error))
        except (KnowledgeBaseError, OSError) as error:
            # A file came or went meanwhile: the next look sees it.
            self._say(str(error))
        else:
            self._watch.note([])
            self._whole_at = time.monotonic() + PAUSE
            self._say(f"Built in {time.monotonic() - began:.1f} s; search follows.")

    def _follow_up(self) -> None:
        """Begin the whole build when its time has come, and tell how it ended."""
        if self._whole_at is not None and time.monotonic() >= self._whole_at:
            self._whole_at = None
            self._whole = subprocess.Popen(
                [sys.executable, "-m", "kb", "build"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
            )
        if self._whole is not None and self._whole.poll() is not None:
            _, told = self._whole.communicate()
            ended_well = self._whole.returncode == 0
            self._say("Search is up to date." if ended_well else told.strip())
            self._whole = None

    def _end_whole(self) -> None:
        self._whole_at = None
        if self._whole is not None:
            self._whole.terminate()
            self._whole.communicate()
            self._whole = None

    def _say(self, text: str) -> None:
        self._tell(f"{time.strftime('%H:%M:%S')} {text}")

    def _noted(self, finding: Finding) -> Noted:
        path = finding.path
        folder = path.parent.name
        if path.name == AUTHORITY_FILE:
            kind, record = "authority", folder
        else:
            kind, record = KINDS.get(folder, "practice"), path.stem
        section = self._section(finding)
        field = "" if section else _field(finding)
        return Noted(finding, shown_path(path), kind, record, field, section)

    def _section(self, finding: Finding) -> str:
        """Return the key of the section in which *finding* lies, if it lies in one."""
        document = self._files.document(finding.path)
        if finding.field or finding.line < document.body_line:
            return ""
        sections = split(document.body, document.body_line)
        above = [section.key for section in sections if section.line <= finding.line]
        return (above[-1] or "") if above else ""


def _field(finding: Finding) -> str:
    """Return the field of the record that *finding* is about, else the one written above it."""
    if finding.field:
        return finding.field.partition(".")[0]
    lines = finding.path.read_text(encoding="utf-8", errors="replace").splitlines()
    names = [found[1] for line in lines[: finding.line] if (found := FIELD.match(line))]
    return names[-1] if names else ""
