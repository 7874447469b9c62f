# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The command that prints what content files may say."""

import json
from pathlib import Path

import click

from kb import content, json_schema, schema
from kb.paths import practices_dir


@click.command("schema")
@click.option("--format", "form", type=click.Choice(["json", "markdown"]), default="json")
@click.option(
    "--of",
    "name",
    type=click.Choice(json_schema.NAMES),
    default="practice",
    show_default=True,
    help="Which files.",
)
@click.option(
    "--all",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write every schema into this folder, for editors, open to terms of the future.",
)
def schema_command(form: str, name: str, folder: Path | None) -> None:
    """Print the fields of a file, as JSON Schema, or those of a practice as a table.

    \b
    Examples:
      kb schema --of guide
      kb schema --all .vscode/schemas
    """
    if form == "markdown":
        click.echo(schema.markdown_table())
        return
    terms = content.load(practices_dir()).names()
    if folder is None:
        click.echo(_text(json_schema.json_schema(name, terms)))
        return
    folder.mkdir(parents=True, exist_ok=True)
    for each in json_schema.NAMES:
        told = json_schema.json_schema(each, terms, open_ended=True)
        (folder / f"{each}.json").write_text(_text(told) + "\n", encoding="utf-8")


def _text(told: json_schema.Schema) -> str:
    return json.dumps(told, ensure_ascii=False, indent=2)
