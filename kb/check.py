# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules that a content folder must keep beyond the shape of each record.

Every rule is a generator of findings over the loaded :class:`~kb.content.Content`;
nothing is printed here.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from kb.content import AUTHORITY_FILE, RESERVED, Content, practice_paths
from kb.findings import Finding
from kb.frontmatter import Document, Loc
from kb.records import Concept, Practice, Question, Term
from kb.sections import BY_LABEL, CITATION, HEADINGS, LEFTOVERS, Section, citations, settled, split
from kb.types import SLUG, near_miss
from search_index.analysis import fold

ORDER = [heading.label for heading in HEADINGS]
FIGURE = re.compile(r"\d")
BLOCK_START = re.compile(r"\s*([-*+]|\d+[.)])\s|#")
#: Fields that tell facts in prose; titles and names may hold figures of their own.
PROSE = {
    *("role", "note", "what", "conditions", "purpose"),
    *("legal_basis", "success_factors", "limits", "lessons"),
}


def check(content: Content) -> list[Finding]:
    """Return everything wrong in *content*, sorted by file and place."""
    findings = list(content.findings)
    findings += _places(content)
    findings += _names(content)
    for document in content.documents:
        findings += check_text(document)
    for authority in content.authorities.values():
        findings += _sourced(authority.document)
    for event in content.events.values():
        findings += _sourced(event.document)
    findings += _thesaurus(content)
    findings += _guide(content)
    for slug, practice in content.practices.items():
        findings += check_record(practice.document, practice.record, slug)
    return sorted(_once(findings), key=lambda f: (f.path, f.line, f.column, f.field, f.code))


def check_text(document: Document) -> Iterator[Finding]:
    """Yield what is wrong with a practice file, as read, beyond the shape of its record."""
    yield from _headings(document)
    yield from _sourced(document)


def check_record(document: Document, record: Practice, slug: str) -> Iterator[Finding]:
    """Yield what is wrong with the *record* of the practice *slug*, which *document* holds."""
    yield from _repeated(document, record)
    for number, related in enumerate(record.related):
        if related.practice == slug:
            yield document.finding(("related", number), "self_related")


def _once(findings: list[Finding]) -> list[Finding]:
    """Return *findings* without repetitions (two rules may see the same thing)."""
    seen = {(f.path, f.line, f.column, f.field, f.code, str(f.params)): f for f in findings}
    return list(seen.values())


def _places(content: Content) -> Iterator[Finding]:
    """Yield files that lie where the site would never look for them."""
    root = content.root
    for path in sorted(root.rglob("*.md")):
        depth = len(path.relative_to(root).parts)
        if depth == 2 or path == root / "README.md":
            continue
        yield Finding(path, 1, 1, "", "file_place", {})
    for folder in sorted(path for path in root.iterdir() if path.is_dir()):
        if folder.name in RESERVED or (folder / AUTHORITY_FILE).exists():
            continue
        known = near_miss(folder.name, content.authorities)
        for path in sorted(folder.glob("*.md")):
            params = {"found": folder.name, "near": known}
            yield Finding(path, 1, 1, "", "authority_missing", params)


def _names(content: Content) -> Iterator[Finding]:
    """Yield file names that cannot be addresses, and addresses claimed twice."""
    for folder in sorted(path.parent for path in content.root.glob(f"*/{AUTHORITY_FILE}")):
        if not re.fullmatch(SLUG, folder.name):
            yield Finding(folder / AUTHORITY_FILE, 1, 1, "", "folder_name", {"found": folder.name})
    for path in sorted([*content.root.glob("themes/*.md"), *content.root.glob("events/*.md")]):
        if not re.fullmatch(SLUG, path.stem):
            params = {"found": path.name, "near": slugify(path.stem)}
            yield Finding(path, 1, 1, "", "file_name", params)
    first: dict[str, Path] = {}
    for path in practice_paths(content.root):
        if not re.fullmatch(SLUG, path.stem):
            params = {"found": path.name, "near": slugify(path.stem)}
            yield Finding(path, 1, 1, "", "file_name", params)
        if path.stem in first:
            other = first[path.stem].relative_to(content.root)
            yield Finding(path, 1, 1, "", "slug_twice", {"found": str(other)})
        first.setdefault(path.stem, path)
    aliases: set[str] = set()
    for entry in content.practices.values():
        for number, alias in enumerate(entry.record.aliases):
            if alias in first or alias in aliases:
                yield entry.document.finding(("aliases", number), "alias_taken", found=alias)
            aliases.add(alias)


def slugify(text: str) -> str:
    """Return *text* as a slug: ASCII lower case, digits, single hyphens."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")


def _repeated(document: Document, record: Practice) -> Iterator[Finding]:
    """Yield items that a list holds twice."""
    for field, values in {
        "themes": record.themes,
        "problems": record.problems,
        "target_groups": record.target_groups,
        "instruments": record.instruments,
        "aliases": record.aliases,
        "related": [item.practice for item in record.related],
        "events": [item.event for item in record.events],
    }.items():
        for number, value in enumerate(values):
            if value in values[:number]:
                yield document.finding((field, number), "listed_twice", found=value)


def _thesaurus(content: Content) -> Iterator[Finding]:
    """Yield labels that two concepts share, and references to concepts that do not exist."""
    document = content.vocabulary_documents.get("thesaurus")
    concepts = content.vocabularies.get("thesaurus", {})
    owners: dict[str, str] = {}
    for number, concept in enumerate(concepts.values()):
        if document is None or not isinstance(concept, Concept):
            continue
        for label in {fold(label) for label in concept.known_as()}:
            other = owners.setdefault(label, concept.id)
            if other != concept.id:
                params = {"found": label, "other": other}
                yield document.finding((number,), "label_twice", **params)
        for other in (*concept.broader, *concept.related):
            if other not in concepts:
                params = {"found": other, "vocabulary": "thesaurus"}
                near = near_miss(other, concepts)
                yield document.finding((number,), "vocabulary", **params, near=near)
        if concept.id in _above(concepts, concept):
            yield document.finding((number,), "concept_circle", found=concept.id)


def _guide(content: Content) -> Iterator[Finding]:
    """Yield answers that a question has twice, and facets that two questions ask for.

    A facet of one question only: so the guide and a search with the same filters find the same.
    """
    document = content.vocabulary_documents.get("guide")
    asked: dict[str, str] = {}
    for number, question in enumerate(content.vocabularies["guide"].values()):
        if document is None or not isinstance(question, Question):
            continue
        ids = [answer.id for answer in question.answers]
        for place, answer in enumerate(question.answers):
            loc = (number, "answers", place)
            if answer.id in ids[:place]:
                yield document.finding(loc, "term_twice", found=answer.id)
            for facet in answer.facets.values():
                other = asked.setdefault(facet, question.id)
                if other != question.id:
                    yield document.finding(loc, "facet_twice", found=facet, other=other)


def _above(concepts: Mapping[str, Term], concept: Concept) -> set[str]:
    """Return the ids of all concepts broader than *concept*, at any distance."""
    above: set[str] = set()
    waiting = list(concept.broader)
    while waiting:
        concept_id = waiting.pop()
        broader = concepts.get(concept_id)
        if concept_id not in above and isinstance(broader, Concept):
            above.add(concept_id)
            waiting += broader.broader
    return above


def _headings(document: Document) -> Iterator[Finding]:
    """Yield what is wrong with the sections of a practice's text."""
    if document.data is None:
        return
    seen: list[str] = []
    for section in split(document.body, document.body_line):
        yield from _section(document, section, seen)
    for heading in HEADINGS:
        if heading.required and heading.label not in seen:
            yield document.finding_at(
                document.body_line, 1, "heading_missing", expected=heading.label
            )


def _section(document: Document, section: Section, seen: list[str]) -> Iterator[Finding]:
    """Yield what is wrong with one section, and note its heading in *seen*."""
    label = section.label
    at = partial(document.finding_at, section.line, 1)
    if label == LEFTOVERS:
        yield at("leftovers", found=label)
        return
    for line, text in enumerate(section.text.splitlines(), section.line + 1):
        if text.startswith("# "):
            yield document.finding_at(line, 1, "heading_level", found=text)
    if not label:
        yield at("text_outside")
    elif label not in BY_LABEL:
        near = near_miss(label, ORDER)
        yield at("heading_unknown", found=label, expected=", ".join(ORDER), near=near)
        seen += [near] if near else []
    else:
        if label in seen:
            yield at("heading_twice", found=label)
        elif seen and ORDER.index(label) < ORDER.index(seen[-1]):
            yield at("heading_order", found=label, previous=seen[-1])
        if not section.text:
            yield at("section_empty", found=label)
        seen.append(label)


def _sourced(document: Document) -> Iterator[Finding]:
    """Yield what is wrong with the citations of a document that rests on sources."""
    yield from _citations(document)
    yield from _figures(document)


def _citations(document: Document) -> Iterator[Finding]:
    """Yield citations without source and sources without citation."""
    if not isinstance(document.data, dict):
        return
    sources = document.data.get("sources")
    listed = sources if isinstance(sources, list) else []
    ids = [str(item.get("id")) for item in listed if isinstance(item, dict)]
    cited: set[str] = set()
    for loc, source_id in _fact_citations(document.data, ()):
        cited.add(source_id)
        if source_id not in ids:
            yield document.finding(
                loc, "citation_unknown", found=source_id, near=near_miss(source_id, ids)
            )
    for row, column, source_id in citations(settled(document.body)):
        cited.add(source_id)
        if source_id not in ids:
            place = (document.body_line + row, column + 1)
            near = near_miss(source_id, ids)
            yield document.finding_at(*place, "citation_unknown", found=source_id, near=near)
    for number, item in enumerate(listed):
        if isinstance(item, dict) and str(item.get("id")) not in cited:
            yield document.finding(("sources", number), "source_uncited", found=str(item.get("id")))


def _figures(document: Document) -> Iterator[Finding]:
    """Yield figures that no source supports: in the text, and in the prose of the fields."""
    for row, block in _blocks(settled(document.body)):
        if _uncited_figure(block):
            yield document.finding_at(document.body_line + row, 1, "figure_uncited")
    for loc, text in _prose(document.data, ()):
        if _uncited_figure(text):
            yield document.finding(loc, "figure_uncited")


def _blocks(body: str) -> Iterator[tuple[int, str]]:
    """Yield each paragraph, list item and table of *body*, with its first row (from 0)."""
    first = 0
    lines: list[str] = []
    for row, line in enumerate([*body.splitlines(), ""]):
        if lines and (not line.strip() or BLOCK_START.match(line)):
            yield first, "\n".join(lines)
            lines = []
        if line.strip() and not line.startswith("#"):
            first = first if lines else row
            lines.append(BLOCK_START.sub("", line, count=1) if BLOCK_START.match(line) else line)


def _uncited_figure(text: str) -> bool:
    return bool(FIGURE.search(CITATION.sub("", text))) and not CITATION.search(text)


def _prose(data: Any, loc: Loc) -> Iterator[tuple[Loc, str]]:
    """Yield the prose fields that have no source beside them."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key in PROSE and "source" not in data:
                yield from _texts(value, (*loc, key))
            else:
                yield from _prose(value, (*loc, key))
    elif isinstance(data, list):
        for number, item in enumerate(data):
            yield from _prose(item, (*loc, number))


def _texts(data: Any, loc: Loc) -> Iterator[tuple[Loc, str]]:
    if isinstance(data, str):
        yield loc, data
    elif isinstance(data, list):
        for number, item in enumerate(data):
            yield from _texts(item, (*loc, number))


def _fact_citations(data: Any, loc: Loc) -> Iterator[tuple[Loc, str]]:
    """Yield the place and source id of every citation in the front matter."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "source":
                ids = value if isinstance(value, list) else [value]
                yield from (((*loc, key), str(source_id)) for source_id in ids)
            else:
                yield from _fact_citations(value, (*loc, key))
    elif isinstance(data, list):
        for number, item in enumerate(data):
            yield from _fact_citations(item, (*loc, number))
    elif isinstance(data, str):
        yield from ((loc, source_id) for _, _, source_id in citations(data))
