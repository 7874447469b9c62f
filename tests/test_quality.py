# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Entries are graded by rule, from their fields, with the next step named."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from justhtml import JustHTML

from kb import quality
from kb.content import load
from kb.labels import LEVELS
from kb.records import Baseline, Practice, Source
from kb.schema import markdown_table
from tests.conftest import DATA, ROOT, PageClient, text

ENTRY = "milano/ricetta-di-prova.md"


@pytest.fixture(scope="module")
def practice() -> Practice:
    """A practice with one source of a partner, a measured and an expected indicator."""
    return load(DATA / "base").practices["ricetta-di-prova"].record


def source(practice: Practice, **changes: Any) -> Source:
    return practice.sources[0].model_copy(update={"id": "s2", "publisher": "Altri", **changes})


def changed(practice: Practice, **changes: Any) -> Practice:
    return practice.model_copy(update=changes)


def ladder(practice: Practice) -> list[Practice]:
    """Return the practice on each level, from 0 to 4."""
    sourced = changed(practice, sources=(*practice.sources, source(practice)))
    first = practice.indicators[0]
    before = first.model_copy(update={"baseline": Baseline(value=10)})  # type: ignore[arg-type]
    compared = changed(sourced, indicators=(before,))
    independent = (*practice.sources, source(practice, evaluation="independent"))
    return [
        practice,
        changed(sourced, indicators=practice.indicators[1:]),
        sourced,
        compared,
        changed(compared, sources=independent),
    ]


def test_each_step_of_the_ladder_needs_the_one_below(practice: Practice) -> None:
    graded = [quality.evidence(record) for record in ladder(practice)]
    assert [evidence.level for evidence in graded] == [0, 1, 2, 3, 4]
    assert [str(evidence.next_step) for evidence in graded] == [
        "aggiungi una seconda fonte, di un altro editore",
        "aggiungi un risultato misurato, con il suo anno e la fonte",
        "aggiungi a un indicatore misurato il valore di partenza o un confronto",
        "cita fra le fonti una valutazione fatta da terzi",
        "None",
    ]
    assert set(LEVELS) == set(quality.NEEDS) == {str(level) for level in range(5)}


def test_an_evaluation_alone_does_not_lift_an_entry_but_is_told(practice: Practice) -> None:
    sources = (*practice.sources, source(practice, evaluation="independent"))
    evidence = quality.evidence(changed(practice, sources=sources, indicators=()))
    assert evidence.level == 1
    assert str(evidence.facts[-1]) == "valutazione indipendente: «La ricetta», Altri"


def test_an_internal_evaluation_is_not_independent(practice: Practice) -> None:
    top = ladder(practice)[4]
    inside = top.sources[1].model_copy(update={"evaluation": "internal"})
    evidence = quality.evidence(changed(top, sources=(top.sources[0], inside)))
    assert evidence.level == 3
    assert str(evidence.facts[-1]) == "valutazione interna: «La ricetta», Altri"


@pytest.mark.parametrize(
    ("sources", "step"),
    [
        ({"kind": "press"}, None),
        ({"publisher": "Programma di prova"}, "aggiungi una seconda fonte, di un altro editore"),
    ],
)
def test_sources_must_be_of_two_publishers(
    practice: Practice, sources: dict[str, str], step: str | None
) -> None:
    record = changed(practice, sources=(*practice.sources, source(practice, **sources)))
    evidence = quality.evidence(record)
    assert (str(evidence.next_step) if evidence.level == 0 else None) == step


def test_press_alone_does_not_document(practice: Practice) -> None:
    press = tuple(source(practice, kind="press", publisher=name) for name in "abc")
    evidence = quality.evidence(changed(practice, sources=press))
    assert evidence.level == 0
    assert str(evidence.next_step) == "aggiungi una fonte ufficiale o di un partner"


def test_expectations_and_figures_without_year_are_no_measures(practice: Practice) -> None:
    undated = practice.indicators[0].model_copy(update={"year": None})
    record = changed(ladder(practice)[1], indicators=(undated, practice.indicators[1]))
    evidence = quality.evidence(record)
    assert evidence.level == 1
    assert str(evidence.next_step) == "aggiungi l'anno all'indicatore «Persone sostenute»"


def test_a_comparison_does_as_well_as_a_baseline(practice: Practice) -> None:
    compared = practice.indicators[0].model_copy(update={"comparison": "Altrove il 3% [^s1]"})
    evidence = quality.evidence(changed(ladder(practice)[2], indicators=(compared,)))
    assert evidence.level == 3
    assert str(evidence.facts[-1]) == "con un confronto: Persone sostenute"


def test_weights_make_a_whole_and_the_weightiest_come_first() -> None:
    weights = [part.weight for part in quality.PARTS]
    assert sum(weights) == 100
    assert weights == sorted(weights, reverse=True)
    required = {name for name, info in Practice.model_fields.items() if info.is_required()}
    assert not required & {part.key for part in quality.PARTS}


def test_completeness_names_what_to_add(practice: Practice) -> None:
    whole = quality.completeness(practice, ["working", "elsewhere"])
    assert (whole.percent, whole.missing) == (100, ())
    poor = changed(practice, contact=None, legal_basis=(), lessons=())
    lacking = quality.completeness(poor, ["problem", "action", "results"])
    assert [part.key for part in lacking.missing] == [
        "contact",
        "legal_basis",
        "elsewhere",
        "working",
        "lessons",
    ]
    assert lacking.percent == 100 - 12 - 9 - 5 - 5 - 5
    assert quality.completeness(poor, ["lessons"]).percent == lacking.percent + 5


def documentation(page: JustHTML) -> str:
    """Return what the key facts of a practice's page say of its documentation."""
    (told,) = (fact for fact in text(page, ".facts dd") if "4," in fact)
    return told


def test_page_tells_level_reasons_and_next_step(client: PageClient) -> None:
    page = client.page("/pratiche/ricetta-di-prova")
    told = documentation(page)
    assert told.startswith("livello 0 di 4, dichiarata")
    assert "Riguarda la scheda, non la pratica né la città." in told
    assert "Per arrivare al livello 1: aggiungi una seconda fonte, di un altro editore." in told
    assert "Completa al 90%." in told
    assert "la sezione «Come funziona» (5%)" in told
    english = documentation(client.page("/en/pratiche/ricetta-di-prova"))
    assert english.startswith("level 0 of 4, stated")


def test_search_narrows_by_level(client: PageClient) -> None:
    page = client.page("/cerca?livello=1")
    assert text(page, ".practice-card-title") == ["Custodi delle case popolari"]
    assert text(page, ".filter-chips .chip-label") == [
        "Livello di documentazione: 1 di 4, documentata"
    ]
    answer = client.get("/api/v1/search?livello=1").get_json()
    assert [hit["evidence"] for hit in answer["hits"]] == [1]
    shown = {row["value"]: row["label"] for row in answer["facets"]["evidence"]}
    assert shown["1"] == "1 di 4, documentata"


def test_rules_are_told_with_their_numbers(client: PageClient) -> None:
    page = client.page("/qualita")
    rows = [" ".join(row.split()) for row in text(page, ".rules-table tbody tr")]
    for part in quality.PARTS:
        assert f"{part.name} {part.add} {part.weight}%" in rows
    assert "Consolidata 18" in rows
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for label in LEVELS.values():
        assert f"| {label.replace(' di 4', '')} |" in guide


def test_comparison_and_evaluation_are_shown(
    run: Callable[..., Result], content_dir: Path, instance: Path
) -> None:
    from kb.web import create_app  # noqa: PLC0415 - after the settings of `run`

    path = content_dir / ENTRY
    changed = path.read_text(encoding="utf-8")
    changed = changed.replace(
        "    year: 2020\n", "    year: 2020\n    comparison: Il doppio che altrove [^s1]\n", 1
    )
    changed = changed.replace(
        "    kind: partner\n", "    kind: partner\n    evaluation: internal\n"
    )
    path.write_text(changed, encoding="utf-8")
    assert run("check").exit_code == 0
    assert run("build").exit_code == 0
    page = PageClient(create_app({"INSTANCE_DIR": str(instance)})).page(
        "/pratiche/ricetta-di-prova"
    )
    assert "Confronto: Il doppio che altrove [1]" in text(page, ".figure-note")
    assert text(page, ".source-list .source-kind") == ["Partner o ricerca", "Valutazione interna"]


def test_guide_has_the_new_fields() -> None:
    table = markdown_table()
    assert "| `next_review` | Prossima verifica | no |" in table
    assert "| `archived` | Archiviata | no |" in table
    assert table in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
