# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""``kb check --fix``: what is mended, what is left alone, that nothing is ever lost."""

import random
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from kb import cli_content, frontmatter, italian, repair
from kb.errors import FileChanged
from kb.fields import kind_at
from kb.records import Authority, Practice, Term
from tests.conftest import ROOT

REAL = repair.content_files(ROOT / "practices")
BODY = "---\n\n## Il problema\n\nTesto.\n"


def mended(front: str) -> str:
    """Return the front matter *front* of a practice as mended, after mending it twice."""
    text = repair.mended(f"---\n{front}{BODY}", Practice)
    assert repair.mended(text, Practice) == text
    assert text.endswith(BODY)
    return text.removeprefix("---\n").removesuffix(BODY)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("18/12/2024", "2024-12-18"),
        ("1.2.2024", "2024-02-01"),
        ("12/2024", "2024-12"),
        ("2024/12/8", "2024-12-08"),
        ("2024-1", "2024-01"),
        ("18 dicembre 2024", "2024-12-18"),
        ("1° Sett. 2024", "2024-09-01"),
        ("Maggio 2019", "2019-05"),
        ("31/02/2024", None),
        ("12/31/2024", None),
        ("ma 2024", None),
        ("inizio 2024", None),
        ("2024", "2024"),
    ],
)
def test_dates(written: str, meant: str | None) -> None:
    assert italian.date(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("25.000.000", "25000000"),
        ("25.000,50", "25000.50"),
        ("25 000", "25000"),
        ("€ 25.000", "25000"),
        ("25.000 euro", "25000"),
        ("1200 €", "1200"),
        ("€ 3.5", "3.5"),
        ("-3,5", "-3.5"),
        # Thousands or decimals: only the author knows.
        ("25.000", None),
        ("1,234", None),
        ("1.23.456", None),
        ("1,5 milioni", None),
        ("circa 100", None),
        ("100%", None),
        ("25,000", None),
        ("2 5", None),
        ("007", "7"),
    ],
)
def test_numbers(written: str, meant: str | None) -> None:
    assert italian.number(written, sure=True) == meant


def test_kinds_of_fields() -> None:
    assert kind_at(Practice, ("reviewed",)) == "day"
    assert kind_at(Practice, ("period", "start")) == "date"
    assert kind_at(Practice, ("funding", 3, "amount")) == "number"
    assert kind_at(Practice, ("funding", 0, "year")) == "integer"
    assert kind_at(Practice, ("milestones", 0, "source")) == "text"
    assert kind_at(Authority, ("coordinates", "latitude")) == "number"
    assert kind_at(Practice, ("funding",)) == "array"
    assert kind_at(Practice, ("nothing", "at", 0)) == ""


def test_values_are_mended_where_the_model_wants_them() -> None:
    assert mended(
        "title: “Orti: la prova”\n"
        "summary: Dal 18/12/2024  # non è un campo di data\n"
        "period:\n  start: '1 giugno 2018'\n"
        "funding:\n  - programme: x\n    amount: € 1.500,00 # lordi\n    year: 2.020\n"
        "reviewed: 18/12/2024\n"
    ) == (
        "title: 'Orti: la prova'\n"
        "summary: Dal 18/12/2024  # non è un campo di data\n"
        "period:\n  start: 2018-06-01\n"
        "funding:\n  - programme: x\n    amount: 1500.00 # lordi\n    year: 2.020\n"
        "reviewed: 2024-12-18\n"
    )


def test_what_has_two_readings_stays() -> None:
    front = (
        "title: «La città che partecipa»\n"
        "summary: “A” e “B”\n"
        'summary_en: "“A”"\n'
        "funding:\n  - amount: 25.000\n    source: s1\n"
        "contact:\n  page: www.example.org\n"
        "reviewed: dicembre 2024\n"
    )
    assert mended(front) == front


def test_values_with_a_colon_get_quotes() -> None:
    assert mended(
        "title: Orti: l'idea   # da rivedere\n"
        "period:\n\tstart:\t2018\t\n"
        "legal_basis:\n  - Delibera: 5\n"
        "milestones:\n  - date: 2018\n    what: Prima fase: studio # nota\n"
    ) == (
        "title: 'Orti: l''idea'   # da rivedere\n"
        "period:\n  start: 2018\n"
        "legal_basis:\n  - Delibera: 5\n"
        "milestones:\n  - date: 2018\n    what: 'Prima fase: studio' # nota\n"
    )


@pytest.mark.parametrize(
    "front",
    [
        # An indent of its own, or a text over two lines: not a matter of quotes.
        "place: Via Roma\n  name: x\n",
        "place: Via Roma\n  note: a: b\n",
        "title: Orti: una\n  prova lunga\n",
        "title: 'aperta\nsummary: x\n",
        "title: [a: b: c\n",
        "sconosciuto: a: b\n",
        "a: &x b\nc: *x\n",
        "!!python/object:os.system x\n",
    ],
)
def test_what_cannot_be_read_stays(front: str) -> None:
    assert mended(front) == front


def test_keys_move_with_their_lines_and_comments() -> None:
    assert mended(
        "# In testa.\n"
        "reviewed: 2026-01-31\n"
        "# Sopra il titolo.\n"
        "title: |\n  Orti\n\n  # non è un commento\n"
        "lead:\n"
        "  kind: public # tipo\n"
        "  # Sopra il nome.\n"
        "  name: Comune\n"
        "\n"
        "partners:\n"
        "  - kind: public\n"
        "    # Due righe\n"
        "    # sopra.\n"
        "    name: Uno\n"
        "  # Prima del secondo.\n"
        "  - name: Due\n"
        "    kind: public\n"
        "# In fondo.\n"
    ) == (
        "# In testa.\n"
        "# Sopra il titolo.\n"
        "title: |\n  Orti\n\n  # non è un commento\n"
        "lead:\n"
        "  # Sopra il nome.\n"
        "  name: Comune\n"
        "  kind: public # tipo\n"
        "\n"
        "partners:\n"
        "    # Due righe\n"
        "    # sopra.\n"
        "  - name: Uno\n"
        "    kind: public\n"
        "  # Prima del secondo.\n"
        "  - name: Due\n"
        "    kind: public\n"
        "# In fondo.\n"
        "reviewed: 2026-01-31\n"
    )


@pytest.mark.parametrize(
    "front",
    [
        "summary: b\ntitle: a\nsommario: c\n",
        "summary: b\ntitle: a\nsummary: c\n",
        "lead: {kind: public, name: Comune}\n",
    ],
)
def test_keys_stay_where_moving_them_could_mislead(front: str) -> None:
    assert mended(front) == front


def test_spaces_line_ends_and_byte_order_mark() -> None:
    text = "\ufeff---\ntitle: a  \nsummary: |\n  b\n--- \n\nUno  \ndue \ntre  \n\nfine"
    text = text.replace("\n", "\r\n")
    assert repair.mended(text, Practice) == (
        "---\ntitle: a\nsummary: |\n  b\n---\n\nUno  \ndue\ntre\n\nfine\n"
    )


def test_spaces_that_are_data_stay() -> None:
    front = "title: |\n  riga con spazi  \n  fine\n"
    assert mended(front) == front


def test_vocabularies_are_mended_too() -> None:
    assert repair.mended("- label: b\n  id: a\n  label_en: “c”\n", Term, listed=True) == (
        "- id: a\n  label: b\n  label_en: c\n"
    )


@pytest.mark.parametrize(("path", "model"), REAL, ids=lambda value: getattr(value, "stem", ""))
def test_real_files_are_clean(path: Path, model: type[Practice]) -> None:
    assert repair.repair(path, model) is None


def test_disorder_of_real_files_is_undone(tmp_path: Path) -> None:
    """Shuffled top-level fields, foreign line ends, spaces: the file comes back byte for byte."""
    chance = random.Random(7)  # noqa: S311 - not for secrets
    for path, model in [pair for pair in REAL if pair[1] is Practice][::12]:
        text = path.read_text(encoding="utf-8")
        head, _, body = text.removeprefix("---\n").partition("\n---\n")
        fields: list[str] = []
        for line in head.split("\n"):
            if line[:1].isalpha():
                fields.append(line)
            else:
                fields[-1] += f"  \n{line}"
        chance.shuffle(fields)
        spoilt = "\n".join(["---", *fields, f"---\n{body}"]).replace("\n", "\r\n")
        spoilt_file = tmp_path / path.name
        spoilt_file.write_text("\ufeff" + spoilt, encoding="utf-8", newline="")
        found = repair.repair(spoilt_file, model)
        assert found
        assert found.after == text


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"---",
        b"---\n---\n",
        b"niente campi\n",
        b"---\ntitle: \xe0\n---\n",
        b"---\ntitle: a\x0bb \n---\n",
        "---\ntitle: a\u2028b \n---\n".encode(),
        b"---\ntitle: \x00\n---\n",
        b"---\n- a\n- b\n---\n",
        b"---\n[[[[[\n---\n",
        b"---\n" + b"- " * 3000 + b"x\n---\n",
        b"---\n" + b"title: a: b\n" * 5000 + b"---\n",
        b"---\n" + b"\ttitle: a\n" * 5000 + b"---\n",
        b"---\nfunding: x\nlead:\n  - kind: public\n    name: [a]\n---\n",
        b"x" * 2_000_000,
    ],
)
def test_hostile_files_cost_little_and_lose_nothing(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "scheda.md"
    path.write_bytes(raw)
    before = frontmatter.read(path)
    began = time.monotonic()
    found = repair.repair(path, Practice)
    assert time.monotonic() - began < 10
    if found:
        found.write()
        after = frontmatter.read(path)
        if not before.findings:
            assert after.data == before.data
        assert [*map(str.rstrip, after.body.split("\n"))] == [
            *map(str.rstrip, before.body.split("\n"))
        ]


def spoil(content_dir: Path) -> Path:
    """Write a date as people do, and put everything else in order."""
    assert content_dir
    for item in repair.repairs(content_dir):
        item.write()
    path = content_dir / "milano" / "ricetta-di-prova.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("status_date: 2025-03", "status_date: marzo 2025\t"))
    return path


def test_without_terminal_the_diff_is_shown_and_nothing_written(
    run: Callable[..., Result], content_dir: Path
) -> None:
    path = spoil(content_dir)
    before = path.read_bytes()
    result = run("check", "--fix")
    assert result.exit_code == 1
    assert path.read_bytes() == before
    assert "-status_date: marzo 2025<TAB>\n+status_date: 2025-03\n" in result.stderr
    assert "--- milano/ricetta-di-prova.md\n" in result.stderr
    assert "Nothing written: --yes mends 1 file." in result.stderr


def test_yes_mends_then_checks(run: Callable[..., Result], content_dir: Path) -> None:
    path = spoil(content_dir)
    path.chmod(0o640)
    result = run("check", "--fix", "--yes")
    assert result.exit_code == 0, result.stderr
    assert "Mended 1 file." in result.stderr
    assert "status_date: 2025-03\n" in path.read_text(encoding="utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert "Nothing to mend." in run("check", "--fix").stderr
    assert not list(path.parent.glob("tmp*"))


def test_on_a_terminal_it_asks(
    run: Callable[..., Result], content_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = spoil(content_dir)
    before = path.read_bytes()
    answers = iter([False, True])
    monkeypatch.setattr(cli_content, "on_terminal", lambda: True)
    monkeypatch.setattr("click.confirm", lambda *_, **__: next(answers))
    assert run("check", "--fix", path).exit_code == 1
    assert path.read_bytes() == before
    assert run("check", "--fix", path).exit_code == 0
    assert path.read_bytes() != before


def test_other_paths_are_left_alone(run: Callable[..., Result], content_dir: Path) -> None:
    path = spoil(content_dir)
    assert "Nothing to mend." in run("check", "--fix", "--yes", "torino").stderr
    assert "marzo 2025" in path.read_text(encoding="utf-8")
    assert run("check", "--yes").exit_code == 2


def test_a_file_saved_meanwhile_is_not_overwritten(content_dir: Path) -> None:
    path = spoil(content_dir)
    (found,) = repair.repairs(content_dir)
    path.write_text("altro", encoding="utf-8")
    with pytest.raises(FileChanged, match="ricetta-di-prova"):
        found.write()
    assert path.read_text(encoding="utf-8") == "altro"
