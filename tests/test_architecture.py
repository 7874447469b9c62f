# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The structure: who may import whom, how long a module is, what stands in the docs."""

import ast
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PYTHON = sorted([*(ROOT / "kb").rglob("*.py"), *(ROOT / "search_index").rglob("*.py")])
#: Prose by nature: the records' descriptions and the messages.
LONG = {"records.py", "messages.py"}


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(path: Path) -> None:
    names = set(imported(path))
    roots = {name.partition(".")[0] for name in names}
    if "search_index" in path.parts:
        assert not roots & {"kb", "flask"}
    else:
        assert "whoosh" not in roots
    if path.name not in {"cli.py", "cli_measures.py"} and "web" not in path.parts:
        assert not any(name.startswith("kb.web") for name in names)
    if path.parent.name == "web":
        for below in ("kb.build", "kb.check", "kb.content", "kb.frontmatter", "kb.database"):
            assert below not in names


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_and_functions_stay_short(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    if path.name not in LONG:
        assert source.count("\n") <= 330
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60, node.name


def test_vendored_files_are_those_recorded() -> None:
    vendor = ROOT / "kb" / "static" / "vendor"
    recorded = {}
    for line in (vendor / "SHA256SUMS").read_text().splitlines():
        digest, _, name = line.partition("  ./")
        recorded[name] = digest
    found = {
        path.relative_to(vendor).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in vendor.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    }
    assert found == recorded
