# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Italian names of the closed lists of the record model (vocabularies bring their own).

They are translated where they are shown; ``N_`` marks them for the catalogues.
"""


def N_(message: str) -> str:  # noqa: N802 - the name that translators' tools know
    """Return *message*; mark it for translation."""
    return message


STATUSES = {
    "idea": N_("Idea"),
    "pilot": N_("Sperimentazione"),
    "running": N_("In corso"),
    "consolidated": N_("Consolidata"),
    "ended": N_("Conclusa"),
    "stopped": N_("Interrotta"),
}
SCALES = {
    "site": N_("Un luogo"),
    "neighbourhood": N_("Quartiere"),
    "district": N_("Municipio o circoscrizione"),
    "city": N_("Tutta la città"),
    "metropolitan": N_("Area metropolitana"),
}
ACTORS = {
    "public": N_("Enti pubblici"),
    "third-sector": N_("Terzo settore"),
    "business": N_("Imprese"),
    "university": N_("Università e ricerca"),
    "foundation": N_("Fondazioni"),
    "informal-group": N_("Gruppi informali"),
}
PARTS = {
    "block": N_("Parte riutilizzabile"),
    "indicator": N_("Indicatore"),
    "theory": N_("Teoria del cambiamento"),
}
SOURCES = {
    "official": N_("Fonte ufficiale"),
    "partner": N_("Partner o ricerca"),
    "press": N_("Stampa"),
}
QUALIFIERS = {"about": N_("circa"), "at-least": N_("oltre"), "at-most": N_("fino a")}
STAGES = {"planned": N_("previsti"), "allocated": N_("stanziati"), "spent": N_("spesi")}
SCOPES = {"total": N_("il costo dell'intera pratica"), "part": N_("una parte del costo")}
NATURES = {
    "output": N_("misurato: realizzazione"),
    "outcome": N_("misurato: cambiamento"),
    "expected": N_("solo previsto, non un risultato"),
}
ADOPTIONS = {
    "interested": N_("Ha mostrato interesse"),
    "studying": N_("La sta studiando"),
    "adapting": N_("La sta adattando"),
    "running": N_("L'ha messa in pratica"),
    "dropped": N_("L'ha lasciata"),
}
RELATIONS = {
    "part-of": N_("Fa parte di"),
    "has-part": N_("Comprende"),
    "follows": N_("Viene dopo"),
    "followed-by": N_("È continuata in"),
    "inspired-by": N_("Si ispira a"),
    "inspired": N_("Ha ispirato"),
    "similar": N_("Somiglia a"),
}
BUDGETS = {
    "50000": N_("Fino a 50.000 €"),
    "250000": N_("Da 50.000 a 250.000 €"),
    "1000000": N_("Da 250.000 a un milione di euro"),
    "5000000": N_("Da uno a 5 milioni di euro"),
    "more": N_("Oltre 5 milioni di euro"),
}
