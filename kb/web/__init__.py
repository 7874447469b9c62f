# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The web application: it only ever reads a build."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from flask_babel import Babel

from kb.generation import Generations
from kb.languages import LANGUAGES
from kb.paths import bundled, instance_dir
from kb.settings import SITE_NAME
from kb.web import (
    admin,
    api,
    errors,
    filters,
    forms,
    headers,
    hosts,
    language,
    schemas,
    sharing,
    structured,
    table,
    upkeep,
    views,
)

DEFAULTS: dict[str, Any] = {
    "SITE_NAME": SITE_NAME,
    # The public address, for links in feeds and in other sites; without it, that of the request.
    "SITE_URL": "",
    # Who runs the site, for machines.
    "OWNER_NAME": "",
    "REPOSITORY_URL": "",
    "REPOSITORY_BRANCH": "main",
    # github, gitlab or gitea (Forgejo too); without it, guessed from the host's name.
    "REPOSITORY_KIND": "",
    "CONTACT_EMAIL": "",
    "ACCESSIBILITY_STATEMENT_URL": "",
    "PRIVACY_URL": "",
    # The pages are to be files, see kb.web.static_copy.
    "STATIC_COPY": False,
    # Count the queries that find nothing, for `kb gaps`.
    "GAPS": False,
    # Decap CMS at /admin, see docs/cms.md: whether, where its files are, its backend if not that
    # of the repository's kind, the application registered at the host, who signs editors in to
    # GitHub, the address of a decap-server.
    "CMS": False,
    "CMS_FOLDER": "",
    "CMS_BACKEND": "",
    "CMS_APP_ID": "",
    "CMS_AUTH_URL": "",
    "CMS_LOCAL": "",
    "BABEL_DEFAULT_LOCALE": "it",
}


YES = {"1", "true", "yes", "on"}


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Return the application.

    Configuration: :data:`DEFAULTS`, then ``KB_…`` environment variables, then *config*.
    """
    app = Flask("kb", template_folder=str(bundled("templates")))
    app.config.from_mapping(DEFAULTS)
    app.config.from_prefixed_env("KB", loads=str)
    # The command line must find the same builds: one function knows where they are.
    app.config["INSTANCE_DIR"] = instance_dir()
    app.config.from_mapping(config or {})
    for switch in ("GAPS", "CMS"):
        app.config[switch] = str(app.config[switch]).strip().lower() in YES
    app.extensions["kb"] = Generations(Path(app.config["INSTANCE_DIR"]).resolve())
    Babel(app, locale_selector=language.language)
    app.url_map.strict_slashes = False
    language.register(app)
    filters.register(app)
    hosts.register(app)
    structured.register(app)
    table.register(app)
    upkeep.register(app)
    headers.register(app)
    errors.register(app)
    for name, (_, prefix) in LANGUAGES.items():
        app.register_blueprint(views.bp, name=name, url_prefix=prefix or None)
    app.register_blueprint(api.bp)
    app.register_blueprint(schemas.bp)
    sharing.register(app)
    forms.register(app)
    admin.register(app)
    return app
