# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads the constellation of a build, and chooses what of it a reader sees.

Beyond :data:`MOST` practices those that are not asked for stand together: one star for each
theme and city, which opens when one looks at it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.languages import LANGUAGES, said_in
from kb.store import KnowledgeBase

THEME, CITY, PRACTICE, GROUP = "theme", "city", "practice", "group"
INSTRUMENT, PROGRAMME, ORGANISATION = "instrument", "programme", "organisation"
#: So many practices are shown one by one.
MOST = 150


@dataclass(frozen=True)
class Star:
    """A star and where it stands; *names* by language.

    *of* are the theme and the city of a practice or a group, *count* how many a group holds.
    """

    id: str
    kind: str
    key: str
    names: Mapping[str, str]
    x: float
    y: float
    of: tuple[str, str] = ("", "")
    count: int = 1


@dataclass(frozen=True)
class Sky:
    """All stars by id, and for each the ids of those joined to it."""

    stars: Mapping[str, Star]
    near: Mapping[str, tuple[str, ...]]

    @cached_property
    def practices(self) -> tuple[str, ...]:
        """Return the ids of all practices."""
        return tuple(id_ for id_, star in self.stars.items() if star.kind == PRACTICE)

    def find(self, id_: str) -> Star | None:
        """Return the star or the group *id_*, or None when there is none."""
        return self.stars.get(id_) or self._groups.get(id_)

    def members(self, of: tuple[str, str]) -> list[str]:
        """Return the ids of the practices with that main theme and city."""
        return [id_ for id_ in self.practices if self.stars[id_].of == of]

    @cached_property
    def _groups(self) -> dict[str, Star]:
        return {group.id: group for group in self.grouped(self.practices)}

    def grouped(self, practices: Iterable[str]) -> Iterator[Star]:
        """Yield *practices* as one star for each main theme and city."""
        together: dict[tuple[str, str], list[Star]] = defaultdict(list)
        for id_ in practices:
            star = self.stars[id_]
            together[star.of].append(star)
        for of, members in together.items():
            theme, city = self.stars[f"{THEME}:{of[0]}"], self.stars[f"{CITY}:{of[1]}"]
            yield Star(
                id=group_id(of),
                kind=GROUP,
                key=":".join(of),
                names={code: f"{city.names[code]}, {theme.names[code]}" for code in city.names},
                x=sum(star.x for star in members) / len(members),
                y=sum(star.y for star in members) / len(members),
                of=of,
                count=len(members),
            )


def group_id(of: tuple[str, str]) -> str:
    """Return the id of the group of a main theme and a city."""
    return f"{GROUP}:{of[0]}:{of[1]}"


@dataclass(frozen=True)
class Sight:
    """What is seen of a sky: stars by id, the lines between them, and the star at the centre.

    *practices* are all that fit the filters, those in groups too.
    """

    stars: Mapping[str, Star]
    lines: tuple[tuple[str, str], ...]
    focus: Star | None
    practices: tuple[str, ...]

    @cached_property
    def near(self) -> dict[str, list[str]]:
        """Return the ids joined to each star that is seen."""
        near: dict[str, list[str]] = {id_: [] for id_ in self.stars}
        for one, other in self.lines:
            near[one].append(other)
            near[other].append(one)
        return near

    def around(self) -> list[Star]:
        """Return the stars joined to the one at the centre."""
        return [self.stars[id_] for id_ in self.near[self.focus.id]] if self.focus else []


def load(base: KnowledgeBase) -> Sky:
    """Return the constellation of *base*."""
    near: dict[str, list[str]] = defaultdict(list)
    main: dict[str, dict[str, str]] = defaultdict(dict)
    for link in base.rows("star_links"):
        near[link["practice"]].append(link["other"])
        near[link["other"]].append(link["practice"])
        if link["main"]:
            kind, _, key = link["other"].partition(":")
            main[link["practice"]][kind] = key
    titles = {card.slug: card for card in base.all_cards()}
    stars = {}
    for row in base.rows("stars"):
        id_, kind, key = row["id"], row["kind"], row["key"]
        names = {
            code: said_in(code, titles[key], "title")
            if kind == PRACTICE
            else row["name"] or base.label(kind, key, code)
            for code in LANGUAGES
        }
        of = (main[id_].get(THEME, ""), main[id_].get(CITY, ""))
        stars[id_] = Star(id_, kind, key, names, row["x"], row["y"], of)
    return Sky(stars, {id_: tuple(dict.fromkeys(others)) for id_, others in near.items()})


def look(
    sky: Sky, focus: Star | None, themes: Collection[str] = (), cities: Collection[str] = ()
) -> Sight:
    """Return what is seen of *sky* around *focus*, of the practices of *themes* and *cities*."""
    chosen = [id_ for id_ in sky.practices if _fits(sky, id_, themes, cities)]
    if focus and focus.kind == PRACTICE:
        chosen = list(dict.fromkeys([focus.id, *chosen]))
    single = _single(sky, focus, chosen)
    lines = dict.fromkeys(_lines(sky, single))
    groups = {group.id: group for group in sky.grouped(p for p in chosen if p not in single)}
    for group in groups.values():
        lines |= dict.fromkeys(_group_lines(group))
    if focus and focus.kind == GROUP:
        groups[focus.id] = focus
        lines |= dict.fromkeys((p, focus.id) for p in chosen if sky.stars[p].of == focus.of)
    ends = dict.fromkeys([*(end for line in lines for end in line), *single])
    if focus:
        ends[focus.id] = None
    seen = {id_: groups.get(id_) or sky.stars[id_] for id_ in ends}
    return Sight(seen, tuple(lines), focus, tuple(chosen))


def _fits(sky: Sky, practice: str, themes: Collection[str], cities: Collection[str]) -> bool:
    joined = sky.near.get(practice, ())
    return all(
        not wanted or any(f"{kind}:{key}" in joined for key in wanted)
        for kind, wanted in ((THEME, themes), (CITY, cities))
    )


def _single(sky: Sky, focus: Star | None, chosen: Sequence[str]) -> Collection[str]:
    """Return which of *chosen* are shown one by one: all, or what the focus is joined to."""
    if len(chosen) <= MOST:
        return dict.fromkeys(chosen)
    if focus is None:
        return ()
    wanted = sky.members(focus.of) if focus.kind == GROUP else sky.near.get(focus.id, ())
    asked = {focus.id, *wanted}.intersection(chosen)
    if len(asked) > MOST and focus.kind != GROUP:
        asked = {focus.id}.intersection(chosen)
    return [practice for practice in chosen if practice in asked]


def _lines(sky: Sky, single: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the lines of the practices in *single*, each once."""
    shown = set(single)
    for practice in single:
        for other in sky.near.get(practice, ()):
            if sky.stars[other].kind != PRACTICE:
                yield practice, other
            elif other in shown:
                yield (practice, other) if practice < other else (other, practice)


def _group_lines(group: Star) -> Iterator[tuple[str, str]]:
    for kind, key in zip((THEME, CITY), group.of, strict=True):
        yield group.id, f"{kind}:{key}"
