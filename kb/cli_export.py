# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The commands that write parts of the base as files for people."""

from collections.abc import Container
from pathlib import Path

import click

from kb.languages import LANGUAGES, SOURCE


@click.group()
def export() -> None:
    """Write practices of the current build as a file for people."""


@export.command("booklet")
@click.option("--theme", help="Id of a theme: all its practices.")
@click.option("--event", help="Id of an event: the practices presented there.")
@click.option("--slugs", help="Practices, in order, with commas between.")
@click.option("--title", default="", help="Of the cover, with --slugs.")
@click.option(
    "--output",
    required=True,
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="The PDF to write.",
)
@click.option("--lang", type=click.Choice(list(LANGUAGES)), default=SOURCE, show_default=True)
def booklet_command(  # noqa: PLR0913, PLR0917 - the options of one command
    theme: str | None, event: str | None, slugs: str | None, title: str, output: Path, lang: str
) -> None:
    """Write a booklet to print as a PDF: cover, contents, a sheet for each practice.

    Needs WeasyPrint (pip install 'urban-practices-kb[pdf]') and Pango. Links lead to the site when
    KB_SITE_URL is set.

    \b
    Example:
      kb export booklet --slugs qubi,wemi --title "Il nostro tavolo" --output tavolo.pdf
    """
    from kb.web import booklet, create_app  # noqa: PLC0415 - only this command needs the site
    from kb.web.base import knowledge_base  # noqa: PLC0415

    if sum(map(bool, (theme, event, slugs))) != 1:
        raise click.UsageError("give one of --theme, --event and --slugs")
    app = create_app()
    with app.test_request_context(f"{LANGUAGES[lang][1]}/"):
        # What every request begins with: the catalogue of its language.
        app.preprocess_request()
        base = knowledge_base()
        if theme:
            made = booklet.of_theme(base, _known("--theme", theme, base.themes))
        elif event:
            made = booklet.of_event(base, _known("--event", event, base.events))
        else:
            listed = str(slugs).split(",")
            cards = base.cards(listed)
            for slug in listed:
                _known("--slugs", slug, cards)
            made = booklet.of_practices(base, listed, title)
        output.write_bytes(booklet.as_pdf(app, made))
    click.echo(output)


@export.command("site")
@click.option(
    "--output",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="A new or empty folder.",
)
def site_command(output: Path) -> None:
    """Write the site as files that open from a disk or any web host, to look at a proposal.

    Searches, filters and forms need the server: in the copy they lead to a page that says so.

    \b
    Example:
      kb export site --output preview
    """
    from kb.web import static_copy  # noqa: PLC0415 - only this command needs the site

    if output.is_dir() and any(output.iterdir()):
        raise click.UsageError(f"{output} is not empty; name another folder, or empty it")
    pages = static_copy.write(output)
    click.echo(f"{output / 'index.html'}: {pages} pages")


def _known(option: str, value: str, known: Container[str]) -> str:
    """Return *value*. Raises :class:`click.BadParameter` when it is not among *known*."""
    if value not in known:
        raise click.BadParameter(f"'{value}' is not in the current build", None, None, option)
    return value
