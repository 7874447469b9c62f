# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages to wander in, rather than search: the constellation, and the ways to explore."""

from dataclasses import dataclass
from itertools import groupby

from flask import abort, render_template, request

import search_index
from kb import sky
from kb.labels import N_
from kb.web import constellation as shown
from kb.web import structured
from kb.web.base import knowledge_base
from kb.web.language import page_url, translated
from kb.web.query import PARAMETERS, Query


@dataclass(frozen=True)
class Way:
    """A way to explore: the view that shows it, its title, and what one sees there."""

    view: str
    title: str
    text: str


WAYS = (
    Way(
        "constellation",
        N_("Costellazione"),
        N_("Pratiche, temi, città, enti, strumenti e programmi in un cielo solo, e i loro legami."),
    ),
    Way("map", N_("La mappa"), N_("Dove le città hanno provato, e quante pratiche raccontano.")),
    Way(
        "timeline",
        N_("La linea del tempo"),
        N_("Quando sono cominciate le pratiche, quanto durano, quali lavorano ancora."),
    ),
    Way(
        "figures",
        N_("I numeri"),
        N_("Che cosa contiene, quanto costano le pratiche, che cosa ancora non si sa."),
    ),
    Way(
        "problems",
        N_("Ho un problema"),
        N_("I problemi da cui le città sono partite, detti come li dice chi li ha."),
    ),
    Way(
        "guide",
        N_("Poche domande"),
        N_("Poche domande, e a ogni risposta restano le pratiche che possono servire."),
    ),
    Way(
        "compare",
        N_("Confronta pratiche"),
        N_("Da due a quattro pratiche una accanto all'altra, con le differenze."),
    ),
    Way(
        "collection",
        N_("La mia raccolta"),
        N_("Le pratiche che scegli, con le tue note, da stampare o da mandare."),
    ),
    Way("themes", N_("I temi"), N_("I temi dei tavoli di lavoro, con le domande da farsi.")),
    Way(
        "authorities", N_("Le città"), N_("Chi condivide qui le proprie pratiche, e quante ne ha.")
    ),
    Way("glossary", N_("Glossario"), N_("Strumenti, programmi e destinatari, spiegati.")),
)
FACETS = (sky.THEME, sky.CITY)


def explore() -> str:
    """List the ways to explore the base."""
    return render_template("explore.html", ways=WAYS, data={"@type": "CollectionPage"})


def problems() -> str:
    """List the problems that practices start from, under their areas, with how many answer."""
    base = knowledge_base()
    counts = {
        value.value: value.count
        for value in base.find(search_index.parse(""), limit=0).facets.get("problem", ())
    }
    terms = [(id_, term) for id_, term in base.vocabularies["problems"].items() if id_ in counts]
    areas = {
        area: list(listed)
        for area, listed in groupby(terms, lambda item: translated(item[1], "area"))
    }
    return render_template(
        "problems.html",
        areas=areas,
        counts=counts,
        parameter=PARAMETERS["problem"][0],
        data=structured.collection(
            (translated(term, "label"), page_url("search", **{PARAMETERS["problem"][0]: id_}))
            for id_, term in terms
        ),
    )


def constellation() -> str:
    """Show the constellation, whole or around a star, of all practices or of some."""
    base = knowledge_base()
    whole = base.once("sky", sky.load)
    around = request.args.get("intorno", "")
    focus = shown.find(whole, around) if around else None
    if around and focus is None:
        abort(404)
    chosen = Query.from_args(request.args).chosen()
    themes, cities = ([v for v in chosen.get(f, ()) if v] for f in FACETS)
    filters = {PARAMETERS[f][0]: values for f, values in zip(FACETS, (themes, cities), strict=True)}
    view = shown.View(sky.look(whole, focus, themes, cities), filters)
    practices = [star for star in view.rows if star.kind == sky.PRACTICE]
    return render_template(
        "constellation.html",
        view=view,
        focus=focus,
        stars=shown,
        chosen={facet: chosen[facet] for facet in FACETS if facet in chosen},
        parameters=PARAMETERS,
        about=shown.summary(base, focus) if focus else "",
        data=structured.collection(
            (shown.name(star), page_url("practice", slug=star.key)) for star in practices
        ),
    )
