# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where things lie: the only code that knows."""

import os
from pathlib import Path

from flask import Flask

PACKAGE = Path(__file__).resolve().parent


def bundled(name: str) -> Path:
    """Return the folder *name*: inside the installed package, else beside it in a checkout.

    Raises :class:`FileNotFoundError` when it is in neither.
    """
    for parent in (PACKAGE, PACKAGE.parent):
        if (parent / name).is_dir():
            return parent / name
    raise FileNotFoundError(f"{name}/ is neither in {PACKAGE} nor beside it")


def practices_dir() -> Path:
    """Return the content folder: ``KB_PRACTICES_DIR``, else the bundled one."""
    named = os.environ.get("KB_PRACTICES_DIR")
    return Path(named).resolve() if named else bundled("practices")


def instance_dir() -> Path:
    """Return the folder of the builds: ``KB_INSTANCE_DIR``, else Flask's instance folder."""
    named = os.environ.get("KB_INSTANCE_DIR")
    return Path(named).resolve() if named else Path(Flask("kb").auto_find_instance_path())
