# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The commands for who writes content: check and mend it, build it, see it on the site."""

import ipaddress
import logging
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from kb import content
from kb.build import STEPS_PER_PRACTICE, build, input_digest
from kb.builds import Builds, Pointer
from kb.check import check as check_content
from kb.errors import ContentProblems, NotBuilt
from kb.findings import FORMATS, Finding, shown_path
from kb.paths import instance_dir, practices_dir
from kb.rebuilding import Rebuilder
from kb.repair import repairs
from kb.terminal import print_findings, progress
from kb.watching import Watch


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="lines")
@click.option("--lang", type=click.Choice(["it", "en"]), default="it", help="Of the messages.")
@click.option("--fix", is_flag=True, help="Show what can be mended safely, ask, and mend it.")
@click.option("--yes", is_flag=True, help="With --fix: do not ask.")
def check(paths: tuple[Path, ...], form: str, lang: str, fix: bool, yes: bool) -> None:
    """Check content files; without PATHS, all of them.

    With --fix, the order of keys, dates, numbers, quotes, tabs, spaces and line ends are mended
    first. Words and comments stay. Without a terminal and without --yes nothing is written.

    \b
    Examples:
      kb check practices/CITY/PRACTICE.md
      kb check --fix practices/CITY
    """
    root = practices_dir()
    chosen = _chosen(root, paths)
    if yes and not fix:
        raise click.UsageError("--yes goes with --fix")
    if fix and not _mend(root, chosen, yes=yes):
        sys.exit(1)
    with progress("Checking", len(content.practice_paths(root))) as step:
        loaded = content.load(root, lambda path: step(path.stem))
        findings = [f for f in check_content(loaded) if {f.path, *f.path.parents} & chosen]
    print_findings(findings, form, lang)
    if form == "lines":
        checked = sum(bool({d.path, *d.path.parents} & chosen) for d in loaded.documents)
        click.echo(_count(findings, checked), err=True)
    sys.exit(bool(findings))


def _chosen(root: Path, paths: Sequence[Path]) -> set[Path]:
    """Return the files and folders to check. Raises :class:`click.UsageError` outside *root*."""
    wanted = [path.resolve() for path in paths]
    outside = [path for path in wanted if path != root and root not in path.parents]
    if outside:
        raise click.UsageError(
            f"{outside[0]} is not below {root}; set KB_PRACTICES_DIR to its content folder"
        )
    return set(wanted) or {root}


def _mend(root: Path, chosen: set[Path], *, yes: bool) -> bool:
    """Show what can be mended and mend it, if wished; return whether nothing is left to mend."""
    found = [item for item in repairs(root) if {item.path, *item.path.parents} & chosen]
    for item in found:
        click.echo(item.diff(shown_path(item.path)), err=True)
    if not found:
        click.echo("Nothing to mend.", err=True)
        return True
    asked = yes or (on_terminal() and click.confirm(f"Mend {_files(len(found))}?", err=True))
    if asked:
        for item in found:
            item.write()
        click.echo(f"Mended {_files(len(found))}.", err=True)
    elif not on_terminal():
        click.echo(f"Nothing written: --yes mends {_files(len(found))}.", err=True)
    return asked


def on_terminal() -> bool:
    """Return whether someone can be asked."""
    return sys.stdin.isatty()


def _files(number: int) -> str:
    return "1 file" if number == 1 else f"{number} files"


def _count(findings: list[Finding], files: int) -> str:
    if not findings:
        return f"{files} practices checked: no problem."
    return f"{len(findings)} problems in {len({f.path for f in findings})} files."


@click.command("build")
@click.option("--rollback", is_flag=True, help="Return to the previous build instead.")
def build_command(rollback: bool) -> None:
    """Check the content and build the site's database and search index from it."""
    instance = instance_dir()
    if rollback:
        click.echo(f"Serving {Builds(instance).roll_back().current} again.")
        return
    click.echo(f"Built {_build(instance)}.")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--no-watch", is_flag=True, help="Do not follow the content folder.")
def serve(host: str, port: int, no_watch: bool) -> None:
    """Serve the site; builds first if the content changed since the last build.

    On an address of this machine alone it follows the content folder: what is saved is on the site
    within a second, or the pages say what is wrong with it. Behind a proxy, use --no-watch.
    """
    import waitress  # noqa: PLC0415 - only this command needs the server

    from kb.web import create_app, watched  # noqa: PLC0415 - only two commands need the site

    watch = Watch() if is_loopback(host) and not no_watch else None
    rebuilder = Rebuilder(practices_dir(), instance_dir(), watch, click.echo) if watch else None
    problems = _build_if_changed(instance_dir(), may_wait=watch is not None)
    app = create_app()
    if watch:
        watched.register(app, watch)
    click.echo(f"Serving on http://{host}:{port} (stop with Ctrl+C)")
    with _following(rebuilder, at_once=problems):
        waitress.serve(app, host=host, port=port, _quiet=True)


@contextmanager
def _following(rebuilder: Rebuilder | None, *, at_once: bool) -> Iterator[None]:
    """Follow the content folder while the block runs, and leave no process behind."""
    if rebuilder is None:
        yield
        return
    click.echo(f"Following {practices_dir()}: saved files are shown at once.")
    # Open pages ask so often that a request sometimes waits its turn: nothing to warn of.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    # As Ctrl+C does: the server returns.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    rebuilder.start(at_once=at_once)
    try:
        yield
    finally:
        rebuilder.stop()


def is_loopback(host: str) -> bool:
    """Return whether only this machine reaches *host*."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _build(instance: Path) -> str:
    root = practices_dir()
    length = STEPS_PER_PRACTICE * len(content.practice_paths(root))
    with progress("Building", length) as step:
        return build(root, instance, step)


def _build_if_changed(instance: Path, *, may_wait: bool) -> bool:
    """Build if the current build is not of the content as it is.

    Where there is a build and *may_wait*, content with findings leaves it current: returns whether
    that is so.
    """
    try:
        pointer = Builds(instance).pointer()
    except NotBuilt:
        pointer = Pointer("")
    if pointer.rolled_back:
        click.echo(f"Serving {pointer.current} after a rollback; 'kb build' builds anew.")
    elif not pointer.current.endswith(input_digest(practices_dir())[:8]):
        try:
            click.echo(f"Built {_build(instance)}.")
        except ContentProblems:
            if not may_wait or not pointer.current:
                raise
            return True
    return False
