# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeps postings in a Whoosh 2.7.4 index.

Only the calls that were found sound are used: the analysed terms are handed over joined by
spaces, and Whoosh neither parses queries nor ranks. The folder holds pickles, so it must be
as trusted as code; it is written by one writer, once, in a folder of its own.
"""

import struct
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from search_index.likeness import Alike
from search_index.model import SearchIndexError
from search_index.postings import Analysed, PostingList

with warnings.catch_warnings():
    # Whoosh 2.7.4 predates Python 3.12; its sources trip the compiler's string checks.
    warnings.simplefilter("ignore")
    from whoosh import fields, index
    from whoosh.analysis import RegexTokenizer

ID = "id"
PRIOR = "prior"
ALIKE = "alike"
CACHED_LISTS = 4096


def write(
    folder: Path,
    names: Iterable[str],
    documents: Iterable[tuple[str, float, Analysed, Alike]],
    on_document: Callable[[str], None],
) -> None:
    """Write the *documents* (id, prior, analysed fields, neighbours) into the empty *folder*."""
    spaced = RegexTokenizer(r"\S+")
    schema = fields.Schema(
        **{ID: fields.ID(stored=True, unique=True), PRIOR: fields.STORED, ALIKE: fields.STORED},
        **{name: fields.TEXT(analyzer=spaced, phrase=False) for name in names},
    )
    folder.mkdir(parents=True, exist_ok=True)
    writer = index.create_in(str(folder), schema).writer(timeout=10)
    for document_id, prior, analysed, alike in documents:
        for term in (term for terms in analysed.values() for term in terms):
            if term.split() != [term]:
                raise ValueError(f"{document_id}: a term holds white space: {term!r}")
        texts = {name: " ".join(terms) for name, terms in analysed.items()}
        writer.add_document(**{ID: document_id, PRIOR: prior, ALIKE: list(alike)}, **texts)
        on_document(document_id)
    writer.commit()


class WhooshPostings:
    """Reads what :func:`write` wrote; safe for several threads, like Whoosh's readers."""

    def __init__(self, folder: Path) -> None:
        """Open *folder*. Raises :class:`SearchIndexError` when there is no whole index."""
        try:
            self._reader = index.open_dir(str(folder)).reader()
        except (index.IndexError, OSError, EOFError, struct.error) as error:
            raise SearchIndexError(
                f"{folder}: no search index ({error}); build it again"
            ) from error
        stored = [self._reader.stored_fields(n) for n in self._reader.all_doc_ids()]
        if ALIKE not in self._reader.schema:
            raise SearchIndexError(f"{folder}: an index of another version; build it again")
        self._ids = tuple(row[ID] for row in stored)
        self._priors = tuple(float(row[PRIOR]) for row in stored)
        self._alike = tuple(row[ALIKE] for row in stored)
        self.postings = lru_cache(CACHED_LISTS)(self._postings)
        self.lengths = lru_cache(None)(self._lengths)

    def ids(self) -> Sequence[str]:
        """Return the id of each document, by document number."""
        return self._ids

    def priors(self) -> Sequence[float]:
        """Return the prior of each document, by document number."""
        return self._priors

    def alike(self) -> Sequence[Alike]:
        """Return the documents most like each document, by document number."""
        return self._alike

    def lexicon(self, field: str) -> Iterator[tuple[str, int]]:
        """Yield each term of *field* in order, with the number of documents that hold it."""
        if field not in self._reader.schema:
            return
        for raw in self._reader.lexicon(field):
            yield raw.decode("utf-8"), self._reader.doc_frequency(field, raw)

    def close(self) -> None:
        """Close the files."""
        self._reader.close()

    def _postings(self, field: str, term: str) -> PostingList:
        raw = term.encode("utf-8")
        if field not in self._reader.schema or (field, raw) not in self._reader:
            return ()
        matcher = self._reader.postings(field, raw)
        found = []
        while matcher.is_active():
            found.append((matcher.id(), int(matcher.weight())))
            matcher.next()
        return tuple(found)

    def _lengths(self, field: str) -> Sequence[int]:
        numbers = range(len(self._ids))
        # Whoosh answers None, not the default, for an empty field.
        return [self._reader.doc_field_length(n, field) or 0 for n in numbers]
