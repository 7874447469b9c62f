# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The scripts of CI, run as a host runs them, in a clean clone."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kb.content import AUTHORITY_FILE
from tests.conftest import DATA, ROOT
from tests.git import ENVIRONMENT, commit, git

PROGRAM = ("kb", "search_index", "templates", ".ci", ".gitignore")
RECIPE = Path("practices/milano/ricetta-di-prova.md")
CACHES = shutil.ignore_patterns("__pycache__")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clean clone of the program with the small base, on a branch of its own."""
    origin = tmp_path / "origin"
    for name in PROGRAM:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        origin.mkdir(exist_ok=True)
        more = {"ignore": CACHES} if copy is shutil.copytree else {}
        copy(ROOT / name, origin / name, **more)  # type: ignore[operator]
    shutil.copytree(DATA / "base", origin / "practices")
    git(origin, "init", "--quiet")
    commit(origin, "Write")
    git(tmp_path, "clone", "--quiet", origin.as_uri(), "clone")
    git(tmp_path / "clone", "switch", "--quiet", "--create", "proposal")
    return tmp_path / "clone"


def review(clone: Path, **host: str) -> subprocess.CompletedProcess[str]:
    settings = {key: value for key, value in ENVIRONMENT.items() if not key.startswith("KB_")}
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITLAB_CI"):
        settings.pop(name, None)
    return subprocess.run(  # noqa: S603
        [clone / ".ci" / "review", "origin/main"],
        check=False,
        cwd=clone.parent,
        env={**settings, "KB": f"{sys.executable} -m kb", **host},
        capture_output=True,
        text=True,
        timeout=120,
    )


def change(path: Path, old: str, new: str) -> None:
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new, 1), encoding="utf-8")


def test_good_proposal_is_summed_up_and_can_be_looked_at(clone: Path) -> None:
    change(clone / RECIPE, "status: running", "status: pilot")
    new = clone / "practices" / "torino" / "mercato-nuovo.md"
    shutil.copy(clone / "practices" / "torino" / "mercato-di-prova.md", new)
    change(new, "title: ", "title: Un altro ")
    commit(clone, "Propose")
    summary = clone.parent / "summary.md"
    done = review(clone, GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(summary))
    assert done.returncode == 0, done.stderr
    assert "::error" not in done.stdout
    told = summary.read_text(encoding="utf-8")
    assert told == (clone / "build" / "review.md").read_text(encoding="utf-8")
    assert "1 scheda nuova, 1 scheda modificata. Nessun problema." in told
    assert "- Stato: in corso → sperimentazione\n" in told
    page = (clone / "preview/pratiche/mercato-nuovo/index.html").read_text(encoding="utf-8")
    assert "<h1>Un altro Mercato di quartiere" in page
    assert (clone / "preview" / "en" / "index.html").is_file()
    assert git(clone, "status", "--short") == ""


@pytest.mark.parametrize("host", ["GITHUB_ACTIONS", "GITLAB_CI"])
def test_broken_proposal_is_told_at_its_line(clone: Path, host: str) -> None:
    change(clone / RECIPE, "scale: city", "scale: paese")
    commit(clone, "Break")
    (clone / "preview").mkdir()
    done = review(clone, **{host: "true"})
    assert done.returncode == 1
    if host == "GITHUB_ACTIONS":
        assert f"::error file={RECIPE},line=14,col=1,title=scale::il valore deve" in done.stdout
    else:
        (row,) = json.loads((clone / "build" / "codequality.json").read_text(encoding="utf-8"))
        assert row["location"] == {"path": str(RECIPE), "lines": {"begin": 14}}
    assert f"- `{RECIPE}`, riga 14, `scale`: " in done.stdout
    assert "No preview" in done.stderr
    assert not (clone / "preview").exists()


def test_review_without_the_main_branch_says_what_to_do(clone: Path) -> None:
    git(clone, "remote", "remove", "origin")
    done = review(clone)
    assert done.returncode == 1
    assert "name another with --base" in done.stderr


#: Programs that stand for those which ask other machines, and tell what they were asked.
STAND_INS = {
    # Milano has something to do, Torino nothing; a source is gone.
    "kb": """
case "$*" in
  links) exit 1 ;;
  "stale --authority milano --issue") printf '# Milano, dicembre\\n\\nTesto $HOME `x`\\n' ;;
esac
""",
    "gh": """
if [ "$2" = list ]; then cat open 2>/dev/null || true; else echo "gh: $4"; cat "$6"; fi
""",
    "curl": """
[ ! -f refused ] || exit 22
for word in "$@"; do [ "$word" != --get ] || { cat open.json 2>/dev/null || echo "[]"; exit; }; done
echo "curl: $*"
""",
}
ON_GITLAB = {"GITLAB_CI": "1", "ISSUES_TOKEN": "t", "CI_API_V4_URL": "v4", "CI_PROJECT_ID": "7"}


@pytest.fixture
def monthly(clone: Path) -> Callable[..., str]:
    """Run the monthly script with stand-ins and return what it prints."""
    programs = clone.parent / "programs"
    programs.mkdir()
    for name, script in STAND_INS.items():
        (programs / name).write_text(f"#!/bin/bash\n{script}")
        (programs / name).chmod(0o755)
    path = f"{programs}:{os.environ['PATH']}"

    def run(**host: str) -> str:
        done = subprocess.run(  # noqa: S603
            [clone / ".ci" / "monthly"],
            env={"PATH": path, "HOME": str(clone), "KB": "kb", **host},
            check=True,
            capture_output=True,
            text=True,
            timeout=60,
        )
        return done.stdout

    return run


def test_monthly_issues_are_opened_once(clone: Path, monthly: Callable[..., str]) -> None:
    assert monthly() == "build/issues/milano.md: Milano, dicembre\n"
    assert [path.name for path in (clone / "build" / "issues").iterdir()] == ["milano.md"]
    opened = monthly(GITHUB_ACTIONS="1")
    assert opened == "gh: Milano, dicembre\n\nTesto $HOME `x`\n"
    (clone / "open").write_text("Torino, dicembre\nMilano, dicembre\n")
    assert monthly(GITHUB_ACTIONS="1") == ""


def test_monthly_issues_are_opened_on_gitlab(clone: Path, monthly: Callable[..., str]) -> None:
    asked = monthly(**ON_GITLAB)
    assert "v4/projects/7/issues" in asked
    assert "--data-urlencode title=Milano, dicembre" in asked
    (clone / "open.json").write_text('[{"title": "Milano, dicembre"}]')
    assert monthly(**ON_GITLAB) == ""
    (clone / "refused").touch()
    with pytest.raises(subprocess.CalledProcessError):
        monthly(**ON_GITLAB)


def test_every_authority_has_its_reviewers() -> None:
    lines = (ROOT / ".github" / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    owners = dict(line.split(maxsplit=1) for line in lines if line and not line.startswith("#"))
    folders = [path.parent.name for path in (ROOT / "practices").glob(f"*/{AUTHORITY_FILE}")]
    assert {f"/practices/{folder}/" for folder in folders} <= set(owners)
    for pattern, named in owners.items():
        assert all(owner.startswith("@") for owner in named.split()), pattern


def test_scripts_of_ci_can_be_run() -> None:
    for script in (ROOT / ".ci").iterdir():
        assert os.access(script, os.X_OK), script
