# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Draws a theory of change: in five columns for a wide page, in one for a narrow one."""

from functools import lru_cache

from kb.diagrams.boxes import content
from kb.diagrams.columns import in_columns
from kb.diagrams.drawn import Drawing
from kb.diagrams.layers import ASSUMPTIONS, STEPS, arrange
from kb.diagrams.rails import on_rails
from kb.records import TheoryOfChange


@lru_cache(maxsize=256)
def draw(theory: TheoryOfChange, sources: tuple[str, ...], mark: str) -> tuple[Drawing, Drawing]:
    """Return the wide and the narrow drawing of *theory*.

    *sources* are the ids of the record's sources, by whose number they are cited; *mark* is the
    word that editorial steps bear.
    """
    contents = {
        node.id: content(kind, node, sources, mark)
        for kind in (*STEPS, ASSUMPTIONS)
        for node in getattr(theory, kind)
    }
    layers = arrange(theory)
    return in_columns(contents, layers), on_rails(contents, layers)
