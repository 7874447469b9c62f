# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The checker, on one deliberately broken file and on one fault at a time."""

import json
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from kb.check import check, slugify
from kb.content import VOCABULARIES, load
from kb.messages import MESSAGES, say
from kb.records import Authority, Event, Practice, Record, Theme
from kb.types import PARTIAL_DATE, PATTERNS
from tests.conftest import DATA

Run = Callable[..., Result]
ENTRY = "milano/ricetta-di-prova.md"


@pytest.fixture
def broken(content_dir: Path) -> Path:
    return Path(shutil.copy(DATA / "broken" / "scheda-rotta.md", content_dir / "milano"))


def findings(content_dir: Path) -> list[str]:
    """Return ``file:line: code`` of every finding below *content_dir*."""
    return [
        f"{f.path.relative_to(content_dir).as_posix()}:{f.line}: {f.code}"
        for f in check(load(content_dir))
    ]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_small_base_is_clean(content_dir: Path) -> None:
    assert findings(content_dir) == []


@pytest.mark.usefixtures("broken")
def test_broken_file_gives_exactly_its_findings(run: Run) -> None:
    result = run("check")
    expected = (DATA / "broken" / "findings.txt").read_text(encoding="utf-8")
    assert result.stdout == expected
    assert result.exit_code == 1
    assert result.stderr == "25 problems in 1 files.\n"


@pytest.mark.usefixtures("broken")
def test_english_says_the_same_findings(run: Run) -> None:
    lines = run("check", "--lang", "en").stdout.splitlines()
    assert len(lines) == 25
    assert lines[2] == (
        "milano/scheda-rotta.md:6:10: themes.1: it must be a term of 'themes': "
        "'economia-prossimita' is not (perhaps 'economia-di-prossimita'?); use an existing term"
    )


@pytest.mark.usefixtures("broken")
def test_github_format_annotates_the_line(run: Run) -> None:
    first = run("check", "--format", "github").stdout.splitlines()[0]
    assert first == (
        "::error file=milano/scheda-rotta.md,line=2,col=1,title=title::"
        "il testo ha al massimo 90 caratteri: ne ha 95; accorciarlo"
    )


@pytest.mark.usefixtures("broken")
def test_json_format_carries_code_and_place(run: Run) -> None:
    rows = json.loads(run("check", "--format", "json").stdout)
    assert rows[1] == {
        "path": "milano/scheda-rotta.md",
        "line": 3,
        "column": 1,
        "field": "summary",
        "code": "string_too_short",
        "message": "il campo non può essere vuoto: lo è; scrivere un valore o togliere la riga",
    }


@pytest.mark.usefixtures("broken")
def test_paths_narrow_the_report(run: Run, content_dir: Path) -> None:
    assert run("check", content_dir / ENTRY).exit_code == 0
    assert run("check", content_dir / "milano").exit_code == 1


def test_path_outside_the_content_is_wrong_use(run: Run, tmp_path: Path) -> None:
    result = run("check", tmp_path)
    assert result.exit_code == 2
    assert "KB_PRACTICES_DIR" in result.stderr


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title: Ricetta", "title: Ricetta: prova", "2: yaml_colon"),
        ("  start: 2017", "\tstart: 2017", "10: yaml_tab"),
        ("title: Ricetta", 'title: "Ricetta', "84: yaml_block"),
        ("themes: [reti-di-prossimita]", "themes: [reti-di-prossimita", "7: yaml_list"),
        ("summary: Reti", "summary: *reti", "3: yaml_alias"),
        ("aliases: [vecchia-ricetta]", "aliases: \"vecchia", "98: yaml_quote"),
        ("start: 2017", "start: duemila", "10: date"),
        ("start: 2017\n", "end: 2020\n", "9: period_empty"),
        ("reviewed: 2026-01-31", "reviewed: 2026-01", "90: day"),
        ("aliases: [vecchia-ricetta]", "aliases: [mercato-di-prova]", "89: alias_taken"),
        ("authority: torino\n", "name: Genova\n    authority: torino\n", "69: adoption_who"),
        ("practice: mercato-di-prova\n    relation", "practice: ricetta-di-prova\n    relation",
         "76: self_related"),
        ("links: [i1 -> a1]", "links: [i1 -> a2]", "58: link_end"),
        ("- id: a1", "- id: i1", "58: node_twice"),
        ("email: ufficio@example.org", "email: ufficio", "82: email"),
        ("value: 39000", "value: tanti", "33: decimal_parsing"),
        ("year: 2020", "year: 20200", "36: less_than_equal"),
        ("kind: foundation", "kind: fondation", "23: literal_error"),
        ("scale: city", "scale: [city]", "14: literal_error"),
        ("lead:\n  name: Comune di Milano\n  kind: public", "lead: Comune di Milano",
         "17: model_type"),
        ("## Risultati", "## Risultati\n\n## Risultati", "113: section_empty"),
        ("## Risultati", "# Risultati", "112: heading_level"),
        ("value: 39000", "value: 1e400", "33: less_than_equal"),
        ("themes: [reti-di-prossimita]", "themes: [reti-di-prossimita, reti-di-prossimita]",
         "6: listed_twice"),
        ("aliases:", "  - event: incontro-di-prova\n    source: s1\naliases:", "89: listed_twice"),
        ("39.000 persone [^s1]", "39.000 persone", "115: figure_uncited"),
        ("23 [^s1] |", "23 |", "109: figure_uncited"),
        ("Dato del 2024 [^s1]", "Dato del 2024", "83: figure_uncited"),
        ("lessons: [Contare", "lessons: [Contare 3 volte", "53: figure_uncited"),
    ],
)  # fmt: skip
def test_one_fault_is_found_at_its_line(
    content_dir: Path, old: str, new: str, expected: str
) -> None:
    change(content_dir / ENTRY, old, new)
    assert f"{ENTRY}:{expected}" in findings(content_dir)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("x: \x07", "character"),
        ("[x]: y", "yaml_key"),
        ("{{ title }}: x", "yaml_key"),
        ("x: !!int abc", "yaml_tag"),
        ("x: !!python/object:os.system a", "yaml_tag"),
        ("x: &a [*a]", "yaml_alias"),
        ("x: " + "[" * 3000, "yaml"),
        ("title: bis", "key_twice"),
    ],
)
def test_line_that_no_author_means_is_told(content_dir: Path, line: str, code: str) -> None:
    change(content_dir / ENTRY, "title:", f"{line}\ntitle:")
    assert f"{ENTRY}:2: {code}" in findings(content_dir) or f"{ENTRY}:3: {code}" in findings(
        content_dir
    )


def test_garbled_files_never_stop_the_check(content_dir: Path) -> None:
    chance = random.Random(20241219)  # noqa: S311 - not for secrets
    whole = (content_dir / ENTRY).read_text(encoding="utf-8")
    for _ in range(200):
        lines = whole.splitlines()
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(lines))
            garbled = "".join(chance.choices(lines[at] + "[]{}!&*:?-|>%@`'\"#\t~", k=12))
            lines[at : at + 1] = chance.choice(([], [lines[at]] * 2, [garbled], ["  " + lines[at]]))
        (content_dir / ENTRY).write_text("\n".join(lines), encoding="utf-8")
        for finding in check(load(content_dir)):
            assert finding.message("it")
            assert finding.message("en")


def test_folders_and_themes_have_address_names_too(content_dir: Path) -> None:
    shutil.copytree(content_dir / "torino", content_dir / "Reggio Emilia")
    (content_dir / "themes" / "Un Tema.md").write_text("---\n---\n")
    found = findings(content_dir)
    assert "Reggio Emilia/authority.md:1: folder_name" in found
    assert "themes/Un Tema.md:1: file_name" in found


def test_numbered_steps_are_no_figures(content_dir: Path) -> None:
    path = content_dir / ENTRY
    steps = "\n\n1. primo passo\n2. citato nel 2018 [^s1]\n3. altri 900 euro\n"
    path.write_text(path.read_text(encoding="utf-8").rstrip() + steps, encoding="utf-8")
    assert findings(content_dir) == [f"{ENTRY}:119: figure_uncited"]


def test_two_practices_cannot_share_a_name(content_dir: Path) -> None:
    shutil.copy(content_dir / ENTRY, content_dir / "torino")
    assert "torino/ricetta-di-prova.md:1: slug_twice" in findings(content_dir)


def test_file_in_the_wrong_place_is_found(content_dir: Path) -> None:
    (content_dir / "milano" / "dentro").mkdir()
    for place in ("sola.md", "milano/dentro/sotto.md", "genova/orfana.md"):
        (content_dir / place).parent.mkdir(exist_ok=True)
        shutil.copy(content_dir / ENTRY, content_dir / place)
    found = findings(content_dir)
    assert "sola.md:1: file_place" in found
    assert "milano/dentro/sotto.md:1: file_place" in found
    assert "genova/orfana.md:1: authority_missing" in found


def test_file_name_must_be_an_address(content_dir: Path) -> None:
    (content_dir / ENTRY).rename(content_dir / "milano" / "Ricetta di Prova.md")
    assert "milano/Ricetta di Prova.md:1: file_name" in findings(content_dir)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"---\ntitle: Povert\xe0\n---\n", "2: encoding"),
        (b"x" * 1_000_001, "1: size"),
        (b"Senza intestazione\n", "1: front_matter_missing"),
        (b"---\ntitle: Aperta\n", "1: front_matter_open"),
        (b"---\n- elenco\n---\n", "2: front_matter_shape"),
        (b"---\n---\n", "1: missing"),
    ],
)
def test_file_that_cannot_be_read_is_told(content_dir: Path, raw: bytes, expected: str) -> None:
    (content_dir / ENTRY).write_bytes(raw)
    assert f"{ENTRY}:{expected}" in findings(content_dir)


def test_byte_order_mark_of_windows_editors_is_no_fault(content_dir: Path) -> None:
    raw = (content_dir / ENTRY).read_bytes()
    (content_dir / ENTRY).write_bytes(b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"))
    assert findings(content_dir) == []


def test_vocabulary_faults_are_found(content_dir: Path) -> None:
    vocabulary = content_dir / "vocabularies" / "instruments.yml"
    text = vocabulary.read_text(encoding="utf-8")
    vocabulary.write_text(
        text + "- id: avviso-pubblico\n  label: Bis\n  label_en: Twice\n- id: x\n"
    )
    found = findings(content_dir)
    assert "vocabularies/instruments.yml:7: term_twice" in found
    assert "vocabularies/instruments.yml:10: missing" in found


def test_missing_vocabulary_is_told(content_dir: Path) -> None:
    (content_dir / "vocabularies" / "programmes.yml").unlink()
    assert "vocabularies/programmes.yml:1: file_missing" in findings(content_dir)


@pytest.mark.parametrize("model", [Practice, Authority, Event, Theme, *VOCABULARIES.values()])
def test_every_fixed_form_is_told_in_words(model: type[Record]) -> None:
    forms = re.findall(r'"pattern": "(.*?)"', json.dumps(model.model_json_schema()))
    told = {PATTERNS[code] for code in PATTERNS.keys() & MESSAGES.keys()}
    assert {json.loads(f'"{form}"') for form in forms} - {f"^{PARTIAL_DATE.pattern}$"} <= told


@pytest.mark.parametrize("code", MESSAGES)
def test_every_message_has_both_languages_and_a_remedy(code: str) -> None:
    names = re.findall(r"{(\w+)}", "".join(MESSAGES[code]))
    params = dict.fromkeys(names, "x")
    for lang in ("it", "en"):
        message = say(code, lang, params)
        assert ";" in message
        assert "{" not in message


def test_slugify_gives_an_address() -> None:
    assert slugify("L'Orto è di tutti – 2024!") == "l-orto-e-di-tutti-2024"
