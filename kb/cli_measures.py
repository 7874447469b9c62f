# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The commands that measure search, and tell what readers miss."""

from pathlib import Path

import click

from kb import evaluation, gaps, passages, search
from kb.generation import Generations
from kb.paths import instance_dir
from kb.store import read


@click.command()
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--failures", is_flag=True, help="List the queries under 0.5.")
def evaluate(paths: tuple[Path, ...], failures: bool) -> None:
    """Measure search against judged queries (TSV files: query, slug, grade).

    Then serves the site on a free port of this machine, asks it the same queries over HTTP, and
    prints how long the answers took.

    \b
    Example:
      kb evaluate tests/relevance/*.tsv
    """
    kinds = evaluation.read(paths)
    with read(Generations(instance_dir())) as base:
        report = evaluation.evaluate(
            kinds,
            lambda words: [
                found.card.slug
                for found in search.search(base, words, limit=evaluation.DEPTH).found
            ],
        )
    click.echo(f"{'kind':<20}{'queries':>8}{'nDCG@10':>9}{'MRR':>8}{'recall@10':>11}")
    for kind, (count, ndcg, rank, recall) in report.means().items():
        click.echo(f"{kind:<20}{count:>8}{ndcg:>9.3f}{rank:>8.3f}{recall:>11.3f}")
    _echo_times([query for judged in kinds.values() for query in judged])
    if failures:
        for missed in report.failures():
            click.echo(f"{missed.ndcg:.2f}  {missed.query}  {' '.join(missed.found[:4])}")


def _echo_times(queries: list[str]) -> None:
    from kb import latency  # noqa: PLC0415 - brings the server
    from kb.web import create_app  # noqa: PLC0415 - brings the site

    for what, seconds in latency.measure(create_app(), queries).items():
        half, most = (latency.percentile(seconds, share) for share in (0.5, 0.95))
        click.echo(f"{what}, served: p50 {half:.1f} ms, p95 {most:.1f} ms")


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--questions", default=2500, show_default=True, type=click.IntRange(1))
def compare(folder: Path, questions: int) -> None:
    """Measure passage retrieval beside SQLite FTS5 and tantivy, with and without typos.

    FOLDER holds *passages.json and *questions.json of a public set.
    """
    try:
        texts, asked = passages.read(folder)
    except FileNotFoundError as error:
        raise click.UsageError(f"{error.filename} is missing: no question set here") from error
    asked = asked[:questions]
    spoilt = passages.misspelt(asked)
    click.echo(f"{len(texts)} passages, {len(asked)} questions: MRR@10, recall@10")
    for name, engine in passages.engines(texts):
        clean, typos = passages.measure(engine, asked), passages.measure(engine, spoilt)
        click.echo(
            f"{name:<14} {clean[0]:.3f} {clean[1]:.3f}   one typo {typos[0]:.3f} {typos[1]:.3f}"
        )


@click.command("gaps")
@click.option("--days", default=90, show_default=True, type=click.IntRange(1))
def gaps_command(days: int) -> None:
    """List what readers searched for in vain: missing synonyms, missing practices.

    Counted only when the site runs with KB_GAPS=true.
    """
    for query, count, day in gaps.read(instance_dir(), days):
        click.echo(f"{count:6}  {day}  {query}")
