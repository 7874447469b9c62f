# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The choices that authors have, by the names that they read: closed lists and vocabularies."""

import re

from kb.content import Content
from kb.forms.questions import Question
from kb.labels import labels_of
from kb.records import Theme
from search_index.analysis import fold

#: Vocabularies whose terms a form lists; practices, cities and events are named freely.
LISTED = {
    "themes": "Temi",
    "target-groups": "Destinatari",
    "instruments": "Strumenti",
    "programmes": "Programmi di finanziamento",
}


class Choices:
    """The ids that an author may mean, found by id, name or synonym."""

    def __init__(self, content: Content) -> None:
        self.terms = content.names()
        self._ids: dict[str, dict[str, str]] = {}
        for name, named in self.terms.items():
            self._ids[name] = {key(label): id_ for id_, label in named.items()}
            self._ids[name] |= {key(id_): id_ for id_ in named}
        self._add_other_names(content)

    def _add_other_names(self, content: Content) -> None:
        """Let themes be called by their short names, authorities by their official ones."""
        for id_, theme in content.themes.items():
            record: Theme = theme.record
            self._ids["themes"].setdefault(key(record.short), id_)
        for id_, authority in content.authorities.items():
            self._ids["authorities"].setdefault(key(authority.record.official_name), id_)

    def term(self, vocabulary: str, text: str) -> str:
        """Return the id of the term that *text* names. Raises :class:`ValueError` if none is."""
        found = self._ids[vocabulary].get(key(text))
        if found is None:
            raise ValueError(text)
        return found

    def value(self, question: Question, text: str) -> str:
        """Return the code in the closed list of *question*. Raises :class:`ValueError`."""
        for value, name in labels_of(question.values).items():
            if key(text) in (key(value), key(name)):
                return value
        raise ValueError(text)

    def of(self, question: Question) -> dict[str, str]:
        """Return the names that an answer to *question* can have, by id; none if it is free."""
        if question.kind == "choice":
            return labels_of(question.values)
        return self.terms.get(question.vocabulary, {})


def key(text: str) -> str:
    """Return *text* as names are compared: words only, without accents and capitals."""
    return " ".join(re.findall(r"\w+", fold(text)))
