# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Organisations that several practices share, however each writes them."""

import pytest

from kb.organisations import Organisation, key, shared


def found(*names: str, authorities: tuple[str, ...] = ("Comune di Prova",)) -> list[str]:
    """Return the names of organisations that practices share, each naming one of *names*."""
    named = {f"p{number}": [name] for number, name in enumerate(names)}
    return [organisation.name for organisation in shared(named, authorities)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Camera di commercio di Prova", "Camera di Commercio di Prova"),
        ("Rete delle Case", "Rete delle Case APS"),
        ("Prossimi ETS", "Prossimi"),
        ("Società à la carte S.r.l.", "Societa a la carte"),
        ("Politecnico, Design", "Politecnico"),
        ("Laboratorio, Università di Prova", "Università di Prova, altro laboratorio"),
    ],
)
def test_names_of_one_organisation_meet(one: str, other: str) -> None:
    assert len(found(one, other)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fondazione Politecnico", "Politecnico"),
        ("Fondazione Milan", "Milan"),
        ("Enti del Terzo settore", "Enti del Terzo settore"),
        ("Comune di Prova, Direzione Casa", "Comune di Prova, Direzione Casa"),
        ("Comune di Prova e Quartieri", "Comune di Prova e Quartieri"),
        ("Casa editrice, con il programma Uno", "Altra, con il programma Uno"),
        ("Uno, Direzione Welfare", "Due, Direzione Welfare"),
    ],
)
def test_what_is_no_organisation_or_two_does_not_meet(one: str, other: str) -> None:
    assert found(one, other) == []


def test_old_name_leads_to_todays() -> None:
    named = {
        "a": ["Compagnia, oggi Fondazione Compagnia"],
        "b": ["Compagnia"],
        "c": ["Fondazione Compagnia"],
    }
    assert list(shared(named, [])) == [
        Organisation("fondazione-compagnia", "Fondazione Compagnia", ("a", "b", "c"))
    ]


def test_practice_counts_once() -> None:
    assert list(shared({"a": ["ANCI", "Anci"]}, [])) == []


def test_name_written_most_often_is_shown() -> None:
    assert found("Anci", "ANCI", "ANCI") == ["ANCI"]


def test_name_of_a_legal_form_only_keeps_it() -> None:
    assert key("ETS") == "ets"
