# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The form by which anyone proposes a practice. Nothing of what is sent is kept or logged.

Without script the form is one page; each button sends it and gets it back. With the script the
same page comes step by step, and its checks are answered as JSON.
"""

from typing import Any
from urllib.parse import quote

from flask import Response, abort, current_app, jsonify, redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response as Redirect

from kb import proposal, steps
from kb.cards import Link, PracticePage, RenderedSection
from kb.draft import Draft
from kb.proposal import Proposal
from kb.records import Practice
from kb.rendering import render
from kb.sections import HEADINGS, without_citations
from kb.store import KnowledgeBase
from kb.web.asking import Form, is_citation
from kb.web.base import knowledge_base
from kb.web.drawings import theory_drawings
from kb.web.hosts import host
from kb.web.language import page_url
from kb.web.query import PARAMETERS

#: A long practice has 30 kB and 66 rows; signs in a form may take three times as many bytes.
LONGEST = 200_000
MOST_ROWS = 200
#: Mail programs cut longer addresses off.
LONGEST_MAIL = 1800


def page() -> Response:
    """Show the form, empty or after a model; or what was sent, checked."""
    if request.method == "GET":
        return _shown(_beginning())
    draft = _sent()
    added, removed = request.form.get("aggiungi", ""), request.form.get("togli", "")
    if added or removed:
        draft = _with_row(draft, added) if added else _without(draft, removed)
        # What was wrong stays in sight, once it was asked for.
        again = _checked(draft) if "controllato" in request.form else None
        return _shown(Form(draft, again, "sent", opened=added))
    checked = _checked(draft)
    if request.accept_mimetypes.best == "application/json":
        return _private(jsonify(_told(draft, checked)))
    return _shown(Form(draft, checked, "sent"))


def preview() -> Response | Redirect:
    """Show the practice's page as it will be; the form again while that cannot be."""
    if request.method == "GET":
        return redirect(page_url("propose"))
    base = knowledge_base()
    draft = _sent()
    checked = _checked(draft)
    record = checked.record
    if record is None or checked.authority not in base.authorities or not checked.slug:
        return _shown(Form(draft, checked, "sent"))
    shown = render_template(
        "propose_preview.html",
        page=_page(base, draft, checked, record),
        drawings=theory_drawings(record),
        parameters=PARAMETERS,
        preview=True,
    )
    return _private(Response(shown))


def download() -> Response | Redirect:
    """Answer with the file of the practice, as far as it is written."""
    if request.method == "GET":
        return redirect(page_url("propose"))
    checked = _checked(_sent())
    answer = Response(checked.text, mimetype="text/markdown")
    answer.headers.set(
        "Content-Disposition", "attachment", filename=f"{checked.slug or 'pratica'}.md"
    )
    return _private(answer)


def _checked(draft: Draft) -> Proposal:
    return proposal.propose(draft, proposal.known(knowledge_base()))


def _sent() -> Draft:
    """Return the draft of the request. A request that is too large is refused (413)."""
    request.max_content_length = request.max_form_memory_size = LONGEST
    draft = Draft(request.form.to_dict(flat=False))
    if draft.row_count > MOST_ROWS:
        abort(413)
    return draft


def _beginning() -> Form:
    slug = request.args.get("da", "")
    if not slug:
        return Form(Draft({}))
    found = knowledge_base().practice(slug)
    if found is None:
        abort(404)
    return Form(proposal.model(found.record), None, "model")


def _with_row(draft: Draft, name: str) -> Draft:
    """Return *draft* with one more row in the list *name*.

    The only source is cited to begin with; with a second one, whoever writes must choose.
    """
    rows = draft.rows(name) or [0]
    kept = dict(draft.values)
    if name == "sources" and len(rows) == 1:
        kept |= {cited: [""] for cited in kept if is_citation(cited)}
    return Draft({**kept, f"{name}.{max(rows) + 1}.": [""]})


def _without(draft: Draft, row: str) -> Draft:
    """Return *draft* without what *row* holds."""
    kept = {key: value for key, value in draft.values.items() if not key.startswith(f"{row}.")}
    return Draft(kept)


def _shown(form: Form) -> Response:
    shown = Response(
        render_template("propose.html", form=form, headings=HEADINGS, steps=steps, **_ways(form))
    )
    return _private(shown) if form.start == "sent" else shown


def _private(answer: Response) -> Response:
    """Return *answer* marked as not to be kept by anyone on the way."""
    answer.cache_control.no_store = True
    return answer


def _told(draft: Draft, checked: Proposal) -> dict[str, Any]:
    """Return what the script needs to know of a checked draft."""
    form = Form(draft, checked)
    ways = _ways(form)
    return {
        "findings": [
            {
                "name": name,
                "message": form.message(name, finding),
                "late": form.is_late(name, finding),
            }
            for name, finding in checked.findings
        ],
        "normal": checked.reading.normal,
        "text": checked.text,
        "path": checked.path,
        "links": {name: ways[name] for name in ("filled", "new", "mail")},
        "endings": render_template("propose_endings.html", form=form, **ways),
    }


def _ways(form: Form) -> dict[str, str]:
    """Return the addresses by which a checked form leaves, those that exist."""
    checked, repository = form.checked, host()
    ways = {"filled": "", "new": "", "mail": "", "attached": ""}
    if checked and checked.path and repository:
        ways["new"] = repository.new(checked.path)
        ways["filled"] = repository.filled(checked.path, checked.text)
    if checked and current_app.config["CONTACT_EMAIL"]:
        ways["mail"], ways["attached"] = _mail(checked)
    return ways


def _mail(checked: Proposal) -> tuple[str, str]:
    """Return the address of an e-mail to the office, and the name of the file to attach.

    A short file is in the message, and nothing is to be attached.
    """
    title = checked.reading.data.get("title", "")
    name = f"{checked.slug or 'pratica'}.md"
    asking = gettext("Propongo questa pratica per la base di conoscenza.")
    attach = gettext("Allego il file «%(name)s», scaricato dal modulo.", name=name)
    start = f"mailto:{current_app.config['CONTACT_EMAIL']}?subject="
    start += quote(f"{gettext('Una pratica da proporre')}: {title}") + "&body="
    whole = start + quote(f"{asking}\n\n{checked.text}".replace("\n", "\r\n"))
    if len(whole) <= LONGEST_MAIL:
        return whole, ""
    return start + quote(f"{asking}\r\n{attach}\r\n"), name


def _page(base: KnowledgeBase, draft: Draft, checked: Proposal, record: Practice) -> PracticePage:
    """Return what the practice's page will show."""
    sources = [source.id for source in record.sources]
    texts = draft.sections
    cards = base.cards([item.practice for item in record.related])
    return PracticePage(
        slug=checked.slug,
        authority_id=checked.authority,
        path=checked.path.removeprefix("practices/"),
        record=record,
        sections=tuple(
            RenderedSection(heading.key, heading.label, render(texts[heading.key], sources))
            for heading in HEADINGS
            if heading.key in texts
        ),
        links=tuple(
            Link(item.relation, cards[item.practice], item.note and without_citations(item.note))
            for item in record.related
        ),
    )
