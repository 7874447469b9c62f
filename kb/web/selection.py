# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The practices that a reader has chosen: they live in the address, as parameters ``p``.

Search and theme pages carry them along, so that a comparison grows without account and script.
"""

from dataclasses import dataclass

from flask import Flask, request
from werkzeug.datastructures import MultiDict

from kb.cards import Card
from kb.store import KnowledgeBase
from kb.web.language import page_url

PARAMETER = "p"
MOST_COMPARED = 4
#: What fits an address that mail programs keep whole, and a booklet that a printer takes.
MOST_COLLECTED = 40
#: However long an address is, so many of its parameters are read.
MOST_READ = 100


@dataclass(frozen=True)
class Selection:
    """The chosen practices by slug, in the order chosen.

    *beyond* are those above the limit; *unknown* are names that no practice has or had.
    """

    cards: dict[str, Card]
    beyond: tuple[Card, ...]
    unknown: tuple[str, ...]


def named(args: MultiDict[str, str]) -> tuple[str, ...]:
    """Return what the parameters of an address name, each once."""
    return tuple(dict.fromkeys(filter(None, args.getlist(PARAMETER)[:MOST_READ])))


def chosen() -> tuple[str, ...]:
    """Return what the address of the request names, each once."""
    return named(request.args)


def select(base: KnowledgeBase, most: int) -> Selection:
    """Return the practices that the address names, at most *most*; old names lead to new ones."""
    named = chosen()
    known = base.cards(named)
    moved = {name: base.moved(name) for name in named if name not in known}
    slugs = [name if name in known else moved[name] for name in named]
    cards = base.cards([slug for slug in dict.fromkeys(slugs) if slug])
    listed = list(cards.items())
    return Selection(
        dict(listed[:most]),
        tuple(card for _, card in listed[most:]),
        tuple(name for name, slug in moved.items() if slug is None),
    )


def with_practice(page: str, slug: str) -> str:
    """Return the address of *page* with the practices of the request's address, and *slug*."""
    return page_url(page, p=list(dict.fromkeys((*chosen(), slug))))


def register(app: Flask) -> None:
    """Give the templates of *app* the chosen practices, and the addresses around them."""
    app.add_template_global(chosen, "chosen_slugs")
    app.add_template_global(with_practice)
    app.jinja_env.globals["MOST_COMPARED"] = MOST_COMPARED
    app.jinja_env.globals["MOST_COLLECTED"] = MOST_COLLECTED
