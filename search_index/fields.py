# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The index's fields: what a document becomes, and under which names it is found again.

Beside the stems and the words of each text there are neighbours: pairs of stems that stand
side by side (phrases and nearness without positions; Metzler and Croft, "A Markov Random
Field Model for Term Dependencies", 2005), pairs of words written together («cocity» for
«Co-City»), and whole names written together.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from search_index import facets
from search_index.analysis import stem, terms
from search_index.model import Document
from search_index.postings import Analysed

EXACT = "_exact"
PAIRS = "pairs"
JOINED = "joined"
NAME = "name"
PAIR = "_"


def pair(one: str, other: str) -> str:
    """Return the term for two stems side by side."""
    return f"{one}{PAIR}{other}"


def key(words: Sequence[str]) -> str:
    """Return the term for a name of the given folded words."""
    return "".join(words)


def analysed(document: Document) -> Analysed:
    """Return the terms of each field of *document*."""
    fields: dict[str, list[str]] = {
        facets.FIELD: [
            facets.term(facet, value)
            for facet, values in document.facets.items()
            for value in values
        ],
        NAME: [key(terms(name)) for name in document.names if terms(name)],
        PAIRS: [],
        JOINED: [],
    }
    for name, text in document.texts.items():
        fields[name + EXACT] = terms(text)
        fields[name] = [stem(word) for word in fields[name + EXACT]]
        for line in text.splitlines():
            fields[PAIRS] += [pair(*stems) for stems in pairwise(_stems(line))]
            fields[JOINED] += [key(words) for words in pairwise(terms(line))]
    return fields


def names(fields: Sequence[str]) -> Iterator[str]:
    """Yield the names of all index fields, given the names of the text fields."""
    yield from (facets.FIELD, NAME, PAIRS, JOINED)
    for name in fields:
        yield from (name, name + EXACT)


def _stems(text: str) -> list[str]:
    return [stem(word) for word in terms(text)]
