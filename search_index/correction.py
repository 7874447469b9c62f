# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Corrects words that the index lacks.

One edit as in Norvig, "How to Write a Spelling Corrector" (2007); then two known words that were
written together; for longer words also the most similar known word, by the standard library's
measure.
"""

import difflib
import string
from collections.abc import Collection, Iterator, Mapping

from search_index.analysis import STOP_WORDS, stem

SHORTEST = 4
#: The shortest word in which two words may have been written together, and its shortest part.
SHORTEST_TOGETHER = 8
SHORTEST_PART = 4
#: From this length two errors are believed, in words that begin alike.
LONG = 7
SIMILAR = 0.8


def correct(word: str, lexicon: Mapping[str, int], stems: Collection[str]) -> tuple[str, ...]:
    """Return the word of *lexicon*, or two, that *word* was probably meant to be.

    *lexicon* gives the number of documents of each known word, *stems* all its stems. Returns
    nothing when the word is known, an inflection of a known one, too short to judge, a number,
    or like no other.
    """
    if word in lexicon or len(word) < SHORTEST or word.isdigit():
        return ()
    known = [variant for variant in _edits(word) if variant in lexicon]
    if any(stem(variant) == stem(word) for variant in known):
        return ()
    if known:
        return (max(known, key=lambda variant: (lexicon[variant], variant)),)
    if stem(word) in stems:
        return ()
    together = max(_parted(word, lexicon), key=lambda parts: min(map(len, parts)), default=())
    if together or len(word) < LONG:
        return together
    alike = [other for other in lexicon if other[0] == word[0] and abs(len(other) - len(word)) < 3]
    return tuple(difflib.get_close_matches(word, alike, n=1, cutoff=SIMILAR))


def _parted(word: str, lexicon: Collection[str]) -> Iterator[tuple[str, ...]]:
    """Yield the ways in which *word* is two words written together; articles fall."""
    if len(word) < SHORTEST_TOGETHER:
        return
    for cut in range(1, len(word) - SHORTEST_PART + 1):
        head, tail = word[:cut], word[cut:]
        if tail not in lexicon:
            continue
        if head in STOP_WORDS:
            yield (tail,)
        elif cut >= SHORTEST_PART and head in lexicon:
            yield head, tail


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
