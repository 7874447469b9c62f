# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What git knows of an entry, in the build and on its page."""

import shutil
from pathlib import Path

import pytest

from kb import content, history
from kb.build import build, input_digest
from kb.cards import History, Revision
from kb.web import create_app
from tests.conftest import PageClient, json_ld, text
from tests.git import commit, git

SLUG = "ricetta-di-prova"


def change(path: Path, old: str, new: str) -> None:
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def versioned(content_dir: Path) -> Path:
    """The small base with a past of four commits, the file's old name included."""
    root = content_dir.parent
    git(root, "init", "--quiet")
    path = content_dir / "milano" / f"{SLUG}.md"
    old = path.rename(content_dir / "milano" / "vecchio-nome.md")
    commit(root, "Write", "2026-01-02")
    change(old, "status: running", "status: consolidated")
    commit(root, "Mend", "2026-02-03", "Bruno")
    old.rename(path)
    commit(root, "Rename", "2026-03-04", "Ada")
    change(path, "Molte famiglie", "Tante famiglie")
    commit(root, "Reword", "2026-04-05", "robot[bot]")
    return content_dir


def read(content_dir: Path) -> dict[str, History]:
    return history.read(content.load(content_dir))


STATUS = "Stato: in corso → consolidata"


def test_history_follows_renames_and_lists_facts(versioned: Path) -> None:
    assert read(versioned)[SLUG] == History(
        created="2026-01-02",
        updated="2026-04-05",
        contributors=("Ada", "Bruno"),
        revisions=(Revision("2026-02-03", (STATUS,)), Revision("2026-01-02", ("Scheda creata",))),
        others=2,
    )


def test_mailmap_decides_the_names_and_a_setting_hides_them(
    versioned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = history.stamp(versioned)
    mailmap = versioned.parent / ".mailmap"
    mailmap.write_text("Comune <ada@example.org>\nbruno@example.org <bruno@example.org>\n")
    assert history.stamp(versioned) != before
    # An address in place of a name is not shown.
    assert read(versioned)[SLUG].contributors == ("Comune",)
    monkeypatch.setenv("KB_CONTRIBUTORS", "false")
    assert read(versioned)[SLUG].contributors == ()


def test_a_shallow_clone_claims_no_creation(versioned: Path, tmp_path: Path) -> None:
    address = versioned.parent.as_uri()
    git(tmp_path, "clone", "--quiet", "--depth=2", address, "shallow")
    found = read(tmp_path / "shallow" / "practices")
    assert list(found) == [SLUG]
    assert found[SLUG].created is None
    assert found[SLUG].updated == "2026-04-05"
    assert found[SLUG].revisions == ()


def test_no_git_no_history(
    content_dir: Path, versioned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assert read(versioned) == {}
    monkeypatch.undo()
    shutil.rmtree(versioned.parent / ".git")
    assert read(content_dir) == {}
    assert history.stamp(content_dir) == ""


def test_many_versions_are_counted_not_compared(
    versioned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "MOST_COMPARED", 1)
    found = read(versioned)[SLUG]
    assert (found.created, found.revisions, found.others, found.older) == ("2026-01-02", (), 1, 3)


def test_committing_the_content_makes_another_build(content_dir: Path) -> None:
    first = input_digest(content_dir)
    git(content_dir.parent, "init", "--quiet")
    assert input_digest(content_dir) == first
    commit(content_dir.parent, "Write")
    second = input_digest(content_dir)
    assert second != first
    (content_dir.parent / "other").write_text("x")
    commit(content_dir.parent, "Elsewhere")
    assert input_digest(content_dir) == second


def test_page_tells_the_history(versioned: Path, instance: Path) -> None:
    build(versioned, instance)
    client = PageClient(create_app({"TESTING": True, "INSTANCE_DIR": str(instance)}))
    page = client.page(f"/pratiche/{SLUG}")
    told = " ".join(" ".join(text(page, "section.history")).split())
    assert "Creata il 2 gennaio 2026, ultima modifica il 5 aprile 2026." in told
    assert "Ci hanno lavorato: Ada, Bruno." in told
    assert STATUS in told
    assert "2 modifiche hanno cambiato solo parole, non fatti." in told
    assert "example.org" not in told
    assert json_ld(page)[0]["dateCreated"] == "2026-01-02"
    english = client.page(f"/en/pratiche/{SLUG}")
    assert 'lang="it"' in english.query("section.history ul")[0].to_html()


def test_page_without_history_says_nothing(client: PageClient) -> None:
    page = client.page(f"/pratiche/{SLUG}")
    assert page.query("section.history") == []
    assert "dateCreated" not in json_ld(page)[0]
