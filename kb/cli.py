# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The command line. It parses options, chooses a form, sets the exit code; nothing more.

Exit codes: 0 clean, 1 problems found, 2 wrong use.
"""

import errno
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from kb import (
    __version__,
    cli_content,
    cli_export,
    cli_measures,
    cli_review,
    cli_schema,
    cli_upkeep,
    cli_write,
    search,
)
from kb.errors import ContentProblems, KnowledgeBaseError
from kb.generation import Generations
from kb.paths import instance_dir
from kb.sections import without_citations
from kb.store import KnowledgeBase, read
from kb.terminal import print_findings

#: Findings shown when a build is refused; the rest is one command away.
SHOWN = 20


class Group(click.Group):
    """Tells the package's own errors as sentences, with exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command and tell what went wrong, if it is one of ours."""
        try:
            return super().invoke(ctx)
        except ContentProblems as error:
            print_findings(error.findings[:SHOWN], "lines", "it")
            raise click.ClickException(str(error)) from error
        except KnowledgeBaseError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            if error.errno == errno.EPIPE:
                # Who reads the output has enough of it: click's business.
                raise
            named = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{named}{error.strerror or error}") from error


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """The knowledge base of good practices shared between urban authorities.

    Content is read from KB_PRACTICES_DIR, builds are kept in KB_INSTANCE_DIR.
    """


for command in (
    cli_content.check,
    cli_content.build_command,
    cli_content.serve,
    cli_schema.schema_command,
    cli_export.export,
    cli_measures.evaluate,
    cli_measures.compare,
    cli_measures.gaps_command,
    cli_upkeep.stale,
    cli_upkeep.links_command,
    cli_review.review_command,
    cli_write.new,
    cli_write.import_command,
    cli_write.form_command,
    cli_write.new_authority,
):
    main.add_command(command)


@main.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--theme", multiple=True, help="Id of a theme; may be repeated.")
@click.option("--city", multiple=True, help="Folder of an authority; may be repeated.")
@click.option("--archived", is_flag=True, help="Find archived entries too.")
@click.option("--explain", is_flag=True, help="Say what each score is made of.")
@click.option("--limit", default=search.PAGE, show_default=True, type=click.IntRange(1, 100))
@click.option("--json", "as_json", is_flag=True, help="Print what the API answers.")
def search_command(  # noqa: PLR0913, PLR0917 - the options of one command
    words: tuple[str, ...],
    theme: tuple[str, ...],
    city: tuple[str, ...],
    archived: bool,
    explain: bool,
    limit: int,
    as_json: bool,
) -> None:
    """Search the current build.

    \b
    Example:
      kb search povertà dei bambini --city milano
    """
    with _knowledge_base() as base:
        for value in theme:
            _known(value, base.themes, "--theme")
        for value in city:
            _known(value, base.authorities, "--city")
        text = " ".join(words)
        filters = {"theme": theme, "city": city}
        answer = search.search(base, text, filters, limit=limit, archived=archived)
        if as_json:
            _print_json(search.as_json(base, answer))
            return
        for found in answer.found:
            click.echo(f"{found.score:7.2f}  {found.card.slug}  {found.card.title}")
            if explain:
                for part in search.explain(base, text, found.card.slug):
                    click.echo(f"        {part.score:7.2f}  {part.what} ({part.where})")
        click.echo(f"{answer.results.total} practices", err=True)
        if answer.suggestion:
            click.echo(f"Searched for: {answer.suggestion}", err=True)


@main.command()
@click.argument("slug")
@click.option("--json", "as_json", is_flag=True, help="Print the whole record.")
def show(slug: str, as_json: bool) -> None:
    """Print one practice of the current build."""
    with _knowledge_base() as base:
        page = base.practice(slug) or base.practice(base.moved(slug) or "")
        if page is None:
            raise click.ClickException(f"there is no practice '{slug}'; try 'kb search {slug}'")
        if as_json:
            _print_json(page.record.model_dump(mode="json", exclude_defaults=True))
            return
        click.echo(f"{page.record.title}\n{base.authorities[page.authority_id].name}\n")
        click.echo(page.record.summary + "\n")
        for label, text in base.section_texts([page.slug])[page.slug]:
            click.echo(f"{label}\n{without_citations(text)}\n")
        for number, source in enumerate(page.record.sources, 1):
            click.echo(f"[{number}] {source.title}, {source.publisher}, {source.url}")


@contextmanager
def _knowledge_base() -> Iterator[KnowledgeBase]:
    with read(Generations(instance_dir())) as base:
        yield base


def _known(value: str, known: Any, option: str) -> None:
    if value not in known:
        raise click.BadParameter(
            f"'{value}' is none of: {', '.join(sorted(known))}", None, None, option
        )


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
