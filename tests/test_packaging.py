# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The wheel carries everything and serves from any folder."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

SCRIPT = """
import kb, pathlib
from kb.build import build
from kb.paths import practices_dir
from kb.web import create_app
assert pathlib.Path(kb.__file__).is_relative_to({target!r}), kb.__file__
instance = pathlib.Path("instance")
build(practices_dir(), instance)
client = create_app({{"INSTANCE_DIR": str(instance.resolve())}}).test_client()
for path in ("/", "/cerca?q=bambini", "/pratiche/qubi", "/static/css/site.css"):
    with client.get(path) as response:
        print(path, response.status_code)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from a copy of what git knows, so that nothing is left in the checkout."""
    source = tmp_path_factory.mktemp("source")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(  # noqa: S603
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(out), str(source)],
        check=True,
    )
    return next(out.glob("*.whl"))


def test_wheel_holds_content_templates_and_static_files(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in (
        "kb/practices/milano/qubi.md",
        "kb/practices/vocabularies/programmes.yml",
        "kb/templates/layout.html",
        "kb/templates/practice.md",
        "kb/templates/forms/scheda.docx",
        "kb/static/vendor/bootstrap-italia/2.18.3/css/bootstrap-italia.used.min.css",
        "kb/py.typed",
        "search_index/engine.py",
    ):
        assert name in names
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"kb", "search_index"}


def test_wheel_serves_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "installed"
    subprocess.run(  # noqa: S603
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target),
         str(wheel)],
        check=True,
    )  # fmt: skip
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", SCRIPT.format(target=str(target))],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(target)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines() == [
        "/ 200",
        "/cerca?q=bambini 200",
        "/pratiche/qubi 200",
        "/static/css/site.css 200",
    ], done.stderr
