# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Measures search against judged queries (Järvelin and Kekäläinen 2002; Voorhees 1999)."""

import csv
import math
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kb.errors import JudgementsInvalid

DEPTH = 10
GRADES = {"1", "2", "3"}

Judgements = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Outcome:
    """How one query fared: nDCG@10, reciprocal rank of the first graded hit, recall@10."""

    query: str
    ndcg: float
    reciprocal_rank: float
    recall: float
    found: tuple[str, ...]


@dataclass
class Report:
    """The outcomes of each kind of query."""

    outcomes: dict[str, list[Outcome]] = field(default_factory=dict)

    def means(self) -> dict[str, tuple[int, float, float, float]]:
        """Return number of queries, nDCG@10, MRR and recall@10 by kind, and over all."""
        kinds = {**self.outcomes, "all": [o for listed in self.outcomes.values() for o in listed]}
        return {
            kind: (
                len(listed),
                statistics.fmean(o.ndcg for o in listed),
                statistics.fmean(o.reciprocal_rank for o in listed),
                statistics.fmean(o.recall for o in listed),
            )
            for kind, listed in kinds.items()
        }

    def failures(self, below: float = 0.5) -> list[Outcome]:
        """Return the outcomes whose nDCG is under *below*, worst first."""
        listed = [o for outcomes in self.outcomes.values() for o in outcomes if o.ndcg < below]
        return sorted(listed, key=lambda outcome: outcome.ndcg)


def read(paths: Iterable[Path]) -> dict[str, Judgements]:
    """Return the grade of each judged entry by kind (the file's name) and query.

    Files are tab-separated with the columns query, slug and grade (1 to 3). Raises
    :class:`JudgementsInvalid` at the first row that is not so.
    """
    kinds: dict[str, Judgements] = {}
    for path in sorted(paths):
        judged: Judgements = defaultdict(dict)
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            for row in rows:
                if not row.get("query") or not row.get("slug") or row.get("grade") not in GRADES:
                    raise JudgementsInvalid(path, rows.line_num)
                judged[row["query"]][row["slug"]] = int(row["grade"])
        if not judged:
            raise JudgementsInvalid(path, 1)
        kinds[path.stem] = dict(judged)
    return kinds


def evaluate(kinds: Mapping[str, Judgements], search: Callable[[str], list[str]]) -> Report:
    """Ask *search* (words to ranked ids) every judged query and compare with the grades."""
    report = Report()
    for kind, judged in kinds.items():
        report.outcomes[kind] = []
        for query, grades in judged.items():
            found = search(query)[:DEPTH]
            report.outcomes[kind].append(outcome(query, grades, found))
    return report


def outcome(query: str, grades: Mapping[str, int], found: list[str]) -> Outcome:
    """Return how the ranking *found* fares against *grades*, with gains of 2^grade - 1."""
    gains = [2 ** grades.get(slug, 0) - 1 for slug in found]
    ideal = sorted((2**grade - 1 for grade in grades.values()), reverse=True)[:DEPTH]
    first = next((place for place, gain in enumerate(gains, 1) if gain), None)
    return Outcome(
        query,
        _discounted(gains) / _discounted(ideal),
        1 / first if first else 0.0,
        sum(gain > 0 for gain in gains) / min(len(grades), DEPTH),
        tuple(found),
    )


def _discounted(gains: list[int]) -> float:
    return sum(gain / math.log2(place + 1) for place, gain in enumerate(gains, 1))
