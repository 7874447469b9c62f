# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The JSON Schemas of the content files, with the terms that the site has now."""

from flask import Blueprint, Response, abort, jsonify

from kb.json_schema import NAMES, json_schema
from kb.web.base import knowledge_base
from kb.web.language import absolute

bp = Blueprint("schemas", __name__, url_prefix="/schema")


@bp.get("/<name>.json")
def schema(name: str) -> Response:
    """Answer with the schema of the files *name*."""
    if name not in NAMES:
        abort(404)
    told = json_schema(name, knowledge_base().names())
    answer = jsonify({"$id": absolute(f"/schema/{name}.json"), **told})
    answer.content_type = "application/schema+json"
    # Editors in a browser read it from their own address.
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
