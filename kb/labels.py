# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Italian names of the closed lists of the record model (vocabularies bring their own)."""

STATUSES = {
    "idea": "Idea",
    "pilot": "Sperimentazione",
    "running": "In corso",
    "consolidated": "Consolidata",
    "ended": "Conclusa",
    "stopped": "Interrotta",
}
SCALES = {
    "site": "Un luogo",
    "neighbourhood": "Quartiere",
    "district": "Municipio o circoscrizione",
    "city": "Tutta la città",
    "metropolitan": "Area metropolitana",
}
ACTORS = {
    "public": "Enti pubblici",
    "third-sector": "Terzo settore",
    "business": "Imprese",
    "university": "Università e ricerca",
    "foundation": "Fondazioni",
    "informal-group": "Gruppi informali",
}
SOURCES = {"official": "Fonte ufficiale", "partner": "Partner o ricerca", "press": "Stampa"}
QUALIFIERS = {"about": "circa", "at-least": "oltre", "at-most": "fino a"}
STAGES = {"planned": "previsti", "allocated": "stanziati", "spent": "spesi"}
ADOPTIONS = {
    "interested": "Ha mostrato interesse",
    "studying": "La sta studiando",
    "adapting": "La sta adattando",
    "running": "L'ha messa in pratica",
    "dropped": "L'ha lasciata",
}
RELATIONS = {
    "part-of": "Fa parte di",
    "has-part": "Comprende",
    "follows": "Viene dopo",
    "followed-by": "È continuata in",
    "inspired-by": "Si ispira a",
    "inspired": "Ha ispirato",
    "similar": "Somiglia a",
}
BUDGETS = {
    "50000": "Fino a 50.000 €",
    "250000": "Da 50.000 a 250.000 €",
    "1000000": "Da 250.000 a un milione di euro",
    "5000000": "Da uno a 5 milioni di euro",
    "more": "Oltre 5 milioni di euro",
}
