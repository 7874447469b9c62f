# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The command line. It parses options, chooses a form, sets the exit code; nothing more.

Exit codes: 0 clean, 1 problems found, 2 wrong use.
"""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from kb import (
    __version__,
    cli_export,
    cli_measures,
    cli_review,
    cli_upkeep,
    cli_write,
    content,
    schema,
    search,
)
from kb.build import STEPS_PER_PRACTICE, build, input_digest
from kb.builds import Builds, Pointer
from kb.check import check as check_content
from kb.errors import ContentProblems, KnowledgeBaseError, NotBuilt
from kb.findings import FORMATS, Finding
from kb.generation import Generations
from kb.paths import instance_dir, practices_dir
from kb.sections import without_citations
from kb.store import KnowledgeBase, read

#: Findings shown when a build is refused; the rest is one command away.
SHOWN = 20


class Group(click.Group):
    """Tells the package's own errors as sentences, with exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command and tell what went wrong, if it is one of ours."""
        try:
            return super().invoke(ctx)
        except ContentProblems as error:
            _print_findings(error.findings[:SHOWN], "lines", "it")
            raise click.ClickException(str(error)) from error
        except KnowledgeBaseError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """The knowledge base of good practices shared between urban authorities.

    Content is read from KB_PRACTICES_DIR, builds are kept in KB_INSTANCE_DIR.
    """


for command in (
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


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="lines")
@click.option("--lang", type=click.Choice(["it", "en"]), default="it", help="Of the messages.")
def check(paths: tuple[Path, ...], form: str, lang: str) -> None:
    """Check content files; without PATHS, all of them.

    \b
    Example:
      kb check practices/milano/qubi.md
    """
    root = practices_dir()
    with _progress("Checking", len(content.practice_paths(root))) as step:
        loaded = content.load(root, lambda path: step(path.stem))
        findings = check_content(loaded)
    wanted = [path.resolve() for path in paths]
    outside = [path for path in wanted if path != root and root not in path.parents]
    if outside:
        raise click.UsageError(
            f"{outside[0]} is not below {root}; set KB_PRACTICES_DIR to its content folder"
        )
    if wanted:
        findings = [f for f in findings if {f.path, *f.path.parents} & set(wanted)]
    _print_findings(findings, form, lang)
    if form == "lines":
        click.echo(_count(findings, len(loaded.documents)), err=True)
    sys.exit(bool(findings))


@main.command("build")
@click.option("--rollback", is_flag=True, help="Return to the previous build instead.")
def build_command(rollback: bool) -> None:
    """Check the content and build the site's database and search index from it."""
    instance = instance_dir()
    if rollback:
        click.echo(f"Serving {Builds(instance).roll_back().current} again.")
        return
    click.echo(f"Built {_build(instance)}.")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def serve(host: str, port: int) -> None:
    """Serve the site; builds first if the content changed since the last build."""
    import waitress  # noqa: PLC0415 - only this command needs the server

    from kb.web import create_app  # noqa: PLC0415 - only two commands need the site

    _build_if_changed(instance_dir())
    click.echo(f"Serving on http://{host}:{port} (stop with Ctrl+C)")
    waitress.serve(create_app(), host=host, port=port, _quiet=True)


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


@main.command("schema")
@click.option("--format", "form", type=click.Choice(["json", "markdown"]), default="json")
def schema_command(form: str) -> None:
    """Print the fields of a practice, as JSON Schema or as a table."""
    if form == "markdown":
        click.echo(schema.markdown_table())
    else:
        _print_json(schema.json_schema(content.load(practices_dir())))


@contextmanager
def _knowledge_base() -> Iterator[KnowledgeBase]:
    with read(Generations(instance_dir())) as base:
        yield base


@contextmanager
def _progress(label: str, length: int) -> Iterator[Callable[[str], None]]:
    """Show a progress bar on standard error when that is a terminal."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=length, label=label, hidden=hidden, file=sys.stderr) as bar:
        yield lambda _: bar.update(1)


def _build(instance: Path) -> str:
    root = practices_dir()
    length = STEPS_PER_PRACTICE * len(content.practice_paths(root))
    with _progress("Building", length) as step:
        return build(root, instance, step)


def _build_if_changed(instance: Path) -> None:
    try:
        pointer = Builds(instance).pointer()
    except NotBuilt:
        pointer = Pointer("")
    if pointer.rolled_back:
        click.echo(f"Serving {pointer.current} after a rollback; 'kb build' builds anew.")
    elif not pointer.current.endswith(input_digest(practices_dir())[:8]):
        click.echo(f"Built {_build(instance)}.")


def _known(value: str, known: Any, option: str) -> None:
    if value not in known:
        raise click.BadParameter(
            f"'{value}' is none of: {', '.join(sorted(known))}", None, None, option
        )


def _print_findings(findings: list[Finding], form: str, lang: str) -> None:
    text = FORMATS[form](findings, lang)
    if text:
        click.echo(text)


def _count(findings: list[Finding], files: int) -> str:
    if not findings:
        return f"{files} practices checked: no problem."
    return f"{len(findings)} problems in {len({f.path for f in findings})} files."


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
