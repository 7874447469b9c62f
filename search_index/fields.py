# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The index's fields: what a document becomes, and under which names it is found again.

Beside the stems and the words of each text there are neighbours: pairs of stems that stand
side by side (phrases and nearness without positions; Metzler and Croft, "A Markov Random
Field Model for Term Dependencies", 2005), pairs of words written together («cocity» for
«Co-City»), whole names written together, and the spelling of words with accents.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from search_index import facets
from search_index.analysis import fold, folded, stem, terms, words
from search_index.model import Document
from search_index.postings import Analysed

EXACT = "_exact"
PAIRS = "pairs"
JOINED = "joined"
NAME = "name"
SPELLING = "spelling"
PAIR = "_"


def pair(one: str, other: str) -> str:
    """Return the term for two stems side by side."""
    return f"{one}{PAIR}{other}"


def key(parts: Sequence[str]) -> str:
    """Return the term for a name of the given folded words."""
    return "".join(parts)


def analysed(document: Document) -> Analysed:
    """Return the terms of each field of *document*."""
    fields: dict[str, list[str]] = {
        facets.FIELD: [
            facets.term(facet, value)
            for facet, values in document.facets.items()
            for value in values
        ],
        NAME: [name for written in document.names for name in _names(written)],
        PAIRS: [],
        JOINED: [],
        SPELLING: [],
    }
    for name, text in document.texts.items():
        fields[name + EXACT] = terms(text)
        fields[name] = [stem(word) for word in fields[name + EXACT]]
        fields[SPELLING] += _accented(text)
        for line in text.splitlines():
            fields[PAIRS] += [pair(*stems) for stems in pairwise(_stems(line))]
            fields[JOINED] += [key(near) for near in pairwise(terms(line))]
    return fields


def names(fields: Sequence[str]) -> Iterator[str]:
    """Yield the names of all index fields, given the names of the text fields."""
    yield from (facets.FIELD, NAME, PAIRS, JOINED, SPELLING)
    for name in fields:
        yield from (name, name + EXACT)


def _names(name: str) -> set[str]:
    """Return the terms of a name with its stop words («Homes4All») and without."""
    return {key(folded(name)), key(terms(name))} - {""}


def _accented(text: str) -> Iterator[str]:
    written = (token.text.lower() for token in words(text))
    yield from (word for word in written if word != fold(word))


def _stems(text: str) -> list[str]:
    return [stem(word) for word in terms(text)]
