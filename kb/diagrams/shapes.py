# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shapes of stars: each kind has its own, so that colour is not needed to tell them."""

import math
from functools import lru_cache

from kb.sky import CITY, GROUP, INSTRUMENT, ORGANISATION, PRACTICE, PROGRAMME, THEME

#: Kind → points, how far in the corners between them lie (1: a polygon), turn in degrees, radius.
SHAPES = {
    THEME: (8, 0.55, 0, 15.0),
    CITY: (4, 1.0, 45, 12.0),
    PRACTICE: (4, 0.36, 0, 8.0),
    GROUP: (12, 0.78, 0, 14.0),
    ORGANISATION: (3, 1.0, 0, 8.0),
    INSTRUMENT: (4, 1.0, 0, 7.5),
    PROGRAMME: (6, 1.0, 0, 7.5),
}


@lru_cache
def shape(kind: str, size: float = 1) -> str:
    """Return the outline of a star of *kind* about 0, 0, as an SVG path."""
    points, inner, turn, radius = SHAPES[kind]
    corners = [
        (radius * size * share, math.radians(turn - 90 + 360 * (number + half) / points))
        for number in range(points)
        for half, share in ((0, 1.0), (0.5, inner))
        if half == 0 or inner < 1
    ]
    at = [f"{r * math.cos(angle):.1f} {r * math.sin(angle):.1f}" for r, angle in corners]
    return f"M{'L'.join(at)}Z"
