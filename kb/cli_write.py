# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The commands that begin files: a practice, an authority, the form and what is read from it."""

import re
from pathlib import Path
from typing import Any

import click

from kb import content, owners, starting
from kb.check import check_text, slugify
from kb.cli_asking import Asking, on_terminal, option, options
from kb.content import AUTHORITY_FILE, RESERVED, Content
from kb.findings import Finding, format_lines
from kb.forms import blank, importing
from kb.forms.choices import Choices
from kb.forms.names import CITY
from kb.forms.questions import Question
from kb.frontmatter import read
from kb.paths import practices_dir
from kb.records import Authority, Practice, Record
from kb.types import LONGEST_SLUG, SHORTEST_SLUG, SLUG

TITLE = ("title",)
PRACTICE = starting.first_questions(Practice)
PROFILE = starting.first_questions(Authority)


@click.command()
@click.argument("title", required=False)
@click.option("--from", "model", help="A practice to model it on: its structure and choices.")
@options(question for question in PRACTICE if question.path != TITLE)
def new(title: str | None, model: str | None, **values: Any) -> None:
    """Begin a new practice; without TITLE on a terminal, asks a few questions.

    Writes a file with a hint above each field and prints its path; then says what is still to be
    written. Never writes over a file.

    \b
    Examples:
      kb new
      kb new "Orti di quartiere" --city bari --theme reti-di-prossimita
      kb new "Orti di quartiere" --city bari --from co-city
    """
    root = practices_dir()
    loaded = content.load(root)
    if model and model not in loaded.practices:
        raise click.BadParameter(f"there is no practice '{model}'", None, None, "--from")
    asking = Asking(Practice, Choices(loaded))
    answers = asking.given(PRACTICE, {"title": title, **values})
    path = _path(asking, answers, loaded)
    _ask(asking, PRACTICE, answers, set(), everything=title is None)
    like = loaded.practices[model] if model else None
    importing.write_new(path, starting.practice(answers, asking.choices, like))
    _tell(path, Practice, asking.choices)


def _path(asking: Asking, answers: dict[Question, str], loaded: Content) -> Path:
    """Return where the practice goes; ask for city and title until there is such a place."""
    while True:
        named = {q.path: q for q in PRACTICE}
        _ask(asking, PRACTICE, answers, {CITY.path, TITLE}, everything=False)
        city = asking.choices.term("authorities", answers[named[CITY.path]])
        try:
            return _free_path(loaded, city, answers[named[TITLE]])
        except click.UsageError as error:
            if not on_terminal():
                raise
            click.echo(f"Error: {error.message}", err=True)
            del answers[named[TITLE]]


def _ask(
    asking: Asking,
    questions: list[Question],
    answers: dict[Question, str],
    needed: set[tuple[str, ...]],
    everything: bool,
) -> None:
    """Add to *answers* what somebody at a terminal answers, the *needed* ones without fail."""
    missing = [q for q in questions if q not in answers and (everything or q.path in needed)]
    if not on_terminal():
        lacking = [_argument(question) for question in missing if question.path in needed]
        if lacking:
            raise click.UsageError(f"give {', '.join(lacking)}; on a terminal they are asked for")
        return
    for question in missing:
        text = asking.ask(question, must=question.path in needed)
        answers |= {question: text} if text else {}


def _argument(question: Question) -> str:
    return "a TITLE" if question.path == TITLE else f"--{option(question)}"


def _free_path(loaded: Content, city: str, title: str) -> Path:
    slug = slugify(title)[:LONGEST_SLUG].strip("-")
    if len(slug) < SHORTEST_SLUG:
        raise click.UsageError(f"'{title}' gives no file name; use a title with letters in it")
    path = loaded.root / city / f"{slug}.md"
    if slug in loaded.practices or path.exists():
        raise click.UsageError(f"there is a practice '{slug}' already; choose another title")
    return path


def _tell(path: Path, model: type[Record], choices: Choices) -> None:
    """Print *path*, and to who is there what is still to be written in it."""
    click.echo(path)
    document = read(path)
    _, findings = content.validate(model, document, document.data, choices.terms)
    if model is Practice:
        findings += check_text(document)
    click.echo(_left_to_write(findings), err=True)


def _left_to_write(findings: list[Finding]) -> str:
    if not findings:
        return "Nothing is missing: 'kb check' finds no problem in it."
    found = sorted(findings, key=lambda finding: (finding.line, finding.column))
    return f"{format_lines(found, 'it')}\n{len(found)} things are still to be written."


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--city", default="", help="Folder of the authority, if the form does not say it.")
@click.option("--row", type=click.IntRange(2), help="Only this row of a table.")
@click.option("--dry-run", is_flag=True, help="Print the files instead of writing them.")
def import_command(file: Path, city: str, row: int | None, dry_run: bool) -> None:
    """Turn a filled form into practices: CSV, ODS and XLSX (a row each), DOCX, ODT.

    What it cannot place stands at the end of the file, under "Da sistemare". Writes all practices
    or none, and never over a file. Office files need pip install 'urban-practices-kb[import]'.

    \b
    Example:
      kb import schede.xlsx --city bari --row 3
    """
    loaded = content.load(practices_dir())
    if city and city not in loaded.authorities:
        known = ", ".join(sorted(loaded.authorities))
        raise click.BadParameter(f"'{city}' is none of: {known}", None, None, "--city")
    made = importing.drafts(file, loaded, city, row)
    if not dry_run:
        importing.write(made)
    for draft in made:
        click.echo(draft.path)
        if dry_run:
            click.echo(draft.text)
        if draft.left:
            click.echo(f"{draft.left} answers found no place; see 'Da sistemare' in it.", err=True)


@click.command("form")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
def form_command(file: Path) -> None:
    """Write the blank form of a practice, as Word, OpenDocument, Excel or CSV by FILE's ending.

    \b
    Example:
      kb form scheda.docx
    """
    if file.suffix.lower() not in blank.SUFFIXES:
        raise click.UsageError(f"FILE ends with one of {', '.join(blank.SUFFIXES)}")
    choices = Choices(content.load(practices_dir()))
    if file.exists():
        raise click.UsageError(f"{file} exists; choose another name")
    file.write_bytes(blank.blank(file.suffix.lower(), choices))
    click.echo(file)


@click.command("new-authority")
@click.argument("id_", metavar="ID")
@options(PROFILE)
def new_authority(id_: str, **values: Any) -> None:
    """Begin the folder of another authority with its profile; on a terminal, asks for it.

    Adds the folder to .github/CODEOWNERS, if the repository has one.

    \b
    Example:
      kb new-authority napoli --name Napoli --official-name "Comune di Napoli" --region Campania
    """
    root = practices_dir()
    loaded = content.load(root)
    if not re.fullmatch(SLUG, id_) or id_ in RESERVED:
        raise click.UsageError(f"'{id_}' is no folder name: lower-case letters, digits and hyphens")
    path = root / id_ / AUTHORITY_FILE
    if path.exists():
        raise click.UsageError(f"there is an authority '{id_}' already")
    asking = Asking(Authority, Choices(loaded))
    answers = asking.given(PROFILE, values)
    _ask(asking, PROFILE, answers, set(), everything=True)
    path.parent.mkdir(exist_ok=True)
    importing.write_new(path, starting.authority(answers, asking.choices))
    owned = owners.add(root, id_)
    _tell(path, Authority, asking.choices)
    if owned:
        click.echo(f"{owned}: a line for {id_}; put the right team in it.", err=True)
