# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Corrects words that the index lacks.

One edit as in Norvig, "How to Write a Spelling Corrector" (2007); for longer words also the
most similar known word, by the standard library's measure.
"""

import difflib
import string
from collections.abc import Collection, Iterator, Mapping

from search_index.analysis import stem

SHORTEST = 4
#: From this length two errors are believed, in words that begin alike.
LONG = 7
SIMILAR = 0.8


def correct(word: str, lexicon: Mapping[str, int], stems: Collection[str]) -> str | None:
    """Return the word of *lexicon* that *word* was probably meant to be.

    *lexicon* gives the number of documents of each known word, *stems* all its stems. Returns
    None when the word is known, an inflection of a known one, too short to judge, a number, or
    like no other.
    """
    if word in lexicon or len(word) < SHORTEST or word.isdigit():
        return None
    known = [variant for variant in _edits(word) if variant in lexicon]
    if any(stem(variant) == stem(word) for variant in known):
        return None
    if known:
        return max(known, key=lambda variant: (lexicon[variant], variant))
    if len(word) < LONG or stem(word) in stems:
        return None
    alike = [other for other in lexicon if other[0] == word[0] and abs(len(other) - len(word)) < 3]
    return next(iter(difflib.get_close_matches(word, alike, n=1, cutoff=SIMILAR)), None)


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
