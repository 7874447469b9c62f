# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What there is to do, authority by authority, for entries to stay true and become whole."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kb import freshness, quality
from kb.link_cache import Link
from kb.quality import HIGHEST, Completeness, Evidence, Part
from kb.records import Authority, Practice, Source


@dataclass(frozen=True)
class Kept:
    """An entry as those who keep it up see it."""

    slug: str
    authority: str
    record: Practice
    completeness: Completeness
    evidence: Evidence


@dataclass(frozen=True)
class Dead:
    """A source that was gone when last asked; *entry* is None for the authority's own page."""

    entry: Kept | None
    source: Source
    link: Link


@dataclass(frozen=True)
class Desk:
    """What one authority has on its desk on one day; entries that are archived need nothing.

    *overdue* and *soon* are sorted by the day of the next check.
    """

    authority: str
    entries: tuple[Kept, ...]
    overdue: tuple[Kept, ...]
    soon: tuple[Kept, ...]
    dead: tuple[Dead, ...]

    @property
    def urgent(self) -> bool:
        """Return whether something must be done now or soon."""
        return bool(self.overdue or self.soon or self.dead)

    @property
    def single(self) -> list[Kept]:
        """Return the entries with one source."""
        return [entry for entry in self.entries if len(entry.record.sources) == 1]

    @property
    def questions(self) -> list[Kept]:
        """Return the entries with open questions."""
        return [entry for entry in self.entries if entry.record.open_questions]

    @property
    def percent(self) -> int:
        """Return the mean completeness of the entries, in percent; 0 without any."""
        total = sum(entry.completeness.percent for entry in self.entries)
        return round(total / len(self.entries)) if self.entries else 0

    @property
    def levels(self) -> list[int]:
        """Return how many entries have each level of evidence, from 0 on."""
        counts = Counter(entry.evidence.level for entry in self.entries)
        return [counts[level] for level in range(HIGHEST + 1)]

    @property
    def gaps(self) -> list[tuple[Part, list[Kept]]]:
        """Return what is missing, with the entries that lack it, the weightiest first."""
        lacking = (
            (part, [entry for entry in self.entries if part in entry.completeness.missing])
            for part in quality.PARTS
        )
        return [(part, entries) for part, entries in lacking if entries]


def kept(slug: str, authority: str, record: Practice, sections: Collection[str]) -> Kept:
    """Return the entry of the practice *slug*; *sections* are the keys of its sections."""
    return Kept(
        slug,
        authority,
        record,
        quality.completeness(record, sections),
        quality.evidence(record),
    )


def desks(
    entries: Iterable[Kept],
    authorities: Mapping[str, Authority],
    links: Mapping[str, Link],
    today: date,
) -> list[Desk]:
    """Return the desk of each of *authorities* on the day *today*.

    *links* tell how the sources answered when they were last asked.
    """
    current = [entry for entry in entries if not entry.record.archived]
    return [
        _desk(id_, profile, [e for e in current if e.authority == id_], links, today)
        for id_, profile in authorities.items()
    ]


def _desk(
    authority: str,
    profile: Authority,
    entries: list[Kept],
    links: Mapping[str, Link],
    today: date,
) -> Desk:
    by_day = sorted(entries, key=lambda entry: (due(entry), entry.slug))
    return Desk(
        authority,
        tuple(entries),
        tuple(entry for entry in by_day if freshness.overdue(entry.record, today)),
        tuple(entry for entry in by_day if freshness.due_soon(entry.record, today)),
        tuple(_dead(profile, entries, links)),
    )


def due(entry: Kept) -> date:
    """Return the day of the next check of an entry; those without one come last."""
    return freshness.next_review(entry.record) or date.max


def _dead(profile: Authority, entries: Iterable[Kept], links: Mapping[str, Link]) -> Iterator[Dead]:
    owners: list[tuple[Kept | None, tuple[Source, ...]]] = [(None, profile.sources)]
    owners += [(entry, entry.record.sources) for entry in entries]
    for entry, sources in owners:
        for source in sources:
            link = links.get(source.url)
            if link and link.state == "dead":
                yield Dead(entry, source, link)
