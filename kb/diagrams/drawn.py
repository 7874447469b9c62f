# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a drawing of steps and links is made of."""

from dataclasses import dataclass

from kb.diagrams.boxes import Box

#: Between boxes below each other; for the name of a kind above them.
SPACE, HEAD = 14, 34
ARROW = 6


@dataclass(frozen=True)
class Heading:
    """Where the name of a kind of steps stands: its baseline begins there."""

    kind: str
    x: float
    y: float


@dataclass(frozen=True)
class Path:
    """A link between two steps as an SVG path, arrowhead included."""

    source: str
    target: str
    d: str


@dataclass(frozen=True)
class Drawing:
    """A drawing and its size. *rule* is the height of the line above the assumptions."""

    width: float
    height: float
    headings: tuple[Heading, ...]
    boxes: tuple[Box, ...]
    paths: tuple[Path, ...]
    rule: float | None = None


def arrow(x: float, y: float, way: int) -> str:
    """Return the head of an arrow that ends there, going right (*way* 1) or left (-1)."""
    back = x - way * ARROW
    return f"M{back:.1f} {y - 4:.1f}L{x:.1f} {y:.1f}L{back:.1f} {y + 4:.1f}"
