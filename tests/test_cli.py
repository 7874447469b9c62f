# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The command line, as its users call it."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb import gaps
from kb.build import build
from kb.builds import Builds
from kb.cli import main
from tests.conftest import ROOT

Run = Callable[..., Result]


def test_every_command_has_help_and_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, command in main.commands.items():
        assert command.help, name
        assert f"kb {name}" in readme, name
        assert CliRunner().invoke(main, [name, "--help"]).exit_code == 0


def test_clean_content_exits_with_0(run: Run) -> None:
    result = run("check")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "3 practices checked: no problem.\n"


def test_only_the_files_named_are_counted(run: Run, content_dir: Path) -> None:
    assert run("check", content_dir / "torino").stderr == "1 practices checked: no problem.\n"


def test_wrong_use_exits_with_2(run: Run) -> None:
    assert run("check", "--format", "xml").exit_code == 2
    assert run("nothing").exit_code == 2
    assert run("search").exit_code == 2


def test_build_and_rollback(run: Run) -> None:
    assert run("build").exit_code == 0
    refused = run("build", "--rollback")
    assert refused.exit_code == 1
    assert "no previous build" in refused.stderr
    run("build")
    assert run("build", "--rollback").stdout.startswith("Serving ")


def test_build_of_broken_content_shows_findings(run: Run, content_dir: Path) -> None:
    path = content_dir / "milano" / "ricetta-di-prova.md"
    path.write_text(path.read_text(encoding="utf-8").replace("scale: city", "scale: paese"))
    result = run("build")
    assert result.exit_code == 1
    assert "milano/ricetta-di-prova.md:14:1: scale:" in result.stdout
    assert "nothing was changed" in result.stderr


def test_search_needs_a_build(run: Run) -> None:
    result = run("search", "povertà")
    assert result.exit_code == 1
    assert "kb build" in result.stderr


def test_search_lists_best_first(run: Run) -> None:
    run("build")
    result = run("search", "povertà", "dei", "bambini")
    assert result.stdout.split()[1] == "ricetta-di-prova"
    assert result.stderr == "1 practices\n"


def test_search_json_has_the_promised_shape(run: Run) -> None:
    run("build")
    answer = json.loads(run("search", "bambinni", "--json").stdout)
    assert set(answer) >= {"query", "total", "hits", "facets", "suggestion"}
    assert answer["suggestion"] == "bambini"
    assert answer["total"] == 1
    hit = answer["hits"][0]
    score = hit.pop("score")
    assert score > 0
    assert hit == {
        "slug": "ricetta-di-prova",
        "title": "Ricetta contro la povertà",
        "summary": "Reti che aiutano le famiglie con bambini in povertà.",
        "city": "Milano",
        "themes": ["reti-di-prossimita"],
        "evidence": 0,
        "archived": None,
        "snippet": "Reti che aiutano le famiglie con <mark>bambini</mark> in povertà.",
    }
    assert answer["facets"]["city"] == [
        {"value": "milano", "label": "Milano", "count": 1, "selected": False}
    ]


def test_search_narrows_by_theme_and_city(run: Run) -> None:
    run("build")
    words = ("search", "reti", "custodi", "edificio", "--json")
    totals = [
        json.loads(run(*words, *options).stdout)["total"]
        for options in (
            (),
            ("--city", "milano"),
            ("--city", "milano", "--city", "torino"),
            ("--theme", "economia-di-prossimita", "--city", "milano"),
        )
    ]
    assert totals == [3, 2, 3, 1]


def test_explanation_names_words_and_fields(run: Run) -> None:
    run("build")
    lines = run("search", "povertà", "--explain").stdout.splitlines()
    assert [line.split(maxsplit=1)[1] for line in lines[1:3]] == [
        "poverta (title+summary)",
        "(prior)",
    ]


def test_evaluation_prints_measures_and_failures(run: Run, tmp_path: Path) -> None:
    run("build")
    judged = tmp_path / "speech.tsv"
    judged.write_text(
        "query\tslug\tgrade\n"
        "povertà\tricetta-di-prova\t3\n"
        "povertà\tmercato-di-prova\t1\n"
        "xyzzyx\tmercato-di-prova\t3\n"
    )
    result = run("evaluate", judged, "--failures")
    assert result.stdout.splitlines()[1].split() == ["speech", "2", "0.459", "0.500", "0.250"]
    assert result.stdout.splitlines()[2].split() == ["all", "2", "0.459", "0.500", "0.250"]
    times = [line for line in result.stdout.splitlines() if "served" in line]
    assert [re.sub(r"[\d.]+ ms", "x", line) for line in times] == [
        "search page, served: p50 x, p95 x",
        "completions, served: p50 x, p95 x",
    ]
    assert result.stdout.splitlines()[-1].startswith("0.00  xyzzyx")


def test_gaps_lists_what_was_missed(run: Run, instance: Path) -> None:
    for words in ("orti", "ORTI", "cohousing"):
        gaps.record(instance, words)
    today = date.today().isoformat()
    assert run("gaps").stdout == f"     2  {today}  orti\n     1  {today}  cohousing\n"


def test_show_prints_text_and_sources(run: Run) -> None:
    run("build")
    shown = run("show", "vecchia-ricetta")
    assert shown.exit_code == 0
    assert "Molte famiglie erano in difficoltà." in shown.stdout
    assert "[1] La ricetta, Programma di prova, https://example.org/ricetta" in shown.stdout
    record = json.loads(run("show", "ricetta-di-prova", "--json").stdout)
    assert record["funding"][0]["amount"] == 25000000
    assert run("show", "nessuna").exit_code == 1


@pytest.mark.parametrize("row", ["", "povertà\tricetta-di-prova\t0", "povertà\tricetta-di-prova"])
def test_judgements_that_cannot_be_read_are_told(run: Run, tmp_path: Path, row: str) -> None:
    run("build")
    judged = tmp_path / "speech.tsv"
    judged.write_text(f"query\tslug\tgrade\n{row}\n")
    result = run("evaluate", judged)
    assert result.exit_code == 1
    assert "a grade from 1 to 3" in result.stderr


def test_missing_content_folder_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_PRACTICES_DIR", "/nonexistent")
    for command in ("check", "build", "schema"):
        result = run(command)
        assert result.exit_code == 1
        assert "set KB_PRACTICES_DIR" in result.stderr


def test_search_refuses_an_unknown_city(run: Run) -> None:
    run("build")
    assert run("search", "orti", "--city", "nosuch").exit_code == 2


def test_schema_lists_the_terms_of_the_content(run: Run) -> None:
    schema = json.loads(run("schema").stdout)
    assert schema["properties"]["themes"]["items"]["enum"] == [
        "economia-di-prossimita",
        "reti-di-prossimita",
    ]
    assert schema["properties"]["title"]["maxLength"] == 90
    assert schema["additionalProperties"] is False
    assert "x-vocabulary" not in json.dumps(schema)


def test_schema_as_a_table_names_every_field(run: Run) -> None:
    table = run("schema", "--format", "markdown").stdout
    assert "| `funding` | Risorse | no |" in table
    assert "| `sources` | Fonti | sì |" in table


@pytest.mark.parametrize("after_rollback", [False, True])
def test_serve_answers_until_it_is_stopped(
    content_dir: Path, instance: Path, after_rollback: bool
) -> None:
    first_line = "Built "
    if after_rollback:
        build(content_dir, instance)
        build(content_dir, instance)
        first_line = f"Serving {Builds(instance).roll_back().current} after a rollback"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"KB_PRACTICES_DIR": str(content_dir), "KB_INSTANCE_DIR": str(instance)}
    server = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "kb", "serve", "--port", str(port)],
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout
        assert server.stdout.readline().startswith(first_line)
        assert server.stdout.readline().startswith(f"Serving on http://127.0.0.1:{port}")
        assert "Ricetta contro la povertà" in _answer(f"http://127.0.0.1:{port}/cerca")
    finally:
        server.terminate()
        server.communicate(timeout=10)


def _answer(address: str) -> str:
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=5) as response:  # noqa: S310
                return str(response.read().decode())
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError(f"{address} did not answer")


def test_guide_of_authors_lists_the_fields_as_they_are() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = CliRunner().invoke(main, ["schema", "--format", "markdown"]).stdout
    assert table in guide
