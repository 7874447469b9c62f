# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Moves the lines of a YAML text so that keys stand in the model's order.

Lines are moved whole, with the comments above them; nothing is written anew.
"""

from dataclasses import dataclass

import yaml

from kb.fields import names_at
from kb.frontmatter import Loc
from kb.records import Record


@dataclass(frozen=True)
class Arranger:
    """Arranges *lines*, a YAML text whose records are of *model* (a list of them if *listed*)."""

    lines: list[str]
    model: type[Record]
    listed: bool = False

    def arranged(self, node: yaml.Node) -> list[str]:
        """Return the lines with the keys of *node*, which was read from them, in order."""
        first = node.start_mark.line
        return self.lines[:first] + self._region(node, (), first, len(self.lines))

    def _region(self, node: yaml.Node, loc: Loc, first: int, last: int) -> list[str]:
        """Return the lines *first* to *last* (not included), which hold *node*, in order."""
        if isinstance(node, yaml.MappingNode) and not node.flow_style:
            return self._mapping(node, loc, first, last)
        if isinstance(node, yaml.SequenceNode) and not node.flow_style:
            return self._sequence(node, loc, first, last)
        return self.lines[first:last]

    def _sequence(self, node: yaml.SequenceNode, loc: Loc, first: int, last: int) -> list[str]:
        starts = [item.start_mark.line for item in node.value]
        arranged = self.lines[first : starts[0]] if starts else self.lines[first:last]
        for number, (item, start) in enumerate(zip(node.value, starts, strict=True)):
            end = starts[number + 1] if number + 1 < len(starts) else last
            arranged += self._region(item, (*loc, number), start, end)
        return arranged

    def _mapping(self, node: yaml.MappingNode, loc: Loc, first: int, last: int) -> list[str]:
        column = node.start_mark.column
        end = self._without_tail(first, last, column)
        keys = [key.value for key, _ in node.value]
        starts = [self._with_comments(key.start_mark.line, first, column) for key, _ in node.value]
        chunks = [
            self._chunk(key, value, loc, start, stop)
            for (key, value), start, stop in zip(
                node.value, starts, [*starts[1:], end], strict=True
            )
        ]
        tail = self.lines[end:last]
        known = self._known(loc)
        if len(set(keys)) < len(keys) or not set(keys) <= set(known):
            return [line for chunk in chunks for line in chunk] + tail
        lead = self.lines[node.start_mark.line][:column]
        chunks[0][0] = " " * column + chunks[0][0][column:]
        order = sorted(range(len(keys)), key=lambda number: known.index(keys[number]))
        ordered = [line for number in order for line in chunks[number]]
        # In a list the dash stands before the first key, below its comments.
        at = node.value[order[0]][0].start_mark.line - starts[order[0]]
        ordered[at] = lead + ordered[at][column:]
        return ordered + tail

    def _chunk(
        self, key: yaml.Node, value: yaml.Node, loc: Loc, start: int, stop: int
    ) -> list[str]:
        """Return the lines of one field: its comments, its key, its value in order."""
        at = value.start_mark.line
        if at == key.start_mark.line:
            return self.lines[start:stop]
        return self.lines[start:at] + self._region(value, (*loc, key.value), at, stop)

    def _known(self, loc: Loc) -> list[str]:
        try:
            return names_at(self.model, loc[1:] if self.listed else loc)
        except (KeyError, StopIteration):
            # A list where the model has none: the checker's business.
            return []

    def _with_comments(self, line: int, first: int, column: int) -> int:
        """Return the first of the comment lines that stand above *line* in the same column."""
        while line > first and _is_comment(self.lines[line - 1], column):
            line -= 1
        return line

    def _without_tail(self, first: int, last: int, column: int) -> int:
        """Return *last*, less the blank lines and comments that belong to what follows."""
        while last > first + 1 and _is_outside(self.lines[last - 1], column):
            last -= 1
        return last


def _is_comment(line: str, column: int) -> bool:
    return line[:column].isspace() == bool(column) and line[column : column + 1] == "#"


def _is_outside(line: str, column: int) -> bool:
    bare = line.lstrip(" ")
    return not bare.strip() or (bare.startswith("#") and len(line) - len(bare) < column)
