# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a proposal changes, told to those who review it."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.git import commit, git

Run = Callable[..., Result]
GRADE = re.compile("Documentazione della scheda: |Per salire di livello: ")
SLUG = "ricetta-di-prova"


@pytest.fixture
def branch(content_dir: Path) -> Path:
    """The small base on a branch that left main, both committed."""
    git(content_dir.parent, "init", "--quiet")
    (content_dir.parent / ".gitignore").write_text("instance/\n")
    commit(content_dir.parent, "Write")
    git(content_dir.parent, "switch", "--quiet", "--create", "proposal")
    return content_dir


def change(path: Path, old: str, new: str) -> None:
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new, 1), encoding="utf-8")


def test_review_tells_changes_and_new_files(run: Run, branch: Path) -> None:
    path = branch / "milano" / f"{SLUG}.md"
    change(path, "status: running", "status: consolidated")
    commit(branch.parent, "Change")
    # What is not committed yet counts too.
    change(path, "value: 39000", "value: 41000")
    shutil.copy(branch / "torino" / "mercato-di-prova.md", branch / "torino" / "mercato-bis.md")
    result = run("review")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = [line for line in result.stdout.splitlines() if not GRADE.match(line)]
    assert [line for n, line in enumerate(lines) if line or lines[n - 1]] == [
        "## Che cosa cambia nelle schede",
        "",
        "1 scheda nuova, 1 scheda modificata. Nessun problema.",
        "",
        "### Scheda modificata: Ricetta contro la povertà",
        "",
        "`milano/ricetta-di-prova.md`",
        "",
        "- Stato: in corso → consolidata",
        "- Indicatori: «Persone sostenute» 39.000 → 41.000",
        "",
        "### Scheda nuova: Mercato di quartiere – Spazio13",
        "",
        "`torino/mercato-bis.md`",
        "",
        "Contiene fonti: 1, indicatori: 0, voci di spesa: 1.",
        "",
    ]


def test_review_tells_how_the_documentation_changes(run: Run, branch: Path) -> None:
    path = branch / "milano" / f"{SLUG}.md"
    change(path, "lessons: [Contare prima di agire]\n", "")
    act = "{id: s2, title: Atto, publisher: Comune, kind: official, url: https://example.org/a}"
    change(path, "sources:\n", f"sources:\n  - {act}\n")
    change(path, "limits: [I dati non bastano]", "limits: [I dati non bastano [^s2]]")
    found = re.search(r"livello 0 → (\d) di 4; completezza (\d+) → (\d+) %", run("review").stdout)
    assert found
    level, before, after = map(int, found.groups())
    assert level > 0
    assert before > after
    shutil.copy(path, branch / "milano" / "copia.md")
    assert f"livello {level} di 4; completezza {after} %" in run("review").stdout
    change(path, "scale: city", "scale: paese")
    assert "livello 0 → " not in run("review").stdout


def test_review_tells_what_is_wrong_also_in_files_that_did_not_change(
    run: Run, branch: Path, tmp_path: Path
) -> None:
    change(branch / "milano" / "custodi-di-prova.md", "scale: ", "scale: paese # ")
    (branch / "torino" / "mercato-di-prova.md").unlink()
    summary = tmp_path / "review.md"
    result = run("review", "--base", "main", "--output", summary, "--format", "github")
    assert result.exit_code == 1
    assert "::error file=milano/custodi-di-prova.md,line=" in result.stdout
    assert f"::error file=milano/{SLUG}.md,line=" in result.stdout
    told = summary.read_text(encoding="utf-8")
    first, _, rest = told.partition("### Da correggere in altri file")
    assert "`milano/custodi-di-prova.md`, riga " in first
    assert f"`milano/{SLUG}.md`, riga " in rest
    assert "### Scheda tolta: Mercato di quartiere – Spazio13" in rest


def test_words_of_strangers_stay_words(run: Run, branch: Path) -> None:
    change(branch / "milano" / f"{SLUG}.md", "Persone sostenute", "<img src=x> [a](b) @tutti")
    line = next(line for line in run("review").stdout.splitlines() if "Indicatori" in line)
    assert r"aggiunto «\<img src=x\> \[a\](b) \@tutti» oltre" in line


def test_a_file_that_becomes_a_link_is_a_changed_file(run: Run, branch: Path) -> None:
    path = branch / "milano" / f"{SLUG}.md"
    path.rename(branch.parent / "elsewhere.md")
    path.symlink_to(branch.parent / "elsewhere.md")
    change(path, "status: running", "status: pilot")
    told = run("review").stdout
    assert "1 scheda modificata." in told
    assert "- Stato: in corso → sperimentazione" in told


def test_a_renamed_practice_keeps_its_address(run: Run, branch: Path) -> None:
    (branch / "milano" / f"{SLUG}.md").rename(branch / "milano" / "nuova-ricetta.md")
    commit(branch, "Rename")
    told = run("review")
    assert told.exit_code == 1
    assert f"manca «{SLUG}» fra gli «aliases»" in told.stdout
    path = branch / "milano" / "nuova-ricetta.md"
    change(path, "aliases: [vecchia-ricetta]", f"aliases: [vecchia-ricetta, {SLUG}]")
    assert "fra gli «aliases»" not in run("review").stdout


def test_vocabularies_are_other_files(run: Run, branch: Path) -> None:
    path = branch / "vocabularies" / "instruments.yml"
    path.write_text(path.read_text(encoding="utf-8") + "\n")
    assert "### Altri file\n\n- `vocabularies/instruments.yml`" in run("review").stdout


@pytest.mark.parametrize("base", ["nessuno", "--all", "main:practices"])
def test_unknown_base_is_told_with_a_remedy(run: Run, branch: Path, base: str) -> None:
    assert branch.is_dir()
    result = run("review", f"--base={base}")
    assert result.exit_code == 1
    assert f"no commit shared with {base}: name another with --base" in result.stderr


def test_review_needs_git(run: Run) -> None:
    result = run("review")
    assert result.exit_code == 1
    assert "git knows no repository here" in result.stderr
    assert run("review", "--format", "github").exit_code == 2


def test_gitlab_report_names_each_problem_once(run: Run, content_dir: Path) -> None:
    path = content_dir / "milano" / f"{SLUG}.md"
    change(path, "scale: city", "scale: paese")
    change(
        path, "Molte famiglie erano in difficoltà [^s1].", "Nel 2019 40 famiglie.\n\nNel 2020 50."
    )
    rows = json.loads(run("check", path, "--format", "gitlab").stdout)
    assert len({row["fingerprint"] for row in rows}) == len(rows) == 3
    assert rows[0]["location"] == {"path": f"milano/{SLUG}.md", "lines": {"begin": 14}}
    assert set(rows[0]) == {"description", "check_name", "fingerprint", "severity", "location"}
    assert rows[0]["description"].startswith("scale: il valore deve essere uno di:")
