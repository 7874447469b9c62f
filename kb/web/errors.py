# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages and API answers for what goes wrong."""

from flask import Flask, Response, current_app, jsonify, render_template, request
from flask_babel import gettext
from werkzeug.exceptions import HTTPException

from kb.errors import NotBuilt
from kb.labels import N_

#: Status → title and sentence for the reader.
TEXTS = {
    404: (
        N_("Pagina non trovata"),
        N_("A questo indirizzo non c'è nulla. Forse la pagina ha cambiato nome: prova a cercarla."),
    ),
    405: (N_("Richiesta non ammessa"), N_("Questa pagina si può solo leggere.")),
    413: (
        N_("Troppo testo in una volta"),
        N_("Il modulo è più lungo di quanto il sito accetti. Accorcia i testi e riprova."),
    ),
    500: (
        N_("Qualcosa non ha funzionato"),
        N_("Il sito non è riuscito a preparare la pagina. Riprova fra poco."),
    ),
    503: (
        N_("Il sito si sta preparando"),
        N_("La base di conoscenza non è ancora stata costruita. Riprova fra poco."),
    ),
}


def register(app: Flask) -> None:
    """Answer errors of *app* with pages in its own design."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(NotBuilt, _not_built)


def _not_built(error: NotBuilt) -> tuple[Response | str, int]:
    current_app.logger.error("%s", error)
    return _answer(503)


def _http(error: HTTPException) -> tuple[Response | str, int] | HTTPException:
    code = error.code or 500
    if code < 400:
        return error
    return _answer(code)


def _answer(code: int) -> tuple[Response | str, int]:
    title, sentence = map(gettext, TEXTS.get(code, TEXTS[404 if code < 500 else 500]))
    if request.path.startswith("/api/"):
        answer = jsonify(type="about:blank", title=title, status=code, detail=sentence)
        answer.content_type = "application/problem+json"
        return answer, code
    return render_template("error.html", code=code, title=title, sentence=sentence), code
