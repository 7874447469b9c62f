# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The record model told to authors: a table of its fields."""

from kb.fields import fields
from kb.records import Practice


def markdown_table() -> str:
    """Return the fields of a practice as a markdown table, for the guide of authors."""
    rows = ["| Campo | Nome | Obbligatorio | Che cosa contiene |", "|---|---|---|---|"]
    for name, info in fields(Practice).items():
        required = "sì" if info.is_required() else "no"
        rows.append(f"| `{name}` | {info.title} | {required} | {info.description} |")
    return "\n".join(rows)
