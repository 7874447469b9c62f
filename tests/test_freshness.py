# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Entries have a day of their next review; what is overdue or gone is told to its authority."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from click.testing import Result

from kb import freshness, link_cache, upkeep
from kb.build import build
from kb.content import load
from kb.issue import issue
from kb.link_cache import Link
from kb.records import Archived, Practice, Status
from kb.web import create_app
from tests.conftest import DATA, PageClient, text

Run = Callable[..., Result]
ENTRY = "milano/ricetta-di-prova.md"
OLD = "reviewed: 2020-01-31\nnext_review: 2020-06-01"


@pytest.fixture
def practice() -> Practice:
    return load(DATA / "base").practices["ricetta-di-prova"].record


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def pages(content_dir: Path, instance: Path) -> PageClient:
    build(content_dir, instance)
    return PageClient(create_app({"TESTING": True, "INSTANCE_DIR": str(instance)}))


@pytest.mark.parametrize(
    ("reviewed", "status", "due"),
    [
        ("2026-01-31", "running", date(2027, 1, 31)),
        ("2025-08-31", "pilot", date(2026, 2, 28)),
        ("2026-12-15", "idea", date(2027, 6, 15)),
        ("2024-02-29", "running", date(2025, 2, 28)),
        ("2026-01-31", "consolidated", date(2027, 7, 31)),
        ("2026-01-31", "stopped", date(2029, 1, 31)),
    ],
)
def test_next_review_follows_from_the_status(
    practice: Practice, reviewed: str, status: Status, due: date
) -> None:
    record = practice.model_copy(update={"reviewed": reviewed, "status": status})
    assert freshness.next_review(record) == due


def test_every_status_has_its_months() -> None:
    assert set(freshness.MONTHS) == set(get_args(Status))


def test_an_author_may_name_the_day_and_the_day_itself_is_not_late(practice: Practice) -> None:
    record = practice.model_copy(update={"next_review": "2026-05-01"})
    day = date(2026, 5, 1)
    assert freshness.next_review(record) == day
    assert freshness.overdue(record, day) is None
    assert freshness.overdue(record, date(2026, 5, 2)) == day
    assert [
        freshness.due_soon(record, date(2026, *on)) for on in ((3, 1), (3, 2), (5, 1), (5, 2))
    ] == [
        False,
        True,
        True,
        False,
    ]


def test_archived_entries_are_never_due(practice: Practice) -> None:
    archived = Archived(date="2026-02-01", reason="Unita a un'altra")
    record = practice.model_copy(update={"archived": archived, "next_review": "2026-02-02"})
    assert freshness.next_review(record) is None
    assert freshness.overdue(record, date(2040, 1, 1)) is None


def test_next_review_before_the_last_is_said_at_its_line(run: Run, content_dir: Path) -> None:
    change(
        content_dir / ENTRY, "reviewed: 2026-01-31", "reviewed: 2026-01-31\nnext_review: 2026-01-31"
    )
    answer = run("check")
    assert answer.exit_code == 1
    line = (
        (content_dir / ENTRY)
        .read_text(encoding="utf-8")
        .splitlines()
        .index("next_review: 2026-01-31")
    )
    assert f"{ENTRY}:{line + 1}:" in answer.stdout
    assert "la prossima verifica viene dopo l'ultima, del 2026-01-31" in answer.stdout


def test_overdue_entry_says_so_mildly(content_dir: Path, instance: Path) -> None:
    change(content_dir / ENTRY, "reviewed: 2026-01-31", OLD)
    client = pages(content_dir, instance)
    page = client.page("/pratiche/ricetta-di-prova")
    assert text(page, ".entry-note") == [
        "Scheda da riverificare dall'1 giugno 2020: qualcosa può essere cambiato."
    ]
    assert not client.page("/pratiche/custodi-di-prova").query(".entry-note")


def test_the_day_of_the_request_counts_not_that_of_the_build(
    content_dir: Path, instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = pages(content_dir, instance)
    noted = []
    for day in (date(2027, 1, 31), date(2027, 2, 1)):

        class Day(date):
            @classmethod
            def today(cls) -> date:
                return day  # noqa: B023 - used within the turn

        monkeypatch.setattr("kb.web.upkeep.date", Day)
        noted.append(bool(client.page("/pratiche/ricetta-di-prova").query(".entry-note")))
    assert noted == [False, True]


def test_maintenance_lists_what_there_is_to_do(content_dir: Path, instance: Path) -> None:
    change(content_dir / ENTRY, "reviewed: 2026-01-31", OLD)
    link_cache.write(
        instance,
        Link(
            "https://example.org/custodi",
            "dead",
            "404",
            "2026-02-03",
            "https://web.archive.org/web/2015/https://example.org/custodi",
        ),
    )
    client = pages(content_dir, instance)
    page = client.page("/manutenzione")
    first = text(page, ".rules-table tbody tr")[0]
    assert " ".join(first.split()).startswith("Milano 2 1 0 1 1 ")
    assert "3 febbraio 2026" in text(page, "#lavoro-caption")[0]
    assert text(page, "#scadute-milano + ul li") == [
        "Ricetta contro la povertà (scadenza: 1 giugno 2020)"
    ]
    assert "Risposta: 404 (3 febbraio 2026). Copia archiviata" in text(page, ".dead-list li")[0]
    assert not page.query("#citta-torino"), "nothing urgent there"
    assert not page.query("#domande-milano")
    one = client.page("/manutenzione?citta=milano&citta=nessuna")
    assert text(one, "h1") == ["Manutenzione: Milano"]
    assert len(one.query("#lavoro-caption ~ tbody tr")) == 1
    assert text(one, "#una-fonte-milano + ul li") == ["Ricetta contro la povertà"]
    assert "Quante famiglie?" in text(one, "#domande-milano + details")[0]
    assert text(one, "#manca-milano-contact .place-list li") == ["Custodi delle case popolari"]
    assert one.query('footer a[href="/manutenzione"]')


def test_city_page_tells_how_its_entries_are_documented(client: PageClient) -> None:
    page = client.page("/citta/milano")
    (told,) = (fact for fact in text(page, ".facts dd") if "complete in media" in fact)
    assert told.startswith(
        "complete in media al 46% 0 di 4, dichiarata (1) 1 di 4, documentata (1)"
    )
    assert page.query('.facts a[href="/manutenzione?citta=milano"]')


def test_broken_entries_are_told_of(run: Run, content_dir: Path) -> None:
    change(content_dir / ENTRY, "status: running", "status: x")
    answer = run("stale")
    assert answer.stderr == "1 entries cannot be read and are left out: see 'kb check'.\n"
    assert "Milano: 1 entries" in answer.stdout


def test_stale_prints_a_table_and_an_issue_per_authority(
    run: Run, content_dir: Path, instance: Path
) -> None:
    change(content_dir / ENTRY, "reviewed: 2026-01-31", OLD)
    link_cache.write(
        instance, Link("https://example.org/custodi", "dead", "host unknown", "2026-02-03")
    )
    table = run("stale").stdout
    assert "  overdue    2020-06-01  ricetta-di-prova\n" in table
    assert (
        "  dead       host unknown  milano/custodi-di-prova https://example.org/custodi\n" in table
    )
    assert "Torino: 1 entries" in table
    text = run("stale", "--authority", "milano", "--issue").stdout
    assert text.startswith("# Milano, schede da ricontrollare (")
    assert (
        "- [ ] `practices/milano/ricetta-di-prova.md`: Ricetta contro la povertà"
        " (scadenza: 1 giugno 2020)\n"
    ) in text
    assert (
        "- [ ] `practices/milano/custodi-di-prova.md`, fonte `s1`: <https://example.org/custodi>"
        " (sito inesistente, 2026-02-03)\n"
    ) in text
    assert "`practices/milano/custodi-di-prova.md` (3%): aggiungere un risultato misurato" in text
    wrong = run("stale", "--authority", "roma")
    assert wrong.exit_code == 2
    assert "'roma' is none of: milano, torino" in wrong.stderr


def test_no_issue_without_anything_urgent() -> None:
    content = load(DATA / "base")
    entries = [
        upkeep.kept(slug, content.authority_of(slug), entry.record, [])
        for slug, entry in content.practices.items()
    ]
    profiles = {id_: entry.record for id_, entry in content.authorities.items()}
    for today, urgent in ((date(2026, 2, 1), False), (date(2026, 12, 15), True)):
        desks = upkeep.desks(entries, profiles, {}, today)
        assert bool(issue(desks[0], "Milano", today)) is urgent
