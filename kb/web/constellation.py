# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The constellation as a page shows it: addresses of stars, their names, two frames."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask_babel import gettext

from kb.diagrams.frames import Frame, Framed, Spot, frame
from kb.diagrams.shapes import SHAPES, shape
from kb.documents import DASH
from kb.labels import N_
from kb.sky import (
    CITY,
    GROUP,
    INSTRUMENT,
    ORGANISATION,
    PRACTICE,
    PROGRAMME,
    THEME,
    Sight,
    Sky,
    Star,
)
from kb.store import KnowledgeBase
from kb.web.language import language, page_url, translated

#: Kind → its word in addresses, its name, that of several.
KINDS = {
    THEME: ("tema", N_("Tema"), N_("Temi")),
    CITY: ("citta", N_("Città"), N_("Le città")),
    PRACTICE: ("pratica", N_("Pratica"), N_("Pratiche")),
    GROUP: ("gruppo", N_("Gruppo di pratiche"), N_("Gruppi di pratiche")),
    ORGANISATION: ("ente", N_("Organizzazione"), N_("Organizzazioni")),
    INSTRUMENT: ("strumento", N_("Strumento"), N_("Strumenti")),
    PROGRAMME: ("programma", N_("Programma"), N_("Programmi")),
}
#: A frame's width and height in px, and the size of its stars: on a desktop, on a phone.
FRAMES = {"wide": (1176, 784, 1.0), "upright": (336, 504, 0.64)}
#: So many stars beside themes and cities have their names read when one looks at the whole.
NAMED = 40
#: How much larger the star at the centre is, and those joined to it.
FOCUS, NEAR = 1.5, 1.2
CHIEF = (THEME, CITY, GROUP)
LONGEST_NAME = 34


def find(sky: Sky, address: str) -> Star | None:
    """Return the star that *address* names: a kind's word and an id, or a practice's slug."""
    word, _, key = address.rpartition(":") if address.count(":") == 1 else address.partition(":")
    kinds = {said: kind for kind, (said, _, _) in KINDS.items()}
    if not word or ":" not in address:
        return sky.find(f"{PRACTICE}:{address}")
    return sky.find(f"{kinds.get(word, word)}:{key}")


def address(star: Star) -> str:
    """Return how *star* is named in an address."""
    return star.key if star.kind == PRACTICE else f"{KINDS[star.kind][0]}:{star.key}"


def page_of(star: Star) -> str:
    """Return the address of the page that tells of *star*, or of the search that does."""
    if star.kind == GROUP:
        return page_url("search", tema=star.of[0], citta=star.of[1])
    if star.kind in (INSTRUMENT, PROGRAMME):
        return page_url("search", **{KINDS[star.kind][0]: star.key})
    pages: dict[str, tuple[str, dict[str, str]]] = {
        THEME: ("theme", {"theme": star.key}),
        CITY: ("authority", {"authority": star.key}),
        PRACTICE: ("practice", {"slug": star.key}),
        ORGANISATION: ("search", {"q": name(star)}),
    }
    page, values = pages[star.kind]
    return page_url(page, **values)


def name(star: Star) -> str:
    """Return the name of *star* in the language of the request."""
    return star.names[language()]


def first_words(star: Star) -> str:
    """Return the name of *star*, of a title what comes before the dash."""
    return name(star).partition(DASH)[0]


def short_name(star: Star) -> str:
    """Return the name that stands beside *star* in the sky."""
    said = first_words(star)
    return said if len(said) <= LONGEST_NAME else said[: LONGEST_NAME - 1].rstrip() + "…"


def summary(base: KnowledgeBase, star: Star) -> str:
    """Return what the base says of *star* in a sentence or two, if anything."""
    if star.kind == PRACTICE:
        return translated(base.cards([star.key])[star.key], "summary")
    records: dict[str, tuple[Mapping[str, Any], str]] = {
        THEME: (base.themes, "summary"),
        CITY: (base.authorities, "summary"),
        INSTRUMENT: (base.vocabularies["instruments"], "description"),
        PROGRAMME: (base.vocabularies["programmes"], "description"),
    }
    known, field = records.get(star.kind, ({}, ""))
    return translated(known[star.key], field) if star.key in known else ""


@dataclass(frozen=True)
class View:
    """What the page shows of a sight, with the filters that its links keep."""

    sight: Sight
    filters: Mapping[str, list[str]]

    def url(self, star: Star | None = None) -> str:
        """Return the address of the constellation around *star*, or whole, with the filters."""
        values: dict[str, Any] = {"intorno": address(star) if star else None, **self.filters}
        return page_url("constellation", **values)

    def role(self, star: Star) -> str:
        """Return what *star* is in this view: focus, near or far; or "" when none is."""
        focus = self.sight.focus
        if focus is None:
            return ""
        near = star.id in self.sight.near[focus.id]
        return "focus" if star.id == focus.id else "near" if near else "far"

    @cached_property
    def listed(self) -> dict[str, list[Star]]:
        """Return the stars of each kind: those around the focus, or all, by name."""
        seen = self.sight.around() if self.sight.focus else self.sight.stars.values()
        found: dict[str, list[Star]] = {kind: [] for kind in KINDS}
        for star in sorted(seen, key=name):
            found[star.kind].append(star)
        return {kind: stars for kind, stars in found.items() if stars}

    @cached_property
    def rows(self) -> list[Star]:
        """Return the practices and groups of the table, the focus first if it is one of them."""
        focus = self.sight.focus
        own = [focus] if focus and focus.kind == PRACTICE else []
        return [*own, *self.listed.get(PRACTICE, []), *self.listed.get(GROUP, [])]

    def joined(self, star: Star, kind: str) -> list[Star]:
        """Return the stars of *kind* joined to *star*."""
        near = (self.sight.stars[id_] for id_ in self.sight.near[star.id])
        return [other for other in near if other.kind == kind]

    def links(self, star: Star) -> int:
        """Return how many stars are joined to *star*."""
        return len(self.sight.near[star.id])

    @cached_property
    def frames(self) -> dict[str, Frame]:
        """Return the frames of :data:`FRAMES`."""
        return {
            name: frame(list(self._spots(size)), across, down)
            for name, (across, down, size) in FRAMES.items()
        }

    def outline(self, star: Star, framed: str) -> str:
        """Return the shape of *star* in the frame *framed*, as an SVG path."""
        return shape(star.kind, self._size(star) * FRAMES[framed][2])

    def _size(self, star: Star) -> float:
        return {"focus": FOCUS, "near": NEAR}.get(self.role(star), 1.0)

    def _spots(self, size: float) -> Iterator[Spot]:
        ranks = {id_: rank for rank, id_ in enumerate(self._important())}
        for star in self.sight.stars.values():
            yield Spot(
                id=star.id,
                x=star.x,
                y=star.y,
                radius=SHAPES[star.kind][3] * self._size(star) * size,
                name=short_name(star),
                rank=ranks.get(star.id),
                chief=star.kind in CHIEF or self.role(star) in ("focus", "near"),
                wanted=self.role(star) in ("focus", "near"),
            )

    def _important(self) -> Iterable[str]:
        """Return the ids of the stars whose names are to be read, the most important first."""
        stars = self.sight.stars
        focus = self.sight.focus
        always = [star.id for star in stars.values() if star.kind in CHIEF]
        if focus:
            near = sorted(self.sight.near[focus.id], key=lambda id_: id_ not in always)
            return dict.fromkeys([focus.id, *near, *always])
        others = sorted(stars, key=lambda id_: (-len(self.sight.near[id_]), id_))
        return list(dict.fromkeys([*always, *others]))[: len(always) + NAMED]

    def lines(self, framed: Frame) -> dict[str, str]:
        """Return the lines as SVG paths: "rays" from the focus, "main" ones, and "lesser"."""
        paths: dict[str, list[str]] = {"lesser": [], "main": [], "rays": []}
        for line in self.sight.lines:
            one, other = (framed.stars[id_] for id_ in line)
            paths[self._strength(*line)].append(_line(one, other))
        if self.sight.focus:
            paths["lesser"] = []
        return {strength: "".join(parts) for strength, parts in paths.items()}

    def _strength(self, one: str, other: str) -> str:
        focus, stars = self.sight.focus, self.sight.stars
        if focus and focus.id in (one, other):
            return "rays"
        kinds = {stars[one].kind, stars[other].kind}
        own = any(
            star.kind in (PRACTICE, GROUP) and f"{THEME}:{star.of[0]}" in (one, other)
            for star in (stars[one], stars[other])
        )
        return "main" if own or kinds == {PRACTICE} or GROUP in kinds else "lesser"


def _line(one: Framed, other: Framed) -> str:
    return f"M{one.x:.0f} {one.y:.0f}L{other.x:.0f} {other.y:.0f}"


def kind_name(kind: str, several: bool = False) -> str:
    """Return the name of a kind of stars in the language of the request."""
    return str(gettext(KINDS[kind][2 if several else 1]))
