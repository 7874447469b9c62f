# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads a content file into plain data, remembering the line and column of every key.

YAML scalars stay text: the record model decides the type, so that ``037006`` stays a code
and ``no`` a word.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kb.findings import Finding

#: A thesaurus of a few thousand concepts; a practice has a tenth of it at most.
MAX_BYTES = 1_000_000
FENCE = "---"
#: Records nest four levels; deeper files are mistakes or attacks.
DEEPEST = 40
Loc = tuple[str | int, ...]


class TextLoader(yaml.SafeLoader):
    """A safe loader without implicit types, tags or aliases, and with bounded nesting."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - declared so by PyYAML
    _depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Refuse what authors never need and what could exhaust or surprise the program."""
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent):
            raise _refused("alias not allowed", event.start_mark)
        if getattr(event, "tag", None):
            raise _refused("tag not allowed", event.start_mark)
        if self._depth >= DEEPEST:
            raise _refused("nested too deeply", event.start_mark)
        self._depth += 1
        node = super().compose_node(parent, index)
        self._depth -= 1
        if isinstance(node, yaml.MappingNode):
            for key, _ in node.value:
                if not isinstance(key, yaml.ScalarNode):
                    raise _refused("could not find expected ':'", key.start_mark)
        return node


def _refused(problem: str, mark: Any) -> yaml.MarkedYAMLError:
    return yaml.composer.ComposerError(None, None, problem, mark)


@dataclass
class Document:
    """A content file as read: data, the position of each key, and the body.

    Lines and columns count from 1. ``positions`` maps the path of a key or list item
    (``("funding", 0, "amount")``) to its place in the file.
    """

    path: Path
    data: Any = None
    positions: dict[Loc, tuple[int, int]] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    findings: list[Finding] = field(default_factory=list)

    def finding(self, loc: Loc, code: str, **params: Any) -> Finding:
        """Return a finding at *loc*, or at its nearest ancestor with a known place."""
        near = loc
        while near and near not in self.positions:
            near = near[:-1]
        line, column = self.positions.get(near, (1, 1))
        name = ".".join(str(part + 1) if isinstance(part, int) else part for part in loc)
        return Finding(self.path, line, column, name, code, params)

    def finding_at(self, line: int, column: int, code: str, **params: Any) -> Finding:
        """Return a finding at a place of the file, outside any field."""
        return Finding(self.path, line, column, "", code, params)


class Files:
    """Reads content files, and keeps what it read of each until its bytes change.

    Documents are shared: who has one does not change it.
    """

    def __init__(self) -> None:
        self._kept: dict[Path, tuple[bytes, Document]] = {}

    def document(self, path: Path) -> Document:
        """Return the file at *path* as read; problems are in its ``findings``."""
        raw = path.read_bytes()
        kept = self._kept.get(path)
        if kept is None or kept[0] != raw:
            kept = self._kept[path] = (raw, parse(path, raw))
        return kept[1]


def read(path: Path) -> Document:
    """Read a markdown file with YAML front matter, or a YAML file (a vocabulary)."""
    return parse(path, path.read_bytes())


def parse(path: Path, raw: bytes) -> Document:
    """Return *raw*, the content of *path*, as a document; problems are in its ``findings``."""
    document = Document(path)
    text = _text(document, raw)
    if document.findings:
        return document
    if path.suffix == ".yml":
        _load(document, text, first_line=1)
        return document
    lines = text.splitlines()
    if not lines or lines[0].rstrip() != FENCE:
        document.findings.append(document.finding((), "front_matter_missing"))
        return document
    try:
        end = next(n for n, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE)
    except StopIteration:
        document.findings.append(document.finding((), "front_matter_open"))
        return document
    document.body = "\n".join(lines[end + 1 :])
    document.body_line = end + 2
    _load(document, "\n".join(lines[1:end]), first_line=2)
    return document


def _text(document: Document, raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        document.findings.append(
            document.finding((), "size", found=len(raw) // 1000, limit=MAX_BYTES // 1000)
        )
        return ""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        document.findings.append(document.finding_at(line, column, "encoding"))
        return ""


def _load(document: Document, text: str, first_line: int) -> None:
    try:
        loader = TextLoader(text)
        node = loader.get_single_node()
        document.data = {} if node is None else loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        place = error.problem_mark or error.context_mark
        line, column = (place.line + first_line, place.column + 1) if place else (first_line, 1)
        document.findings.append(
            document.finding_at(line, column, syntax_code(error), found=error.problem)
        )
        return
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + first_line
        document.findings.append(document.finding_at(line, 1, "character"))
        return
    if node is not None:
        _place(document, node, first_line)


def _place(document: Document, node: yaml.Node, first_line: int) -> None:
    """Note where each key is, and the keys that are written twice."""
    for loc, mark, twice in _walk(node, (), node.start_mark):
        position = (mark.line + first_line, mark.column + 1)
        if twice:
            finding = Finding(document.path, *position, str(loc[-1]), "key_twice", {})
            document.findings.append(finding)
        else:
            document.positions[loc] = position


def _walk(node: yaml.Node, loc: Loc, mark: yaml.Mark) -> Iterator[tuple[Loc, yaml.Mark, bool]]:
    yield loc, mark, False
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield (*loc, key.value), key.start_mark, True
            else:
                seen.add(key.value)
                yield from _walk(value, (*loc, key.value), key.start_mark)
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield from _walk(item, (*loc, number), item.start_mark)


def syntax_code(error: yaml.MarkedYAMLError) -> str:
    """Return the message code for the mistakes that authors make most."""
    problem = error.problem or ""
    for part, code in (
        ("found character '\\t'", "yaml_tab"),
        ("mapping values are not allowed", "yaml_colon"),
        ("could not find expected ':'", "yaml_key"),
        ("found unexpected end of stream", "yaml_quote"),
        ("expected ',' or ']'", "yaml_list"),
        ("expected <block end>", "yaml_block"),
        ("alias", "yaml_alias"),
        ("tag", "yaml_tag"),
    ):
        if part in problem:
            return code
    return "yaml"
