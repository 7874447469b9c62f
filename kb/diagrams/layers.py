# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The order of a theory's steps: few links cross.

The kinds of steps are the layers of Sugiyama, Tagawa and Toda (Methods for visual understanding
of hierarchical system structures, IEEE Trans. SMC 11(2), 1981); igraph orders each layer by their
barycentre heuristic, and links over several layers pass through places of their own.
"""

from dataclasses import dataclass
from itertools import pairwise

import igraph

from kb.records import TheoryOfChange

STEPS = ("inputs", "activities", "outputs", "outcomes", "impacts")
ASSUMPTIONS = "assumptions"

#: A step, or a place where a link passes a column: the link's number and the column.
Vertex = str | tuple[int, int]


@dataclass(frozen=True)
class Layers:
    """The steps in columns, each ordered from the top, and the links with all that they touch."""

    columns: tuple[tuple[Vertex, ...], ...]
    kinds: tuple[str, ...]
    chains: tuple[tuple[Vertex, ...], ...]


def arrange(theory: TheoryOfChange) -> Layers:
    """Return the steps of *theory* in ordered columns; assumptions stand last in theirs."""
    kinds = [kind for kind in STEPS if getattr(theory, kind)] or [ASSUMPTIONS]
    column = {
        node.id: number for number, kind in enumerate(kinds) for node in getattr(theory, kind)
    }
    links = [(link.split(" -> ")[0], link.split(" -> ")[1]) for link in theory.links]
    column |= _beside(theory, links, column, len(kinds))
    chains = tuple(_chain(number, link, column) for number, link in enumerate(links))
    vertices = {vertex: _layer(vertex, column) for vertex in column}
    vertices |= {v: _layer(v, column) for chain in chains for v in chain}
    order = _ordered(vertices, chains)
    assumed = {node.id for node in theory.assumptions}
    columns: list[list[Vertex]] = [[] for _ in kinds]
    for vertex in sorted(vertices, key=lambda v: (v in assumed, order[v])):
        columns[vertices[vertex]].append(vertex)
    return Layers(tuple(map(tuple, columns)), tuple(kinds), chains)


def _beside(
    theory: TheoryOfChange, links: list[tuple[str, str]], column: dict[str, int], count: int
) -> dict[str, int]:
    """Return a column for each assumption: before what it leads to, or where there is room.

    Where none is linked each takes two columns.
    """
    places: dict[str, int] = {}
    linked = {end for link in links for end in link}
    apart = 1 if any(node.id in linked for node in theory.assumptions) else 2
    firsts = range(0, max(count - apart + 1, 1), apart)
    for node in theory.assumptions:
        after = [column[b] for a, b in links if a == node.id and b in column]
        before = [column[a] for a, b in links if b == node.id and a in column]
        free = min(firsts, key=lambda n: list(places.values()).count(n))
        wanted = after[0] - 1 if after else before[0] + 1 if before else free
        places[node.id] = min(max(wanted, 0), count - 1)
    return places


def _layer(vertex: Vertex, column: dict[str, int]) -> int:
    return column[vertex] if isinstance(vertex, str) else vertex[1]


def _chain(number: int, link: tuple[str, str], column: dict[str, int]) -> tuple[Vertex, ...]:
    """Return the ends of a link and the places between where it passes a column."""
    source, target = link
    start, end = column[source], column[target]
    between = range(start + 1, end) if start < end else range(start - 1, end, -1)
    return (source, *((number, layer) for layer in between), target)


def _ordered(
    vertices: dict[Vertex, int], chains: tuple[tuple[Vertex, ...], ...]
) -> dict[Vertex, float]:
    """Return how far down its column each of *vertices* stands, with few crossings."""
    numbers = {vertex: number for number, vertex in enumerate(vertices)}
    edges = [
        sorted((numbers[a], numbers[b]), key=lambda n: list(vertices.values())[n])
        for chain in chains
        for a, b in pairwise(chain)
        if vertices[a] != vertices[b]
    ]
    graph = igraph.Graph(len(vertices), edges, directed=True)
    placed = graph.layout_sugiyama(layers=list(vertices.values()))
    return {vertex: placed[number][0] for vertex, number in numbers.items()}
