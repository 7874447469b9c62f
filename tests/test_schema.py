# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The schemas for editors: they accept what authors write, explain it, and are where editors look.

Editors read YAML with the types of the core schema of YAML 1.2; so does this test.
"""

import json
import re
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import Result
from jsonschema import Draft202012Validator

from kb.content import load
from kb.findings import format_lines
from kb.json_schema import NAMES, json_schema
from kb.repair import content_files
from tests.conftest import DATA, ROOT, PageClient

EDITOR = ROOT / ".vscode"
REAL = [path for path, _ in content_files(ROOT / "practices")]


class CoreLoader(yaml.SafeLoader):
    """Reads YAML with the types of YAML 1.2's core schema."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - declared so by PyYAML


for kind, pattern, first in (
    ("null", r"~|null|Null|NULL|", "~nN"),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    CoreLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{kind}", re.compile(f"^(?:{pattern})$"), list(first)
    )
# YAML 1.1 would read a leading zero as octal.
CoreLoader.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(node.value))


def typed(path: Path) -> Any:
    text = path.read_text(encoding="utf-8")
    front = text if path.suffix == ".yml" else text.split("\n---\n")[0]
    return yaml.load(front, CoreLoader)  # noqa: S506 - a SafeLoader


def name_of(path: Path) -> str:
    if path.suffix == ".yml":
        return path.stem
    if path.name == "authority.md":
        return "authority"
    return {"events": "event", "themes": "theme"}.get(path.parent.name, "practice")


@cache
def real_terms() -> dict[str, dict[str, str]]:
    return load(ROOT / "practices").names()


@cache
def validator(name: str, *, open_ended: bool = False) -> Draft202012Validator:
    schema = json_schema(name, real_terms(), open_ended=open_ended)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def wrong(name: str, data: Any, *, open_ended: bool = False) -> list[str]:
    errors = validator(name, open_ended=open_ended).iter_errors(data)
    return sorted(".".join(map(str, error.absolute_path)) for error in errors)


@pytest.mark.parametrize("path", REAL, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_real_files_are_accepted_as_editors_read_them(path: Path) -> None:
    data = typed(path)
    assert wrong(name_of(path), data) == []
    assert wrong(name_of(path), data, open_ended=True) == []


def test_what_is_wrong_is_underlined() -> None:
    data = typed(ROOT / "practices" / "milano" / "qubi.md")
    assert isinstance(data["funding"][0]["year"], int | type(None))
    spoilt = data | {
        "status": "in corso",
        "titolo": "x",
        "status_date": 18,
        "reviewed": "18/12/2024",
        "themes": ["nessuno"],
        "lead": {"name": "Comune"},
        "milestones": [{"date": "18 dicembre", "what": 2024, "source": ["s1"]}],
    }
    del spoilt["summary"]
    # Editors are not told that "reviewed" has a form: "format" is a hint only.
    assert wrong("practice", spoilt) == [
        *("", "", "lead", "milestones.0.date", "status", "status_date", "themes.0"),
    ]


def test_terms_to_come_are_not_underlined_in_editors() -> None:
    data = typed(ROOT / "practices" / "milano" / "qubi.md")
    later = data | {"instruments": ["strumento-nuovo"], "aliases": ["2024"]}
    assert wrong("practice", later) == ["instruments.0"]
    assert wrong("practice", later, open_ended=True) == []


def fields(node: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        yield from node.get("properties", {}).items()
        for value in node.values():
            yield from fields(value)
    elif isinstance(node, list):
        for value in node:
            yield from fields(value)


@pytest.mark.parametrize("name", NAMES)
def test_every_field_is_explained(name: str) -> None:
    schema = validator(name).schema
    text = json.dumps(schema)
    for mark in ("x-vocabulary", '"null"', '"default"'):
        assert mark not in text
    for field, told in fields(schema):
        assert told["title"], field
        assert told["description"], field
    for _, told in fields({"properties": {"": schema}, **schema}):
        if "enum" in told:
            assert len(told["enum"]) == len(told["enumDescriptions"])
            assert not set(told["enum"]) & set(told["enumDescriptions"])


def test_closed_lists_have_italian_names() -> None:
    scale = validator("practice").schema["properties"]["scale"]
    assert dict(zip(scale["enum"], scale["enumDescriptions"], strict=True))["city"] == (
        "Tutta la città"
    )
    themes = validator("practice").schema["properties"]["themes"]["items"]
    assert "Economia di prossimità" in themes["enumDescriptions"]


def without_terms(node: Any) -> Any:
    """Return *node* without the lists of terms, which come from the content of the day."""
    if isinstance(node, dict):
        if "anyOf" in node and "enumDescriptions" in node["anyOf"][0]:
            return node["anyOf"][1]
        return {key: without_terms(value) for key, value in node.items()}
    return [without_terms(item) for item in node] if isinstance(node, list) else node


def test_schemas_for_editors_are_those_of_today() -> None:
    """When this fails: ``make schemas``."""
    kept = {path.stem: json.loads(path.read_text("utf-8")) for path in EDITOR.glob("schemas/*")}
    assert set(kept) == set(NAMES)
    for name, schema in kept.items():
        today = json_schema(name, real_terms(), open_ended=True)
        assert without_terms(schema) == without_terms(today), name


def test_settings_give_each_file_its_schema() -> None:
    settings = json.loads((EDITOR / "settings.json").read_text("utf-8"))
    for path in REAL:
        given = []
        for schema, globs in settings["yaml.schemas"].items():
            assert (ROOT / schema).is_file()
            patterns = [globs] if isinstance(globs, str) else globs
            shown = path.relative_to(ROOT).as_posix()
            but = [p[1:] for p in patterns if p.startswith("!")]
            if any(fnmatch(shown, p) for p in patterns) and not any(fnmatch(shown, p) for p in but):
                given.append(Path(schema).stem)
        assert given == [name_of(path)]


def test_tasks_read_what_the_checker_prints() -> None:
    tasks = json.loads((EDITOR / "tasks.json").read_text("utf-8"))["tasks"]
    findings = load(DATA / "broken").findings
    assert findings
    for task in tasks:
        pattern = re.compile(task["problemMatcher"]["pattern"]["regexp"])
        for line, finding in zip(format_lines(findings, "it").splitlines(), findings, strict=True):
            found = pattern.match(line)
            assert found
            assert Path(found[1]).name == finding.path.name
            assert (int(found[2]), int(found[3])) == (finding.line, finding.column)


def test_command_prints_any_schema_and_writes_all(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    assert json.loads(run("schema", "--of", "guide").stdout)["type"] == "array"
    assert run("schema", "--of", "nothing").exit_code == 2
    assert run("schema", "--all", tmp_path / "new").exit_code == 0
    assert {path.stem for path in (tmp_path / "new").iterdir()} == set(NAMES)


def test_site_publishes_the_schemas(client: PageClient, run: Callable[..., Result]) -> None:
    for name in NAMES:
        answer = client.get(f"/schema/{name}.json")
        assert answer.content_type == "application/schema+json"
        told = json.loads(answer.text)
        assert told.pop("$id") == f"http://localhost/schema/{name}.json"
        assert told == json.loads(run("schema", "--of", name).stdout)
    assert client.get("/schema/nothing.json").status_code == 404
