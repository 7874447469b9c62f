# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What several commands show on a terminal: findings, progress."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import click

from kb.findings import FORMATS, Finding


def print_findings(findings: Sequence[Finding], form: str, lang: str) -> None:
    """Print *findings* in one of :data:`kb.findings.FORMATS`."""
    text = FORMATS[form](findings, lang)
    if text:
        click.echo(text)


@contextmanager
def progress(label: str, length: int) -> Iterator[Callable[[str], None]]:
    """Show a progress bar on standard error when that is a terminal."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=length, label=label, hidden=hidden, file=sys.stderr) as bar:
        yield lambda _: bar.update(1)
