# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The passage that matched, with the matching words marked; safe to put into a page."""

from collections.abc import Collection
from functools import lru_cache
from html import escape

from search_index.analysis import WORD, Token, stem_as_written

CACHED_TEXTS = 4096
LENGTH = 220


def highlight(text: str, stems: Collection[str]) -> str:
    """Return *text* as HTML, words whose stem is in *stems* inside ``<mark>``."""
    parts, at = [], 0
    for token in _matches(text, stems):
        parts += [
            escape(text[at : token.start]),
            "<mark>",
            escape(text[token.start : token.end]),
            "</mark>",
        ]
        at = token.end
    return "".join(parts) + escape(text[at:])


def excerpt(text: str, stems: Collection[str], length: int = LENGTH) -> str | None:
    """Return the passage of *text*, about *length* characters, with most of *stems*, as HTML.

    Line breaks count as spaces. Returns None when no word matches.
    """
    text = " ".join(text.split())
    matches = _matches(text, stems)
    if not matches:
        return None
    best = max(matches, key=lambda token: (_distinct(matches, token, length), -token.start))
    start, end = _bounds(text, best.start, length)
    before = "… " if start else ""
    after = " …" if end < len(text) else ""
    return before + highlight(text[start:end], stems) + after


def _matches(text: str, stems: Collection[str]) -> list[Token]:
    return [token for token, stemmed in _stemmed(text) if stemmed in stems]


@lru_cache(CACHED_TEXTS)
def _stemmed(text: str) -> tuple[tuple[Token, str], ...]:
    """Return the words of *text* with their stems: the same texts are shown again and again."""
    found = WORD.finditer(text)
    return tuple((Token(m[0], m.start(), m.end()), stem_as_written(m[0])) for m in found)


def _distinct(matches: list[Token], first: Token, length: int) -> int:
    inside = (t for t in matches if first.start <= t.start < first.start + length)
    return len({stem_as_written(token.text) for token in inside})


def _bounds(text: str, first: int, length: int) -> tuple[int, int]:
    """Return a window around *first*, cut at white space, from a sentence's start if near."""
    start = max(0, first - length // 3)
    sentence = text.rfind(". ", start, first)
    if sentence >= 0:
        start = sentence + 2
    elif start:
        start = text.find(" ", start, first) + 1 or first
    end = start + length
    if end >= len(text):
        return start, len(text)
    return start, max(text.rfind(" ", first, end), first + 1)
