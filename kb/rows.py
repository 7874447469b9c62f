# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rows that each record becomes in a build's database."""

from collections.abc import Iterable, Iterator
from typing import Any

from kb.content import Content, Entry
from kb.quality import evidence
from kb.records import INVERSE, Authority, Event, Practice, Sourced, Term, Theme
from kb.rendering import plain, render
from kb.tables import LIST_COLUMNS, VOCABULARY_TABLES

Row = dict[str, Any]


def _json(record: Any) -> str:
    return str(record.model_dump_json(exclude_defaults=True))


def _source_ids(record: Sourced) -> list[str]:
    return [source.id for source in record.sources]


def term(number: int, term: Term) -> Row:
    """Return the row of the *number*th term of a vocabulary."""
    return {"id": term.id, "position": number, "label": term.label, "record": _json(term)}


def authority(entry: Entry[Authority]) -> Row:
    """Return the row of an authority."""
    record = entry.record
    return {
        "id": entry.id,
        "position": record.order,
        "name": record.name,
        "record": _json(record),
        "html": render(entry.document.body, _source_ids(record)),
    }


def theme(entry: Entry[Theme]) -> Row:
    """Return the row of a theme."""
    record = entry.record
    return {
        "id": entry.id,
        "position": record.order,
        "label": record.label,
        "record": _json(record),
        "html": render(entry.document.body),
    }


def event(content: Content, entry: Entry[Event]) -> Row:
    """Return the row of an event."""
    record = entry.record
    return {
        "id": entry.id,
        "start": record.start,
        "title": record.title,
        "record": _json(record),
        "html": render(entry.document.body, _source_ids(record)),
        "path": entry.document.path.relative_to(content.root).as_posix(),
    }


def practice(content: Content, entry: Entry[Practice]) -> Row:
    """Return the row of a practice."""
    record = entry.record
    return {
        **record.model_dump(
            include={
                "title",
                "summary",
                "title_en",
                "summary_en",
                "status",
                "status_date",
                "scale",
                "reviewed",
            }
        ),
        "slug": entry.id,
        "authority": content.authority_of(entry.id),
        "start": record.period.start,
        "end": record.period.end,
        "place": record.place.name,
        "archived": record.archived and record.archived.date,
        "evidence": evidence(record).level,
        "path": entry.document.path.relative_to(content.root).as_posix(),
        "record": _json(record),
    }


def lists(entry: Entry[Practice]) -> Iterator[tuple[str, list[Row]]]:
    """Yield each many-to-many and list table with the rows of one practice."""
    record = entry.record
    yield "practice_themes", _joined("theme", record.themes)
    programmes = tuple(dict.fromkeys(item.programme for item in record.funding))
    for vocabulary, ids in (
        ("problems", record.problems),
        ("target-groups", record.target_groups),
        ("instruments", record.instruments),
        ("programmes", programmes),
    ):
        yield VOCABULARY_TABLES[vocabulary][1], _joined("term", ids)
    source_ids = _source_ids(record)
    sections = [
        {
            "key": section.key,
            "label": section.label,
            "html": render(section.text, source_ids),
            "text": plain(section.text),
        }
        for section in entry.sections
    ]
    yield "sections", _numbered(sections)
    actors = [{**record.lead.model_dump(), "lead": 1}]
    actors += [{**partner.model_dump(), "lead": 0} for partner in record.partners]
    yield "actors", _numbered(actors)
    for name in ("sources", "funding", "indicators", "building_blocks", "adoptions"):
        columns = set(LIST_COLUMNS[name])
        items = [item.model_dump(mode="json", include=columns) for item in getattr(record, name)]
        yield name, _numbered(items)
    yield "parts", _numbered(list(_parts(record)))
    yield "practice_events", [{"event": shown.event} for shown in record.events]
    yield "aliases", [{"alias": alias} for alias in record.aliases]


def _parts(record: Practice) -> Iterator[Row]:
    for number, block in enumerate(record.building_blocks, 1):
        yield _part("block", f"{block.name}: {block.what}", f"parte-{number}")
    for number, item in enumerate(record.indicators, 1):
        yield _part("indicator", f"{item.label}, {item.unit}", f"cifra-{number}")
    if record.theory_of_change:
        for node in record.theory_of_change.nodes():
            yield _part("theory", node.text, f"passo-{node.id}")


def _part(kind: str, text: str, anchor: str) -> Row:
    return {"kind": kind, "text": plain(text), "anchor": anchor}


def _joined(column: str, ids: Iterable[str]) -> list[Row]:
    return [{column: term, "position": number} for number, term in enumerate(dict.fromkeys(ids))]


def _numbered(rows: list[Row]) -> list[Row]:
    return [{"position": number, **row} for number, row in enumerate(rows)]


def relations(content: Content) -> Iterator[Row]:
    """Yield every declared link, then the inverse of each for the other page."""
    links = [
        (slug, item) for slug, entry in content.practices.items() for item in entry.record.related
    ]
    for slug, item in links:
        yield {
            "practice": slug,
            "other": item.practice,
            "relation": item.relation,
            "note": item.note and plain(item.note),
            "declared": 1,
        }
    for slug, item in links:
        yield {
            "practice": item.practice,
            "other": slug,
            "relation": INVERSE[item.relation],
            "note": item.note and plain(item.note),
            "declared": 0,
        }
