# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A practice proposed by a form: the file that it would be, checked as ``kb check`` does."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kb import draft as drafts
from kb import practice_file
from kb.check import check_record, check_text, slugify
from kb.content import validate
from kb.documents import DASH
from kb.draft import AUTHORITY, SECTION, Draft, Reading
from kb.findings import Finding
from kb.form import Field, fields
from kb.frontmatter import Document
from kb.records import Practice
from kb.sections import BY_LABEL, HEADINGS
from kb.store import KnowledgeBase
from kb.types import LONGEST_SLUG, SHORTEST_SLUG, near_miss

#: Vocabularies of facts: their terms say what happened, not what kind of thing it is.
FACTS = ("practices", "authorities", "events")


@dataclass(frozen=True)
class Known:
    """What a proposal is checked against: ids by vocabulary, and the addresses in use."""

    terms: Mapping[str, Collection[str]]
    slugs: Collection[str]


@dataclass
class Proposal:
    """A practice as proposed. ``findings`` are pairs of a name in the form and what is wrong.

    ``record`` is there when the shape of the data is sound; ``path`` is that of the file in
    the repository, or empty without a city and a title.
    """

    reading: Reading
    authority: str
    slug: str
    body: str
    record: Practice | None = None
    findings: list[tuple[str, Finding]] = field(default_factory=list)

    @property
    def path(self) -> str:
        """Return the path of the file in the repository."""
        known = self.authority and self.slug
        return f"practices/{self.authority}/{self.slug}.md" if known else ""

    @property
    def text(self) -> str:
        """Return the whole file."""
        return practice_file.text(self.reading.data, self.body)


def known(base: KnowledgeBase) -> Known:
    """Return what proposals to *base* are checked against."""
    return base.once("known to proposals", _known)


def _known(base: KnowledgeBase) -> Known:
    names = base.once("names", KnowledgeBase.names)
    return Known(names, names["practices"].keys() | {row["alias"] for row in base.rows("aliases")})


def propose(draft: Draft, known: Known) -> Proposal:
    """Return the practice that *draft* proposes, with all that is wrong with it."""
    reading = drafts.read(draft)
    proposal = Proposal(
        reading,
        authority=draft.text(AUTHORITY),
        slug=slug_of(reading.data.get("title", "")),
        body=practice_file.body(draft.sections),
    )
    document = Document(Path(proposal.path), data=reading.data, body=proposal.body)
    proposal.record, wrong = validate(Practice, document, reading.data, known.terms)
    wrong += check_text(document)
    if proposal.record:
        wrong += check_record(document, proposal.record, proposal.slug)
    places = list(_places(draft.sections))
    proposal.findings = [_placed(finding, reading, places) for finding in wrong]
    proposal.findings += _address(proposal, document, known)
    return proposal


def slug_of(title: str) -> str:
    """Return the slug of a practice: that of its name, without what stands after the dash."""
    for text in (title.partition(DASH)[0], title):
        slug = slugify(text)[:LONGEST_SLUG].strip("-")
        if len(slug) >= SHORTEST_SLUG:
            return slug
    return ""


def _address(proposal: Proposal, document: Document, known: Known) -> Iterator[tuple[str, Finding]]:
    """Yield why the file cannot have its place in the repository."""
    cities = known.terms["authorities"]
    if not proposal.authority:
        yield AUTHORITY, document.finding((AUTHORITY,), "missing")
    elif proposal.authority not in cities:
        near = near_miss(proposal.authority, cities)
        params = {"found": proposal.authority, "vocabulary": "authorities", "near": near}
        yield AUTHORITY, document.finding((AUTHORITY,), "vocabulary", **params)
    if proposal.slug in known.slugs:
        yield "title", document.finding(("title",), "title_taken", found=proposal.slug)
    elif proposal.reading.data.get("title") and not proposal.slug:
        yield "title", document.finding(("title",), "title_nameless")


def _places(sections: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """Yield the line of the body where each section begins, and its name in the form."""
    line = 1
    for heading in HEADINGS:
        if heading.key in sections:
            yield line, SECTION + heading.key
            line += sections[heading.key].count("\n") + 4


def _placed(
    finding: Finding, reading: Reading, places: list[tuple[int, str]]
) -> tuple[str, Finding]:
    """Return *finding* with the name in the form of what it is about."""
    if finding.field:
        name = reading.name_of(finding.field.split("."))
        return name, _as_typed(finding, reading, name)
    if finding.code == "heading_missing":
        name = SECTION + BY_LABEL[finding.params["expected"]].key
        return name, Finding(finding.path, 1, 1, name, "missing", {})
    above = [name for line, name in places if line <= finding.line]
    return (above[-1] if above else ""), finding


def _as_typed(finding: Finding, reading: Reading, name: str) -> Finding:
    """Return *finding* with the value that was found as it was typed in the field *name*."""
    if name not in reading.normal or finding.params.get("found") != reading.normal[name]:
        return finding
    typed = drafts.clean(reading.draft.text(name))
    return replace(finding, params={**finding.params, "found": typed})


def model(record: Practice, authority: str = "") -> Draft:
    """Return a draft after the example of *record*: its choices and lists, without its facts.

    Each list that it has begins with an empty row.
    """
    data = record.model_dump(mode="json", exclude_defaults=True)
    values: dict[str, list[str]] = {AUTHORITY: [authority]}
    values |= dict(_choices(fields(), data, ""))
    return Draft(values)


def _choices(
    known: Collection[Field], data: Mapping[str, Any], prefix: str
) -> Iterator[tuple[str, list[str]]]:
    for item in known:
        value, name = data.get(item.key), prefix + item.key
        if value is None or item.key == "status":
            continue
        if item.kind in ("choice", "choices") and item.vocabulary not in FACTS:
            yield name, [value] if isinstance(value, str) else list(value)
        elif item.kind == "group":
            yield from _choices(item.fields, value, f"{name}.")
        elif item.kind == "rows":
            yield f"{name}.0.{item.fields[0].key}", [""]
        elif item.kind == "lines":
            yield name, [""]
