# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files of practices as the program writes them."""

from pathlib import Path

import pytest

from kb import content, fields, frontmatter, practice_file
from kb.records import Practice
from tests.conftest import ROOT


@pytest.mark.parametrize(
    "path", content.practice_paths(ROOT / "practices"), ids=lambda path: path.stem
)
def test_a_practice_written_is_read_as_it_was(path: Path, tmp_path: Path) -> None:
    read = frontmatter.read(path)
    written = tmp_path / path.name
    written.write_text(practice_file.text(read.data, read.body), encoding="utf-8")
    again = frontmatter.read(written)
    assert not again.findings
    assert again.data == read.data
    assert again.body.strip() == read.body.strip()


def test_house_style() -> None:
    data = {
        "reviewed": "2026-01-31",
        "title": 'Orti: la "prova" del quartiere',
        "themes": ["reti-di-prossimita"],
        "legal_basis": ["Delibera 1 del 2020 [^s1]"],
        "period": {"source": "s1", "start": "2020", "end": ""},
        "summary": "no",
        "indicators": [],
    }
    sections = {"results": "Nessuno.", "problem": " Un problema. "}
    assert practice_file.text(data, practice_file.body(sections)) == (
        "---\n"
        "title: 'Orti: la \"prova\" del quartiere'\n"
        "summary: no\n"
        "themes: [reti-di-prossimita]\n"
        "period:\n"
        "  start: 2020\n"
        "  source: s1\n"
        "legal_basis:\n"
        "  - Delibera 1 del 2020 [^s1]\n"
        "reviewed: 2026-01-31\n"
        "---\n\n"
        "## Il problema\n\nUn problema.\n\n## Risultati\n\nNessuno.\n"
    )


def test_unknown_keys_are_kept_last() -> None:
    ordered = fields.ordered({"zeta": "1", "sources": [], "title": "t"}, Practice)
    assert list(ordered) == ["title", "sources", "zeta"]
