# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Scores documents for a parsed query, part by part, so that every score can be explained."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from search_index.analysis import STOP_WORDS, stem
from search_index.fields import EXACT, JOINED, NAME, PAIRS, key, pair
from search_index.model import Tuning
from search_index.postings import Postings
from search_index.query import Item
from search_index.ranking import Ranking, Scores, Stream, added, best
from search_index.thesaurus import Label, Match, Thesaurus

#: What unstemmed words count beside stems: they repair over-stemming.
EXACT_WEIGHT = 0.5
#: Two words of the query side by side.
PAIR_WEIGHT = 0.4
#: A word written together or apart («cocity», «Co-City»).
JOINED_WEIGHT = 0.8
#: A word that people say around what they look for.
SPOKEN_WEIGHT = 0.25
#: Another label of the same concept, and a label of a narrower one, against the word itself.
SYNONYM_WEIGHT = 0.75
NARROWER_WEIGHT = 0.3
#: The whole query is a document's name, or part of it is.
NAME_WEIGHT = 30.0
LONGEST_NAME = 8
#: So many words of the query can be one word of a document.
MOST_TOGETHER = 4
CACHED_LABELS = 8192


@dataclass(frozen=True)
class Part:
    """Scores for one reason: *what* was looked for and *where* it was found.

    A part that looks into several fields names them in *streams*.
    """

    what: str
    where: str
    scores: Scores
    streams: tuple[Stream, ...] = ()


@dataclass(frozen=True)
class Scored:
    """All parts, and the documents that have each thing asked for."""

    parts: tuple[Part, ...]
    found: tuple[frozenset[int], ...]
    required: tuple[frozenset[int], ...]
    concepts: tuple[Match, ...]

    def share(self, number: int) -> float:
        """Return the part of what was asked for, from 0 to 1, that document *number* has."""
        having = sum(number in members for members in self.found)
        return having / len(self.found) if self.found else 1.0


class Scorer:
    """Scores queries on one index with the given tuning."""

    def __init__(self, postings: Postings, tuning: Tuning, thesaurus: Thesaurus) -> None:
        self._postings = postings
        self._ranking = Ranking(postings, tuning.b)
        self._weights = tuning.weights
        self._thesaurus = thesaurus
        self._labelled = lru_cache(CACHED_LABELS)(self._phrase)

    def score(self, items: Sequence[Item], written: Sequence[str], widen: bool = True) -> Scored:
        """Score *items*, in which the words *written* may be names.

        Without *widen* the thesaurus is not asked.
        """
        literal = [list(self._item(item)) for item in items]
        parts = [part for listed in literal for part in listed]
        has = [frozenset().union(*(part.scores for part in listed)) for listed in literal]
        concepts = self._concepts(items) if widen else []
        for match in concepts:
            span = range(match.start, match.end)
            own = _sum(part for number in span for part in literal[number])
            wider = self._widened(match, own)
            parts.append(Part(match.concept.label, "thesaurus", wider))
            for number in span:
                has[number] |= frozenset(wider)
        parts += self._neighbours(items)
        parts += self._together(written)
        parts += self.named(written)
        return Scored(
            tuple(parts),
            tuple(_grouped(items, has)),
            tuple(members for item, members in zip(items, has, strict=True) if item.quoted),
            tuple(concepts),
        )

    def documents(self, item: Item) -> frozenset[int]:
        """Return the documents that have *item*."""
        return frozenset().union(*(part.scores for part in self._item(item)))

    def _item(self, item: Item) -> Iterator[Part]:
        if item.quoted:
            yield Part(" ".join(item.words), "phrase", self._phrase(_stems(item.words)))
            return
        word = item.words[0]
        if item.beginning:
            listed: Scores = {}
            for known in item.begun:
                listed = best(listed, _sum(self._word(known)))
            yield Part(word + "*", "beginning", listed)
            return
        weight = SPOKEN_WEIGHT if item.spoken else 1.0
        yield from self._word(word, weight)
        joined = self._ranking.scores([Stream(JOINED, word)], weight * JOINED_WEIGHT)
        yield Part(word, "joined", joined)

    def _word(self, word: str, weight: float = 1.0) -> Iterator[Part]:
        streams = self._streams(stem(word))
        scores = self._ranking.scores(streams, weight)
        exact = self._ranking.scores(self._streams(word, EXACT), weight * EXACT_WEIGHT)
        if scores or exact:
            yield Part(word, "text", added(scores, exact), streams)

    def _streams(self, term: str, suffix: str = "") -> tuple[Stream, ...]:
        return tuple(
            Stream(field + suffix, term, weight) for field, weight in self._weights.items()
        )

    def _phrase(self, stems: Label) -> Scores:
        """Score the documents in which *stems* stand side by side."""
        pairs = (self._postings.postings(PAIRS, pair(*near)) for near in pairwise(stems))
        near = [{number for number, _ in listed} for listed in pairs]
        if near and not set.intersection(*near):
            # So with most labels of the thesaurus: their words need not be looked up.
            return {}
        total: Scores = {}
        for stemmed in stems:
            total = added(total, self._ranking.scores(self._streams(stemmed)))
        having = set.intersection(*near) if near else total.keys()
        return {number: score for number, score in total.items() if number in having}

    def _concepts(self, items: Sequence[Item]) -> list[Match]:
        """Return the concepts in runs of plain words (beginnings and phrases stay literal)."""
        plain = [item.words[0] if item.plain and not item.alternative else "" for item in items]
        return self._thesaurus.matches(plain)

    def _widened(self, match: Match, own: Scores) -> Scores:
        """Return what other labels add to *own*, never lifting a document above its best label."""
        wider: Scores = {}
        for label in self._thesaurus.labels(match.concept):
            wider = best(wider, _weighted(self._labelled(label), SYNONYM_WEIGHT))
        for label in self._thesaurus.narrower(match.concept):
            wider = best(wider, _weighted(self._labelled(label), NARROWER_WEIGHT))
        return {n: score - own.get(n, 0.0) for n, score in wider.items() if score > own.get(n, 0.0)}

    def _neighbours(self, items: Sequence[Item]) -> Iterator[Part]:
        for one, other in pairwise(items):
            if one.quoted or other.quoted or other.alternative:
                continue
            words = (one.words[0], other.words[0])
            near = self._ranking.scores([Stream(PAIRS, pair(*_stems(words)))], PAIR_WEIGHT)
            yield Part(" ".join(words), "neighbours", near)

    def _together(self, words: Sequence[str]) -> Iterator[Part]:
        """Find words of the documents that the query writes apart («la città intorno»).

        Stop words alone, or with one word, would make other words by accident («in terno»).
        """
        for length in range(2, MOST_TOGETHER + 1):
            for start in range(len(words) - length + 1):
                part = words[start : start + length]
                if sum(word not in STOP_WORDS for word in part) > 1:
                    yield from self._word(key(part), JOINED_WEIGHT)

    def named(self, words: Sequence[str]) -> Iterator[Part]:
        """Find names among *words*, written whole or apart, with stop words or without."""
        telling = sum(word not in STOP_WORDS for word in words) or len(words)
        for length in range(min(len(words), LONGEST_NAME), 0, -1):
            for start in range(len(words) - length + 1):
                part = words[start : start + length]
                kept = [word for word in part if word not in STOP_WORDS]
                names = {key(part), key(kept)}
                bearers = {n for name in names for n, _ in self._postings.postings(NAME, name)}
                if bearers:
                    share = min(1.0, (len(kept) or length) / telling)
                    scores = dict.fromkeys(bearers, NAME_WEIGHT * share * share)
                    yield Part(" ".join(part), "name", scores)


def _stems(words: Sequence[str]) -> Label:
    return tuple(stem(word) for word in words)


def _sum(parts: Iterator[Part]) -> Scores:
    total: Scores = {}
    for part in parts:
        total = added(total, part.scores)
    return total


def _weighted(scores: Scores, weight: float) -> Scores:
    return {number: score * weight for number, score in scores.items()}


def _grouped(items: Sequence[Item], has: list[frozenset[int]]) -> Iterator[frozenset[int]]:
    """Yield the documents of each item; alternatives count as one, spoken words not at all."""
    group: frozenset[int] | None = None
    telling = [pair for pair in zip(items, has, strict=True) if not pair[0].spoken]
    for item, members in telling or zip(items, has, strict=True):
        if group is not None and not item.alternative:
            yield group
            group = None
        group = members if group is None else group | members
    if group is not None:
        yield group
