# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The record model told to others: JSON Schema for editors, a table for authors."""

from typing import Any

from kb.content import Content
from kb.fields import fields
from kb.records import Practice


def json_schema(content: Content) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a practice's front matter.

    Fields of a vocabulary list the ids that *content* has now, so that editors complete them.
    """
    known: dict[str, list[str]] = {
        **{name: sorted(terms) for name, terms in content.vocabularies.items()},
        "themes": sorted(content.themes),
        "authorities": sorted(content.authorities),
        "events": sorted(content.events),
        "practices": sorted(content.practices),
    }
    schema = Practice.model_json_schema()
    _list_terms(schema, known)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _list_terms(node: Any, known: dict[str, list[str]]) -> None:
    if isinstance(node, dict):
        for mark in ("x-cited", "x-citations"):
            node.pop(mark, None)
        vocabulary = node.pop("x-vocabulary", None)
        if vocabulary:
            node["enum"] = known[vocabulary]
        for value in node.values():
            _list_terms(value, known)
    elif isinstance(node, list):
        for value in node:
            _list_terms(value, known)


def markdown_table() -> str:
    """Return the fields of a practice as a markdown table, for the guide of authors."""
    rows = ["| Campo | Nome | Obbligatorio | Che cosa contiene |", "|---|---|---|---|"]
    for name, info in fields(Practice).items():
        required = "sì" if info.is_required() else "no"
        rows.append(f"| `{name}` | {info.title} | {required} | {info.description} |")
    return "\n".join(rows)
