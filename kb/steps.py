# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What of the record model the form asks at which step: the only table that says so.

A field that is in no step is asked for in the step :data:`REST`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kb.draft import AUTHORITY, SECTION
from kb.form import Field
from kb.labels import N_
from kb.sections import HEADINGS


@dataclass(frozen=True)
class Step:
    """A step of the form: its key in the page, what it is called, what to know, what it asks."""

    key: str
    title: str
    lead: str
    names: tuple[str, ...]


REST = "altro"
STEPS = (
    Step(
        "fonti",
        N_("Le fonti"),
        N_(
            "Si comincia dai documenti pubblici: delibere, bandi, relazioni, articoli. "
            "Ciascuno prende un codice, s1, s2…, con cui lo citerai nei passi che seguono."
        ),
        ("sources",),
    ),
    Step(
        "che-cosa",
        N_("Che cos'è"),
        N_("Come si chiama la pratica, dov'è nata e di che cosa parla."),
        (AUTHORITY, "title", "summary", "themes", "problems", "keywords"),
    ),
    Step(
        "quando-e-dove",
        N_("Quando e dove"),
        N_("A che punto è, da quando, in quale parte della città."),
        ("status", "status_date", "period", "place", "scale"),
    ),
    Step(
        "chi",
        N_("Chi e per chi"),
        N_("A chi serve, con quale strumento, chi la guida. Enti e uffici, mai persone."),
        ("target_groups", "instruments", "lead", "partners", "contact"),
    ),
    Step(
        "racconto",
        N_("Il racconto"),
        N_(
            "Con parole tue e frasi brevi. Dopo ciò che prendi da un documento metti il suo "
            "codice, per esempio [^s1]: un capoverso con una cifra deve averlo."
        ),
        tuple(SECTION + heading.key for heading in HEADINGS),
    ),
    Step(
        REST,
        N_("Altro, se lo sai"),
        N_("Niente di questo è obbligatorio: apri solo ciò che i documenti dicono."),
        ("indicators", "funding", "milestones"),
    ),
    Step(
        "inglese",
        N_("In inglese"),
        N_("Titolo e riassunto servono anche in inglese; basta una traduzione semplice."),
        ("title_en", "summary_en", "keywords_en", "reviewed"),
    ),
)
#: A proposed practice is new: no old addresses, a review that follows from its state, no archive.
NOT_ASKED = ("aliases", "next_review", "archived")
#: Nearly always there, although the model can do without.
NEEDED = ("period.start",)
#: Optional, and asked for at once.
SHOWN = ("sources.date", "funding.amount", "indicators.year")


def fields_of(step: Step, known: Sequence[Field]) -> tuple[Field, ...]:
    """Return the fields of the record that *step* asks for, in order, of those *known*."""
    placed = {name for other in STEPS for name in other.names}
    by_name = {field.name: field for field in known}
    found = [by_name[name] for name in step.names if name in by_name]
    if step.key == REST:
        found += [field for field in known if field.name not in (*placed, *NOT_ASKED)]
    return tuple(found)
