# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads the whole content folder into records.

Nothing here names a city or a theme: an authority is a folder with an ``authority.md``, a
theme a file in ``themes/``, a vocabulary a file in ``vocabularies/``.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from kb import frontmatter, sections
from kb.errors import ContentMissing
from kb.fields import names_at
from kb.findings import Finding
from kb.frontmatter import Document, Files
from kb.records import Authority, Concept, Event, Practice, Problem, Question, Record, Term, Theme
from kb.types import PATTERNS, near_miss

AUTHORITY_FILE = "authority.md"
RESERVED = ("events", "themes", "vocabularies")
R = TypeVar("R", bound=Record)

#: In this order: the guide names terms of the others.
VOCABULARIES: dict[str, type[Term]] = {
    "problems": Problem,
    "target-groups": Term,
    "instruments": Term,
    "programmes": Term,
    "thesaurus": Concept,
    "guide": Question,
}


@dataclass(frozen=True)
class Entry(Generic[R]):
    """A record with its id, the file it came from and its text."""

    id: str
    record: R
    document: Document

    @property
    def sections(self) -> list[sections.Section]:
        """Return the sections of the text."""
        return sections.split(self.document.body, self.document.body_line)


@dataclass
class Content:
    """All that a content folder holds, and what is wrong with it.

    Mappings go from id (file name without suffix, or folder name) to entry. ``documents``
    holds every practice file as read, valid or not.
    """

    root: Path
    vocabularies: dict[str, dict[str, Term]] = field(default_factory=dict)
    themes: dict[str, Entry[Theme]] = field(default_factory=dict)
    authorities: dict[str, Entry[Authority]] = field(default_factory=dict)
    events: dict[str, Entry[Event]] = field(default_factory=dict)
    practices: dict[str, Entry[Practice]] = field(default_factory=dict)
    documents: list[Document] = field(default_factory=list)
    vocabulary_documents: dict[str, Document] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def listed(self) -> dict[str, Entry[Practice]]:
        """Return the practices that are not archived, by id."""
        return {id_: e for id_, e in self.practices.items() if not e.record.archived}

    def authority_of(self, practice: str) -> str:
        """Return the id of the authority in whose folder *practice* lies."""
        return self.practices[practice].document.path.parent.name

    def names(self) -> dict[str, dict[str, str]]:
        """Return the Italian names of all that a record can refer to: vocabulary → id → name."""
        return {
            **{
                vocabulary: {id_: term.label for id_, term in terms.items()}
                for vocabulary, terms in self.vocabularies.items()
            },
            "themes": {id_: entry.record.label for id_, entry in self.themes.items()},
            "authorities": {id_: entry.record.name for id_, entry in self.authorities.items()},
            "events": {id_: entry.record.title for id_, entry in self.events.items()},
            "practices": {id_: entry.record.title for id_, entry in self.practices.items()},
        }


def practice_paths(root: Path) -> list[Path]:
    """Return the practice files below *root*, sorted by path."""
    return sorted(
        path
        for path in root.glob("*/*.md")
        if path.parent.name not in RESERVED and path.name != AUTHORITY_FILE
    )


def load(
    root: Path, on_read: Callable[[Path], None] = lambda _: None, files: Files | None = None
) -> Content:
    """Read every content file below *root*; *on_read* is told of each practice file.

    Who loads again and again gives the same *files*: what has not changed is not read anew.
    What cannot be read is left out and described in ``findings``. Raises :class:`ContentMissing`
    when *root* is no folder.
    """
    if not root.is_dir():
        raise ContentMissing(root)
    content = Content(root)
    reader = _Reader(content, files or Files())
    paths = {
        "themes": sorted((root / "themes").glob("*.md")),
        "events": sorted((root / "events").glob("*.md")),
        "authorities": sorted(root.glob(f"*/{AUTHORITY_FILE}")),
        "practices": practice_paths(root),
    }
    reader.known = {kind: {_id(path) for path in listed} for kind, listed in paths.items()}
    for name, model in VOCABULARIES.items():
        path = root / "vocabularies" / f"{name}.yml"
        reader.known[name] = content.vocabularies[name] = reader.vocabulary(model, path)
    for path in paths["themes"]:
        reader.add(content.themes, Theme, path)
    for path in paths["authorities"]:
        reader.add(content.authorities, Authority, path)
    for path in paths["events"]:
        reader.add(content.events, Event, path)
    for path in paths["practices"]:
        content.documents.append(reader.add(content.practices, Practice, path))
        on_read(path)
    return content


def _id(path: Path) -> str:
    return path.parent.name if path.name == AUTHORITY_FILE else path.stem


@dataclass
class _Reader:
    """Turns files into records of *content*; *known* are the ids of each vocabulary."""

    content: Content
    files: Files
    known: dict[str, Any] = field(default_factory=dict)

    def vocabulary(self, model: type[Term], path: Path) -> dict[str, Term]:
        """Return the terms of the vocabulary at *path*, by id."""
        if not path.exists():
            self.content.findings.append(Finding(path, 1, 1, "", "file_missing", {}))
            return {}
        document = self.files.document(path)
        self.content.vocabulary_documents[path.stem] = document
        self.content.findings += document.findings
        if not isinstance(document.data, list):
            if not document.findings:
                self.content.findings.append(document.finding((), "vocabulary_shape"))
            return {}
        terms: dict[str, Term] = {}
        for number, data in enumerate(document.data):
            term = self._validated(model, document, data, (number,))
            if term and term.id in terms:
                finding = document.finding((number,), "term_twice", found=term.id)
                self.content.findings.append(finding)
            elif term:
                terms[term.id] = term
        return terms

    def add(self, entries: dict[str, Entry[R]], model: type[R], path: Path) -> Document:
        """Read the *model* at *path* into *entries*, if it is sound, and return the document."""
        document = self.files.document(path)
        self.content.findings += document.findings
        if document.data is None:
            return document
        if not isinstance(document.data, dict):
            self.content.findings.append(document.finding((), "front_matter_shape"))
            return document
        record = self._validated(model, document, document.data, ())
        if record:
            entries.setdefault(_id(path), Entry(_id(path), record, document))
        return document

    def _validated(
        self, model: type[R], document: Document, data: Any, at: frontmatter.Loc
    ) -> R | None:
        record, findings = validate(model, document, data, self.known, at)
        self.content.findings += findings
        return record


def validate(
    model: type[R],
    document: Document,
    data: Any,
    known: Mapping[str, Any],
    at: frontmatter.Loc = (),
) -> tuple[R | None, list[Finding]]:
    """Return *data* of *document* as a *model*, or None and what is wrong with it.

    *known* holds the ids of each vocabulary; *at* is the place of *data* in the document.
    """
    try:
        return model.model_validate(data, context={"vocabularies": known}), []
    except ValidationError as error:
        return None, list(_findings(error, document, model, at))


def _findings(
    error: ValidationError, document: Document, model: type[Record], at: frontmatter.Loc
) -> Iterator[Finding]:
    for item in error.errors(include_url=False):
        context: Mapping[str, Any] = item.get("ctx", {})
        params = {"found": _shown(item["input"]), **_shown_numbers(context)}
        code = item["type"]
        if code == "string_pattern_mismatch":
            forms = {form: name for name, form in PATTERNS.items()}
            code = forms.get(context["pattern"], code)
        elif code == "literal_error":
            choices = str(context["expected"]).replace(" or ", ", ").replace("'", "")
            params |= {
                "expected": choices,
                "near": near_miss(params["found"], choices.split(", ")),
            }
        elif code == "string_too_long":
            params["length"] = len(item["input"])
        elif code == "extra_forbidden":
            params["near"] = near_miss(str(item["loc"][-1]), names_at(model, item["loc"][:-1]))
        elif code == "too_short" and item["input"]:
            # The list has items, each with a finding of its own.
            continue
        yield document.finding((*at, *item["loc"]), code, **params)


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _shown_numbers(context: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in context.items() if key != "error"}
