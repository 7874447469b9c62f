# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Practices along the years: where bars begin and end, lanes, how many at work in each year."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb.facts import Facts

#: Up to so many practices are drawn one by one; more are counted by lane and year.
MOST_DRAWN = 200
#: What is at work as far as the last news tell.
ALIVE = {"idea", "pilot", "running", "consolidated"}
#: Shortest bar that can be seen and hit, and the stub of an unknown beginning, in percent.
SHORTEST, STUB = 1.2, 3.0
STEP = 5


def moment(text: str, end: bool = False) -> float:
    """Return a partial date as a number of years: when it begins, or with *end* when it ends."""
    parts = [int(part) for part in text.split("-")]
    lengths = (1.0, 1 / 12, 1 / 365)
    begin = parts[0] + sum((n - 1) * at for n, at in zip(parts[1:], lengths[1:], strict=False))
    return begin + (lengths[len(parts) - 1] if end else 0.0)


@dataclass(frozen=True)
class Axis:
    """The years from the beginning of *first* to the end of *last*; *today* is a partial date."""

    first: int
    last: int
    today: str

    def share(self, at: float) -> float:
        """Return how far the moment *at* is along the axis, in percent, within it."""
        along = (at - self.first) / (self.last + 1 - self.first) * 100
        return round(min(max(along, 0.0), 100.0), 2)

    @property
    def years(self) -> range:
        """Return every year of the axis."""
        return range(self.first, self.last + 1)

    @property
    def ticks(self) -> list[tuple[int, float]]:
        """Return the years that are written on the axis, with their place in percent."""
        return [(year, self.share(year)) for year in self.years if year % STEP == 0]


def axis(known: Iterable[Facts], today: str) -> Axis:
    """Return the axis for all practices *known*, from a round year to that of *today*."""
    last = int(today[:4])
    first = min((item.years[0] for item in known), default=last)
    return Axis(first - first % STEP, last, today)


@dataclass(frozen=True)
class Bar:
    """A practice on the axis, all in percent: what sources tell is from *x* on, *width* wide.

    *tail* is how far it then goes to today, when it was at work at the last news; *stub* how far
    before it an unknown beginning is hinted at; *unsure* says that it ended, but not when.
    """

    x: float
    width: float
    tail: float = 0.0
    stub: float = 0.0
    unsure: bool = False


def bar(item: Facts, axis: Axis) -> Bar:
    """Return the bar of a practice."""
    card = item.card
    begin = axis.share(moment(card.start or card.status_date))
    end = axis.share(moment(card.end or card.status_date, end=True))
    end = min(end, axis.share(moment(axis.today)))
    begin = min(begin, end - SHORTEST) if end - begin < SHORTEST else begin
    alive = card.status in ALIVE and not card.end
    return Bar(
        x=round(max(begin, 0.0), 2),
        width=round(end - max(begin, 0.0), 2),
        tail=round(axis.share(moment(axis.today)) - end, 2) if alive else 0.0,
        stub=0.0 if card.start else min(STUB, max(begin, 0.0)),
        unsure=not alive and not card.end,
    )


@dataclass(frozen=True)
class Lane:
    """The practices of one theme or programme; *value* is its id, or empty when it has none."""

    value: str
    items: tuple[Facts, ...]

    def active(self, years: Iterable[int]) -> dict[int, int]:
        """Return how many practices sources show at work in each of *years*."""
        counts = Counter(year for item in self.items for year in item.years)
        return {year: counts[year] for year in years}


def by_theme(items: Sequence[Facts], themes: Iterable[str], chosen: Collection[str]) -> list[Lane]:
    """Return a lane per theme; each practice stands once, under the first that was chosen."""

    def lane(item: Facts) -> str:
        return next((t for t in item.card.themes if t in chosen), item.card.themes[0])

    listed = [Lane(theme, _sorted(i for i in items if lane(i) == theme)) for theme in themes]
    return [lane for lane in listed if lane.items]


def by_theme_all(
    items: Sequence[Facts], themes: Iterable[str], chosen: Collection[str]
) -> list[Lane]:
    """Return a lane per theme, of those *chosen* if any are, with all practices that touch it."""
    listed = [
        Lane(theme, tuple(i for i in items if theme in i.card.themes))
        for theme in themes
        if not chosen or theme in chosen
    ]
    return [lane for lane in listed if lane.items]


def by_programme(items: Sequence[Facts], chosen: Collection[str]) -> list[Lane]:
    """Return a lane per programme, of those *chosen* if any are, the largest first.

    A practice stands under each of its programmes; those that name none come last.
    """
    values = {value for item in items for value in item.programmes if not chosen or value in chosen}
    listed = [Lane(v, _sorted(i for i in items if v in i.programmes)) for v in values]
    listed.sort(key=lambda lane: (-len(lane.items), lane.value))
    without = Lane("", _sorted(i for i in items if not i.programmes))
    return [*listed, *([without] if without.items else [])]


def _sorted(items: Iterator[Facts]) -> tuple[Facts, ...]:
    """Return *items* by beginning, those without a known one last."""
    return tuple(sorted(items, key=lambda i: (i.card.start is None, i.years[0], i.card.title)))
