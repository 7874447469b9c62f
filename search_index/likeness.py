# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which documents are like which, by their words.

Documents that are alike tend to answer the same queries (van Rijsbergen's cluster hypothesis);
a document is therefore helped by those like it, as in Diaz, "Regularizing ad hoc retrieval
scores" (2005).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

#: How many of the most similar documents help one.
MOST = 5
#: A term in more documents tells none apart, and would cost the square of their number.
COMMON = 200

#: Pairs of document number and share; the shares of one document's neighbours add up to 1.
Alike = Sequence[tuple[int, float]]


def alike(documents: Sequence[Iterable[str]]) -> list[Alike]:
    """Return for each document, given by its terms, the :data:`MOST` documents most like it.

    Likeness is the cosine of the vectors of (1 + log frequency) times log(N / documents).
    """
    return [_nearest(row) for row in _cosines(_vectors(documents))]


def _vectors(documents: Sequence[Iterable[str]]) -> list[dict[str, float]]:
    counted = [Counter(terms) for terms in documents]
    having = Counter(term for counts in counted for term in counts)
    vectors = []
    for counts in counted:
        vector = {
            term: (1 + math.log(count)) * math.log(len(counted) / having[term])
            for term, count in counts.items()
            if 1 < having[term] <= COMMON
        }
        length = math.hypot(*vector.values()) or 1.0
        vectors.append({term: value / length for term, value in vector.items()})
    return vectors


def _cosines(vectors: list[dict[str, float]]) -> list[dict[int, float]]:
    having: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, vector in enumerate(vectors):
        for term, value in vector.items():
            having[term].append((number, value))
    rows: list[dict[int, float]] = [defaultdict(float) for _ in vectors]
    for number, vector in enumerate(vectors):
        for term, value in vector.items():
            for other, others_value in having[term]:
                if other != number:
                    rows[number][other] += value * others_value
    return rows


def _nearest(cosines: dict[int, float]) -> Alike:
    best = sorted(cosines, key=lambda other: (-cosines[other], other))[:MOST]
    total = sum(cosines[other] for other in best)
    return [(other, cosines[other] / total) for other in best if total]
