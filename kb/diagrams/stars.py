# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What of the content is a star of the constellation, and what joins two stars."""

from collections.abc import Iterator
from dataclasses import dataclass

from kb import organisations
from kb.content import Content, Entry
from kb.records import Practice

THEME, CITY, PRACTICE = "theme", "city", "practice"
INSTRUMENT, PROGRAMME, ORGANISATION = "instrument", "programme", "organisation"


@dataclass(frozen=True, order=True)
class Star:
    """One of a kind: *key* is its id there. Only organisations have no name elsewhere."""

    kind: str
    key: str
    name: str = ""

    @property
    def id(self) -> str:
        """Return what names it among all stars."""
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True)
class Link:
    """A line between a practice and another star; a *main* one is its first theme or its city."""

    practice: Star
    other: Star
    main: bool = False


def links(content: Content) -> Iterator[Link]:
    """Yield all links of *content*: of each practice, then those of organisations."""
    for entry in content.listed.values():
        yield from _links(content, entry)
    named = {
        slug: [actor.name for actor in (entry.record.lead, *entry.record.partners)]
        for slug, entry in content.listed.items()
    }
    official = [entry.record.official_name for entry in content.authorities.values()]
    for found in organisations.shared(named, official):
        for slug in found.practices:
            yield Link(Star(PRACTICE, slug), Star(ORGANISATION, found.id, found.name))


def _links(content: Content, entry: Entry[Practice]) -> Iterator[Link]:
    record, practice = entry.record, Star(PRACTICE, entry.id)
    for number, theme in enumerate(dict.fromkeys(record.themes)):
        yield Link(practice, Star(THEME, theme), number == 0)
    yield Link(practice, Star(CITY, content.authority_of(entry.id)), main=True)
    for instrument in dict.fromkeys(record.instruments):
        yield Link(practice, Star(INSTRUMENT, instrument))
    for programme in dict.fromkeys(item.programme for item in record.funding):
        yield Link(practice, Star(PROGRAMME, programme))
    others = dict.fromkeys(item.practice for item in record.related)
    for other in (slug for slug in others if slug in content.listed):
        yield Link(practice, Star(PRACTICE, other))


def stars(content: Content, linked: list[Link]) -> list[Star]:
    """Return every theme, city and listed practice, and whatever else *linked* joins to them."""
    known = [
        *(Star(THEME, theme) for theme in content.themes),
        *(Star(CITY, city) for city in content.authorities),
        *(Star(PRACTICE, slug) for slug in content.listed),
    ]
    return list(dict.fromkeys([*known, *sorted({link.other for link in linked})]))
