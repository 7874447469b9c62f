# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the map, the timeline and the figures need to know of every practice."""

from collections.abc import Mapping
from dataclasses import dataclass

from kb import quality
from kb.cards import Card
from kb.documents import active_years, budget
from kb.labels import N_
from kb.records import Coordinates, Practice
from kb.store import KnowledgeBase

#: What an entry may lack, and how it is said of the practices that lack it.
GAPS = {
    "cost": N_("Nessun importo noto"),
    "total": N_("Costo dell'intera pratica non noto"),
    "measured": N_("Nessun risultato misurato"),
    "baseline": N_("Nessun valore di partenza con cui confrontare"),
    "contact": N_("Nessun contatto"),
    "start": N_("Inizio non noto"),
    "sources": N_("Una sola fonte"),
    "position": N_("Posizione nella città non indicata"),
}
#: Scales at which a practice has a place of its own in the city.
LOCAL = {"site", "neighbourhood", "district"}


@dataclass(frozen=True)
class Facts:
    """A practice in figures. *gaps* are keys of :data:`GAPS`; *position* is its own, if known."""

    card: Card
    programmes: tuple[str, ...]
    years: range
    local: bool
    position: Coordinates | None
    sources: Mapping[str, int]
    measured: int
    expected: int
    baselines: int
    gaps: frozenset[str]


def facts(base: KnowledgeBase) -> dict[str, Facts]:
    """Return the facts of every practice of *base*, by slug; they are made once per build."""

    def derive(base: KnowledgeBase) -> dict[str, Facts]:
        return {card.slug: of_practice(card, record) for card, record in base.records()}

    return base.once("facts", derive)


def of_practice(card: Card, record: Practice) -> Facts:
    """Return the facts of one practice."""
    kinds = [source.kind for source in record.sources]
    natures = [item.nature for item in record.indicators]
    expected = natures.count("expected")
    return Facts(
        card=card,
        programmes=tuple(dict.fromkeys(item.programme for item in record.funding)),
        years=active_years(record),
        local=record.scale in LOCAL,
        position=record.place.coordinates,
        sources={kind: kinds.count(kind) for kind in kinds},
        measured=len(natures) - expected,
        expected=expected,
        baselines=sum(item.baseline is not None for item in record.indicators),
        gaps=frozenset(gap for gap, lacking in _lacking(record).items() if lacking),
    )


def _lacking(record: Practice) -> dict[str, bool]:
    return {
        "cost": budget(record) is None,
        "total": not quality.priced(record),
        "measured": not quality.measured(record),
        "baseline": all(item.baseline is None for item in record.indicators),
        "contact": not quality.reachable(record),
        "start": record.period.start is None,
        "sources": len(record.sources) == 1,
        "position": record.scale in LOCAL and record.place.coordinates is None,
    }
