# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Security, caching and compression of every answer, and addresses of static files."""

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for
from flask_compress import Compress

from kb.web import base

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "manifest-src 'self'",
    )
)
ONE_YEAR = 31_536_000
#: Files that are served as they are.
FILES = {"static", "sharing.picture", "forms.download", "admin.asset"}
#: Best first. Pages hold no secret and set no cookie, so their compressed length tells nothing.
ENCODINGS = ["br", "zstd", "gzip"]


def register(app: Flask) -> None:
    """Add the headers to every answer of *app*, then compress it."""
    app.config.setdefault("COMPRESS_ALGORITHM", ENCODINGS)
    # A part of a file (206) stays as it is; whole static files are not streamed, see below.
    app.config.setdefault("COMPRESS_STREAMS", False)
    # What is registered first runs last: an ETag is that of the plain page, and compression
    # adds its name to it.
    Compress(app)
    app.after_request(_add)
    app.teardown_request(base.close)
    app.add_template_global(static_url)


def static_url(filename: str) -> str:
    """Return the address of a static file, with its content's hash so that it caches for ever."""
    folder = str(current_app.static_folder)
    return url_for("static", filename=filename, v=_hash(Path(folder) / filename))


@lru_cache(maxsize=256)
def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


def _add(response: Response) -> Response:
    # Only kb.web.admin has set its own: it serves a page that is not ours.
    response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if request.endpoint in FILES:
        # Vendored files have their version in the path.
        if "v" in request.args or "/vendor/" in request.path:
            # Flask's own default, which would win.
            response.cache_control.no_cache = None
            response.cache_control.max_age = ONE_YEAR
            response.cache_control.public = True
            response.cache_control.immutable = True
        if response.status_code in (200, 304):
            # Small files, read at once: they keep their length when compressed. And closed here:
            # a server does not do it where no body is sent.
            response.direct_passthrough = False
            response.make_sequence()
            response.close()
        return response
    response.cache_control.no_cache = True
    if response.status_code == 200 and request.method == "GET":
        response.add_etag()
        response.make_conditional(request)
    return response
