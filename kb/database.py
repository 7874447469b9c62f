# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes the SQLite database of a build: explicit columns, foreign keys, one table per list."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from kb.content import Content, Entry
from kb.diagrams import sky
from kb.records import INVERSE, Authority, Event, Practice, Sourced, Theme
from kb.rendering import render
from kb.sections import without_citations

#: Vocabulary → table of its terms, table that joins practices to them.
VOCABULARY_TABLES = {
    "target-groups": ("target_groups", "practice_target_groups"),
    "instruments": ("instruments", "practice_instruments"),
    "programmes": ("programmes", "practice_programmes"),
}
#: Vocabulary → table of its terms, for all vocabularies.
TERM_TABLES = {name: terms for name, (terms, _) in VOCABULARY_TABLES.items()} | {
    name: name for name in ("thesaurus", "guide")
}

Row = dict[str, Any]


def write(
    path: Path,
    content: Content,
    build: Row,
    pictures: Mapping[str, str],
    on_practice: Callable[[str], None],
) -> None:
    """Write *content* into a new database at *path*.

    *build* is its one row about itself; *pictures* are the digests of the build's pictures.
    """
    database = Database(path)
    try:
        database.execute("PRAGMA foreign_keys = ON")
        with database.atomic():
            _create(database)
            _fill(database, content, build, on_practice)
            sky.write(database, content)
            database.table("pictures").insert_all(
                {"name": name, "digest": digest} for name, digest in pictures.items()
            )
    finally:
        database.close()


def _create(database: Database) -> None:
    def create(
        name: str,
        columns: dict[str, Any],
        pk: Any,
        foreign_keys: Iterable[tuple[str, str, str]] = (),
    ) -> None:
        table = database.table(name)
        table.create(columns, pk=pk, foreign_keys=list(foreign_keys), strict=True)

    create("build", {"id": str, "created": str, "digest": str, "version": str}, "id")
    create("pictures", {"name": str, "digest": str}, "name")
    create(
        "authorities", {"id": str, "position": int, "name": str, "record": str, "html": str}, "id"
    )
    create("themes", {"id": str, "position": int, "label": str, "record": str, "html": str}, "id")
    create(
        "events",
        {"id": str, "start": str, "title": str, "record": str, "html": str, "path": str},
        "id",
    )
    for terms in TERM_TABLES.values():
        create(terms, {"id": str, "position": int, "label": str, "record": str}, "id")
    create("practices", PRACTICE_COLUMNS, "slug", [("authority", "authorities", "id")])
    practice = ("practice", "practices", "slug")
    create(
        "practice_themes",
        {"practice": str, "theme": str, "position": int},
        ("practice", "theme"),
        [practice, ("theme", "themes", "id")],
    )
    for terms, joined in VOCABULARY_TABLES.values():
        create(
            joined,
            {"practice": str, "term": str, "position": int},
            ("practice", "term"),
            [practice, ("term", terms, "id")],
        )
    for name, columns in LIST_COLUMNS.items():
        create(
            name,
            {"practice": str, "position": int, **columns},
            ("practice", "position"),
            [practice, *([("programme", "programmes", "id")] if "programme" in columns else [])],
        )
    create(
        "relations",
        {"practice": str, "other": str, "relation": str, "note": str, "declared": int},
        ("practice", "other"),
        [practice, ("other", "practices", "slug")],
    )
    create(
        "practice_events",
        {"practice": str, "event": str},
        ("practice", "event"),
        [practice, ("event", "events", "id")],
    )
    create("aliases", {"alias": str, "practice": str}, "alias", [practice])
    database.table("practices").create_index(["authority"])
    database.table("practices").create_index(["status_date"])


PRACTICE_COLUMNS = {
    "slug": str,
    "authority": str,
    "title": str,
    "summary": str,
    "title_en": str,
    "summary_en": str,
    "status": str,
    "status_date": str,
    "start": str,
    "end": str,
    "place": str,
    "scale": str,
    "reviewed": str,
    "path": str,
    "record": str,
}
#: Lists of a practice that are kept row by row, in the order of the file.
LIST_COLUMNS: dict[str, dict[str, Any]] = {
    "sections": {"key": str, "label": str, "html": str, "text": str},
    "sources": {
        "id": str,
        "title": str,
        "publisher": str,
        "date": str,
        "url": str,
        "kind": str,
    },
    "actors": {"name": str, "role": str, "kind": str, "lead": int},
    "funding": {
        "programme": str,
        "name": str,
        "amount": float,
        "stage": str,
        "scope": str,
        "year": int,
    },
    "indicators": {"label": str, "value": float, "unit": str, "year": int, "nature": str},
    "building_blocks": {"name": str, "what": str, "conditions": str},
    # What search finds inside a practice, and the anchor that leads to it.
    "parts": {"kind": str, "text": str, "anchor": str},
    "adoptions": {"authority": str, "name": str, "status": str, "year": int},
}


def _fill(
    database: Database, content: Content, build: Row, on_practice: Callable[[str], None]
) -> None:
    database.table("build").insert(build)
    database.table("authorities").insert_all(map(_authority, content.authorities.values()))
    database.table("themes").insert_all(map(_theme, content.themes.values()))
    database.table("events").insert_all(_event(content, entry) for entry in content.events.values())
    for vocabulary, terms in TERM_TABLES.items():
        database.table(terms).insert_all(
            {"id": term.id, "position": number, "label": term.label, "record": _json(term)}
            for number, term in enumerate(content.vocabularies[vocabulary].values())
        )
    database.table("practices").insert_all(
        _practice(content, entry) for entry in content.practices.values()
    )
    for slug, entry in content.practices.items():
        for table, rows in _lists(entry):
            listed = [{"practice": slug, **row} for row in rows]
            if listed:
                database.table(table).insert_all(listed)
        on_practice(slug)
    database.table("relations").insert_all(_relations(content), ignore=True)


def _json(record: Any) -> str:
    return str(record.model_dump_json(exclude_defaults=True))


def _source_ids(record: Sourced) -> list[str]:
    return [source.id for source in record.sources]


def _authority(entry: Entry[Authority]) -> Row:
    record = entry.record
    return {
        "id": entry.id,
        "position": record.order,
        "name": record.name,
        "record": _json(record),
        "html": render(entry.document.body, _source_ids(record)),
    }


def _theme(entry: Entry[Theme]) -> Row:
    record = entry.record
    return {
        "id": entry.id,
        "position": record.order,
        "label": record.label,
        "record": _json(record),
        "html": render(entry.document.body),
    }


def _event(content: Content, entry: Entry[Event]) -> Row:
    record = entry.record
    return {
        "id": entry.id,
        "start": record.start,
        "title": record.title,
        "record": _json(record),
        "html": render(entry.document.body, _source_ids(record)),
        "path": entry.document.path.relative_to(content.root).as_posix(),
    }


def _practice(content: Content, entry: Entry[Practice]) -> Row:
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
        "path": entry.document.path.relative_to(content.root).as_posix(),
        "record": _json(record),
    }


def _lists(entry: Entry[Practice]) -> Iterator[tuple[str, list[Row]]]:
    """Yield each many-to-many and list table with the rows of one practice."""
    record = entry.record
    yield "practice_themes", _joined("theme", record.themes)
    programmes = tuple(dict.fromkeys(item.programme for item in record.funding))
    for vocabulary, ids in (
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
            "text": without_citations(section.text),
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
    return {"kind": kind, "text": without_citations(text), "anchor": anchor}


def _joined(column: str, ids: Iterable[str]) -> list[Row]:
    return [{column: term, "position": number} for number, term in enumerate(dict.fromkeys(ids))]


def _numbered(rows: list[Row]) -> list[Row]:
    return [{"position": number, **row} for number, row in enumerate(rows)]


def _relations(content: Content) -> Iterator[Row]:
    """Yield every declared link, then the inverse of each for the other page."""
    links = [
        (slug, item) for slug, entry in content.practices.items() for item in entry.record.related
    ]
    for slug, item in links:
        yield {
            "practice": slug,
            "other": item.practice,
            "relation": item.relation,
            "note": item.note and without_citations(item.note),
            "declared": 1,
        }
    for slug, item in links:
        yield {
            "practice": item.practice,
            "other": slug,
            "relation": INVERSE[item.relation],
            "note": item.note and without_citations(item.note),
            "declared": 0,
        }
