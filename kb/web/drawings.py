# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The drawings of a practice's page."""

from flask_babel import gettext

from kb.diagrams import theory
from kb.diagrams.drawn import Drawing
from kb.records import Practice


def theory_drawings(record: Practice) -> tuple[Drawing, ...]:
    """Return the drawings of a practice's theory of change, if it has one: wide and narrow."""
    if record.theory_of_change is None:
        return ()
    sources = tuple(source.id for source in record.sources)
    return theory.draw(record.theory_of_change, sources, gettext("ricostruzione"))
