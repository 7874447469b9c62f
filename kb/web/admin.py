# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Decap CMS at ``/admin``, where the owner wants it: its page, its settings, its files.

The files are not ours and not in the wheel: ``make cms`` installs them in a folder.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    send_from_directory,
    url_for,
)
from jinja2.utils import htmlsafe_json_dumps
from werkzeug.wrappers import Response as BaseResponse

from kb import cms, cms_backend
from kb.web.base import knowledge_base

bp = Blueprint("admin", __name__)
#: In the order in which they run.
SCRIPTS = ("js-yaml.min.js", "decap-cms.js")
#: Decap compiles the check of its settings, writes styles at run time, and opens the pictures that
#: editors choose as blobs.
POLICY = (
    "default-src 'none'",
    "script-src 'self' 'unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self' data:",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)


@dataclass(frozen=True)
class File:
    """An installed script, with its content's hash so that it caches for ever."""

    name: str
    hash: str


@bp.get("/admin")
def page() -> Response | BaseResponse | str:
    """Open Decap CMS, or say what is missing."""
    if request.path.endswith("/"):
        # Hosts send editors back to the one address they were told.
        return redirect(url_for(".page"))
    folder = _folder()
    files = [File(name, _hash(folder / name)) for name in SCRIPTS if (folder / name).is_file()]
    installed = len(files) == len(SCRIPTS)
    configured = cms_backend.backend(current_app.config) is not None
    if not installed or not configured:
        return render_template("admin_missing.html", installed=installed, configured=configured)
    # Not the filter of the templates: it sorts the keys.
    order = htmlsafe_json_dumps(cms.key_order())
    response = make_response(render_template("admin.html", files=files, key_order=order))
    reached = cms_backend.origins(current_app.config)
    response.headers["Content-Security-Policy"] = _policy(reached)
    # Signing in at a host may open a window that must find its way back.
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin-allow-popups"
    return response


@bp.get("/admin/config.yml")
def settings() -> Response:
    """Answer with Decap's settings, from the record model and the current build."""
    config = cms_backend.backend(current_app.config) or {}
    text = yaml.safe_dump(config | _site(), allow_unicode=True, sort_keys=False)
    return Response(text, mimetype="text/yaml")


@bp.get("/admin/decap/<path:name>")
def asset(name: str) -> Response:
    """Answer with an installed file."""
    return send_from_directory(_folder(), name)


def entry_url(path: str) -> str:
    """Return where to edit the content file *path* in Decap."""
    city, _, name = path.partition("/")
    return url_for("admin.page", _anchor=f"/collections/{city}/entries/{Path(name).stem}")


def _site() -> dict[str, Any]:
    return {
        "locale": "it",
        "site_url": current_app.config["SITE_URL"] or request.url_root.rstrip("/"),
        "logo": {"src": url_for("static", filename="img/icon.svg")},
        "show_preview_links": False,
        # Decap wants one; practices have no pictures.
        "media_folder": "media",
        "slug": {"encoding": "ascii", "clean_accents": True},
        "collections": cms.collections(knowledge_base()),
    }


def _policy(reached: Sequence[str]) -> str:
    """Return the policy of Decap's page, which asks the origins *reached*."""
    known = " ".join(reached)
    return "; ".join(
        (*POLICY, f"connect-src 'self' {known}", f"img-src 'self' data: blob: {known}")
    )


def _folder() -> Path:
    named = current_app.config["CMS_FOLDER"]
    return Path(named or Path(current_app.config["INSTANCE_DIR"]) / "cms").resolve()


@lru_cache
def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


def register(app: Flask) -> None:
    """Give *app* these addresses, if its owner wants them."""
    if app.config["CMS"]:
        app.register_blueprint(bp)
        app.add_template_global(entry_url)
