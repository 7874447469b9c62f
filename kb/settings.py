# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The settings that both the build and the site need."""

import os

from kb import __version__

SITE_NAME = "Costellazioni civiche"


def site_name() -> str:
    """Return the name of the site: ``KB_SITE_NAME``, else :data:`SITE_NAME`."""
    return os.environ.get("KB_SITE_NAME", SITE_NAME)


def agent() -> str:
    """Return who we say we are to other sites, with the address of ours where it is known."""
    site = os.environ.get("KB_SITE_URL") or os.environ.get("KB_REPOSITORY_URL") or ""
    return f"urban-practices-kb/{__version__} (link check{f'; +{site}' if site else ''})"


def archive_url() -> str:
    """Return where archived copies are asked for: ``KB_ARCHIVE_URL``, else the Wayback Machine."""
    return os.environ.get("KB_ARCHIVE_URL", "https://archive.org").rstrip("/")


def names_contributors() -> bool:
    """Say whether pages name who wrote an entry: unless ``KB_CONTRIBUTORS`` is ``false``."""
    return os.environ.get("KB_CONTRIBUTORS", "").strip().lower() not in {"0", "false", "no", "off"}
