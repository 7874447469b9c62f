# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The blank form of a practice, to download in the formats that offices use."""

from flask import Blueprint, Flask, Response, abort, send_from_directory
from flask_babel import gettext

from kb.labels import N_
from kb.paths import bundled

bp = Blueprint("forms", __name__, url_prefix="/proponi/moduli")
FOLDER = "forms"
#: File → what it is, in the order in which they are offered.
FORMS = {
    "scheda.docx": N_("Documento Word"),
    "scheda.odt": N_("Documento OpenDocument, per LibreOffice"),
    "scheda.xlsx": N_("Foglio di calcolo Excel, una pratica per riga"),
    "scheda.ods": N_("Foglio di calcolo OpenDocument, una pratica per riga"),
    "scheda.csv": N_("Tabella CSV, una pratica per riga"),
}


@bp.get("/<name>")
def download(name: str) -> Response:
    """Answer with the blank form *name*, to be saved."""
    if name not in FORMS:
        abort(404)
    return send_from_directory(bundled("templates") / FOLDER, name, as_attachment=True)


def offered() -> list[tuple[str, str]]:
    """Return the file name of each blank form and what it is, in the reader's language."""
    return [(name, gettext(title)) for name, title in FORMS.items()]


def register(app: Flask) -> None:
    """Give *app* the addresses of the forms, and its templates the list of them."""
    app.register_blueprint(bp)
    app.add_template_global(offered, "blank_forms")
