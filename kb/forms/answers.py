# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Answers to a form, read as values and placed in a practice; what has no place is kept apart."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from kb import italian
from kb.fields import code
from kb.forms.choices import Choices
from kb.forms.questions import ITEM, SECTIONS, Question
from kb.sections import LEFTOVERS

#: A citation as people type it: ``[s1]``, or as the files have it.
CITATION = re.compile(r"\[\^?([a-z]+\d+[a-z]?)\]")
SOURCE = re.compile(r"[a-z]+\d+[a-z]?")
YES, NO = {"si", "true", "vero", "x", "yes"}, {"no", "false", "falso"}
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Answer:
    """What was written, where; *number* is that of the item in its group, from 1.

    Without *question*, *where* is the name of a place that the form does not have.
    """

    where: str
    text: str
    question: Question | None = None
    number: int = 1


@dataclass
class Filled:
    """A practice from answers: plain data, sections by key, and what found no place."""

    data: dict[str, Any] = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=dict)
    left: list[tuple[str, str]] = field(default_factory=list)

    def leftovers(self) -> str:
        """Return the visible block of what found no place, or an empty text."""
        if not self.left:
            return ""
        items = [
            f"- {' '.join(where.replace('*', '').split())}: {_indented(text)}"
            for where, text in self.left
        ]
        return f"## {LEFTOVERS}\n\n" + "\n".join(items) + "\n"


def fill(answers: Iterable[Answer], choices: Choices) -> Filled:
    """Return the practice that *answers* tell; an answer that cannot be read is kept apart."""
    filled = Filled()
    for answer in answers:
        text = CONTROL.sub(" ", answer.text).strip()
        if not text:
            continue
        if answer.question is None:
            filled.left.append((answer.where, text))
        elif answer.question.path[0] == SECTIONS:
            _add_section(filled, answer.question.path[1], text)
        else:
            value, unread = read(answer.question, text, choices)
            if value and not _put(filled.data, answer, value):
                unread = text
            if unread:
                filled.left.append((answer.where, unread))
    _number_sources(filled.data)
    filled.data = _listed(filled.data)
    return filled


def _add_section(filled: Filled, key: str, text: str) -> None:
    # A line of prose that begins with # would be a heading of the file.
    lines = [re.sub(r"^(\s*)#", r"\1\\#", line) for line in cited(text).splitlines()]
    before = filled.sections.get(key)
    filled.sections[key] = "\n\n".join(filter(None, (before, "\n".join(lines))))


def read(question: Question, text: str, choices: Choices) -> tuple[Any, str]:
    """Return the value that *text* gives, and the part of it that cannot be read."""
    if question.kind == "nodes":
        return _nodes(question, text), ""
    if question.many:
        return _many(question, text, choices)
    try:
        return one(question, text, choices), ""
    except ValueError:
        return None, text


def one(question: Question, text: str, choices: Choices) -> Any:
    """Return the single value that *text* gives to *question*. Raises :class:`ValueError`."""
    if question.kind == "choice":
        return choices.value(question, text)
    if question.kind == "term":
        return choices.term(question.vocabulary, text)
    return READERS[question.kind](text)


def prose(text: str) -> str:
    """Return *text* on one line, with its citations as the files have them."""
    return " ".join(cited(text).split())


def cited(text: str) -> str:
    """Return *text* with its citations as the files have them."""
    return CITATION.sub(r"[^\1]", text)


def _yes(text: str) -> str:
    word = re.sub(r"\W", "", text.lower().replace("ì", "i"))
    if word not in YES | NO:
        raise ValueError(text)
    return "true" if word in YES else ""


def _sources(text: str) -> str | list[str]:
    ids = re.split(r"[\s,;]+", re.sub(r"[\[\]^]", " ", text.lower()).strip())
    if not all(SOURCE.fullmatch(source_id) for source_id in ids):
        raise ValueError(text)
    return ids[0] if len(ids) == 1 else ids


def _certain(reader: Callable[[str], str | None]) -> Callable[[str], str]:
    """Return *reader* made to raise :class:`ValueError` where it reads nothing."""

    def read_or_raise(text: str) -> str:
        found = reader(text)
        if found is None:
            raise ValueError(text)
        return found

    return read_or_raise


READERS: dict[str, Callable[[str], Any]] = {
    "number": _certain(italian.number),
    "degrees": italian.degrees,
    "date": _certain(italian.date),
    "boolean": _yes,
    "citations": _sources,
    "text": prose,
    "section": cited,
}


def _many(question: Question, text: str, choices: Choices) -> tuple[list[str], str]:
    """Return the values in *text*, one on each line, and those that cannot be read."""
    values: list[str] = []
    unread: list[str] = []
    for item in re.split(r"[\n;]" if question.kind != "text" else r"\n", text):
        item = re.sub(r"^\s*[-*•–]\s+", "", item).strip()  # noqa: PLW2901 - a mark, no word
        for part in _parts(question, item, choices):
            try:
                values.append(one(question, part, choices))
            except ValueError:
                unread.append(part)
    return list(dict.fromkeys(values)), "\n".join(unread)


def _parts(question: Question, item: str, choices: Choices) -> Iterator[str]:
    """Yield the terms that *item* names: names may hold commas, and commas may part names."""
    if not item:
        return
    words = item.split(",")
    if question.kind != "term" or len(words) == 1:
        yield item
        return
    while words:
        for length in range(len(words), 0, -1):
            name = ",".join(words[:length]).strip()
            if length == 1 or _is_term(question, name, choices):
                yield name
                words = words[length:]
                break


def _is_term(question: Question, name: str, choices: Choices) -> bool:
    try:
        choices.term(question.vocabulary, name)
    except ValueError:
        return False
    return True


def _nodes(question: Question, text: str) -> list[dict[str, Any]]:
    """Return the steps in *text*, one on each line; without a source they are reconstructed."""
    nodes: list[dict[str, Any]] = []
    for line in filter(str.strip, text.splitlines()):
        sources = CITATION.findall(line)
        words = " ".join(CITATION.sub("", line).split()).removeprefix("- ")
        node: dict[str, Any] = {"id": code(question.path[-1], len(nodes)), "text": words}
        node |= {"source": sources if len(sources) > 1 else sources[0]} if sources else {}
        nodes.append(node if sources else node | {"editorial": "true"})
    return nodes


def _put(data: dict[Any, Any], answer: Answer, value: Any) -> bool:
    """Place *value*; say whether its place was free."""
    assert answer.question  # noqa: S101 - the caller's own condition
    *way, last = (answer.number if key == ITEM else key for key in answer.question.path)
    for key in way:
        data = data.setdefault(key, {})
    return data.setdefault(last, value) is value


def _number_sources(data: dict[str, Any]) -> None:
    """Give each source the code by which the form says to cite it."""
    for number, source in data.get("sources", {}).items():
        source.setdefault("id", f"s{number}")


def _listed(data: Any) -> Any:
    """Return *data* with lists where items were numbered."""
    if not isinstance(data, dict):
        return data
    if data and all(isinstance(key, int) for key in data):
        return [_listed(data[key]) for key in sorted(data)]
    return {key: _listed(value) for key, value in data.items()}


def _indented(text: str) -> str:
    return "\n  ".join(text.splitlines())
