# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The guided way in: answers that narrow, with counts and reasons, and never a dead end."""

import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

import search_index
from kb import guide
from kb.check import check
from kb.content import load
from kb.documents import TUNING
from kb.records import Question
from kb.store import KnowledgeBase
from tests.conftest import PageClient, text


def choices(page: Any) -> dict[str, str | None]:
    """Return where each choice of the guide leads, by its words; None when it is no link."""
    return {
        " ".join(choice.to_text().split()): choice.attrs.get("href")
        for choice in page.query(".guide-choice")
    }


def test_questions_come_with_counted_answers(client: PageClient) -> None:
    page = client.page("/percorso")
    assert text(page, ".guide-question") == [
        "1 Per chi è?",
        "2 Che cosa hai in mano?",
        "3 Quanto puoi spendere?",
    ]
    assert choices(page) == {
        "Famiglie 2 pratiche": "/percorso?per-chi=famiglie#domanda-in-mano",
        "Persone anziane E chi le assiste. 2 pratiche": (
            "/percorso?per-chi=anziani#domanda-in-mano"
        ),
        "Del denaro 2 pratiche": "/percorso?in-mano=denaro#domanda-per-chi",
        "Un patto 1 pratica": "/percorso?in-mano=patto#domanda-per-chi",
        "Fino a 50.000 euro nessuna pratica, con le altre risposte": None,
        "Molto 1 pratica": "/percorso?spesa=oltre#domanda-per-chi",
    }
    assert [step.attrs["id"] for step in page.query("details[open]")] == ["domanda-per-chi"]
    assert not page.query(".practice-card")


def test_answers_narrow_and_say_why(client: PageClient) -> None:
    page = client.page("/percorso?per-chi=anziani&in-mano=denaro")
    assert text(page, "h2#pratiche") == ["Resta una pratica"]
    assert text(page, ".practice-card-why") == [
        "Serve a: Persone anziane · Usa: Bando o avviso pubblico"
    ]
    assert text(page, ".guide-answer") == ["Persone anziane", "Del denaro"]
    assert [step.attrs["id"] for step in page.query("details[open]")] == ["domanda-spesa"]
    # An answer to an answered question counts without the answer it would replace.
    assert "Un patto 1 pratica" in choices(page)


def test_answer_can_be_replaced_and_taken_back(client: PageClient) -> None:
    page = client.page("/percorso?per-chi=anziani&in-mano=denaro")
    assert choices(page)["Un patto 1 pratica"] == (
        "/percorso?per-chi=anziani&in-mano=patto#domanda-spesa"
    )
    back = [link.attrs["href"] for link in page.query(".chosen a")]
    assert back == ["/percorso?in-mano=denaro#pratiche", "/percorso?per-chi=anziani#pratiche"]


def test_list_leads_to_comparison_and_to_the_same_search(client: PageClient) -> None:
    page = client.page("/percorso?per-chi=anziani")
    ways = {a.to_text(): a.attrs["href"] for a in page.query(".table-ways a")}
    assert ways["Confronta queste"] == "/confronta?p=mercato-di-prova&p=custodi-di-prova"
    search = ways["Cercale con parole e altri filtri"]
    assert search == "/cerca?destinatari=anziani"
    assert text(client.page(search), ".result-count") == ["2 pratiche"]


def test_guide_and_search_find_the_same(client: PageClient) -> None:
    for path in ("/percorso?spesa=oltre", "/percorso?per-chi=famiglie&in-mano=denaro&spesa=oltre"):
        page = client.page(path)
        (search,) = (
            a.attrs["href"] for a in page.query(".table-ways a") if "/cerca" in a.attrs["href"]
        )
        found = client.page(search)
        assert text(found, ".practice-card-title") == text(page, ".practice-card-title") != []


def test_answers_that_leave_nothing_are_said_with_a_way_back(client: PageClient) -> None:
    page = client.page("/percorso?per-chi=famiglie&spesa=poco")
    assert text(page, "h2#pratiche") == ["Nessuna pratica con queste risposte"]
    assert [a.attrs["href"] for a in page.query(".chosen a")] == [
        "/percorso?spesa=poco#pratiche",
        "/percorso?per-chi=famiglie#pratiche",
    ]


@pytest.mark.parametrize("query", ["per-chi=nessuno", "nulla=anziani", "per-chi="])
def test_odd_answers_are_ignored(client: PageClient, query: str) -> None:
    page = client.page(f"/percorso?{query}")
    assert text(page, "h2#pratiche") == ["3 pratiche"]


def test_home_leads_to_guide_and_search(client: PageClient) -> None:
    links = [a.attrs["href"] for a in client.page("/en/").query(".ways-in a")]
    assert {"/en/problemi", "/en/percorso", "/en/confronta"} <= set(links)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("[famiglie]", "[famiglia]", "9: vocabulary"),
        ("target_group: [famiglie]", "target_group: []", "8: answer_empty"),
        ("target_group: [famiglie]", "colour: [blue]", "9: extra_forbidden"),
        ("budget: [more]", "budget: [a-lot]", "46: literal_error"),
        ("- id: anziani", "- id: famiglie", "10: term_twice"),
        ("budget: [more]", "instrument: [avviso-pubblico]", "42: facet_twice"),
        ("status: [running, consolidated]", "theme: [sconosciuto]", "47: vocabulary"),
    ],
)
def test_faults_of_the_guide_are_found(
    content_dir: Path, old: str, new: str, expected: str
) -> None:
    path = content_dir / "vocabularies" / "guide.yml"
    source = path.read_text("utf-8")
    assert old in source
    path.write_text(source.replace(old, new, 1), "utf-8")
    found = [f"{finding.line}: {finding.code}" for finding in check(load(content_dir))]
    assert expected in found


def test_every_real_answer_leaves_practices(real_client: PageClient) -> None:
    page = real_client.page("/percorso")
    assert None not in choices(page).values()
    assert 3 <= len(page.query(".guide-step")) <= 4


def many(count: int, folder: Path) -> KnowledgeBase:
    """Return what the guide reads of a base of *count* generated practices."""
    facets = {"target_group": 20, "instrument": 25, "status": 6, "budget": 5}
    documents = [
        search_index.Document(
            id=f"pratica-{number}",
            texts={"title": f"Pratica {number}"},
            names=(),
            facets={
                facet: (f"{facet}-{number % size}", f"{facet}-{number * 7 % size}")
                for facet, size in facets.items()
            },
            prior=0.0,
        )
        for number in range(count)
    ]
    search_index.create_index(folder, documents)
    questions = {
        facet: Question.model_validate(
            {
                "id": facet.replace("_", "-"),
                "label": facet,
                "label_en": facet,
                "answers": [
                    {"id": f"r{n}", "label": "x", "label_en": "x",
                     "facets": {"target_group": ["unused"]}}
                    for n in range(10)
                ],
            }
        )
        for facet in facets
    }  # fmt: skip
    for facet, question in questions.items():
        for number, answer in enumerate(question.answers):
            values = (f"{facet}-{number}", f"{facet}-{number + 1}")
            narrowing = answer.facets.model_copy(update={"target_group": (), facet: values})
            object.__setattr__(answer, "facets", narrowing)
    derived: dict[str, Any] = {}

    def once(name: str, derive: Any) -> Any:
        if name not in derived:
            derived[name] = derive(base)
        return derived[name]

    base = SimpleNamespace(
        find=search_index.open_index(folder, TUNING).search,
        vocabularies={"guide": questions},
        count=lambda: count,
        once=once,
    )
    return cast(KnowledgeBase, base)


def test_guide_is_quick_with_two_thousand_practices(tmp_path: Path) -> None:
    base = many(2000, tmp_path)
    guide.steps(base, {})
    start = time.perf_counter()
    steps = guide.steps(base, {"target-group": "r1", "instrument": "r2", "status": "r0"})
    assert time.perf_counter() - start < 0.25
    assert [len(step.choices) for step in steps] == [10] * 4
    assert all(choice.count < 2000 for step in steps for choice in step.choices)
