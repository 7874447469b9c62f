# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A search as an address: which parameters it has, and the addresses around it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from flask import g
from werkzeug.datastructures import MultiDict

from kb import search
from kb.labels import N_
from kb.search import Answer
from kb.store import KnowledgeBase
from kb.web.language import language, page_url
from kb.web.selection import PARAMETER, named
from search_index import Results

#: Facet → parameter of the address and heading of the filter.
PARAMETERS: dict[str, tuple[str, str]] = {
    "theme": ("tema", N_("Tema")),
    "city": ("citta", N_("Città")),
    "problem": ("problema", N_("Problema")),
    "target_group": ("destinatari", N_("Destinatari")),
    "instrument": ("strumento", N_("Strumento")),
    "programme": ("programma", N_("Programma di finanziamento")),
    "status": ("stato", N_("Stato")),
    "year": ("anno", N_("Anno di attività")),
    "budget": ("costo", N_("Costo")),
    "evidence": ("livello", N_("Livello di documentazione")),
}
ORDERS = {
    "": N_("Prima le più pertinenti"),
    "recenti": N_("Prima le notizie recenti"),
    "verifica": N_("Prima le verificate da poco"),
    "titolo": N_("In ordine alfabetico"),
}
FIRST_YEAR, LAST_YEAR = 1950, 2100
#: A year that no practice has: the span asked for ends before it begins.
NEVER = "0"
#: The parameter that asks for the archived entries too.
ARCHIVED = "archiviate"
LONGEST_QUERY = 400
LAST_PAGE = 1000


@dataclass(frozen=True)
class Query:
    """What the reader asked: words, facet values, years, order, page (from 1).

    Without *widen* the thesaurus is left out, with *archived* the archived entries are found too
    (by the search only). *view* is the view that answers, *per* the facet by
    whose parameter it groups the practices, if it does. *carried* are the practices chosen for
    comparison: they change no result.
    """

    words: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    since: int | None = None
    until: int | None = None
    order: str = ""
    widen: bool = True
    page: int = 1
    view: str = "search"
    per: str = ""
    carried: tuple[str, ...] = ()
    archived: bool = False

    @classmethod
    def from_args(cls, args: MultiDict[str, str], view: str = "search") -> "Query":
        """Read a query to *view* from the parameters of an address; whatever is odd is ignored."""
        filters = [
            (facet, value)
            for facet, (parameter, _) in PARAMETERS.items()
            for value in args.getlist(parameter)
            if value
        ]
        order = args.get("ordina", "")
        page = args.get("pagina", default=1, type=int)
        return cls(
            words=" ".join(args.get("q", "").split())[:LONGEST_QUERY],
            filters=tuple(dict.fromkeys(filters)),
            since=_year(args.get("dal")),
            until=_year(args.get("al")),
            order=order if order in ORDERS else "",
            widen=args.get("solo") != "parole",
            page=min(max(page, 1), LAST_PAGE),
            view=view,
            carried=named(args),
            archived=view == "search" and args.get(ARCHIVED) == "1",
        )

    @property
    def offset(self) -> int:
        """Return how many results come before this page."""
        return (self.page - 1) * search.PAGE

    @property
    def narrowings(self) -> int:
        """Return how many filters narrow the search; a span of years is one."""
        return len(self.filters) + (self.since is not None or self.until is not None)

    @property
    def years_reversed(self) -> bool:
        """Return whether the span of years ends before it begins."""
        return self.since is not None and self.until is not None and self.since > self.until

    def answer(self, base: KnowledgeBase) -> Answer:
        """Return the practices of *base* on this page of the search."""
        return search.search(
            base,
            self.words,
            self.chosen(),
            offset=self.offset,
            order=self.order,
            widen=self.widen,
            language=language(),
            archived=self.archived,
        )

    def matching(self, base: KnowledgeBase, besides: str = "", **chosen: str) -> Results:
        """Return all practices of *base* that answer, on all pages, and the facet counts.

        Of the filters, that of the facet *besides* is left out, and *chosen* (value by facet)
        takes the place of its own.
        """
        filters = {**self.chosen(), besides: [], **{key: [value] for key, value in chosen.items()}}
        return search.matching(base, self.words, filters, widen=self.widen)

    def chosen(self) -> dict[str, list[str]]:
        """Return the chosen values by facet."""
        chosen: dict[str, list[str]] = {}
        for facet, value in self.filters:
            chosen.setdefault(facet, []).append(value)
        if self.since is not None or self.until is not None:
            span = range(self.since or FIRST_YEAR, (self.until or LAST_YEAR) + 1)
            years = [str(year) for year in span]
            chosen["year"] = [y for y in chosen.get("year", years) if y in years] or [NEVER]
        return chosen

    def toggled(self, facet: str, value: str) -> str:
        """Return the address of the same search with the facet value added, or removed."""
        pair = (facet, value)
        kept = tuple(item for item in self.filters if item != pair)
        filters = kept if pair in self.filters else (*self.filters, pair)
        return replace(self, filters=filters, page=1).url()

    def only(self, facet: str, *values: str) -> "Query":
        """Return the same search with *values* alone chosen of *facet*; none are all."""
        others = tuple(item for item in self.filters if item[0] != facet)
        return replace(self, filters=(*others, *((facet, value) for value in values)), page=1)

    def years(self, since: int | None, until: int | None) -> "Query":
        """Return the same search within other years."""
        return replace(self.only("year"), since=since, until=until)

    def on(self, view: str, per: str = "") -> "Query":
        """Return the same search answered by another view, or grouped otherwise."""
        archived = self.archived and view == "search"
        return replace(self, view=view, per=per, page=1, archived=archived)

    def unfiltered(self) -> str:
        """Return the address of the same words without filters."""
        return replace(self, filters=(), since=None, until=None, page=1, archived=False).url()

    def at_any_time(self) -> str:
        """Return the address of the same search without the years."""
        return replace(self, since=None, until=None, page=1).url()

    def at(self, page: int) -> str:
        """Return the address of another page of the same search."""
        return replace(self, page=page).url()

    def ordered(self, order: str) -> str:
        """Return the address of the same search in another order."""
        return replace(self, order=order, page=1).url()

    def widened(self, widen: bool) -> str:
        """Return the address of the same search with or without the thesaurus."""
        return replace(self, widen=widen, page=1).url()

    def with_archived(self, archived: bool) -> str:
        """Return the address of the same search with or without the archived entries."""
        return replace(self, archived=archived, page=1).url()

    def hidden(self, years: bool = True) -> Iterator[tuple[str, str]]:
        """Yield the parameters that a form sends along with the words, with or without years."""
        for facet, value in self.filters:
            yield PARAMETERS[facet][0], value
        if years and self.since:
            yield "dal", str(self.since)
        if years and self.until:
            yield "al", str(self.until)
        if self.order:
            yield "ordina", self.order
        if not self.widen:
            yield "solo", "parole"
        if self.per:
            yield "per", self.per
        if self.archived:
            yield ARCHIVED, "1"
        for slug in self.carried:
            yield PARAMETER, slug

    def url(self) -> str:
        """Return the address of this search, the chosen practices included."""
        # A page of results has a hundred of these: url_for for each would take a fifth of its time.
        paths = g.setdefault("paths", {})
        if self.view not in paths:
            paths[self.view] = page_url(self.view)
        parameters = urlencode({**self.parameters(), PARAMETER: self.carried}, doseq=True)
        return str(paths[self.view]) + (f"?{parameters}" if parameters else "")

    def parameters(self) -> dict[str, Any]:
        """Return the parameters that make this search another one than others."""
        values: dict[str, Any] = {"q": self.words or None}
        for facet, value in self.filters:
            values.setdefault(PARAMETERS[facet][0], []).append(value)
        values["dal"], values["al"] = self.since, self.until
        values["ordina"] = self.order or None
        values["solo"] = None if self.widen else "parole"
        values["per"] = self.per or None
        values[ARCHIVED] = "1" if self.archived else None
        values["pagina"] = self.page if self.page > 1 else None
        return {name: value for name, value in values.items() if value is not None}


def _year(text: str | None) -> int | None:
    """Return a year that a practice could have, or None."""
    if text is None or not text.isdecimal() or len(text) != len("2025"):
        return None
    return min(max(int(text), FIRST_YEAR), LAST_YEAR)
