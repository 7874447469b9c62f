# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Measures ways to bring words to a common form, on the judged queries and on a public set.

    python docs/stemmers.py [FOLDER]

FOLDER is that of ``kb compare``. Each way builds its own index of the practices; nothing of the
checkout is changed.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import simplemma

from kb import evaluation, passages, search
from kb.build import build
from kb.generation import Generations
from kb.paths import practices_dir
from kb.store import read
from search_index import analysis

SETS = Path(__file__).parent.parent / "tests" / "relevance"
snowball = analysis._stemmer.stem


def lemma(word: str) -> str:
    """Return the folded dictionary form."""
    return analysis.fold(simplemma.lemmatize(word, lang="it"))


WAYS: dict[str, Callable[[str], str]] = {
    "words as they are": lambda word: word,
    "first six letters": lambda word: word[:6],
    "Snowball": snowball,
    "lemmas (simplemma)": lemma,
    "lemmas, then Snowball": lambda word: snowball(lemma(word)),
    "as the site does": analysis._root,
}


@contextmanager
def way(root: Callable[[str], str]) -> Iterator[None]:
    """Let all indexes and queries use *root*."""
    with patch.object(analysis, "_root", root):
        for cached in (analysis.stem, analysis.stem_as_written):
            cached.cache_clear()
        yield


def judged(instance: Path, pattern: str) -> float:
    """Return nDCG@10 over the judged queries of the files that match *pattern*."""
    with read(Generations(instance)) as base:
        report = evaluation.evaluate(
            evaluation.read(SETS.glob(pattern)),
            lambda words: [hit.card.slug for hit in search.search(base, words, limit=10).found],
        )
    return report.means()["all"][1]


def public(folder: Path) -> float:
    """Return MRR@10 on the first 2,500 questions of the public set in *folder*."""
    texts, questions = passages.read(folder)
    _, own = next(passages.engines(texts))
    return passages.measure(own, questions[:2500])[0]


def main() -> None:
    """Print one line per way."""
    print(f"{'':<24}{'dev nDCG':>9}{'test nDCG':>10}{'public MRR':>11}")
    for name, root in WAYS.items():
        with way(root), tempfile.TemporaryDirectory() as folder:
            build(practices_dir(), Path(folder))
            figures = [judged(Path(folder), f"{kind}-*.tsv") for kind in ("dev", "test")]
            figures += [public(Path(place)) for place in sys.argv[1:]]
        print(f"{name:<24}" + "".join(f"{figure:>10.3f}" for figure in figures), flush=True)


if __name__ == "__main__":
    main()
