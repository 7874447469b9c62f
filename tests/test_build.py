# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A build is all or nothing, switches at once, and can be undone."""

import os
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

import kb.build
import kb.drawing
import search_index
from kb import content, frontmatter, search
from kb.build import STEPS_PER_PRACTICE, build, build_quickly, input_digest
from kb.builds import DATABASE, PICTURES, UNFINISHED, Builds, Pointer
from kb.errors import (
    ContentMissing,
    ContentProblems,
    IndexUnfit,
    NoPreviousBuild,
    NotBuilt,
    OutdatedBuild,
)
from kb.frontmatter import Files
from kb.generation import Generations
from kb.store import read as read_build


def spoil(content_dir: Path) -> None:
    path = content_dir / "milano" / "ricetta-di-prova.md"
    path.write_text(path.read_text(encoding="utf-8").replace("status: running", "status: x"))


def retitle(content_dir: Path, title: str) -> None:
    path = content_dir / "milano" / "ricetta-di-prova.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Ricetta contro la povertà", title, 1), encoding="utf-8")


def title(generations: Generations) -> str:
    with read_build(generations) as base:
        page = base.practice("ricetta-di-prova")
        assert page
        return page.record.title


def folders(instance: Path) -> set[str]:
    return {path.name for path in (instance / "builds").iterdir()}


def test_build_reports_each_step(content_dir: Path, instance: Path) -> None:
    steps: list[str] = []
    build(content_dir, instance, steps.append)
    assert len(steps) == 3 * STEPS_PER_PRACTICE


def test_tables_hold_every_list(content_dir: Path, instance: Path) -> None:
    build_id = build(content_dir, instance)
    database = Database(Builds(instance).folder(build_id) / DATABASE)
    counts = {name: database.table(name).count for name in database.table_names()}
    database.close()
    assert counts == {
        "build": 1,
        "pictures": 18,
        "authorities": 2,
        "themes": 2,
        "events": 1,
        "guide": 3,
        "problems": 2,
        "target_groups": 2,
        "instruments": 2,
        "programmes": 2,
        "thesaurus": 3,
        "practices": 3,
        "practice_themes": 4,
        "practice_problems": 2,
        "practice_target_groups": 4,
        "practice_instruments": 3,
        "practice_programmes": 2,
        "sections": 9,
        "sources": 4,
        "actors": 4,
        "funding": 2,
        "indicators": 2,
        "building_blocks": 1,
        "parts": 5,
        "adoptions": 1,
        "relations": 2,
        "practice_events": 1,
        "aliases": 1,
        "stars": 11,
        "star_links": 13,
        "histories": 0,
        "revisions": 0,
    }


def test_foreign_keys_are_kept(content_dir: Path, instance: Path) -> None:
    build_id = build(content_dir, instance)
    database = Database(Builds(instance).folder(build_id) / DATABASE)
    assert list(database.query("pragma foreign_key_check")) == []
    assert database.table("practice_themes").foreign_keys
    database.close()


def test_broken_content_changes_nothing(content_dir: Path, instance: Path) -> None:
    first = build(content_dir, instance)
    spoil(content_dir)
    with pytest.raises(ContentProblems) as refused:
        build(content_dir, instance)
    assert [f.code for f in refused.value.findings] == ["literal_error"]
    assert Builds(instance).pointer().current == first
    assert folders(instance) == {first}


def test_failure_while_writing_leaves_nothing(
    content_dir: Path, instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build(content_dir, instance)

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(kb.build.search_index, "create_index", fail)
    with pytest.raises(OSError, match="disk full"):
        build(content_dir, instance)
    assert Builds(instance).pointer().current == first
    assert folders(instance) == {first}


def test_failure_while_drawing_leaves_nothing(
    content_dir: Path, instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build(content_dir, instance)

    def fail(*_: object) -> None:
        raise OSError("no such font")

    monkeypatch.setattr(kb.drawing, "draw", fail)
    retitle(content_dir, "Gettoni sonori")
    with pytest.raises(OSError, match="no such font"):
        build(content_dir, instance)
    assert Builds(instance).pointer().current == first
    assert folders(instance) == {first}


def test_previous_build_is_kept_and_older_ones_are_not(content_dir: Path, instance: Path) -> None:
    ids = [build(content_dir, instance) for _ in range(3)]
    assert folders(instance) == set(ids[1:])


def test_roll_back_returns_to_the_previous_build(content_dir: Path, instance: Path) -> None:
    generations = Generations(instance)
    build(content_dir, instance)
    retitle(content_dir, "Titolo nuovo")
    build(content_dir, instance)
    assert title(generations) == "Titolo nuovo"
    Builds(instance).roll_back()
    assert title(generations) == "Ricetta contro la povertà"
    Builds(instance).roll_back()
    assert title(generations) == "Titolo nuovo"


def test_roll_back_needs_a_previous_build(content_dir: Path, instance: Path) -> None:
    build(content_dir, instance)
    with pytest.raises(NoPreviousBuild):
        Builds(instance).roll_back()


@pytest.mark.parametrize("table", ["thesaurus", "pictures"])
def test_build_of_another_version_is_said(content_dir: Path, instance: Path, table: str) -> None:
    build_id = build(content_dir, instance)
    database = Database(Builds(instance).folder(build_id) / DATABASE)
    database.table(table).drop()
    database.close()
    with pytest.raises(OutdatedBuild, match="run 'kb build'"):
        Generations(instance).current()


def test_digest_follows_content_and_names(content_dir: Path) -> None:
    first = input_digest(content_dir)
    assert input_digest(content_dir) == first
    (content_dir / "milano" / "ricetta-di-prova.md").rename(content_dir / "milano" / "altra.md")
    assert input_digest(content_dir) != first


def test_digest_follows_the_name_that_pictures_bear(
    content_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = input_digest(content_dir)
    monkeypatch.setenv("KB_SITE_NAME", "Altro nome")
    assert input_digest(content_dir) != first


def test_nothing_built_is_said(instance: Path) -> None:
    with pytest.raises(NotBuilt, match="kb build"):
        Builds(instance).pointer()


def test_empty_folder_is_no_content(tmp_path: Path, instance: Path) -> None:
    with pytest.raises(ContentMissing, match="KB_PRACTICES_DIR"):
        build(tmp_path, instance)


def test_leavings_of_a_crash_are_removed(content_dir: Path, instance: Path) -> None:
    (instance / "builds" / f"old{UNFINISHED}").mkdir(parents=True)
    only = build(content_dir, instance)
    assert folders(instance) == {only}


def test_readers_meet_no_error_while_builds_switch(content_dir: Path, instance: Path) -> None:
    build(content_dir, instance)
    generations = Generations(instance)
    stop = threading.Event()
    failures: list[BaseException] = []
    read: list[str] = []

    def reader() -> None:
        while not stop.is_set():
            try:
                with read_build(generations) as base:
                    answer = search.search(base, "povertà")
                    assert answer.results.total == 1
                    read.append(base.id)
            except BaseException as error:
                failures.append(error)
                return

    threads = [threading.Thread(target=reader) for _ in range(3)]
    for thread in threads:
        thread.start()
    ids = [build(content_dir, instance) for _ in range(5)]
    while ids[-1] not in read and not failures:
        stop.wait(0.01)
    stop.set()
    for thread in threads:
        thread.join(10)
    assert failures == []


def test_builds_at_the_same_time_wait_for_each_other(content_dir: Path, instance: Path) -> None:
    ids: list[str] = []
    threads = [
        threading.Thread(target=lambda: ids.append(build(content_dir, instance))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(set(ids)) == 3
    assert Builds(instance).pointer().current in ids
    assert len(folders(instance)) == 2


def about(instance: Path) -> dict[str, str]:
    build_id = Builds(instance).pointer().current
    with closing(Database(Builds(instance).folder(build_id) / DATABASE)) as database:
        return dict(next(iter(database.table("build").rows)))


def found(instance: Path, words: str) -> list[str]:
    with read_build(Generations(instance)) as base:
        return [item.card.title for item in search.search(base, words).found]


def test_a_quick_build_shows_the_new_text_and_keeps_the_index(
    content_dir: Path, instance: Path
) -> None:
    whole = build(content_dir, instance)
    retitle(content_dir, "Gettoni sonori")
    files = Files()
    quick = build_quickly(content_dir, instance, files)
    assert title(Generations(instance)) == "Gettoni sonori"
    assert found(instance, "gettoni sonori") == []
    assert found(instance, "povertà") == ["Gettoni sonori"]
    told = about(instance)
    assert (told["id"], told["index_of"]) == (quick, whole)
    assert Builds(instance).pointer().quick
    # No command takes it for a whole one.
    assert not quick.endswith(input_digest(content_dir)[:8])
    assert told["digest"] == input_digest(content_dir)
    again = build_quickly(content_dir, instance, files)
    assert about(instance)["index_of"] == whole
    assert Builds(instance).pointer() == Pointer(again, whole)
    # The one left is still there for requests that read it.
    assert folders(instance) == {whole, quick, again}
    last = build(content_dir, instance)
    assert found(instance, "gettoni sonori") == ["Gettoni sonori"]
    assert about(instance)["index_of"] == last
    assert Builds(instance).roll_back().current == whole


def test_quick_builds_share_the_open_index(content_dir: Path, instance: Path) -> None:
    build(content_dir, instance)
    generations = Generations(instance)
    first = generations.current()
    files = Files()
    for number in range(4):
        retitle(content_dir, f"Ricetta contro la povertà {number}")
        build_quickly(content_dir, instance, files)
        build_quickly(content_dir, instance, files)
        assert generations.current().index is first.index
    build(content_dir, instance)
    build_quickly(content_dir, instance, files)
    # Its folder has gone; who still has it can go on.
    assert first.id not in folders(instance)
    hits = first.index.search(search_index.parse("povertà quartiere"), limit=9).hits
    assert "ricetta-di-prova" in {hit.id for hit in hits}
    assert generations.current().index is not first.index


def test_rolling_back_from_a_quick_build_leads_to_a_whole_one(
    content_dir: Path, instance: Path
) -> None:
    first = build(content_dir, instance)
    second = build(content_dir, instance)
    build_quickly(content_dir, instance, Files())
    assert Builds(instance).roll_back() == Pointer(second, None, rolled_back=True)
    with pytest.raises(NoPreviousBuild):
        Builds(instance).roll_back()
    assert first not in folders(instance)


def test_a_quick_build_needs_an_index_that_fits(
    content_dir: Path, instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(IndexUnfit):
        build_quickly(content_dir, instance, Files())
    build(content_dir, instance)
    pointer = Builds(instance).pointer()
    for change in ("practice", "term", "program"):
        with monkeypatch.context() as patch:
            if change == "program":
                patch.setenv("KB_SITE_NAME", "Altro")
            else:
                add(content_dir, change)
            with pytest.raises(IndexUnfit):
                build_quickly(content_dir, instance, Files())
    spoil(content_dir)
    with pytest.raises(ContentProblems):
        build_quickly(content_dir, instance, Files())
    assert Builds(instance).pointer() == pointer
    assert folders(instance) == {pointer.current}


def add(content_dir: Path, what: str) -> None:
    if what == "practice":
        known = content_dir / "milano" / "custodi-di-prova.md"
        text = known.read_text(encoding="utf-8")
        (content_dir / "milano" / "custodi-nuovi.md").write_text(text, encoding="utf-8")
    else:
        (content_dir / "milano" / "custodi-nuovi.md").unlink(missing_ok=True)
        terms = content_dir / "vocabularies" / "instruments.yml"
        with terms.open("a", encoding="utf-8") as file:
            file.write("\n- id: nuovo\n  label: Nuovo\n  label_en: New\n")


def test_unchanged_files_are_read_once(content_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    parse = frontmatter.parse
    monkeypatch.setattr(
        frontmatter, "parse", lambda path, raw: read.append(path.name) or parse(path, raw)
    )
    files = Files()
    first = content.load(content_dir, files=files)
    assert len(read) == 14
    path = content_dir / "milano" / "ricetta-di-prova.md"
    stamp = path.stat()
    # Same length, same time: only the bytes tell.
    path.write_text(path.read_text(encoding="utf-8").replace("Ricetta contro", "Ricette contro"))
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    second = content.load(content_dir, files=files)
    assert read[14:] == ["ricetta-di-prova.md"]
    assert first.practices["ricetta-di-prova"].record.title == "Ricetta contro la povertà"
    assert second.practices["ricetta-di-prova"].record.title == "Ricette contro la povertà"
    assert second.practices["custodi-di-prova"] == first.practices["custodi-di-prova"]


def test_only_pictures_that_would_differ_are_drawn(
    content_dir: Path, instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    draw = kb.drawing.draw
    monkeypatch.setattr(kb.drawing, "draw", lambda cover: drawn.append(cover.title) or draw(cover))
    first = build(content_dir, instance)
    assert len(drawn) == 18
    drawn.clear()
    second = build(content_dir, instance)
    assert drawn == []
    for path in (Builds(instance).folder(first) / PICTURES).rglob("*.png"):
        same = Builds(instance).folder(second) / path.relative_to(Builds(instance).folder(first))
        assert same.read_bytes() == path.read_bytes()
    retitle(content_dir, "Gettoni sonori")
    (Builds(instance).folder(second) / PICTURES / "sito.it.png").write_bytes(b"damaged")
    build(content_dir, instance)
    assert drawn == ["Buone pratiche fra città", "Gettoni sonori"]
