# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The record model told to authors: a table of its fields, a blank form."""

import datetime
import json

from jinja2 import Environment, FileSystemLoader

from kb.fields import fields
from kb.paths import bundled
from kb.records import Practice
from kb.sections import HEADINGS

FORM = "practice.md"


def markdown_table() -> str:
    """Return the fields of a practice as a markdown table, for the guide of authors."""
    rows = ["| Campo | Nome | Obbligatorio | Che cosa contiene |", "|---|---|---|---|"]
    for name, info in fields(Practice).items():
        required = "sì" if info.is_required() else "no"
        rows.append(f"| `{name}` | {info.title} | {required} | {info.description} |")
    return "\n".join(rows)


def blank_form(title: str, theme: str) -> str:
    """Return the text of a new practice file: required fields, hints, and the headings."""
    environment = Environment(
        loader=FileSystemLoader(bundled("templates")),
        autoescape=False,  # noqa: S701 - the form is markdown, not HTML
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    optional = {name: info for name, info in fields(Practice).items() if not info.is_required()}
    return environment.get_template(FORM).render(
        # A JSON string is a YAML string, whatever it holds.
        title=json.dumps(title, ensure_ascii=False),
        theme=theme,
        today=datetime.date.today().isoformat(),
        hints={name: info.description for name, info in fields(Practice).items()},
        optional=optional,
        headings=HEADINGS,
    )
