# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The query language: plain words, and a little more for those who want it.

``"a phrase"``, ``-without``, ``one OR other`` (also ``OPPURE``), ``begin*`` and
``prefix:value`` for the prefixes that the caller knows. Whatever does not parse is words.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from search_index.analysis import SPOKEN, STOP_WORDS, fold, folded

#: Longer queries are cut: nobody types more, and a pasted page must not cost seconds.
MOST_WORDS = 40
OR = {"OR", "OPPURE"}
TOKEN = re.compile(
    r"""(?P<minus>-)?(?:(?P<prefix>[^\W\d_]+):)?(?:["“”«](?P<phrase>[^"“”«»]*)["“”»]?|(?P<word>[^\s"“”«»]+))"""
)


@dataclass(frozen=True)
class Item:
    """One thing asked for: words in order, of which the last may be a beginning.

    *quoted* items are phrases; an *alternative* is joined by ``OR`` to the item before it; a
    *spoken* word is one that people say around what they look for. The index lists in *begun*
    the words that it has for a *beginning*.
    """

    words: tuple[str, ...]
    quoted: bool = False
    beginning: bool = False
    alternative: bool = False
    spoken: bool = False
    begun: tuple[str, ...] = ()

    @property
    def plain(self) -> bool:
        """Tell whether this is one word as it stands, neither a phrase nor a beginning."""
        return not self.quoted and not self.beginning


@dataclass(frozen=True)
class Query:
    """A parsed query: what is wanted, what is not, and ``prefix:value`` pairs by prefix.

    *written* are all folded words of what is wanted, stop words included: names have them too.
    """

    wanted: tuple[Item, ...] = ()
    written: tuple[str, ...] = ()
    unwanted: tuple[Item, ...] = ()
    prefixed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def parse(text: str, prefixes: Mapping[str, str] | None = None) -> Query:
    """Parse *text*; *prefixes* maps each folded prefix to the name its values are filed under.

    Never fails. Stop words are dropped unless there is nothing else.
    """
    query = _parse(text, prefixes or {}, keep_stop_words=False)
    if query.wanted or query.unwanted or query.prefixed:
        return query
    return _parse(text, prefixes or {}, keep_stop_words=True)


def _parse(text: str, prefixes: Mapping[str, str], keep_stop_words: bool) -> Query:
    wanted: list[Item] = []
    unwanted: list[Item] = []
    prefixed: dict[str, list[str]] = {}
    said: list[str] = []
    joined = False
    for match in TOKEN.finditer(text):
        if match["word"] in OR and wanted:
            joined = True
            continue
        quoted = match["phrase"] is not None
        written = match["phrase"] if quoted else match["word"]
        name = prefixes.get(fold(match["prefix"] or ""))
        if name and written:
            prefixed.setdefault(name, []).append(written)
            continue
        plain = f"{match['prefix']} {written}" if match["prefix"] else written
        if not match["minus"]:
            said += folded(plain)
        for item in _items(plain, quoted, keep_stop_words):
            if match["minus"]:
                unwanted.append(item)
            else:
                wanted.append(replace(item, alternative=joined))
                joined = False
    return Query(
        tuple(wanted[:MOST_WORDS]),
        tuple(said[:MOST_WORDS]),
        tuple(unwanted[:MOST_WORDS]),
        {name: tuple(values) for name, values in prefixed.items()},
    )


def _items(text: str, quoted: bool, keep_stop_words: bool) -> Iterator[Item]:
    kept = [word for word in folded(text) if keep_stop_words or word not in STOP_WORDS]
    if quoted and kept:
        yield Item(tuple(kept), quoted=len(kept) > 1)
        return
    for number, word in enumerate(kept, 1):
        beginning = number == len(kept) and text.endswith("*") and len(word) > 1
        yield Item((word,), beginning=beginning, spoken=not beginning and word in SPOKEN)
