# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What people type into the form of a practice becomes its file, and is checked as files are."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from pydantic import Field as Declared

from kb import content, form, frontmatter, italian, labels, steps
from kb.check import check_text
from kb.draft import Draft, draft_of, read
from kb.proposal import Known, Proposal, known, model, propose, slug_of
from kb.records import Practice
from kb.store import KnowledgeBase
from tests.conftest import ROOT

#: The shortest practice, as typed.
SHORTEST: dict[str, list[str]] = {
    "citta": ["milano"],
    "sources.0.id": ["s1"],
    "sources.0.title": ["Delibera di Giunta"],
    "sources.0.publisher": ["Comune di prova"],
    "sources.0.date": ["18/12/2024"],
    "sources.0.url": ["https://example.org/delibera"],
    "sources.0.kind": ["official"],
    "title": ["Orti di prova – terreni curati dagli abitanti"],
    "summary": ["Il Comune affida terreni agli abitanti."],
    "title_en": ["Test gardens"],
    "summary_en": ["The municipality lends land to residents."],
    "themes": ["reti-di-prossimita", "", "", ""],
    "status": ["running"],
    "status_date": ["dicembre 2024"],
    "period.start": ["2018"],
    "period.source": ["s1"],
    "place.name": ["Quartiere di prova"],
    "scale": ["neighbourhood"],
    "target_groups": ["famiglie"],
    "instruments": ["patto-di-collaborazione"],
    "lead.name": ["Comune di prova"],
    "lead.kind": ["public"],
    "testo.problem": ["Terreni vuoti [^s1]."],
    "testo.action": ["Un bando [^s1]."],
    "testo.results": ["Non sono noti [^s1]."],
    "reviewed": ["31/01/2026"],
}


#: Texts that anything may be typed into.
TEXTS = [
    *("title", "summary", "summary_en", "keywords", "place.name", "lead.name", "lead.role"),
    *("limits", "period.note", "sources.0.title", "testo.problem", "testo.results"),
]
NASTY = [
    *("\u2028", "\x85", "\x00", "\ufeff", "\U0001f600", "\u00ad", "\u200b", "\x0c", "\ue000"),
    *("---", "...", "\n## x\n", "[^s1]", "null", "yes"),
]


def proposed(base: KnowledgeBase, **changes: Any) -> Proposal:
    """Return the shortest practice with *changes*: texts by name, dots as double underscores."""
    changed = {name.replace("__", "."): [value] for name, value in changes.items()}
    return propose(Draft({**SHORTEST, **changed}), known(base))


def wrong(proposal: Proposal) -> list[tuple[str, str]]:
    return [(name, finding.code) for name, finding in proposal.findings]


def test_shortest_practice_is_a_clean_file(
    base: KnowledgeBase, content_dir: Path, run: Callable[..., Result]
) -> None:
    proposal = proposed(base)
    assert wrong(proposal) == []
    assert proposal.path == "practices/milano/orti-di-prova.md"
    path = content_dir / proposal.path.removeprefix("practices/")
    path.write_text(proposal.text, encoding="utf-8")
    result = run("check")
    assert result.exit_code == 0, result.stdout
    assert "status_date: 2024-12\n" in proposal.text
    assert "themes: [reti-di-prossimita]\n" in proposal.text
    assert "  source: s1\n" in proposal.text
    assert proposal.reading.normal == {
        "sources.0.date": "2024-12-18",
        "status_date": "2024-12",
        "reviewed": "2026-01-31",
    }


def test_real_practices_pass_through_the_form_unchanged() -> None:
    loaded = content.load(ROOT / "practices")
    terms: dict[str, Any] = {
        **loaded.vocabularies,
        "themes": loaded.themes,
        "authorities": loaded.authorities,
        "events": loaded.events,
        "practices": loaded.practices,
    }
    for slug, entry in loaded.practices.items():
        sections = {str(section.key): section.text for section in entry.sections}
        draft = draft_of(entry.document.data, sections, loaded.authority_of(slug))
        proposal = propose(draft, Known(terms, ()))
        assert wrong(proposal) == [], slug
        assert proposal.record == entry.record, slug
        assert proposal.body.strip() == entry.document.body.strip(), slug
        assert proposal.reading.normal == {}, slug


#: What is typed otherwise, and what is found: the field and the code.
FAULTS: list[tuple[dict[str, str], list[tuple[str, str]]]] = [
    ({"title": ""}, [("title", "missing")]),
    ({"title": "T" * 91}, [("title", "string_too_long")]),
    ({"title": "Mercato di prova"}, [("title", "title_taken")]),
    ({"title": "Vecchia ricetta – altro"}, [("title", "title_taken")]),
    ({"title": "???"}, [("title", "title_nameless")]),
    ({"citta": ""}, [("citta", "missing")]),
    ({"citta": "roma"}, [("citta", "vocabulary")]),
    ({"status_date": "31/02/2024"}, [("status_date", "date")]),
    ({"period__start": ""}, [("period", "period_empty")]),
    ({"target_groups": "marziani"}, [("target_groups", "vocabulary")]),
    ({"testo__results": ""}, [("testo.results", "missing")]),
    ({"testo__action": "Nel 2018 un bando."}, [("testo.action", "figure_uncited")]),
    ({"testo__results": "Nulla [^s7]."}, [("testo.results", "citation_unknown")]),
    ({"testo__action": "Uno [^s1].\n\n## Poi\n\nDue."}, [("testo.action", "heading_unknown")]),
    ({"limits": "Uno\n\nNel 2020 due"}, [("limits", "figure_uncited")]),
    ({"sources__3__title": "Altra", "sources__3__id": "s4"}, [
        ("sources.3.publisher", "missing"),
        ("sources.3.url", "missing"),
        ("sources.3.kind", "missing"),
        ("sources.3", "source_uncited"),
    ]),
    ({"indicators__0__label": "orti"}, [
        ("indicators.0.value", "missing"),
        ("indicators.0.unit", "missing"),
        ("indicators.0.source", "missing"),
    ]),
    ({"limits": "Uno\n\n"}, []),
]  # fmt: skip


def test_findings_name_the_field(base: KnowledgeBase) -> None:
    for changes, expected in FAULTS:
        assert wrong(proposed(base, **changes)) == expected, changes


def test_findings_quote_what_was_typed(base: KnowledgeBase) -> None:
    changes = {"status_date": "32/13/2024", "period.start": "3 maggio 2099", "contact.email": "a@b"}
    changes |= {"indicators.0.label": "persone", "indicators.0.value": "circa 25 mila"}
    told = {name: f.message("it") for name, f in proposed(base, **changes).findings}
    assert "«32/13/2024»" in told["status_date"]
    assert "«circa 25 mila»" in told["indicators.0.value"]
    assert "e-mail" in told["contact.email"]
    assert "^" not in "".join(told.values())
    changes = {"reviewed": "3 maggio 2099"}
    told = {name: f.message("it") for name, f in proposed(base, **changes).findings}
    assert "«3 maggio 2099»" in told["reviewed"]


def test_form_finds_what_the_checker_finds_in_the_file(base: KnowledgeBase, tmp_path: Path) -> None:
    """With signs that YAML, markdown or line ends could take amiss."""
    signs = [*"aZ é0-:#'\"[]{}&*!|>%@`,?~\\\t\n\r", *NASTY]
    chosen = random.Random(5)  # noqa: S311 - the same texts at every run
    terms = known(base).terms
    path = tmp_path / "file.md"
    clean = 0
    for _ in range(200):
        names = chosen.sample(TEXTS, 3)
        typed = {name: ["".join(chosen.choices(signs, k=chosen.randint(1, 14)))] for name in names}
        proposal = propose(Draft({**SHORTEST, **typed}), known(base))
        path.write_text(proposal.text, encoding="utf-8", newline="")
        read = frontmatter.read(path)
        assert read.findings == [], typed
        record, found = content.validate(Practice, read, read.data, terms)
        found += check_text(read)
        own = [finding for _, finding in proposal.findings if not finding.code.startswith("title_")]
        codes = ["missing" if f.code == "heading_missing" else f.code for f in found]
        assert sorted(f.code for f in own) == sorted(codes), typed
        assert record == proposal.record, typed
        clean += not own
    assert 50 < clean < 190


def test_rows_that_nobody_filled_are_left_out(base: KnowledgeBase) -> None:
    begun = {"funding__0__source": "s1", "funding__0__scope": "part", "sources__1__id": "s2"}
    proposal = proposed(base, **begun, theory_of_change__inputs__0__id="i1")
    assert wrong(proposal) == []
    assert "funding" not in proposal.text
    assert "s2" not in proposal.text
    assert "theory" not in proposal.text


def test_text_is_kept_clean_of_control_characters() -> None:
    draft = Draft({"title": ["Orti\x00 di\r\nprova"], "testo.problem": ["Uno\r\n\x0b\r\nDue\x07 "]})
    assert read(draft).data["title"] == "Orti di prova"
    assert draft.sections == {"problem": "Uno\n\n\nDue"}


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("25.000,50", "25000.50"),
        ("25.000", "25000"),
        ("1.250.000 €", "1250000"),
        ("3,5 %", "3.5"),
        ("3.5", "3.5"),
        ("16454", "16454"),
        ("-2", "-2"),
        ("25 mila", "25000"),
        ("1,234", "1.2340"),
        ("0.125", "0.1250"),
        ("circa 30", None),
    ],
)
def test_numbers_as_italians_write_them(typed: str, normal: str | None) -> None:
    assert italian.number(typed) == normal


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("18/12/2024", "2024-12-18"),
        ("8.1.2024", "2024-01-08"),
        ("12/2024", "2024-12"),
        ("dicembre 2024", "2024-12"),
        ("1° Marzo 2020", "2020-03-01"),
        ("l'8 maggio 2024", "2024-05-08"),
        ("18 dic 2024", "2024-12-18"),
        ("2024-12-18", "2024-12-18"),
        ("2024", "2024"),
        ("32/13/2024", None),
        ("estate 2024", None),
    ],
)
def test_dates_as_italians_write_them(typed: str, normal: str | None) -> None:
    assert italian.date(typed) == normal


def test_point_of_degrees_parts_no_thousands() -> None:
    assert (italian.degrees("45,464°"), italian.degrees("45.464")) == ("45.464", "45.464")


def test_new_field_is_asked_for_by_itself() -> None:
    class Wider(Practice):
        colour: str | None = Declared(None, title="Colore", description="Di che colore è.")

    rest = next(step for step in steps.STEPS if step.key == steps.REST)
    asked = {field.name: field for field in steps.fields_of(rest, form.fields(Wider))}
    assert asked["colour"].kind == "text"
    assert asked["colour"].title == "Colore"


def test_every_field_is_asked_in_one_step() -> None:
    asked = [f.name for step in steps.STEPS for f in steps.fields_of(step, form.fields())]
    assert sorted([*asked, *steps.NOT_ASKED]) == sorted(f.name for f in form.fields())


def test_every_field_has_words_for_people() -> None:
    for field in (inner for top in form.fields() for inner in top.walk()):
        assert field.title, field.name
        assert field.description, field.name
        if field.values:
            assert set(labels.labels_of(field.values).values()) & set(field.values) == set()
        elif field.kind in ("text", "lines", "date", "number", "degrees", "year", "url", "email"):
            assert field.examples or field.name.split(".")[0] in steps.NOT_ASKED, field.name


def test_slug_is_that_of_the_name() -> None:
    assert slug_of("QuBì – reti di quartiere") == "qubi"
    assert slug_of("È – altro") == "e-altro"
    assert len(slug_of("parola " * 40)) <= 80


def test_model_keeps_choices_and_no_fact(base: KnowledgeBase) -> None:
    page = base.practice("ricetta-di-prova")
    assert page is not None
    values = {name: found for name, found in model(page.record).values.items() if any(found)}
    assert values == {
        "themes": list(page.record.themes),
        "target_groups": list(page.record.target_groups),
        "instruments": list(page.record.instruments),
        "scale": [page.record.scale],
        "lead.kind": [page.record.lead.kind],
    }
    assert model(page.record).rows("indicators") == [0]


def test_choices_keep_the_order_that_they_had() -> None:
    boxes = ["a", "b", "c"]
    for main, order in (("c", ["c", "b", "a"]), ("a", ["a", "c", "b"]), ("", ["c", "b", "a"])):
        draft = Draft({"problems": [main, *boxes], "ordine.problems": ["c b a"]})
        assert read(draft).data["problems"] == order
