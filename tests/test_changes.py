# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Differences between two versions of a practice, in Italian words."""

from typing import Any

import pytest

from kb.changes import Change, Version, changes
from kb.versions import FileText, differing

NAMES = {
    "programmes": {"pn-metro-plus": "PN Metro Plus", "comune": "Bilancio comunale"},
    "target-groups": {"famiglie": "Famiglie", "bambini": "Bambini"},
    "practices": {"qubi": "QuBì"},
}
MONEY = {"programme": "pn-metro-plus", "stage": "allocated", "source": "s1"}
PEOPLE = {"label": "persone accolte", "value": "120", "unit": "persone", "source": "s1"}
LONG = "Una lunga frase che racconta come la rete di quartiere lavora ogni giorno con le famiglie"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({"status": "pilot"}, {"status": "running"}, "Stato: sperimentazione → in corso"),
        ({}, {"funding": [{**MONEY, "amount": "25000"}]},
         "Risorse: aggiunto 25.000 € (PN Metro Plus, stanziati)"),
        ({"funding": [{**MONEY, "amount": "25000"}]}, {"funding": [{**MONEY, "amount": "30000"}]},
         "Risorse: «PN Metro Plus» 25.000 € → 30.000 €"),
        ({"indicators": [PEOPLE]}, {"indicators": [{**PEOPLE, "value": "340"}]},
         "Indicatori: «persone accolte» 120 → 340"),
        ({"indicators": [PEOPLE]}, {"indicators": [{**PEOPLE, "label": "persone aiutate"}]},
         "Indicatori: «persone accolte» → «persone aiutate»"),
        ({"indicators": [PEOPLE]}, {"indicators": [{**PEOPLE, "source": ["s1", "s2"]}]},
         "Indicatori: «persone accolte», fonte: altre fonti"),
        ({}, {"sources": [{"id": "s1", "title": "Il piano «Città»"}]},
         "Fonti: aggiunta «Il piano “Città”»"),
        ({"target_groups": ["famiglie"]}, {"target_groups": ["famiglie", "bambini"]},
         "Destinatari: aggiunto Bambini"),
        ({"limits": ["Orti, cortili"]}, {"limits": ["Orti, cortili", "Case, scale", "Sedie"]},
         "Limiti: aggiunti «Case, scale»; «Sedie»"),
        ({"problems": ["a"]}, {"problems": list("abcdef")}, "Problemi: aggiunti 5"),
        ({"period": {"start": "2017"}}, {"period": {"start": "2018-02"}},
         "Periodo, inizio: 2017 → febbraio 2018"),
        ({"limits": [LONG]}, {"limits": [f"{LONG}, dal 2019 [^s1]"]},
         "Limiti: «Una lunga frase che racconta come la rete di quartiere lavora ogni…»"
         " riscritto con altre cifre o fonti"),
        ({"related": [{"practice": "qubi", "relation": "similar"}]}, {},
         "Pratiche collegate: tolta «QuBì»"),
        ({"contact": {"office": "Ufficio"}}, {"contact": {"office": "Area"}},
         "Contatto, ufficio: «Ufficio» → «Area»"),
        ({"theory_of_change": {"inputs": [{"id": "i1", "text": "Sale"}]}},
         {"theory_of_change": {"inputs": [{"id": "i1", "text": "Spazi"}]}},
         "Teoria del cambiamento, risorse: «Sale» → «Spazi»"),
    ],
)  # fmt: skip
def test_facts_are_told(before: dict[str, Any], after: dict[str, Any], told: str) -> None:
    assert changes(Version(before), Version(after), NAMES) == [Change(told)]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({"keywords": ["a b", "c"]}, {"keywords": ["c", "d", "e"]},
         "Parole di chi cerca: 2 aggiunte, 1 tolta"),
        ({"summary": LONG}, {"summary": f"{LONG} e i bambini"}, "In breve: testo riscritto"),
        ({"reviewed": "2026-01-01"}, {"reviewed": "2026-02-01"},
         "Ultima verifica: 1 gennaio 2026 → 1 febbraio 2026"),
    ],
)  # fmt: skip
def test_words_are_no_facts(before: dict[str, Any], after: dict[str, Any], told: str) -> None:
    assert changes(Version(before), Version(after), NAMES) == [Change(told, fact=False)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"source": "s1", "title": "Un  titolo"}, {"title": "Un titolo"}),
        ({"period": {"source": "s1"}}, {"period": {"source": ["s1"]}}),
        ({"limits": []}, {}),
        ({"an_old_field": "x"}, {"another": "y"}),
    ],
)
def test_what_says_the_same_is_no_change(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert changes(Version(before), Version(after), NAMES) == []


def test_texts_are_told_by_section() -> None:
    before = {"Il problema": "Case vuote.", "Risultati": "120 persone [^s1]", "Lezioni": "Una."}
    after = {"Il problema": "Le case vuote.", "Risultati": "340 persone [^s1]", "Limiti": "x"}
    assert changes(Version({}, before), Version({}, after), NAMES) == [
        Change("Testo riscritto in «Il problema»", fact=False),
        Change("Testo riscritto in «Risultati», con altre cifre o fonti"),
        Change("Tolto il testo «Lezioni»"),
        Change("Aggiunto il testo «Limiti»"),
    ]


@pytest.mark.parametrize(
    "old",
    ["", "no front matter", "---\ntitle: [\n---\n", "---\ntitle: x\n", "\xff", "---\na: b\n---"],
)
def test_versions_of_any_shape_are_compared(old: str) -> None:
    """What an old commit held may be anything; the checker saw only what is there today."""
    texts = FileText(old.encode("latin-1")), FileText(b"---\ntitle: Nuovo\n---\n## Lezioni\n\nx\n")
    told = [change.text for change in changes(*differing(*texts), NAMES)]
    assert told[-1] == "Aggiunto il testo «Lezioni»"


def test_hostile_yaml_of_the_past_is_left_out() -> None:
    bomb = "---\nlimits: [&a [x, x], *a]\ntitle: A\nlegal_basis: " + "[" * 900 + "]" * 900
    texts = FileText(f"{bomb}\n---\n".encode()), FileText(b"---\ntitle: B\n---\n")
    told = [change.text for change in changes(*differing(*texts), NAMES)]
    assert told == ["Titolo: «A» → «B»"]
