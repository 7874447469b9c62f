# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A search as an address: which parameters it has, and the addresses around it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

#: Facet → parameter of the address and heading of the filter.
PARAMETERS: dict[str, tuple[str, str]] = {
    "theme": ("tema", "Tema"),
    "city": ("citta", "Città"),
    "target_group": ("destinatari", "Destinatari"),
    "instrument": ("strumento", "Strumento"),
    "programme": ("programma", "Programma di finanziamento"),
    "status": ("stato", "Stato"),
    "year": ("anno", "Anno di attività"),
}
LONGEST_QUERY = 400
LAST_PAGE = 1000


@dataclass(frozen=True)
class Query:
    """What the reader asked: words, chosen facet values, page (from 1)."""

    words: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    page: int = 1

    @classmethod
    def from_args(cls, args: MultiDict[str, str]) -> "Query":
        """Read a query from the parameters of an address; whatever is odd is ignored."""
        filters = [
            (facet, value)
            for facet, (parameter, _) in PARAMETERS.items()
            for value in args.getlist(parameter)
            if value
        ]
        page = args.get("pagina", default=1, type=int)
        return cls(
            words=args.get("q", "").strip()[:LONGEST_QUERY],
            filters=tuple(dict.fromkeys(filters)),
            page=min(max(page, 1), LAST_PAGE),
        )

    def chosen(self) -> dict[str, list[str]]:
        """Return the chosen values by facet."""
        chosen: dict[str, list[str]] = {}
        for facet, value in self.filters:
            chosen.setdefault(facet, []).append(value)
        return chosen

    def toggled(self, facet: str, value: str) -> str:
        """Return the address of the same search with the facet value added, or removed."""
        pair = (facet, value)
        kept = tuple(item for item in self.filters if item != pair)
        filters = kept if pair in self.filters else (*self.filters, pair)
        return replace(self, filters=filters, page=1).url()

    def unfiltered(self) -> str:
        """Return the address of the same words without filters."""
        return replace(self, filters=(), page=1).url()

    def at(self, page: int) -> str:
        """Return the address of another page of the same search."""
        return replace(self, page=page).url()

    def saying(self, words: str) -> str:
        """Return the address of a search for other words with the same filters."""
        return replace(self, words=words, page=1).url()

    def hidden(self) -> Iterator[tuple[str, str]]:
        """Yield the parameters that the search box sends along."""
        for facet, value in self.filters:
            yield PARAMETERS[facet][0], value

    def url(self) -> str:
        """Return the address of this search."""
        values: dict[str, Any] = {"q": self.words or None}
        for facet, value in self.filters:
            values.setdefault(PARAMETERS[facet][0], []).append(value)
        if self.page > 1:
            values["pagina"] = self.page
        return url_for("site.search", **values)
