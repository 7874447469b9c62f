# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The form of a proposal as a page shows it."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property, lru_cache

from markupsafe import Markup

from kb import labels, steps
from kb.draft import AUTHORITY, SECTION, Draft, said
from kb.fields import code
from kb.findings import Finding
from kb.form import Field, fields
from kb.proposal import Proposal
from kb.sections import HEADINGS
from kb.store import KnowledgeBase
from kb.web.base import knowledge_base
from kb.web.language import language

#: A key of the file in a message.
KEY = re.compile(r"[«'](\w+)(?:: true)?[»']")


class Form:
    """The form as a page shows it: a draft, and what is wrong with it once it was checked."""

    def __init__(
        self,
        draft: Draft,
        checked: Proposal | None = None,
        start: str = "",
        opened: str = "",
    ) -> None:
        self.draft = draft
        #: The fields that lead to the list *opened*, in which a row was just added.
        self._opened = _with_groups([opened])
        self.checked = checked
        #: What the page begins with: nothing, ``model`` or ``sent``.
        self.start = start
        #: What is wrong, in the order of the page, and by name.
        self.wrong = sorted(checked.findings, key=_place) if checked else []
        self.findings: dict[str, list[Finding]] = defaultdict(list)
        for name, finding in self.wrong:
            self.findings[name].append(finding)
        self._wrong = _with_groups(name for name, _ in self.wrong)
        self._sent = _with_groups(name for name in draft.values if not name.endswith("."))

    def steps(self) -> list[tuple[steps.Step, tuple[Field, ...]]]:
        """Return each step with its fields of the record."""
        return [(step, steps.fields_of(step, fields())) for step in steps.STEPS]

    def value(self, field: Field, name: str, row: int = 0) -> str:
        """Return what stands in the field *name*."""
        if field.kind == "code" and not self.draft.text(name):
            return code(name.rsplit(".", 2)[0], row)
        if name == "reviewed" and name not in self.draft.values:
            return date.today().isoformat()
        return self.draft.text(name) or field.default

    def rows(self, name: str) -> list[int]:
        """Return the numbers of the rows to show: one to begin with."""
        return self.draft.rows(name) or [0]

    @cached_property
    def sources(self) -> list[tuple[str, str]]:
        """Return code and title of each source of the draft."""
        found = []
        for row in self.rows("sources"):
            name = f"sources.{row}"
            source_id = self.draft.text(f"{name}.id") or code("sources", row)
            found.append((source_id, self.draft.text(f"{name}.title")))
        return found

    def cites(self, name: str, code: str) -> bool:
        """Return whether *name* cites the source *code*; the only source is cited to begin with."""
        if self.start == "sent" and name.rpartition(".")[0] in self._sent:
            return code in self.draft.all(name)
        return len(self.sources) == 1

    def options(self, field: Field) -> dict[str, str]:
        """Return the labels of the choices of *field*, in Italian, by value."""
        base = knowledge_base()
        if not field.vocabulary:
            return labels.labels_of(field.values)
        names = base.once("names", KnowledgeBase.names)[field.vocabulary]
        if field.vocabulary == "practices":
            return dict(sorted(names.items(), key=lambda named: named[1]))
        return names

    def areas(self, field: Field) -> dict[str, dict[str, str]]:
        """Return the choices of *field* by the area that they belong to, if they have one."""
        terms = knowledge_base().vocabularies.get(field.vocabulary, {})
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for value, label in self.options(field).items():
            if area := getattr(terms.get(value), "area", ""):
                found[area][value] = label
        return found

    def is_open(self, field: Field, name: str) -> bool:
        """Return whether an optional field is shown: something is said there, or wrong."""
        begun = self.start == "model" and name in self._sent
        shown = name in self._opened or name in self._wrong
        return shown or begun or said(self.draft, field, name)

    def next_row(self, name: str) -> int:
        """Return the number of the row that would be added to the list *name*."""
        return max(self.rows(name)) + 1

    def is_late(self, name: str, finding: Finding) -> bool:
        """Return whether *finding* tells nothing before the whole form is filled in.

        Sources are cited later than given, and boxes are ticked in groups that are still empty.
        """
        if finding.code == "source_uncited":
            return True
        group = _plain(name.rpartition(".")[0])
        known = next((field for field in _every_field() if field.name == group), None)
        if known is None or not is_citation(name):
            return False
        above = name.rpartition(".")[0]
        return not any(said(self.draft, part, f"{above}.{part.key}") for part in known.fields)

    def help(self, field: Field) -> str:
        """Return what the model says of *field*, unless it only tells codes, which no one types."""
        told = set(re.findall(r"[\w-]+", field.description))
        coded = field.vocabulary or field.kind == "citations" or told & set(field.values)
        return "" if coded and not field.ordered else field.description

    def message(self, name: str, finding: Finding) -> str:
        """Return what is wrong, the names of fields as the form calls them."""
        message = finding.message(language())
        if finding.params.get("found") and finding.code != "citation_unknown":
            return message
        plain = _plain(name)
        below = [field for field in _every_field() if field.name.rpartition(".")[0] == plain]
        titles = {field.key: field.title for field in (*fields(), *below)}
        return KEY.sub(lambda key: f"«{titles[key[1]]}»" if key[1] in titles else key[0], message)

    def described(self, name: str) -> Markup:
        """Return the attributes that tie a field to its help and to what is wrong with it."""
        invalid = Markup(' aria-invalid="true"') if self.findings[name] else ""
        return Markup(' aria-describedby="aiuto-{0} errore-{0}"{1}').format(name, invalid)

    def asks(self, name: str) -> bool:
        """Return whether the page has the field *name*."""
        return bool(name) and name.partition(".")[0] not in steps.NOT_ASKED

    def title(self, name: str) -> str:
        """Return how the field *name* is called, in Italian."""
        if name == AUTHORITY:
            return "Città"
        if name.startswith(SECTION):
            return next(h.label for h in HEADINGS if SECTION + h.key == name)
        known = {field.name: field for field in _every_field()}
        path = ""
        titles: list[str] = []
        for part in name.split("."):
            if part.isdigit():
                titles[-1] = f"{known[path].one} {int(part) + 1}"
            else:
                path = f"{path}.{part}".lstrip(".")
                titles.append(known[path].title)
        return ", ".join(titles)


def _with_groups(names: Iterable[str]) -> set[str]:
    """Return *names* and those of the groups and rows that they are in."""
    found = set()
    for name in names:
        parts = name.split(".")
        found |= {".".join(parts[:depth]) for depth in range(1, len(parts) + 1)}
    return found


def _place(finding: tuple[str, Finding]) -> int:
    """Return the place in the page of what a finding is about, by its step and field."""
    top = finding[0] if finding[0].startswith(SECTION) else finding[0].partition(".")[0]
    names = [name for step in steps.STEPS for name in _asked(step)]
    return names.index(top) if top in names else len(names)


def _asked(step: steps.Step) -> list[str]:
    own = [name for name in step.names if name == AUTHORITY or name.startswith(SECTION)]
    return own + [field.name for field in steps.fields_of(step, fields())]


def _plain(name: str) -> str:
    """Return the path in the record of the field *name*: rows left out."""
    return re.sub(r"\.\d+\b", "", name)


def is_citation(name: str) -> bool:
    """Return whether sources are chosen in the field *name*."""
    plain = _plain(name)
    return any(field.name == plain for field in _every_field() if field.kind == "citations")


@lru_cache
def _every_field() -> tuple[Field, ...]:
    return tuple(field for top in fields() for field in top.walk())
