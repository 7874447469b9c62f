# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The command for those who review a proposal."""

import sys
from pathlib import Path

import click

from kb import content, review_summary
from kb.findings import FORMATS
from kb.paths import practices_dir
from kb.review import review


@click.command("review")
@click.option("--base", help="Git reference to compare with; default: the main branch.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write the summary here, and print the problems.",
)
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), help="Of the problems, with --output."
)
def review_command(base: str | None, output: Path | None, form: str | None) -> None:
    """Sum up what this branch changes in the practices, as Markdown for a pull request.

    Compares the work tree with the commit where the branch left the main one: which facts of which
    practices change, and what is wrong. Exits with 1 when something is wrong.

    \b
    Example:
      kb review --base origin/main --output review.md --format github
    """
    if form and not output:
        raise click.UsageError("--format needs --output: without it the summary is printed")
    found = review(content.load(practices_dir()), base)
    problems = (*found.findings, *found.elsewhere)
    if output:
        output.write_text(review_summary.markdown(found), encoding="utf-8")
        told = FORMATS[form or "lines"](problems, "it")
        if told:
            click.echo(told)
    else:
        click.echo(review_summary.markdown(found), nl=False)
    sys.exit(bool(problems))
