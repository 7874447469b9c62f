# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Mends in content files what can be mended without asking: never a word, never a comment.

The text is edited in place, by the positions of its YAML nodes. Every step is proved by reading
the file again: the data must be the same but for the values mended, else the step is left out.
"""

import difflib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import yaml

from kb import italian
from kb.arrange import Arranger
from kb.content import AUTHORITY_FILE, VOCABULARIES
from kb.errors import FileChanged
from kb.fields import all_names, kind_at
from kb.frontmatter import FENCE, MAX_BYTES, Loc, TextLoader, syntax_code
from kb.records import Authority, Event, Practice, Record, Theme

BOM = "\ufeff"
#: A field with its value on one line: the indent and dashes, the name, the value.
FIELD = re.compile(r"(\s*(?:- +)*)([a-z_]+): +(\S.*)")
COMMENT = re.compile(r"\s+#.*")
#: What begins a value that is no plain text.
NOT_PLAIN = tuple("'\"[{|>&*!%@`#")
#: A file with more broken lines, or longer, is no slip of the pen: it is read anew for each.
MOST_BROKEN, LONGEST_BROKEN = 200, 100_000
NORMAL: dict[str, Callable[[str], str | None]] = {
    "day": italian.date,
    "date": italian.date,
    "number": partial(italian.number, sure=True),
    "integer": partial(italian.number, sure=True),
    "text": italian.unquoted,
}
IS_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
IS_INTEGER = re.compile(r"-?\d+")


@dataclass(frozen=True)
class Repair:
    """A file that can be mended: its text as it is and as it will be."""

    path: Path
    before: str
    after: str

    def diff(self, shown: str) -> str:
        """Return the change as a unified diff of the file named *shown*, marks made visible."""
        lines = difflib.unified_diff(
            self.before.split("\n"), self.after.split("\n"), shown, shown, lineterm="", n=2
        )
        return "\n".join(_visible(line) for line in lines)

    def write(self) -> None:
        """Replace the file, whole or not at all.

        Raises :class:`FileChanged` when someone has saved it since it was read.
        """
        path = self.path.resolve()
        if path.read_bytes() != self.before.encode():
            raise FileChanged(self.path)
        with tempfile.NamedTemporaryFile("wb", dir=path.parent, delete=False) as file:
            file.write(self.after.encode())
            file.flush()
            os.fsync(file.fileno())
        try:
            shutil.copymode(path, file.name)
            Path(file.name).replace(path)
        except OSError:
            Path(file.name).unlink()
            raise


def repairs(root: Path) -> Iterator[Repair]:
    """Yield the files below *root* that can be mended, in the order of their paths."""
    for path, model in content_files(root):
        found = repair(path, model)
        if found:
            yield found


def content_files(root: Path) -> list[tuple[Path, type[Record]]]:
    """Return every content file below *root* with the record that it holds, sorted by path."""
    models: dict[str, type[Record]] = {"themes": Theme, "events": Event}
    files: list[tuple[Path, type[Record]]] = []
    for path in root.glob("*/*.md"):
        profile = path.name == AUTHORITY_FILE
        files.append((path, Authority if profile else models.get(path.parent.name, Practice)))
    for name, model in VOCABULARIES.items():
        path = root / "vocabularies" / f"{name}.yml"
        files += [(path, model)] if path.exists() else []
    return sorted(files, key=lambda pair: pair[0])


def repair(path: Path, model: type[Record]) -> Repair | None:
    """Return how the file at *path*, which holds a *model*, is mended; None when it is not."""
    raw = path.read_bytes()
    try:
        before = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if len(raw) > MAX_BYTES:
        return None
    after = mended(before, model, listed=path.suffix == ".yml")
    return Repair(path, before, after) if after != before else None


def mended(text: str, model: type[Record], *, listed: bool = False) -> str:
    """Return the *text* of a file mended; of a vocabulary when *listed*."""
    plain = text.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n")
    # Other marks end a line for some programs only: such a file is for its author to clean.
    if plain.splitlines() != plain.removesuffix("\n").split("\n")[: len(plain.splitlines())]:
        return text
    if plain and not plain.endswith("\n"):
        plain += "\n"
    parts = _parts(plain, listed)
    if parts is None:
        return plain
    file = _readable(parts)
    for step in (_without_spaces, _with_normal_values, _in_order):
        file = step(file, model)
    return file.text


@dataclass(frozen=True)
class _File:
    """A text in three parts: what stands before the YAML, the YAML, the body."""

    head: str
    front: str
    body: str
    listed: bool

    @property
    def text(self) -> str:
        """The whole text."""
        return self.head + self.front + self.body


def _parts(text: str, listed: bool) -> _File | None:
    if listed:
        return _File("", text, "", listed=True)
    lines = text.splitlines(keepends=True)
    if not lines or lines[0].rstrip() != FENCE:
        return None
    ends = (number for number, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE)
    end = next(ends, 0)
    if not end:
        return None
    body = "".join([FENCE + "\n", *lines[end + 1 :]])
    return _File(FENCE + "\n", "".join(lines[1:end]), body, listed=False)


@lru_cache(maxsize=4)
def _data(front: str) -> tuple[Any, yaml.Node | None]:
    """Return the data and the node of *front*, not to be changed.

    Raises :class:`yaml.YAMLError`. A step that changes nothing reads nothing again.
    """
    loader = TextLoader(front)
    node = loader.get_single_node()
    return (None, None) if node is None else (loader.construct_document(node), node)


def _readable(file: _File) -> _File:
    """Return *file* with tabs in indents and colons in values mended, or as it is if in vain."""
    front = file.front
    for _ in range(MOST_BROKEN if len(front) <= LONGEST_BROKEN else 0):
        try:
            _data(front)
        except yaml.MarkedYAMLError as error:
            lines = front.split("\n")
            row = error.problem_mark.line if error.problem_mark else 0
            line = _readable_line(error, lines[row])
            if line == lines[row]:
                return file
            lines[row] = line
            front = "\n".join(lines)
        except yaml.YAMLError:
            return file
        else:
            return replace(file, front=front)
    return file


def _readable_line(error: yaml.MarkedYAMLError, line: str) -> str:
    """Return *line*, where *error* stopped the reading, mended; as it is where that is unsafe."""
    code = syntax_code(error)
    column = error.problem_mark.column if error.problem_mark else 0
    if code == "yaml_tab":
        before, after = line[:column], line[column:].lstrip("\t")
        tabs = len(line) - len(before) - len(after)
        return before + ("  " * tabs if before.isspace() or not before else " ") + after
    found = FIELD.fullmatch(line)
    if code != "yaml_colon" or not found or found[2] not in all_names():
        return line
    # An error at the field's own colon is one of indents.
    if column < found.start(3) or found[3].startswith(NOT_PLAIN):
        return line
    comment = COMMENT.search(found[3])
    value = found[3][: comment.start()] if comment else found[3].rstrip()
    bare = italian.unquoted(value) or value
    return f"{found[1]}{found[2]}: {_quoted(bare)}{comment[0] if comment else ''}"


def _without_spaces(file: _File, model: type[Record]) -> _File:  # noqa: ARG001 - a step
    """Take away spaces at the ends of lines; two of them break a line of the body, and stay."""
    lines = file.body.split("\n")
    body = "\n".join(
        line if line.endswith("  ") and line.strip() and following.strip() else line.rstrip(" \t")
        for line, following in zip(lines, [*lines[1:], ""], strict=True)
    )
    front = "\n".join(line.rstrip(" \t") for line in file.front.split("\n"))
    return replace(_proved(file, front, lambda data: data), body=body)


def _with_normal_values(file: _File, model: type[Record]) -> _File:
    """Write dates and numbers in their normal form, and texts without typographic quotes."""
    try:
        _, root = _data(file.front)
    except yaml.YAMLError:
        return file
    found = [] if root is None else list(_values(root, (), model, file.listed))
    front = file.front
    for _, node, value in reversed(found):
        start, end = node.start_mark.index, node.end_mark.index
        front = front[:start] + value + front[end:]
    return _proved(file, front, lambda data: _with(data, found))


def _values(
    node: yaml.Node, loc: Loc, model: type[Record], listed: bool
) -> Iterator[tuple[Loc, yaml.ScalarNode, str]]:
    """Yield place, node and new YAML of each value that has a normal form it is not in."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _values(value, (*loc, key.value), model, listed)
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield from _values(item, (*loc, number), model, listed)
    elif isinstance(node, yaml.ScalarNode) and node.start_mark.line == node.end_mark.line:
        kind = kind_at(model, loc[1:] if listed else loc)
        value = NORMAL[kind](node.value) if kind in NORMAL else None
        if value is None or value == node.value or (kind == "text" and node.style):
            return
        if _fits(kind, value):
            yield loc, node, _quoted(value) if kind == "text" else value


def _fits(kind: str, value: str) -> bool:
    if kind == "day":
        return bool(IS_DAY.fullmatch(value))
    return kind != "integer" or bool(IS_INTEGER.fullmatch(value))


def _with(data: Any, found: list[tuple[Loc, yaml.ScalarNode, str]]) -> Any:
    """Return *data* with the values *found* in their places."""
    changed = deepcopy(data)
    for loc, _, value in found:
        place = changed
        for part in loc[:-1]:
            place = place[part]
        place[loc[-1]] = yaml.load(value, TextLoader)  # noqa: S506 - it is safe
    return changed


def _in_order(file: _File, model: type[Record]) -> _File:
    """Put keys in the model's order, with the comments above them."""
    try:
        _, root = _data(file.front)
    except yaml.YAMLError:
        return file
    if root is None:
        return file
    lines = file.front.split("\n")
    arranged = Arranger(lines, model, file.listed).arranged(root)
    if sorted(map(_bare, lines)) != sorted(map(_bare, arranged)):
        return file
    return _proved(file, "\n".join(arranged), lambda data: data)


def _bare(line: str) -> str:
    return line.lstrip(" -")


def _proved(file: _File, front: str, expected: Callable[[Any], Any]) -> _File:
    """Return *file* with *front*, if its data is what is *expected* of the old one's."""
    try:
        if _data(front)[0] == expected(_data(file.front)[0]):
            return replace(file, front=front)
    except yaml.YAMLError:
        pass
    return file


def _quoted(value: str) -> str:
    """Return *value* as YAML: as it is where that is read back so, even in a list, else quoted."""
    try:
        plain = yaml.load(f"k: [{value}]", TextLoader) == {"k": [value]}  # noqa: S506 - it is safe
    except yaml.YAMLError:
        plain = False
    return value if plain else "'" + value.replace("'", "''") + "'"


def _visible(line: str) -> str:
    """Return a line of a diff with its invisible characters shown."""
    stripped = line.rstrip(" ")
    line = stripped + "·" * (len(line) - len(stripped)) if line[1:].strip() else line
    shown = line.replace(BOM, "<BOM>").replace("\r", "<CR>").replace("\t", "<TAB>")
    return "".join(c if c.isprintable() else f"<{ord(c):04X}>" for c in shown)
