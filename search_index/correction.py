# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Corrects words that the index lacks (Norvig, "How to Write a Spelling Corrector", 2007)."""

import string
from collections.abc import Iterator, Mapping

SHORTEST = 4


def correct(word: str, lexicon: Mapping[str, int]) -> str | None:
    """Return the word of *lexicon* one edit away from *word* that most documents hold.

    Returns None when the word is known, too short to judge, a number, or like no other.
    """
    if word in lexicon or len(word) < SHORTEST or word.isdigit():
        return None
    known = [variant for variant in _edits(word) if variant in lexicon]
    return max(known, key=lambda variant: (lexicon[variant], variant), default=None)


def _edits(word: str) -> Iterator[str]:
    for cut in range(len(word) + 1):
        head, tail = word[:cut], word[cut:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in string.ascii_lowercase:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]
