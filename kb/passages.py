# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Measures plain passage retrieval beside other engines, on a public question set.

The set is a folder with ``*passages.json`` (id, title, text) and ``*questions.json`` (question,
relevant ids). Every engine sees the same texts and questions in the same run.
"""

import json
import random
import string
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

import search_index
import search_index.analysis
from search_index import Document, Tuning

DEPTH = 10
#: Passages that are alike answer different questions.
TUNING = Tuning({"title": 1.3, "text": 1.3})
#: So that everybody misspells the same words in the same way.
SEED = 2024

Search = Callable[[str], list[str]]


@dataclass(frozen=True)
class Question:
    """A question and the passages that answer it."""

    text: str
    relevant: frozenset[str]


def read(folder: Path) -> tuple[list[dict[str, str]], list[Question]]:
    """Return passages and questions of the set in *folder*.

    Raises :class:`FileNotFoundError` when either file is missing.
    """
    loaded = []
    for kind in ("passages", "questions"):
        path = next(iter(sorted(folder.glob(f"*{kind}.json"))), folder / f"{kind}.json")
        loaded.append(json.loads(path.read_text(encoding="utf-8")))
    questions = [Question(row["question"], frozenset(row["relevant"])) for row in loaded[1]]
    return loaded[0], questions


def misspelt(questions: list[Question]) -> list[Question]:
    """Return *questions* with one random edit in the longest word of each."""
    chance = random.Random(SEED)  # noqa: S311 - not for secrets
    return [Question(_with_typo(q.text, chance), q.relevant) for q in questions]


def measure(search: Search, questions: list[Question]) -> tuple[float, float]:
    """Return MRR@10 and recall@10 of *search* (question to ranked ids) on *questions*."""
    ranks, recalls = 0.0, 0.0
    for question in questions:
        found = search(question.text)[:DEPTH]
        places = [place for place, name in enumerate(found, 1) if name in question.relevant]
        ranks += 1 / places[0] if places else 0.0
        recalls += len(places) / len(question.relevant)
    return ranks / len(questions), recalls / len(questions)


def engines(passages: list[dict[str, str]]) -> Iterator[tuple[str, Search]]:
    """Yield the name and the search of each engine over *passages*; tantivy if it is installed."""
    with tempfile.TemporaryDirectory() as folder:
        yield "search_index", _own(passages, Path(folder) / "index")
        database = Database(memory=True)
        yield "SQLite FTS5", _fts5(passages, database)
        database.close()
        try:
            yield "tantivy", _tantivy(passages)
        except ImportError:
            return


def _own(passages: list[dict[str, str]], folder: Path) -> Search:
    documents = [
        Document(row["id"], {"title": row["title"], "text": row["text"]}) for row in passages
    ]
    search_index.create_index(folder, documents)
    index = search_index.open_index(folder, TUNING)
    return lambda question: [
        hit.id for hit in index.search(search_index.parse(question), limit=DEPTH).hits
    ]


def _fts5(passages: list[dict[str, str]], database: Database) -> Search:
    table = database.table("passages")
    table.insert_all(passages, pk="id")
    table.enable_fts(["title", "text"], tokenize="unicode61 remove_diacritics 2")

    def search(question: str) -> list[str]:
        words = [token.text for token in search_index.analysis.words(question)]
        wanted = " OR ".join(f'"{word}"' for word in words)
        rows = database.query(
            "select passages.id from passages_fts join passages on passages.rowid ="
            " passages_fts.rowid where passages_fts match ? order by rank limit ?",
            [wanted, DEPTH],
        )
        return [row["id"] for row in rows] if words else []

    return search


def _tantivy(passages: list[dict[str, str]]) -> Search:
    import tantivy  # noqa: PLC0415 - only for comparison, not installed with the package

    analyzer = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.stopword("italian"))
        .filter(tantivy.Filter.stemmer("italian"))
        .filter(tantivy.Filter.ascii_fold())
        .build()
    )
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    for name in TUNING.weights:
        builder.add_text_field(name, tokenizer_name="italian")
    index: Any = tantivy.Index(builder.build())
    index.register_tokenizer("italian", analyzer)
    writer = index.writer()
    for row in passages:
        writer.add_document(tantivy.Document(**row))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def search(question: str) -> list[str]:
        plain = " ".join(token.text for token in search_index.analysis.words(question))
        query, _ = index.parse_query_lenient(plain, list(TUNING.weights))
        return [searcher.doc(address)["id"][0] for _, address in searcher.search(query, DEPTH).hits]

    return search


def _with_typo(text: str, chance: random.Random) -> str:
    word = max((token.text for token in search_index.analysis.words(text)), key=len)
    at = chance.randrange(1, len(word))
    letter = chance.choice(string.ascii_lowercase)
    edited = chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
        )
    )
    return text.replace(word, edited, 1)
