# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads a build: practices, lists and labels, as one request or command needs them.

What is archived is left out, unless it is asked for by name or by an argument that says so.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from sqlite_utils import Database

from kb import labels
from kb.cards import Card, Exchange, Link, Part, PracticePage, RenderedSection
from kb.documents import LISTED_SHELF, SHELF
from kb.generation import Generation, Generations
from kb.records import Practice
from kb.tables import LISTED
from search_index import Query, Results

D = TypeVar("D")
FACET_VOCABULARIES = {
    "problem": "problems",
    "target_group": "target-groups",
    "instrument": "instruments",
    "programme": "programmes",
}
#: Facet → table and column that join practices to its values.
JOINED = {
    "theme": ("practice_themes", "theme"),
    "problem": ("practice_problems", "term"),
    "instrument": ("practice_instruments", "term"),
    "target_group": ("practice_target_groups", "term"),
}
CLOSED_LISTS = {
    "status": labels.STATUSES,
    "budget": labels.BUDGETS,
    "evidence": labels.LEVELS,
}


class KnowledgeBase:
    """The knowledge base as one request reads it: one build, one connection."""

    def __init__(self, generation: Generation, database: Database) -> None:
        self._database = database
        self._derived = generation.derived
        self.id = generation.id
        self.rows = generation.rows
        self.created: str = generation.created
        self.digest: str = generation.digest
        self.index = generation.index
        self.problem_index = generation.problem_index
        self.pictures_folder = generation.pictures_folder
        self.pictures = generation.pictures
        self.themes = generation.themes
        self.authorities = generation.authorities
        self.events = generation.events
        self.vocabularies = generation.vocabularies

    def once(self, name: str, derive: Callable[["KnowledgeBase"], D]) -> D:
        """Return what *derive* makes of this build; it is made once per build."""
        if name not in self._derived:
            self._derived[name] = derive(self)
        return cast(D, self._derived[name])

    def label(self, facet: str, value: str, language: str = "it") -> str:
        """Return the label of a facet value, or the value itself.

        Closed lists are labelled in Italian only: translating them is the interface's business.
        """
        if facet == "theme" and value in self.themes:
            theme = self.themes[value]
            return theme.short_en if language == "en" else theme.short
        if facet == "city" and value in self.authorities:
            return self.authorities[value].name
        if facet in CLOSED_LISTS:
            return CLOSED_LISTS[facet].get(value, value)
        term = self.vocabularies.get(FACET_VOCABULARIES.get(facet, ""), {}).get(value)
        if term is None:
            return value
        return term.label_en if language == "en" else term.label

    def names(self) -> dict[str, dict[str, str]]:
        """Return the Italian names of all that a record can refer to: vocabulary → id → name.

        They are those of :meth:`kb.content.Content.names`, without archived practices.
        """
        return {
            **{
                vocabulary: {id_: term.label for id_, term in terms.items()}
                for vocabulary, terms in self.vocabularies.items()
            },
            "themes": {id_: theme.label for id_, theme in self.themes.items()},
            "authorities": {id_: authority.name for id_, authority in self.authorities.items()},
            "events": {id_: event.title for id_, event in self.events.items()},
            "practices": {card.slug: card.title for card in self.all_cards()},
        }

    def facet_labels(self, facet: str) -> dict[str, str]:
        """Return the labels of the values that *facet* can have, by value."""
        known: dict[str, Mapping[str, Any]] = {
            "theme": self.themes,
            "city": self.authorities,
            **CLOSED_LISTS,
            **{name: self.vocabularies[terms] for name, terms in FACET_VOCABULARIES.items()},
        }
        return {value: self.label(facet, value) for value in known.get(facet, ())}

    def find(
        self,
        query: Query,
        filters: Mapping[str, Collection[str]] | None = None,
        *,
        archived: bool = False,
        **options: Any,
    ) -> Results:
        """Return what the search index finds; *options* are those of its ``search``."""
        shelves = {} if archived else {SHELF: [LISTED_SHELF]}
        return self.index.search(query, {**(filters or {}), **shelves}, **options)

    def count(self, archived: bool = False) -> int:
        """Return the number of practices, or of those that are *archived*."""
        where = "archived is not null" if archived else "archived is null"
        return int(self._database.table("practices").count_where(where))

    def cards(self, slugs: Sequence[str]) -> dict[str, Card]:
        """Return the cards of *slugs*, in that order; those that do not exist are left out."""
        marks = ",".join("?" * len(slugs))
        cards = self._cards(f"p.slug in ({marks})", slugs, source="practices")
        found = {card.slug: card for card in cards}
        return {slug: found[slug] for slug in slugs if slug in found}

    def all_cards(self, archived: bool = False) -> list[Card]:
        """Return the cards of all practices, by slug; *archived* adds those that are."""
        return self._cards("1", [], source="practices" if archived else LISTED)

    def records(self) -> Iterator[tuple[Card, Practice]]:
        """Yield the card and the whole record of every practice, by slug."""
        rows = self._database.query(f"select record from {LISTED} order by slug")
        for card, row in zip(self.all_cards(), rows, strict=True):
            yield card, Practice.model_validate_json(row["record"])

    def parts(self, slugs: Sequence[str]) -> dict[str, list[Part]]:
        """Return the parts of each of *slugs* that can be found by themselves, in page order."""
        marks = ",".join("?" * len(slugs))
        rows = self._database.query(
            f"select practice, kind, text, anchor from parts where practice in ({marks})"
            " order by practice, position",
            list(slugs),
        )
        parts: dict[str, list[Part]] = {slug: [] for slug in slugs}
        for row in rows:
            parts[row.pop("practice")].append(Part(**row))
        return parts

    def by_authority(self, authority: str) -> list[Card]:
        """Return the practices of *authority*, by title."""
        return self._cards("p.authority = ?", [authority], "p.title")

    def by_theme(self, theme: str) -> list[Card]:
        """Return the practices of *theme*: those whose main theme it is first."""
        joined = "p.slug in (select practice from practice_themes where theme = ?)"
        order = "(select position from practice_themes where practice = p.slug and theme = ?) > 0"
        return self._cards(joined, [theme, theme], f"{order}, p.status_date desc, p.title")

    def by_event(self, event: str) -> list[Card]:
        """Return the practices that a source says were presented at *event*."""
        joined = "p.slug in (select practice from practice_events where event = ?)"
        return self._cards(joined, [event], "p.title")

    def exchanges(self, authority: str) -> list[Exchange]:
        """Return the practices that *authority* gave to others and took from others."""
        rows = list(
            self._database.query(
                "select d.practice, coalesce(a.name, d.name) as other, d.authority as other_id,"
                f" d.status, d.year from adoptions d join {LISTED} p on p.slug = d.practice"
                " left join authorities a on a.id = d.authority"
                " where p.authority = :id or d.authority = :id order by d.practice, other",
                {"id": authority},
            )
        )
        cards = self.cards([row["practice"] for row in rows])
        return [
            Exchange(
                cards[row["practice"]], row["other"], row["other_id"], row["status"], row["year"]
            )
            for row in rows
        ]

    def newest(self, limit: int) -> list[Card]:
        """Return the *limit* practices with the latest news."""
        return self._cards("1", [], "p.status_date desc, p.title", limit)

    def latest(self, limit: int, cards: Sequence[Card] | None = None) -> list[Card]:
        """Return the *limit* of *cards*, or of all, that were checked last.

        ``reviewed`` is the day when someone last checked the entry, as its authors wrote it; that
        of git's last change may be a mended comma's. Those of the same day stand by the date of
        their latest news.
        """
        chosen = self.all_cards() if cards is None else cards
        return sorted(chosen, key=lambda c: (c.reviewed, c.status_date), reverse=True)[:limit]

    def coverage(self) -> dict[tuple[str, str], int]:
        """Return the number of practices by (authority, theme)."""
        rows = self._database.query(
            f"select p.authority, t.theme, count(*) as practices from {LISTED} p"
            " join practice_themes t on t.practice = p.slug group by 1, 2"
        )
        return {(row["authority"], row["theme"]): row["practices"] for row in rows}

    def facets_of_all(self) -> dict[str, dict[str, frozenset[str]]]:
        """Return, by slug, the city, themes, problems, instruments and target groups of all."""
        rows = self._database.query(
            "select slug, facet, value from ("
            "select slug, 'city' as facet, authority as value from practices"
            + "".join(
                f" union all select practice, '{facet}', {column} from {table}"
                for facet, (table, column) in JOINED.items()
            )
            + f") where slug in (select slug from {LISTED})"
        )
        facets: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for row in rows:
            facets[row["slug"]][row["facet"]].add(row["value"])
        return {
            slug: {facet: frozenset(found[facet]) for facet in ("city", *JOINED)}
            for slug, found in facets.items()
        }

    def section_keys(self) -> dict[str, list[str]]:
        """Return the keys of the sections of every practice, by slug."""
        keys: dict[str, list[str]] = defaultdict(list)
        for row in self._database.query("select practice, key from sections order by 1, position"):
            keys[row["practice"]].append(row["key"])
        return keys

    def section_texts(self, slugs: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
        """Return the label and plain text of each section of each of *slugs*, in order."""
        marks = ",".join("?" * len(slugs))
        rows = self._database.query(
            f"select practice, label, text from sections where practice in ({marks})"
            " order by practice, position",
            list(slugs),
        )
        texts: dict[str, list[tuple[str, str]]] = {slug: [] for slug in slugs}
        for row in rows:
            texts[row["practice"]].append((row["label"], row["text"]))
        return texts

    def practice(self, slug: str) -> PracticePage | None:
        """Return everything about the practice *slug*, or None when there is none."""
        row = next(self._database.query("select * from practices where slug = ?", [slug]), None)
        if row is None:
            return None
        sections = self._database.query(
            "select key, label, html from sections where practice = ? order by position", [slug]
        )
        return PracticePage(
            slug=slug,
            authority_id=row["authority"],
            path=row["path"],
            record=Practice.model_validate_json(row["record"]),
            sections=tuple(RenderedSection(**section) for section in sections),
            links=tuple(self._links(slug)),
        )

    def moved(self, alias: str) -> str | None:
        """Return the slug of the practice that had the address *alias*, or None."""
        rows = self._database.query("select practice from aliases where alias = ?", [alias])
        return next((row["practice"] for row in rows), None)

    def _links(self, slug: str) -> Iterator[Link]:
        rows = list(
            self._database.query(
                "select other, relation, note from relations where practice = ?"
                " order by relation = 'similar', relation, other",
                [slug],
            )
        )
        cards = self.cards([row["other"] for row in rows])
        for row in rows:
            yield Link(row["relation"], cards[row["other"]], row["note"])

    def _cards(
        self,
        where: str,
        values: Sequence[str],
        order: str = "p.slug",
        limit: int = -1,
        source: str = LISTED,
    ) -> list[Card]:
        rows = self._database.query(
            "select p.slug, p.title, p.summary, p.title_en, p.summary_en,"
            " p.authority as authority_id, a.name as authority, p.status, p.status_date,"
            " p.start, p.end, p.place, p.reviewed, p.archived, p.evidence,"
            " (select group_concat(theme) from (select theme from practice_themes"
            "   where practice = p.slug order by position)) as themes,"
            " (select count(*) from sources where practice = p.slug) as sources,"
            " (select count(*) from indicators where practice = p.slug"
            "   and nature <> 'expected') as indicators"
            f" from {source} p join authorities a on a.id = p.authority"
            f" where {where} order by {order} limit {limit:d}",
            list(values),
        )
        return [Card(**{**row, "themes": tuple(row["themes"].split(","))}) for row in rows]


@contextmanager
def read(generations: Generations) -> Iterator[KnowledgeBase]:
    """Open the current build for one request or command."""
    generation = generations.current()
    with generation.connection() as database:
        yield KnowledgeBase(generation, database)
