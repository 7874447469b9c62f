# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How well entries are documented, by which rules, and what there is to do about them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flask import Flask, current_app, render_template, request
from flask_babel import gettext

import search_index
from kb import freshness, labels, link_cache, quality, upkeep
from kb.cards import PracticePage
from kb.link_cache import Link
from kb.quality import Completeness, Evidence, Said
from kb.store import KnowledgeBase
from kb.upkeep import Desk, Kept
from kb.web.base import knowledge_base
from kb.web.query import PARAMETERS


@dataclass(frozen=True)
class Documentation:
    """What a practice's page says of its entry; *overdue* is since when it should be checked."""

    evidence: Evidence
    completeness: Completeness
    overdue: date | None


def rules() -> str:
    """Show by which rules entries are graded and checked again."""
    base = knowledge_base()
    found = base.find(search_index.parse(""), limit=0).facets.get("evidence", ())
    return render_template(
        "quality.html",
        levels=labels.LEVELS,
        needs=quality.NEEDS,
        counts={value.value: value.count for value in found},
        parts=quality.PARTS,
        months=freshness.MONTHS,
        data={"@type": "WebPage"},
    )


def maintenance() -> str:
    """Show what each authority has to check again, and what its entries lack."""
    base = knowledge_base()
    chosen = [city for city in request.args.getlist("citta") if city in base.authorities]
    links = link_cache.read(Path(current_app.config["INSTANCE_DIR"]))
    return render_template(
        "maintenance.html",
        chosen=chosen,
        desks=_desks(base, chosen or list(base.authorities), links),
        due=upkeep.due,
        asked=max((link.checked for link in links.values()), default=None),
        levels=labels.LEVELS,
        parameters=PARAMETERS,
        data={"@type": "WebPage"},
    )


def desk_of(authority: str) -> Desk:
    """Return what is known of the entries of *authority*, apart from the links of their sources."""
    return _desks(knowledge_base(), [authority], {})[0]


def _desks(
    base: KnowledgeBase, authorities: Iterable[str], links: Mapping[str, Link]
) -> list[Desk]:
    profiles = {id_: base.authorities[id_] for id_ in authorities}
    return upkeep.desks(base.once("kept", _kept), profiles, links, date.today())


def _kept(base: KnowledgeBase) -> list[Kept]:
    sections = base.section_keys()
    return [
        upkeep.kept(card.slug, card.authority_id, record, sections[card.slug])
        for card, record in base.records()
    ]


def documentation(page: PracticePage) -> Documentation:
    """Return how well the entry of *page* is documented, today."""
    return Documentation(
        quality.evidence(page.record),
        quality.completeness(page.record, [section.key for section in page.sections]),
        freshness.overdue(page.record, date.today()),
    )


def said(message: Said) -> str:
    """Return *message* in the language of the request."""
    return str(gettext(message.message, **message.params))


def register(app: Flask) -> None:
    """Give the templates of *app* what tells how well an entry is documented."""
    app.add_template_global(documentation)
    app.add_template_global(desk_of)
    app.add_template_filter(said)
