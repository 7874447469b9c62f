# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What Decap CMS asks editors, from the record model and the vocabularies of the open build.

Editors write in Italian, so labels and hints are those of the model. The widgets are those that
keep a file as it was: rich text, for one, would put a backslash before each citation.
"""

from collections.abc import Mapping
from typing import Any

from kb import labels
from kb.check import PROSE
from kb.fields import fields
from kb.records import Authority, Practice
from kb.sections import HEADINGS
from kb.store import KnowledgeBase
from kb.types import PARTIAL_DATE

Schema = Mapping[str, Any]
Options = list[dict[str, str]]
#: The name of our own format: static/js/admin.js reads and writes it.
FORMAT = "practice"
#: Longer texts get an area of several lines.
LONGEST_LINE = 90
#: What the patterns of :mod:`kb.types` ask for, by name of the field; they end Decap's sentence.
EXPECTED = {
    "id": "una lettera minuscola, poi lettere, cifre o trattini (s1)",
    "links": "due codici uniti da una freccia (i1 -> a1)",
    "email": "un indirizzo di posta (ufficio@comune.esempio.it)",
    "aliases": "lettere minuscole, cifre e trattini (orti-di-quartiere)",
}
A_DATE = "anno, anno-mese o giorno (2018, 2018-06, 2018-06-30)"


def collections(base: KnowledgeBase) -> list[dict[str, Any]]:
    """Return one collection of practices for each authority of *base*, with all fields."""
    asked = _Asked(base).practice()
    return [
        {
            "name": id_,
            "label": authority.name,
            "label_singular": "pratica",
            "description": authority.official_name,
            "folder": f"practices/{id_}",
            "extension": "md",
            "format": FORMAT,
            "create": True,
            # Decap would delete at once, without a pull request.
            "delete": False,
            "identifier_field": "title",
            "slug": "{{slug}}",
            "summary": "{{title}}",
            "sortable_fields": ["title", "status_date", "reviewed"],
            # Without a value: only files that lack the field, so not the authority's own.
            "filter": {"field": _only_in(Authority)},
            "editor": {"preview": False},
            "fields": asked,
        }
        for id_, authority in base.authorities.items()
    ]


def key_order() -> dict[str, Any]:
    """Return the keys of a practice in the order of its file, each with the keys below it."""
    schema = Practice.model_json_schema()
    properties = {name: schema["properties"][name] for name in fields(Practice)}
    return _keys({"properties": properties}, schema["$defs"])


def _keys(node: Schema, records: Schema) -> dict[str, Any]:
    resolved = {name: _resolved(child, records) for name, child in node["properties"].items()}
    return {
        name: _keys(inner, records) if "properties" in (inner := _item(child, records)) else {}
        for name, child in resolved.items()
    }


def _item(node: Schema, records: Schema) -> Schema:
    return _resolved(node["items"], records) if node.get("type") == "array" else node


def _only_in(model: type[Authority]) -> str:
    """Return the first required field of *model* that practices do not have."""
    return next(
        name
        for name, info in model.model_fields.items()
        if info.is_required() and name not in Practice.model_fields
    )


def _resolved(node: Schema, records: Schema) -> Schema:
    """Return *node* with what it refers to, under its own title and description."""
    inner: Schema = {}
    if "anyOf" in node:
        choices = [choice for choice in node["anyOf"] if choice.get("type") != "null"]
        # Citations: one or several. Of a number, the choice that is no text comes first.
        several = [choice for choice in choices if choice.get("type") == "array"]
        inner = _resolved((several or choices)[0], records)
    elif "$ref" in node:
        inner = records[node["$ref"].rpartition("/")[2]]
    return {**inner, **node}


class _Asked:
    """The fields of a practice as Decap's widgets, with the terms of one base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._schema = Practice.model_json_schema()
        self._base = base

    def practice(self) -> list[dict[str, Any]]:
        """Return the widgets of the front matter in the order of the file, then of the text."""
        properties = {name: self._schema["properties"][name] for name in fields(Practice)}
        node = {"properties": properties, "required": self._schema["required"]}
        return [*self._record(node), _body()]

    def _record(self, node: Schema, *, required: bool = True) -> list[dict[str, Any]]:
        """Return the widgets of a record.

        Decap asks for the required fields of a group even where the group itself is left
        empty: below what is not *required* nothing is; `kb check` says what is missing.
        """
        needed = node.get("required", ()) if required else ()
        return [
            self._field(name, child, required=name in needed)
            for name, child in node["properties"].items()
            # What has one value only is not asked.
            if "const" not in child
        ]

    def _field(self, name: str, child: Schema, *, required: bool) -> dict[str, Any]:
        node = _resolved(child, self._schema["$defs"])
        common = {"name": name, "label": node["title"], "required": required}
        hint = _hint(name, node)
        return common | ({"hint": hint} if hint else {}) | self._widget(name, node, required)

    def _widget(self, name: str, node: Schema, required: bool) -> dict[str, Any]:
        options = self._options(node)
        if options:
            return {"widget": "select", "options": options}
        if "properties" in node:
            inner = self._record(node, required=required)
            return {"widget": "object", "collapsed": not required, "fields": inner}
        if node["type"] == "array":
            return self._list(name, node)
        return _plain(name, node)

    def _list(self, name: str, node: Schema) -> dict[str, Any]:
        bounds = _bounds(node, "minItems", "maxItems")
        if name == "source":
            # Decap's plain list: codes in one line, between commas.
            return {"widget": "list", **bounds}
        item = _resolved(node["items"], self._schema["$defs"])
        options = self._options(item)
        if options:
            return {"widget": "select", "multiple": True, "options": options, **bounds}
        if "properties" in item:
            inner = self._record(item)
            summary = " ".join(f"{{{{fields.{part['name']}}}}}" for part in inner[:2])
            return {"widget": "list", "fields": inner, "summary": summary, **bounds}
        one = {"name": name, "label": node["title"], **_plain(name, item)}
        return {"widget": "list", "field": one, "collapsed": False, **bounds}

    def _options(self, node: Schema) -> Options:
        """Return the values that *node* may have, with their Italian names; none if any."""
        if "enum" in node:
            names = labels.labels_of(node["enum"])
        else:
            names = self._terms(node.get("x-vocabulary", ""))
        return [{"value": value, "label": label} for value, label in names.items()]

    def _terms(self, vocabulary: str) -> dict[str, str]:
        if vocabulary == "practices":
            cards = self._base.all_cards()
            return {card.slug: f"{card.title} ({card.authority})" for card in cards}
        return self._base.once("names", KnowledgeBase.names).get(vocabulary, {})


def _bounds(node: Schema, least: str, most: str) -> dict[str, Any]:
    known = {"min": node.get(least), "max": node.get(most)}
    return {key: value for key, value in known.items() if value is not None}


def _plain(name: str, node: Schema) -> dict[str, Any]:
    """Return the widget of a value that is typed."""
    if node["type"] == "boolean":
        return {"widget": "boolean"}
    if node["type"] in ("integer", "number"):
        kind = "int" if node["type"] == "integer" else "float"
        return {"widget": "number", "value_type": kind, **_bounds(node, "minimum", "maximum")}
    if node.get("format") == "date":
        return {"widget": "datetime", "format": "YYYY-MM-DD", "time_format": False}
    long = name in PROSE or node.get("maxLength", 0) > LONGEST_LINE
    rule = _rule(name, node)
    return {"widget": "text" if long else "string"} | ({"pattern": rule} if rule else {})


def _rule(name: str, node: Schema) -> list[str] | None:
    """Return the pattern that a text must fit and the words that say so, if there is one."""
    if "pattern" in node:
        date = node["pattern"] == f"^{PARTIAL_DATE.pattern}$"
        words = A_DATE if date else EXPECTED.get(name, node.get("description", ""))
        return [node["pattern"], words]
    if node.get("format") == "uri":
        return [r"^https?://\S+$", "un indirizzo completo, che comincia con https://"]
    if "maxLength" in node:
        longest = node["maxLength"]
        return [rf"^[\s\S]{{1,{longest}}}$", f"al massimo {longest} caratteri"]
    return None


def _hint(name: str, node: Schema) -> str:
    """Return the model's description, in the words of a form."""
    if "enum" in node:
        # It lists codes, and the form shows names.
        return ""
    hint = str(node.get("description", "")).replace("true se", "Attivo se")
    if name == "source":
        return f"{hint} Più codici si separano con una virgola: s1, s2."
    return f"{hint} La fonte si cita così: [^s1]." if name in PROSE else hint


def _body() -> dict[str, Any]:
    names = ", ".join(heading.label for heading in HEADINGS)
    required = [f"## {heading.label}\n" for heading in HEADINGS if heading.required]
    return {
        "name": "body",
        "label": "Testo",
        "widget": "markdown",
        "modes": ["raw"],
        "hint": f"Titoli possibili, in quest'ordine: {names}. Ogni cifra cita la sua fonte: [^s1].",
        "default": "\n\n".join(required),
    }
