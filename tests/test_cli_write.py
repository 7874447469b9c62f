# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The commands that begin files, as their users call them."""

import json
import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb import cli_write, owners
from kb.cli import main
from kb.frontmatter import read
from tests.conftest import ROOT
from tests.test_forms import FILLED, filled_csv

Run = Callable[..., Result]
WHERE = ("--city", "torino", "--theme", "economia-di-prossimita")
#: An answer to every question of ``kb new``, by its option.
ANSWERS = {
    "--city": "torino",
    "--summary": "Un cortile diventa orto.",
    "--title-en": "Courtyard garden",
    "--summary-en": "A courtyard becomes a garden.",
    "--theme": "Reti di prossimità",
    "--status": "In corso",
    "--status-date": "18/12/2024",
    "--period-start": "marzo 2023",
    "--place-name": "Quartiere Barriera",
    "--scale": "neighbourhood",
    "--target-group": "anziani",
    "--instrument": "Bando o avviso pubblico",
    "--lead-name": "Comune di Torino",
    "--lead-kind": "public",
    "--source-title": "Il bando",
    "--source-publisher": "Comune di Torino",
    "--source-date": "2023",
    "--source-url": "https://example.org/bando",
    "--source-kind": "official",
    "--problem": "Mancavano orti.",
    "--action": "Si sono fatti 2 orti.",
    "--results": "Non si conoscono ancora.",
}


def codes(run: Run, path: Path | str) -> set[str]:
    """Return the codes of what the checker finds in *path*."""
    return {row["code"] for row in json.loads(run("check", path, "--format", "json").stdout)}


def test_new_writes_a_form_that_only_lacks_its_content(run: Run, content_dir: Path) -> None:
    result = run("new", "L'orto di tutti", *WHERE)
    path = content_dir / "torino" / "l-orto-di-tutti.md"
    assert result.stdout == f"{path}\n"
    assert result.stderr.endswith(" things are still to be written.\n")
    assert codes(run, path) <= {
        "string_too_short",
        "too_short",
        "literal_error",
        "date",
        "url",
        "section_empty",
        "source_uncited",
    }
    text = path.read_text(encoding="utf-8")
    assert '# Una o due frasi, al massimo 300 caratteri.\nsummary: ""\n' in text
    assert "# funding: Soldi, con la fonte.\n" in text
    assert run("new", "L'orto di tutti", *WHERE).exit_code == 2
    assert path.read_text(encoding="utf-8") == text


def test_new_with_all_answers_passes_the_check(run: Run, content_dir: Path) -> None:
    result = run("new", "Orti dei cortili", *(part for pair in ANSWERS.items() for part in pair))
    assert result.stderr == "Nothing is missing: 'kb check' finds no problem in it.\n"
    path = content_dir / "torino" / "orti-dei-cortili.md"
    assert run("check").exit_code == 0
    assert read(path).data == {
        "title": "Orti dei cortili",
        "summary": "Un cortile diventa orto.",
        "title_en": "Courtyard garden",
        "summary_en": "A courtyard becomes a garden.",
        "themes": ["reti-di-prossimita"],
        "status": "running",
        "status_date": "2024-12-18",
        "period": {"start": "2023-03", "source": "s1"},
        "place": {"name": "Quartiere Barriera"},
        "scale": "neighbourhood",
        "target_groups": ["anziani"],
        "instruments": ["avviso-pubblico"],
        "lead": {"name": "Comune di Torino", "kind": "public"},
        "reviewed": date.today().isoformat(),
        "sources": [
            {
                "id": "s1",
                "title": "Il bando",
                "publisher": "Comune di Torino",
                "url": "https://example.org/bando",
                "kind": "official",
                "date": "2023",
            }
        ],
    }
    assert "Si sono fatti 2 orti [^s1].\n" in path.read_text(encoding="utf-8")


def test_every_question_is_an_option() -> None:
    named = {name for param in cli_write.new.params for name in param.opts}
    assert set(ANSWERS) | {"title", "--from"} == named


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--city", "sconosciuto", "'sconosciuto' is none of: milano, torino"),
        ("--theme", "sconosciuto", "'sconosciuto' is none of:"),
        ("--status-date", "31/02/2024", "la data si scrive"),
        ("--status-date", "2999", "nel futuro"),
        ("--source-url", "www.example.org", "un indirizzo completo"),
        ("--summary", "x" * 301, "al massimo 300 caratteri: ne ha 301"),
        ("--from", "nessuna", "there is no practice 'nessuna'"),
    ],
)
def test_new_refuses_what_does_not_fit(
    run: Run, content_dir: Path, option: str, value: str, message: str
) -> None:
    words = dict(zip(WHERE[::2], WHERE[1::2], strict=True)) | {option: value}
    result = run("new", "Titolo", *(part for pair in words.items() for part in pair))
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
    assert not (content_dir / "torino" / "titolo.md").exists()


@pytest.mark.parametrize("title", ['Orti "di" quartiere\\', "Sì: un 'titolo' # strano"])
def test_new_takes_any_title(run: Run, title: str) -> None:
    path = run("new", title, *WHERE).stdout.strip()
    assert not any(code.startswith("yaml") for code in codes(run, path))
    assert read(Path(path)).data["title"] == title


def test_new_needs_a_title_that_makes_an_address(run: Run) -> None:
    assert run("new", "!!!", *WHERE).exit_code == 2
    long = run("new", "parola " * 12, *WHERE)
    assert len(Path(long.stdout.strip()).stem) <= 80


def test_new_without_a_terminal_never_waits(run: Run) -> None:
    result = run("new")
    assert result.exit_code == 2
    assert "give --city, a TITLE" in result.stderr


def test_new_asks_until_an_answer_fits(
    run: Run, content_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del run
    monkeypatch.setattr(cli_write, "on_terminal", lambda: True)
    answers = ["boh", "2", "", "Orti dei cortili", "Un orto.", "", "", "1, 2", *[""] * 17]
    result = CliRunner().invoke(main, ["new"], input="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.output
    assert "'boh' is none of: milano, torino" in result.output
    assert "   1  Idea\n   2  Sperimentazione\n" in result.output
    data = read(content_dir / "torino" / "orti-dei-cortili.md").data
    assert data["summary"] == "Un orto."
    assert len(data["themes"]) == 2
    assert data["status"] == ""


def test_new_on_a_real_terminal(content_dir: Path, instance: Path) -> None:
    settings = {"KB_PRACTICES_DIR": str(content_dir), "KB_INSTANCE_DIR": str(instance)}
    terminal, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "kb", "new"],
        env={**os.environ, **settings},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    values = list(ANSWERS.values())
    shown = _talk(terminal, [values[0], "Orti dei cortili", *values[1:]])
    os.close(terminal)
    assert process.wait(10) == 0, shown
    assert "Nothing is missing" in shown
    assert (content_dir / "torino" / "orti-dei-cortili.md").exists()


def _talk(terminal: int, answers: list[str]) -> str:
    """Give an answer at each prompt of *terminal*, for a minute at most; return what was shown."""
    shown, given, end = b"", 0, time.monotonic() + 60
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                read_now = os.read(terminal, 4096)
            except OSError:
                break
            if not read_now:
                break
            shown += read_now
        if given < min(shown.count(b"\n> "), len(answers)):
            os.write(terminal, answers[given].encode() + b"\n")
            given += 1
    return shown.decode()


def test_a_model_gives_its_structure_and_no_facts(run: Run, content_dir: Path) -> None:
    run("new", "Come quella", "--city", "torino", "--from", "ricetta-di-prova")
    data = read(content_dir / "torino" / "come-quella.md").data
    assert data["themes"] == ["reti-di-prossimita"]
    assert data["scale"] == "city"
    assert data["partners"] == [{"name": "", "kind": "foundation"}]
    assert data["funding"] == [{"programme": "fondazioni", "amount": "", "source": "s1"}]
    assert data["indicators"] == [{"label": "", "value": "", "unit": "", "source": "s1"}]
    assert data["theory_of_change"]["activities"] == [{"id": "a1", "text": "", "source": "s1"}]
    assert data["contact"] == {"office": ""}
    assert not {"adoptions", "related", "events", "aliases", "open_questions"} & set(data)
    model = read(content_dir / "milano" / "ricetta-di-prova.md").data
    written = (content_dir / "torino" / "come-quella.md").read_text(encoding="utf-8")
    for fact in (model["summary"], "39000", "25000000", "example.org", "Fondazione di prova"):
        assert fact not in written


def test_hints_never_follow_empty_brackets(run: Run, content_dir: Path) -> None:
    path = content_dir / "milano" / "ricetta-di-prova.md"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("contact:"), text.index("aliases:")
    contact = "contact:\n  page: https://example.org/\n"
    events = text[start:end][text[start:end].index("events:") :]
    path.write_text(text[:start] + contact + events + text[end:], encoding="utf-8")
    run("new", "Come quella", "--city", "torino", "--from", "ricetta-di-prova")
    written = (content_dir / "torino" / "come-quella.md").read_text(encoding="utf-8")
    assert "contact:\n  office: " in written
    assert "{}" not in written


@pytest.mark.parametrize("suffix", FILLED)
def test_import_writes_a_practice(run: Run, content_dir: Path, tmp_path: Path, suffix: str) -> None:
    form = tmp_path / f"piena.{suffix}"
    FILLED[suffix](form)
    shown = run("import", form, "--dry-run")
    path = content_dir / "torino" / "orti-dei-cortili.md"
    assert not path.exists()
    result = run("import", form)
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{path}\n", "")
    assert shown.stdout == f"{path}\n{path.read_text(encoding='utf-8')}\n"
    assert run("check").exit_code == 0
    again = run("import", form)
    assert again.exit_code == 1
    assert "there is a practice 'orti-dei-cortili' already" in again.stderr


def test_import_takes_one_row_and_another_city(run: Run, content_dir: Path, tmp_path: Path) -> None:
    form = tmp_path / "piena.csv"
    filled_csv(form)
    assert "row 2 holds no practice" in run("import", form, "--row", 2).stderr
    assert run("import", form, "--row", 1).exit_code == 2
    assert "'nessuna' is none of: milano, torino" in run("import", form, "--city", "nessuna").stderr
    assert run("import", form, "--row", 3, "--city", "milano").exit_code == 0
    assert (content_dir / "milano" / "orti-dei-cortili.md").exists()


def test_import_says_what_found_no_place(run: Run, content_dir: Path, tmp_path: Path) -> None:
    form = tmp_path / "piena.csv"
    form.write_text("Città;Titolo;Budget\ntorino;Orti;dodici\n", encoding="utf-8")
    result = run("import", form)
    assert result.stderr == "1 answers found no place; see 'Da sistemare' in it.\n"
    assert "leftovers" in codes(run, content_dir / "torino" / "orti.md")
    assert run("build").exit_code == 1


WITHOUT = """
import sys
for name in ("docx", "odfdo", "openpyxl"):
    sys.modules[name] = None
from kb.cli import main
main(sys.argv[1:])
"""


@pytest.mark.parametrize(
    ("words", "code"),
    [("import piena.docx", 1), ("form scheda.odt", 1), ("import piena.csv", 0)],
)
def test_office_files_without_their_packages(
    content_dir: Path, tmp_path: Path, words: str, code: int
) -> None:
    fill = FILLED[words.rpartition(".")[2]]
    fill(tmp_path / f"piena.{words.rpartition('.')[2]}")
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", WITHOUT, *words.split()],
        cwd=tmp_path,
        env={**os.environ, "KB_PRACTICES_DIR": str(content_dir), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert ("pip install 'urban-practices-kb[import]'" in done.stderr) is bool(code)


def test_form_writes_by_the_ending_of_the_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "Scheda.DOCX"
    assert run("form", path).stdout == f"{path}\n"
    assert path.read_bytes().startswith(b"PK")
    assert run("form", tmp_path / "scheda.pdf").exit_code == 2
    path.write_bytes(b"filled")
    assert "choose another name" in run("form", path).stderr
    assert path.read_bytes() == b"filled"
    missing = run("form", tmp_path / "nowhere" / "scheda.docx")
    assert (missing.exit_code, "No such file" in missing.stderr) == (1, True)


def test_new_authority_asks_for_what_is_not_given(run: Run, content_dir: Path) -> None:
    folders = content_dir.parent / ".github"
    folders.mkdir()
    (folders / "CODEOWNERS").write_text("/practices/milano/ @ORG/redazione-milano\n* @ORG/altri\n")
    result = run("new-authority", "napoli", "--name", "Napoli")
    assert "a line for napoli" in result.stderr
    path = content_dir / "napoli" / "authority.md"
    assert result.stdout == f"{path}\n"
    assert (folders / "CODEOWNERS").read_text() == (
        "/practices/milano/ @ORG/redazione-milano\n"
        "/practices/napoli/ @ORG/redazione-napoli\n"
        "* @ORG/altri\n"
    )
    assert codes(run, path) == {"string_too_short", "url", "literal_error"}
    assert run("new-authority", "napoli").exit_code == 2
    for name in ("Napoli", "events", "../napoli"):
        assert run("new-authority", name).exit_code == 2


def test_owners_are_left_alone_when_there_is_nothing_to_add() -> None:
    text = "/practices/milano/ @ORG/redazione-milano\n"
    assert owners.with_authority(text, "practices", "milano") is None
    assert owners.with_authority("* @ORG/tutti\n", "practices", "napoli") is None
    assert owners.with_authority("practices/bari/    @a-bari @b\n", "practices", "napoli") == (
        "practices/bari/    @a-bari @b\npractices/napoli/  @a-napoli @b\n"
    )
