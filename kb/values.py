# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the values of a record, as plain data, are said in Italian: for lists of changes.

What a value is comes from the JSON Schema of its field; the names of closed lists from
:mod:`kb.labels`. Data of an older form of the records is said as it stands.
"""

import textwrap
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

from kb import labels
from kb.sections import without_citations
from kb.types import PARTIAL_DATE, first_day

#: Vocabulary → id of a term → its name.
Names = Mapping[str, Mapping[str, str]]
Schema = Mapping[str, Any]

LANGUAGE = "it"
#: Longer texts are prose: quoted only in part, and not beside their older wording.
LONGEST_QUOTED = 70
DATES = {4: "y", 7: "MMMM y", 10: "d MMMM y"}
CLOSED_LISTS = {
    frozenset(known): known for known in vars(labels).values() if isinstance(known, dict)
}
#: What names an item of a list, in this order.
HEADS = ("title", "label", "name", "office", "practice", "event", "authority", "what", "text")


def said(value: Any, schema: Schema, names: Names) -> str:
    """Return a single *value* of the field with *schema* in words."""
    text = str(value)
    if "x-vocabulary" in schema:
        return names.get(schema["x-vocabulary"], {}).get(text, text)
    if "enum" in schema:
        label = str(CLOSED_LISTS.get(frozenset(schema["enum"]), {}).get(text, text))
        return label[:1].lower() + label[1:]
    if schema.get("type") == "number":
        return number(text)
    if PARTIAL_DATE.fullmatch(text):
        return date(text)
    if schema.get("type") == "integer" or schema.get("format") == "uri":
        return text
    return quoted(without_citations(text))


def number(text: str) -> str:
    """Return the number in *text* with Italian separators, or *text* when it is none."""
    try:
        return str(format_decimal(Decimal(text), locale=LANGUAGE))
    except (InvalidOperation, ValueError):
        return text


def date(text: str) -> str:
    """Return a partial date in words, or *text* when there is no such day."""
    try:
        return str(format_date(first_day(text), DATES[len(text)], locale=LANGUAGE))
    except (ValueError, KeyError):
        return text


def quoted(text: str) -> str:
    """Return *text* in quotation marks, cut after a word when it is long."""
    inner = text.translate({ord("«"): "“", ord("»"): "”"})
    return f"«{textwrap.shorten(inner, LONGEST_QUOTED, placeholder='…')}»"


def head(item: Any, schema: Schema, names: Names) -> str:
    """Return what names the record *item* of a list, in words."""
    if not isinstance(item, Mapping):
        return said(item, schema, names)
    key = head_key(item, schema)
    if key is None:
        return quoted(", ".join(map(str, item.values())))
    text = said(item[key], schema["properties"][key], names)
    return text if text.startswith("«") else f"«{text}»"


def head_key(item: Mapping[str, Any], schema: Schema) -> str | None:
    """Return the field that names the record *item*, if it has one."""
    properties = schema.get("properties", {})
    if "programme" in properties:
        return "name" if item.get("name") else "programme" if item.get("programme") else None
    return next((key for key in HEADS if item.get(key) and key in properties), None)


def described(item: Any, schema: Schema, names: Names) -> str:
    """Return the record *item* of a list as a line that tells it: its name, its main value."""
    if not isinstance(item, Mapping):
        return head(item, schema, names)
    properties = schema.get("properties", {})
    if "amount" in properties:
        return _money(item, properties, names)
    if "value" in properties and "unit" in properties:
        value = _qualified(item, number(str(item.get("value", ""))), properties, names)
        return f"{head(item, schema, names)} {value} {item.get('unit', '')}".strip()
    day = item.get("date", "") if "what" in properties else ""
    return head(item, schema, names) + (f" ({date(str(day))})" if day else "")


def _money(item: Mapping[str, Any], properties: Schema, names: Names) -> str:
    """Return money as «25.000 € (PN Metro Plus, stanziati)»."""
    about = [
        said(item[key], properties[key], names) for key in ("programme", "stage") if item.get(key)
    ]
    amount = f"{number(str(item['amount']))} €" if item.get("amount") else "importo non noto"
    return f"{_qualified(item, amount, properties, names)} ({', '.join(about)})"


def _qualified(item: Mapping[str, Any], text: str, properties: Schema, names: Names) -> str:
    if not item.get("qualifier"):
        return text
    return f"{said(item['qualifier'], properties['qualifier'], names)} {text}"
