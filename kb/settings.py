# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The settings that both the build and the site need."""

import os

SITE_NAME = "Costellazioni civiche"


def site_name() -> str:
    """Return the name of the site: ``KB_SITE_NAME``, else :data:`SITE_NAME`."""
    return os.environ.get("KB_SITE_NAME", SITE_NAME)


def names_contributors() -> bool:
    """Say whether pages name who wrote an entry: unless ``KB_CONTRIBUTORS`` is ``false``."""
    return os.environ.get("KB_CONTRIBUTORS", "").strip().lower() not in {"0", "false", "no", "off"}
