# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Builds an index and answers queries from it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache, reduce
from pathlib import Path
from typing import Any

from search_index import fields, whoosh_store
from search_index.analysis import fold, is_word, stem
from search_index.correction import correct
from search_index.facets import Facets
from search_index.fields import EXACT, JOINED, SPELLING
from search_index.likeness import alike
from search_index.model import Concept, Contribution, Document, Favour, Hit, Results, Tuning
from search_index.postings import Postings
from search_index.query import Item, Query
from search_index.ranking import Scores, added
from search_index.scoring import NAME_WEIGHT, Part, Scored, Scorer
from search_index.thesaurus import Thesaurus

#: A query of at most so many words prefers documents that have them all.
SHORT_QUERY = 2
#: How much the prior can raise a score.
PRIOR_WEIGHT = 0.03
#: How many words a beginning stands for.
MOST_BEGUN = 60

Filters = Mapping[str, Collection[str]]
#: The words meant by each word typed.
Corrections = Mapping[str, tuple[str, ...]]


def create_index(
    folder: Path,
    documents: Iterable[Document],
    on_document: Callable[[str], None] = lambda _: None,
) -> None:
    """Write an index of *documents* into the empty *folder*."""
    listed = list(documents)
    names = sorted({name for document in listed for name in document.texts})
    analysed = [fields.analysed(document) for document in listed]
    neighbours = alike([[t for name in names for t in terms.get(name, ())] for terms in analysed])
    whoosh_store.write(
        folder,
        fields.names(names),
        (
            (document.id, document.prior, terms, near)
            for document, terms, near in zip(listed, analysed, neighbours, strict=True)
        ),
        on_document,
    )


def open_index(folder: Path, tuning: Tuning, concepts: Iterable[Concept] = ()) -> "Index":
    """Open the index in *folder*, to rank as *tuning* says; *concepts* widen queries.

    Raises :class:`SearchIndexError` when there is no whole index.
    """
    written = tuple(
        replace(c, labels=tuple(c.labels), narrower=tuple(c.narrower)) for c in concepts
    )
    return Index(whoosh_store.WhooshPostings(folder), tuning, _thesaurus(written))


@lru_cache(maxsize=2)
def _thesaurus(concepts: tuple[Concept, ...]) -> Thesaurus:
    """Return the thesaurus of *concepts*: most of the time that opening takes, and seldom new."""
    return Thesaurus(concepts)


class Index:
    """An open index. Any query is valid; none raises."""

    def __init__(self, postings: Postings, tuning: Tuning, thesaurus: Thesaurus) -> None:
        self._postings = postings
        self._ids = postings.ids()
        self._numbers = {document_id: n for n, document_id in enumerate(self._ids)}
        self._priors = postings.priors()
        self._tuning = tuning
        self._thesaurus = thesaurus
        self._alike = postings.alike()
        self._scorer = Scorer(postings, tuning, thesaurus)
        self._facets = Facets(postings)

    @cached_property
    def lexicon(self) -> dict[str, int]:
        """Every unstemmed word, with the largest number of documents that hold it in a field."""
        lexicon: dict[str, int] = defaultdict(int)
        for field in self._tuning.weights:
            for word, count in self._postings.lexicon(field + EXACT):
                lexicon[word] = max(lexicon[word], count)
        return dict(lexicon)

    @cached_property
    def _spellings(self) -> dict[str, str]:
        """The most frequent spelling of each word that is written with accents."""
        frequent = sorted(self._postings.lexicon(SPELLING), key=lambda pair: pair[1])
        return {fold(word): word for word, _ in frequent}

    @cached_property
    def _known(self) -> dict[str, int]:
        """The words that need no correction: the index's and the thesaurus's."""
        return dict.fromkeys(self._thesaurus.words, 0) | self.lexicon

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(map(stem, self._known))

    def search(  # noqa: PLR0913 - the whole of a search, by name
        self,
        query: Query,
        filters: Filters | None = None,
        *,
        limit: int = 10,
        offset: int = 0,
        order: Callable[[str], Any] | None = None,
        widen: bool = True,
        favours: Iterable[Favour] = (),
    ) -> Results:
        """Return *limit* documents for *query* from *offset* on, with facet counts.

        Best first, or by the key *order* of the id. An empty query finds everything, in the
        order in which documents were indexed. Words that the index lacks are corrected. Without
        *widen* the thesaurus is not asked. *favours* add to the scores, also where there are no
        words.
        """
        filters = filters or {}
        items, corrections, scored = self._scored(query, widen, favours)
        scores = self._scores(items, scored, query)
        whole = set(scores).intersection(*scored.found)
        passing = self._facets.matching(filters)
        ranked = [number for number in scores if passing >> number & 1]
        first = whole if len(items) <= SHORT_QUERY else set(ranked)
        ranked.sort(key=lambda number: (number not in first, -scores[number], number))
        if order:
            ranked.sort(key=lambda number: order(self._ids[number]))
        return Results(
            total=len(ranked),
            whole=len(whole.intersection(ranked)),
            hits=tuple(
                Hit(self._ids[number], scores[number], scored.share(number))
                for number in ranked[offset : offset + limit]
            ),
            facets=self._facets.counts(_bits(scores), filters),
            stems=self._highlighted(items, scored),
            concepts=tuple(match.concept.id for match in scored.concepts),
            corrections=tuple(
                (typed, " ".join(self._spellings.get(word, word) for word in used))
                for typed, used in corrections.items()
            ),
        )

    def named(self, query: Query) -> float:
        """Return the part of *query*, from 0 to 1, that is a document's name."""
        shares = (max(part.scores.values()) for part in self._scorer.named(query.written))
        return max(shares, default=0.0) / NAME_WEIGHT

    def explain(
        self, query: Query, document_id: str, favours: Iterable[Favour] = ()
    ) -> list[Contribution]:
        """Return what the score of *document_id* is made of, greatest first."""
        number = self._numbers[document_id]
        items, _, scored = self._scored(query, True, favours)
        own = _own(scored)
        given = [
            Contribution(part.what, self._where(part, number), part.scores[number])
            for part in scored.parts
            if number in part.scores
        ]
        given += [
            Contribution(self._ids[other], "alike", self._tuning.alike * share * own[other])
            for other, share in self._alike[number]
            if items and other in own
        ]
        prior = PRIOR_WEIGHT * self._priors[number] * sum(part.score for part in given)
        if prior:
            given.append(Contribution("", "prior", prior))
        return sorted(given, key=lambda contribution: -contribution.score)

    def _scored(
        self, query: Query, widen: bool, favours: Iterable[Favour]
    ) -> tuple[tuple[Item, ...], Corrections, Scored]:
        """Return the items of *query* as looked for, the corrections made, and their scores."""
        items, corrections = self._resolved(query.wanted)
        scored = self._scorer.score(items, _corrected(query.written, corrections), widen)
        favoured = [self._favoured(favour) for favour in favours]
        return items, corrections, replace(scored, parts=(*scored.parts, *favoured))

    def _favoured(self, favour: Favour) -> Part:
        known = ((self._numbers.get(id_), score) for id_, score in favour.scores.items())
        return Part(favour.what, "favour", {n: score for n, score in known if n is not None})

    def _scores(self, items: tuple[Item, ...], scored: Scored, query: Query) -> Scores:
        """Return the score of each document found, without those that hold unwanted words.

        Phrases must be there, unless no document has them all.
        """
        own = _own(scored)
        if items:
            scores = self._helped(own)
        else:
            scores = {number: own.get(number, 0.0) for number in range(len(self._ids))}
        required = set(scores).intersection(*scored.required)
        kept = required or set(scores)
        for item in query.unwanted:
            kept -= self._scorer.documents(self._completed(item))
        return {n: scores[n] * (1 + PRIOR_WEIGHT * self._priors[n]) for n in scores if n in kept}

    def _helped(self, own: Scores) -> Scores:
        """Add to each score a part of those of the documents most like it."""
        helped = {}
        for number, score in own.items():
            others = (share * own.get(other, 0.0) for other, share in self._alike[number])
            helped[number] = score + self._tuning.alike * sum(others)
        return helped

    def _where(self, part: Part, number: int) -> str:
        """Return the fields in which *part* finds the document."""
        found = [
            stream.field
            for stream in part.streams
            if any(number == n for n, _ in self._postings.postings(stream.field, stream.term))
        ]
        return "+".join(found) or part.where

    def _resolved(self, items: tuple[Item, ...]) -> tuple[tuple[Item, ...], Corrections]:
        """Return *items* as the index can look for them, and the corrections made.

        A word that a dictionary knows is only taken for an error if nothing else is found.
        """
        corrections = self._corrections(items, sure=True)
        if not corrections and not any(map(self._scorer.documents, map(self._completed, items))):
            corrections = self._corrections(items, sure=False)
        resolved = [
            replace(item, words=words)
            for item in items
            for words in (
                [(word,) for word in corrections.get(item.words[0], item.words)]
                if item.plain
                else [item.words]
            )
        ]
        return tuple(map(self._completed, resolved)), corrections

    def _corrections(self, items: tuple[Item, ...], sure: bool) -> Corrections:
        plain = (item.words[0] for item in items if item.plain)
        pairs = ((word, self._correction(word)) for word in plain if not (sure and is_word(word)))
        return {word: better for word, better in pairs if better}

    def _completed(self, item: Item) -> Item:
        """Return *item* with the most frequent words that begin so, if it is a beginning."""
        if not item.beginning:
            return item
        known = (word for word in self.lexicon if word.startswith(item.words[0]))
        begun = sorted(known, key=lambda word: -self.lexicon[word])
        return replace(item, begun=tuple(begun[:MOST_BEGUN]))

    def _correction(self, word: str) -> tuple[str, ...]:
        if self._postings.postings(JOINED, word):
            return ()
        return correct(word, self._known, self._stems)

    def _highlighted(self, items: tuple[Item, ...], scored: Scored) -> frozenset[str]:
        stems = {stem(word) for item in items for word in (*item.words, *item.begun)}
        for match in scored.concepts:
            # A word of a longer label («basso reddito») says nothing when it stands alone.
            stems |= {
                label[0] for label in self._thesaurus.labels(match.concept) if len(label) == 1
            }
        return frozenset(stems)


def _own(scored: Scored) -> Scores:
    return reduce(added, (part.scores for part in scored.parts), Scores())


def _corrected(written: Iterable[str], corrections: Corrections) -> list[str]:
    return [better for word in written for better in corrections.get(word, (word,))]


def _bits(numbers: Iterable[int]) -> int:
    return sum(1 << number for number in numbers)
