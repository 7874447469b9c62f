# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A finding of the checker, and the forms in which findings are printed."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.messages import say


@dataclass(frozen=True)
class Finding:
    """Something in a content file that must be mended.

    *line* and *column* count from 1; *code* is a key of :data:`kb.messages.MESSAGES` and
    *params* fills its text.
    """

    path: Path
    line: int
    column: int
    field: str
    code: str
    params: dict[str, Any]

    def message(self, lang: str = "it") -> str:
        """Return what must hold, what was found and what to do, in *lang* (``it`` or ``en``)."""
        return say(self.code, lang, self.params)


def format_lines(findings: Iterable[Finding], lang: str) -> str:
    """Return one ``path:line:column: field: message`` per finding."""
    return "\n".join(
        f"{shown_path(f.path)}:{f.line}:{f.column}: "
        f"{f.field + ': ' if f.field else ''}{f.message(lang)}"
        for f in findings
    )


def format_github(findings: Iterable[Finding], lang: str) -> str:
    """Return GitHub Actions annotations (workflow command ``error``)."""
    return "\n".join(
        f"::error file={_property(shown_path(f.path))},line={f.line},col={f.column}"
        f",title={_property(f.field or f.code)}::{_data(f.message(lang))}"
        for f in findings
    )


def format_json(findings: Iterable[Finding], lang: str) -> str:
    """Return a JSON list of objects with path, line, column, field, code and message."""
    rows = [
        {
            "path": shown_path(f.path),
            "line": f.line,
            "column": f.column,
            "field": f.field,
            "code": f.code,
            "message": f.message(lang),
        }
        for f in findings
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


FORMATS: dict[str, Callable[[Iterable[Finding], str], str]] = {
    "lines": format_lines,
    "github": format_github,
    "json": format_json,
}


def shown_path(path: Path) -> str:
    """Return *path* as seen from the working directory, so that editors can open it."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
