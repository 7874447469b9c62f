# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The API: the same answers as the command line's, as JSON."""

from flask import Blueprint, Response, jsonify, request

from kb import search as searching
from kb.web.base import knowledge_base
from kb.web.query import Query

bp = Blueprint("api", __name__, url_prefix="/api/v1")


@bp.get("/search")
def search() -> Response:
    """Answer with the practices that match the parameters of the page ``/cerca``."""
    base = knowledge_base()
    answer = Query.from_args(request.args).answer(base)
    return jsonify(searching.as_json(base, answer))
