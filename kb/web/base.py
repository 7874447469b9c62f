# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The knowledge base of the request at hand."""

from contextlib import ExitStack
from typing import cast

from flask import current_app, g

from kb.generation import Generations
from kb.store import KnowledgeBase, read


def knowledge_base() -> KnowledgeBase:
    """Return the current build, opened once per request and closed after it.

    Raises :class:`~kb.errors.NotBuilt` when there is none.
    """
    if "base" not in g:
        generations: Generations = current_app.extensions["kb"]
        g.opened = ExitStack()
        g.base = g.opened.enter_context(read(generations))
    return cast(KnowledgeBase, g.base)


def close(_: BaseException | None = None) -> None:
    """Close what the request opened."""
    opened: ExitStack | None = g.pop("opened", None)
    if opened:
        opened.close()
