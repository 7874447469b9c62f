# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Draws steps below each other with their links on rails at the right, for a narrow page.

All links to a step share one rail. Rails get their places by the left-edge algorithm of
Hashimoto and Stevens (Wire routing by optimizing channel assignment, DAC 1971), the shortest
nearest to the steps.
"""

from collections import defaultdict
from collections.abc import Mapping

from kb.diagrams.boxes import Box, Content
from kb.diagrams.drawn import HEAD, SPACE, Drawing, Heading, Path, arrow
from kb.diagrams.layers import ASSUMPTIONS, Layers

#: The width of the page's text on a phone of 320 px.
WIDTH = 296
#: Between rails, before the first, and the radius of their corners.
RAIL, FIRST, ROUND = 9, 14, 5
#: Where links come in below a box's upper edge, and go out above its lower one.
ENTRY, EXIT = 14, 12
TIGHT = 8


def on_rails(contents: Mapping[str, Content], layers: Layers) -> Drawing:
    """Return the drawing; the steps stand in the order of *layers*."""
    rows = _rows(contents, layers)
    links = [(str(chain[0]), str(chain[-1])) for chain in layers.chains]
    # Rails need the order of the steps only, so their number is known before any height.
    rails = assigned(_spans(links, [step for _, steps in rows for step in steps]))
    width = WIDTH - 1 - FIRST - RAIL * max(rails.values(), default=0)
    headings, boxes, y = [], dict[str, Box](), 0.0
    for kind, steps in rows:
        headings.append(Heading(kind, 0, y + 20))
        y += HEAD - 4
        for step in steps:
            boxes[step] = contents[step].at(0, y, width)
            y += boxes[step].height + TIGHT
        y += SPACE - TIGHT
    paths = tuple(
        _path(boxes, link, width, width + FIRST + RAIL * rails[link[1]]) for link in links
    )
    return Drawing(WIDTH, round(y - SPACE + 2), tuple(headings), tuple(boxes.values()), paths)


def _rows(contents: Mapping[str, Content], layers: Layers) -> list[tuple[str, list[str]]]:
    """Return the kinds of steps with the steps of each."""
    rows: dict[str, list[str]] = defaultdict(list)
    for column in layers.columns:
        for step in column:
            if isinstance(step, str):
                rows[contents[step].kind].append(step)
    assumed = rows.pop(ASSUMPTIONS, [])
    return [*rows.items(), *([(ASSUMPTIONS, assumed)] if assumed else [])]


def _spans(links: list[tuple[str, str]], order: list[str]) -> dict[str, tuple[int, int]]:
    """Return the first and last row that the rail to each step touches: two rows a step."""
    entry = {step: 2 * number for number, step in enumerate(order)}
    touched: dict[str, list[int]] = defaultdict(list)
    for source, target in links:
        touched[target] += [entry[source] + 1, entry[target]]
    return {target: (min(rows), max(rows)) for target, rows in touched.items()}


def assigned(spans: Mapping[str, tuple[int, int]]) -> dict[str, int]:
    """Return a rail, from 0, for each of *spans*: those that overlap have different ones."""
    rails: dict[str, int] = {}
    for name, (start, end) in sorted(spans.items(), key=lambda s: (s[1][1] - s[1][0], s[1])):
        taken = {
            rail
            for other, rail in rails.items()
            if spans[other][0] <= end and start <= spans[other][1]
        }
        rails[name] = next(rail for rail in range(len(spans)) if rail not in taken)
    return rails


def _path(boxes: Mapping[str, Box], link: tuple[str, str], edge: float, rail: float) -> Path:
    source, target = boxes[link[0]], boxes[link[1]]
    start, end = source.y + source.height - EXIT, target.y + ENTRY
    turn = ROUND if start < end else -ROUND
    d = (
        f"M{edge:.1f} {start:.1f}H{rail - ROUND:.1f}"
        f"Q{rail:.1f} {start:.1f} {rail:.1f} {start + turn:.1f}V{end - turn:.1f}"
        f"Q{rail:.1f} {end:.1f} {rail - ROUND:.1f} {end:.1f}H{edge + 1:.1f}"
    )
    return Path(*link, d + arrow(edge + 1, end, -1))
