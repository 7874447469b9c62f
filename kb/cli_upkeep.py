# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The commands that keep the content true: what is overdue, which sources are gone."""

import sys
from collections.abc import Iterable, Iterator
from datetime import date

import click

from kb import content, link_cache, links, upkeep
from kb.content import Content
from kb.issue import issue
from kb.link_cache import Link
from kb.paths import instance_dir, practices_dir
from kb.settings import agent, archive_url
from kb.upkeep import Desk


@click.command()
@click.option("--authority", help="Folder of one authority; without it, all.")
@click.option("--issue", "as_issue", is_flag=True, help="Print the text of an issue, in Italian.")
def stale(authority: str | None, as_issue: bool) -> None:
    """List what each authority has to check again, and what its entries lack.

    With --issue the text of a monthly issue for each authority that has something to do, and
    nothing for the others: a CI job opens an issue with what is printed for --authority.

    \b
    Example:
      kb stale --issue
    """
    loaded = _loaded()
    today = date.today()
    for desk in _desks(loaded, authority, today):
        name = loaded.authorities[desk.authority].record.name
        if as_issue:
            click.echo(issue(desk, name, today), nl=False)
        else:
            _echo_desk(desk, name)


@click.command("links")
@click.option("--authority", help="Folder of one authority; without it, all.")
@click.option("--limit", type=click.IntRange(1), help="Ask at most so many addresses.")
@click.option(
    "--max-age",
    default=30,
    show_default=True,
    type=click.IntRange(0),
    help="Days after which an address is asked again.",
)
def links_command(authority: str | None, limit: int | None, max_age: int) -> None:
    """Ask the addresses of the sources whether they still answer; exit with 1 if some are gone.

    One request at a time per host. The answers are kept beside the builds, where /manutenzione
    and 'kb stale' read them. For what is gone the newest copy in the Wayback Machine is named.
    """
    loaded, instance, today = _loaded(), instance_dir(), date.today()
    urls = list(dict.fromkeys(_urls(loaded, _chosen(loaded, authority))))
    known = link_cache.read(instance)
    asked = [url for url in urls if link_cache.old(known.get(url), max_age, today)][:limit]
    manners = links.Manners(agent(), archive_url())
    told = 0
    with click.progressbar(
        links.reachable(links.check(asked, manners)),
        length=len(asked),
        label="Asking",
        hidden=not sys.stderr.isatty(),
        file=sys.stderr,
    ) as answers:
        for link in answers:
            link_cache.write(instance, link)
            told += 1
    if asked and not told:
        raise click.ClickException("no address answered: is this machine on the network?")
    _echo_links(_desks(loaded, authority, today))
    click.echo(_counted(urls, link_cache.read(instance), told), err=True)
    sys.exit(any(desk.dead for desk in _desks(loaded, authority, today)))


def _loaded() -> Content:
    """Return the content, and warn of what of it cannot be read."""
    loaded = content.load(practices_dir())
    unread = len(loaded.documents) - len(loaded.practices)
    if unread:
        click.echo(f"{unread} entries cannot be read and are left out: see 'kb check'.", err=True)
    return loaded


def _desks(loaded: Content, authority: str | None, today: date) -> list[Desk]:
    chosen = _chosen(loaded, authority)
    entries = [
        upkeep.kept(
            slug,
            loaded.authority_of(slug),
            entry.record,
            [section.key for section in entry.sections if section.key],
        )
        for slug, entry in loaded.practices.items()
    ]
    profiles = {id_: loaded.authorities[id_].record for id_ in chosen}
    return upkeep.desks(entries, profiles, link_cache.read(instance_dir()), today)


def _chosen(loaded: Content, authority: str | None) -> list[str]:
    if authority is None:
        return list(loaded.authorities)
    if authority not in loaded.authorities:
        known = ", ".join(loaded.authorities)
        raise click.BadParameter(f"'{authority}' is none of: {known}", None, None, "--authority")
    return [authority]


def _urls(loaded: Content, authorities: Iterable[str]) -> Iterator[str]:
    """Yield the addresses of the sources of *authorities* and their entries in use."""
    for id_ in authorities:
        yield from (source.url for source in loaded.authorities[id_].record.sources)
    for slug, entry in loaded.listed.items():
        if loaded.authority_of(slug) in authorities:
            yield from (source.url for source in entry.record.sources)


def _echo_desk(desk: Desk, name: str) -> None:
    click.echo(
        f"{name}: {len(desk.entries)} entries, complete at {desk.percent}% on average; "
        f"evidence levels 0 to 4: {' '.join(map(str, desk.levels))}"
    )
    rows = [("overdue", upkeep.due(entry).isoformat(), entry.slug) for entry in desk.overdue]
    rows += [("soon", upkeep.due(entry).isoformat(), entry.slug) for entry in desk.soon]
    rows += [("one source", "", entry.slug) for entry in desk.single]
    rows += [
        ("questions", str(len(entry.record.open_questions)), entry.slug) for entry in desk.questions
    ]
    rows += [
        ("missing", f"-{part.weight}%", f"{part.key}: {' '.join(e.slug for e in entries)}")
        for part, entries in desk.gaps
    ]
    for what, figure, which in rows:
        click.echo(f"  {what:<11}{figure:>10}  {which}")
    _echo_links([desk])


def _echo_links(desks: Iterable[Desk]) -> None:
    for desk in desks:
        for dead in desk.dead:
            where = dead.entry.slug if dead.entry else "authority"
            link = dead.link
            click.echo(f"  {'dead':<11}{link.detail:>10}  {desk.authority}/{where} {link.url}")
            if link.copy:
                click.echo(f"  {'':<21}  archived copy: {link.copy}")


def _counted(urls: list[str], known: dict[str, Link], told: int) -> str:
    states = [known[url].state for url in urls if url in known]
    return (
        f"{told} addresses asked now; of {len(urls)}: {states.count('alive')} answer, "
        f"{states.count('dead')} are gone, {states.count('unsure')} cannot be told, "
        f"{len(urls) - len(states)} were never asked."
    )
