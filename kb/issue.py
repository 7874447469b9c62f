# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The text of an authority's monthly issue, in Italian and in Markdown."""

from collections.abc import Iterator
from datetime import date

from babel.dates import format_date

from kb import upkeep
from kb.labels import TROUBLES
from kb.upkeep import Dead, Desk, Kept

#: So many entries that could be completed are named, the least complete first.
MOST_NAMED = 5


def issue(desk: Desk, name: str, today: date) -> str:
    """Return the issue of the authority *name*, or an empty text when nothing is urgent."""
    return "\n".join(_lines(desk, name, today)) + "\n" if desk.urgent else ""


def _lines(desk: Desk, name: str, today: date) -> Iterator[str]:
    yield f"# {name}, schede da ricontrollare ({format_date(today, 'MMMM y', 'it')})"
    yield "\nQuesto elenco riguarda le schede, non la città. Chi ricontrolla una scheda mette"
    yield "la data di oggi in `reviewed`; come si fa è scritto in `CONTRIBUTING.md`."
    yield from _reviews("Da ricontrollare", desk.overdue)
    yield from _reviews("Da ricontrollare entro 60 giorni", desk.soon)
    if desk.dead:
        yield "\n## Fonti che non rispondono più\n"
        for dead in desk.dead:
            yield from _dead(desk, dead)
    rough = sorted(desk.entries, key=lambda e: (e.completeness.percent, e.slug))
    rough = [entry for entry in rough if entry.completeness.missing][:MOST_NAMED]
    if rough:
        yield "\n## Se c'è tempo: le schede meno complete\n"
        for entry in rough:
            yield f"- {_file(entry)} ({entry.completeness.percent}%): {_first_missing(entry)}"


def _reviews(heading: str, entries: tuple[Kept, ...]) -> Iterator[str]:
    if entries:
        yield f"\n## {heading}\n"
    for entry in entries:
        day = format_date(upkeep.due(entry), "d MMMM y", "it")
        yield f"- [ ] {_file(entry)}: {entry.record.title} (scadenza: {day})"


def _dead(desk: Desk, dead: Dead) -> Iterator[str]:
    where = _file(dead.entry) if dead.entry else f"`practices/{desk.authority}/authority.md`"
    source, link = dead.source, dead.link
    detail = TROUBLES.get(link.detail, link.detail)
    yield f"- [ ] {where}, fonte `{source.id}`: <{link.url}> ({detail}, {link.checked})"
    if link.copy:
        yield f"  Copia archiviata: <{link.copy}>"


def _file(entry: Kept) -> str:
    return f"`practices/{entry.authority}/{entry.slug}.md`"


def _first_missing(entry: Kept) -> str:
    return "aggiungere " + "; ".join(part.add for part in entry.completeness.missing[:2])
