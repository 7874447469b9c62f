# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The questions of a form by the names that stand in its tables: Italian titles, or keys."""

import re

from kb.forms.choices import key
from kb.forms.questions import (
    ITEM,
    SECTION_TITLE,
    SECTIONS,
    Question,
    group_help,
    questions,
)

#: The question to which the folder of the file is the answer.
CITY = Question(
    ("authority",),
    ("Città",),
    "term",
    "La città, o la sua cartella nella base.",
    required=True,
    vocabulary="authorities",
)
NUMBERED = re.compile(r"(.+?) (?:n )?(\d+)(?: (.+))?")
TEXT = {key(SECTION_TITLE), key("Il testo")}


class Names:
    """Finds a question by its name; names are compared without accents, capitals and signs."""

    def __init__(self) -> None:
        self._single: dict[str, Question] = {}
        self._groups: dict[str, dict[str, Question]] = {}
        self._sections: dict[str, Question] = {}
        for question in (CITY, *questions()):
            if question.path[0] == SECTIONS:
                self._sections[key(question.titles[-1])] = question
                self._single[key(question.name)] = question
            elif question.group:
                self._add_to_group(question)
            else:
                self._single[key(question.name)] = question
                self._single[key(".".join(question.path))] = question

    def _add_to_group(self, question: Question) -> None:
        names = self._groups.setdefault(question.group, {})
        self._groups[key(group_help(question.group)[0])] = names
        inside = question.path[question.path.index(ITEM) + 1 :]
        names[key(question.name)] = names[key(".".join(inside))] = question

    def single(self, name: str) -> tuple[Question | None, int]:
        """Return the question that *name* means and, from "Fonti 2: Titolo", the item's number."""
        found = self._single.get(key(name)) or self._sections.get(key(name))
        if found:
            return found, 1
        numbered = NUMBERED.fullmatch(key(name))
        if numbered and numbered[3]:
            return self._groups.get(numbered[1], {}).get(numbered[3]), int(numbered[2])
        return None, 1

    def group(self, heading: str) -> tuple[str, int]:
        """Return the group that *heading* names and the number in it, 0 if there is none."""
        numbered = NUMBERED.fullmatch(key(heading))
        if numbered and not numbered[3] and numbered[1] in self._groups:
            return numbered[1], int(numbered[2])
        return (key(heading), 0) if key(heading) in self._groups else ("", 0)

    def inside(self, group: str, name: str) -> Question | None:
        """Return the question that *name* means inside *group*."""
        return self._groups.get(group, {}).get(key(name))

    def section(self, heading: str) -> Question | None:
        """Return the section of the text that *heading* names."""
        return self._sections.get(key(heading))
