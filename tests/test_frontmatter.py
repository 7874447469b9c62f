# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Front matter: text stays text, and every key knows its place."""

from pathlib import Path

from kb import frontmatter


def read(tmp_path: Path, text: str) -> frontmatter.Document:
    path = tmp_path / "file.md"
    path.write_text(text, encoding="utf-8")
    return frontmatter.read(path)


def test_scalars_stay_text(tmp_path: Path) -> None:
    document = read(tmp_path, "---\nistat: 037006\nanswer: no\nday: 2023-13-01\n---\n")
    assert document.data == {"istat": "037006", "answer": "no", "day": "2023-13-01"}


def test_positions_count_from_the_file(tmp_path: Path) -> None:
    document = read(tmp_path, "---\na: 1\nb:\n  - c: 2\n    d: [x, y]\n---\n\nBody\n")
    assert document.positions[("b", 0, "c")] == (4, 5)
    assert document.positions[("b", 0, "d", 1)] == (5, 12)
    assert document.body_line == 7
    assert document.body == "\nBody"


def test_repeated_key_keeps_its_second_place(tmp_path: Path) -> None:
    document = read(tmp_path, "---\na: 1\na: 2\n---\n")
    assert [(f.code, f.line) for f in document.findings] == [("key_twice", 3)]


def test_python_objects_are_refused(tmp_path: Path) -> None:
    document = read(tmp_path, "---\na: !!python/object/apply:os.system [echo]\n---\n")
    assert [f.code for f in document.findings] == ["yaml_tag"]
