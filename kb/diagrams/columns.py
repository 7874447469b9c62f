# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Draws steps in columns from left to right, for a wide page and for paper."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from kb.diagrams.boxes import Box, Content
from kb.diagrams.drawn import HEAD, SPACE, Drawing, Heading, Path, arrow
from kb.diagrams.layers import ASSUMPTIONS, Layers, Vertex

#: The width of the page's text on a desktop; a column's, where there are few.
WIDTH, WIDEST = 760, 220
#: Between columns, where links run.
GAP = 42
#: The room of a link that passes a column.
PASSAGE = 10


def in_columns(contents: Mapping[str, Content], layers: Layers) -> Drawing:
    """Return the drawing; assumptions stand below a line, in the columns of *layers*."""
    count = len(layers.columns)
    last = layers.columns[-1]
    # A link inside the last column bends beyond it.
    beyond = GAP if any(c[0] in last and c[-1] in last for c in layers.chains) else 0
    width = min((WIDTH - (count - 1) * GAP - beyond) / count, WIDEST)
    xs = [number * (width + GAP) for number in range(count)]
    at = {v: xs[n] for n, column in enumerate(layers.columns) for v in column}
    ys, rule = _heights(contents, layers, width)
    boxes = {
        v: contents[v].at(at[v], ys[v], _width(v, contents, layers, width))
        for v in ys
        if isinstance(v, str)
    }
    headings = [Heading(kind, x, 18) for kind, x in zip(layers.kinds, xs, strict=True)]
    if rule:
        headings.append(Heading(ASSUMPTIONS, 0, rule + 24))
    paths = tuple(_curves(layers.chains, boxes, ys, at, width))
    return Drawing(
        round(xs[-1] + width + beyond),
        round(max(box.y + box.height for box in boxes.values()) + 2),
        tuple(headings),
        tuple(boxes.values()),
        paths,
        rule,
    )


def _heights(
    contents: Mapping[str, Content], layers: Layers, width: float
) -> tuple[dict[Vertex, float], float | None]:
    """Return where each vertex begins from above, and the line above the assumptions."""
    high = {
        v: contents[v].height(_width(v, contents, layers, width)) if isinstance(v, str) else PASSAGE
        for column in layers.columns
        for v in column
    }
    assumed = [[v for v in c if _assumption(v, contents)] for c in layers.columns]
    steps = [[v for v in c if not _assumption(v, contents)] for c in layers.columns]
    bottom = HEAD + max(sum(high[v] + SPACE for v in column) - SPACE for column in steps)
    ys = {v: y for column in steps for v, y in _spread(column, high, bottom)}
    if not any(assumed):
        return ys, None
    rule = bottom + SPACE + 10
    for column in assumed:
        y = rule + HEAD + 6
        for vertex in column:
            ys[vertex] = y
            y += high[vertex] + SPACE
    return ys, rule


def _width(step: str, contents: Mapping[str, Content], layers: Layers, width: float) -> float:
    """Return the width of a box: that of two columns for assumptions, where none is linked."""
    linked = {end for chain in layers.chains for end in (chain[0], chain[-1])}
    assumed = {c.id for c in contents.values() if c.kind == ASSUMPTIONS}
    wide = step in assumed and not assumed & linked and len(layers.columns) > 1
    return 2 * width + GAP if wide else width


def _assumption(vertex: Vertex, contents: Mapping[str, Content]) -> bool:
    return isinstance(vertex, str) and contents[vertex].kind == ASSUMPTIONS


def _spread(
    column: list[Vertex], high: dict[Vertex, float], bottom: float
) -> Iterator[tuple[Vertex, float]]:
    """Yield each of *column* with its height: with equal spaces from the head to *bottom*."""
    room = bottom - HEAD - sum(high[v] for v in column)
    space = room / max(len(column), 1)
    y = HEAD + space / 2
    for vertex in column:
        yield vertex, y
        y += high[vertex] + space


def _curves(
    chains: tuple[tuple[Vertex, ...], ...],
    boxes: dict[str, Box],
    ys: dict[Vertex, float],
    at: dict[Vertex, float],
    width: float,
) -> Iterator[Path]:
    """Yield each link as curves that stay between the columns."""
    middle = {v: boxes[v].middle if isinstance(v, str) else y + PASSAGE / 2 for v, y in ys.items()}
    ports = _ports(chains, boxes, middle, at)
    for number, chain in enumerate(chains):
        start, end = ports[number, 0], ports[number, -1]
        forward = at[chain[0]] < at[chain[-1]]
        x, y = start
        d = f"M{x:.1f} {y:.1f}"
        for passed in chain[1:-1]:
            near, far = (at[passed], at[passed] + width)[:: 1 if forward else -1]
            d += _curve(x, y, near, middle[passed]) + f"H{far:.1f}"
            x, y = far, middle[passed]
        if at[chain[0]] == at[chain[-1]]:
            out = x + GAP * 0.8
            d += f"C{out:.1f} {y:.1f} {out:.1f} {end[1]:.1f} {end[0]:.1f} {end[1]:.1f}"
            forward = False
        else:
            d += _curve(x, y, *end)
        yield Path(str(chain[0]), str(chain[-1]), d + arrow(*end, 1 if forward else -1))


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    half = (x + to_x) / 2
    return f"C{half:.1f} {y:.1f} {half:.1f} {to_y:.1f} {to_x:.1f} {to_y:.1f}"


def _ports(
    chains: tuple[tuple[Vertex, ...], ...],
    boxes: dict[str, Box],
    middle: dict[Vertex, float],
    at: dict[Vertex, float],
) -> dict[tuple[int, int], tuple[float, float]]:
    """Return where each link (its number, 0 for its start, -1 for its end) meets its boxes.

    The links of one side of a box stand apart, in the order of what they lead to.
    """
    sides: dict[tuple[Vertex, bool], list[tuple[float, int, int]]] = defaultdict(list)
    for number, chain in enumerate(chains):
        for end, neighbour in ((0, chain[1]), (-1, chain[-2])):
            right = at[neighbour] >= at[chain[end]]
            sides[chain[end], right].append((middle[neighbour], number, end))
    ports = {}
    for (vertex, right), ends in sides.items():
        box = boxes[str(vertex)]
        for place, (_, number, end) in enumerate(sorted(ends), 1):
            y = box.y + box.height * place / (len(ends) + 1)
            ports[number, end] = (box.x + box.width if right else box.x, y)
    return ports
