# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The guides of authors, and what the git hosts ask them: true, and everywhere the same."""

import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from kb import labels
from kb.cli import main
from tests.conftest import ROOT

INTENTS = {"nuova-pratica", "aggiornamento", "adozione", "riflessione", "correzione"}
FORMS = ROOT / ".github" / "ISSUE_TEMPLATE"
ISSUES = ROOT / ".gitlab" / "issue_templates"
PULLS = ROOT / ".github" / "PULL_REQUEST_TEMPLATE"
MERGES = ROOT / ".gitlab" / "merge_request_templates"
GUIDES = ["README.md", "CONTRIBUTING.md", "GOVERNANCE.md", "CODE_OF_CONDUCT.md", "docs/stile.md"]
#: What GitHub's form schema asks of each kind of element.
ATTRIBUTES = {
    "markdown": {"value"},
    "input": {"label"},
    "textarea": {"label"},
    "dropdown": {"label", "options"},
}


def form(intent: str) -> dict[str, Any]:
    """Return the issue form of *intent*."""
    read: dict[str, Any] = yaml.safe_load((FORMS / f"{intent}.yml").read_text(encoding="utf-8"))
    return read


def questions(intent: str) -> list[dict[str, Any]]:
    """Return the questions of the issue form of *intent*."""
    return [element for element in form(intent)["body"] if element["type"] != "markdown"]


def text_of(guide: str) -> str:
    """Return the text of *guide*, a path from the root."""
    return (ROOT / guide).read_text(encoding="utf-8")


def test_both_hosts_ask_for_the_same_intents() -> None:
    assert {path.stem for path in FORMS.glob("*.yml")} == INTENTS | {"config"}
    assert {path.stem for path in ISSUES.iterdir()} == INTENTS
    assert {path.stem for path in PULLS.iterdir()} == INTENTS
    assert {path.stem for path in MERGES.iterdir()} == INTENTS | {"Default"}


@pytest.mark.parametrize("intent", sorted(INTENTS))
def test_forms_keep_the_schema_of_issue_forms(intent: str) -> None:
    read = form(intent)
    assert set(read) == {"name", "description", "title", "labels", "body"}
    assert read["labels"] == [intent]
    assert all(isinstance(read[key], str) for key in ("name", "description", "title"))
    for element in read["body"]:
        assert set(element) <= {"type", "id", "attributes", "validations"}
        assert ATTRIBUTES[element["type"]] <= set(element["attributes"])
        assert all(element["attributes"].values())
    ids = [element["id"] for element in questions(intent)]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", name) for name in ids)
    assert "fonti" in ids


def test_chooser_of_forms_can_be_read() -> None:
    assert yaml.safe_load((FORMS / "config.yml").read_text(encoding="utf-8")) == {
        "blank_issues_enabled": True
    }


@pytest.mark.parametrize("intent", sorted(INTENTS))
def test_both_hosts_ask_the_same_questions(intent: str) -> None:
    lines = (ISSUES / f"{intent}.md").read_text(encoding="utf-8").splitlines()
    asked = [line.removeprefix("### ") for line in lines if line.startswith("### ")]
    assert asked == [element["attributes"]["label"] for element in questions(intent)]
    notice = form(intent)["body"][0]["attributes"]["value"]
    assert notice == form("correzione")["body"][0]["attributes"]["value"]
    assert (lines[0], lines[-1]) == (f"<!-- {notice} -->", f"/label ~{intent}")


def test_stages_of_an_adoption_are_those_of_the_record() -> None:
    (stages,) = [e for e in questions("adozione") if e["type"] == "dropdown"]
    assert stages["attributes"]["options"] == list(labels.ADOPTIONS.values())


def test_proposals_say_the_same_on_both_hosts() -> None:
    pairs = [(PULLS / f"{intent}.md", MERGES / f"{intent}.md") for intent in INTENTS]
    pairs.append((ROOT / ".github" / "pull_request_template.md", MERGES / "Default.md"))
    for one, other in pairs:
        assert one.read_bytes() == other.read_bytes(), one.name
        assert "CC BY 4.0" in one.read_text(encoding="utf-8"), one.name


def test_commands_of_the_guides_exist() -> None:
    told = " ".join(text_of(guide) for guide in GUIDES)
    named = set(re.findall(r"`kb ([a-z-]+)", told))
    assert {"new", "import", "check"} <= named <= set(main.commands)


def anchors(guide: str) -> set[str]:
    """Return the anchors that git hosts give to the headings of *guide*."""
    headings = re.findall(r"^#+ (.+)$", text_of(guide), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings}


@pytest.mark.parametrize("guide", GUIDES)
def test_links_of_the_guides_lead_somewhere(guide: str) -> None:
    folder = (ROOT / guide).parent
    for target in re.findall(r"\]\(([^)\s]+)\)", text_of(guide)):
        if target.startswith(("http://", "https://")):
            continue
        path, _, anchor = target.partition("#")
        found = (folder / path).resolve() if path else ROOT / guide
        assert found.is_file(), (guide, target)
        assert not anchor or anchor in anchors(str(found.relative_to(ROOT))), (guide, target)


@pytest.mark.parametrize("guide", GUIDES)
def test_pictures_of_the_guides_are_described(guide: str) -> None:
    for described in re.findall(r"!\[(.*?)\]\(", text_of(guide)):
        assert len(described) > 20, guide


def test_drawings_say_what_they_show() -> None:
    drawings = sorted((ROOT / "docs" / "images").glob("*.svg"))
    assert drawings
    for path in drawings:
        root = ET.parse(path).getroot()  # noqa: S314 - a file of this repository
        tags = {element.tag.rpartition("}")[2] for element in root}
        assert {"title", "desc"} <= tags, path.name
        assert "prefers-color-scheme: dark" in path.read_text(encoding="utf-8"), path.name


def quotations() -> list[tuple[str, str]]:
    """Return the good examples of the style guide, each with the entry it comes from."""
    guide = text_of("docs/stile.md")
    found = re.findall(r"\| ([^|\n]+) \(\[scheda\]\(\.\./(\S+)\)\) \|", guide)
    for path, block in re.findall(r"Così sì\*\*, .*?\(\.\./(\S+)\):\n\n((?:>.*\n)+)", guide):
        lines = (line.removeprefix(">").strip() for line in block.splitlines())
        found += [(line, path) for line in lines if line]
    return found


def test_good_examples_are_in_the_entries() -> None:
    assert len(quotations()) > 8
    for words, path in quotations():
        assert words in text_of(path), words


def test_findings_of_the_guide_are_those_of_the_checker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = Path(shutil.copytree(ROOT / "practices", tmp_path / "practices"))
    path = content / "milano" / "qubi.md"
    before = path.read_text(encoding="utf-8")
    after = re.sub("^status: .*$", "status: in corso", before, flags=re.MULTILINE)
    after = re.sub("^reviewed: .*$", "reviewed: 29/11/2026", after, flags=re.MULTILINE)
    wrong = "Nel 2024 le famiglie erano 14.000.\n\nUn documento nuovo lo conferma [^s12].\n\n"
    path.write_text(after.replace("Sono persone aiutate", wrong + "Sono persone aiutate"), "utf-8")
    monkeypatch.setenv("KB_PRACTICES_DIR", str(content))
    monkeypatch.chdir(content)
    said = CliRunner().invoke(main, ["check", "milano/qubi.md"]).stdout
    block = text_of("CONTRIBUTING.md").partition("<!-- findings:")[2].split("```")[1]
    # Lines move when the entry grows.
    places = re.compile(r":\d+:\d+:")
    assert places.sub(":", block).split("\n")[1:] == places.sub(":", said).split("\n")
