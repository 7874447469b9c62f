# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads old versions of practice files fast: only the fields in which two versions differ.

A practice file is a mapping, so each field begins at the margin: fields whose text is the same
need not be read as YAML, which would take most of a build's time. Unlike
:mod:`kb.frontmatter` this finds no errors: what cannot be read is left out.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml

from kb.changes import Version
from kb.frontmatter import DEEPEST, FENCE, MAX_BYTES
from kb.sections import split

KEY = re.compile(r"^([a-z_]+):(?:\s|$)")
#: libyaml where PyYAML was built with it: ten times as fast.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class FileText:
    """The text of a practice file, parted but not read."""

    raw: bytes

    @cached_property
    def parts(self) -> tuple[dict[str, str], str]:
        """Return the YAML of each field by its key, and the body."""
        text = self.raw[:MAX_BYTES].decode("utf-8-sig", "replace")
        lines = text.splitlines()
        if not lines or lines[0].rstrip() != FENCE:
            return {}, ""
        fields: dict[str, list[str]] = {}
        key = ""
        for number, line in enumerate(lines[1:], 1):
            if line.rstrip() == FENCE:
                return _joined(fields), "\n".join(lines[number + 1 :])
            match = KEY.match(line)
            key = match.group(1) if match else key
            fields.setdefault(key, []).append(line)
        return _joined(fields), ""

    @cached_property
    def sections(self) -> dict[str, str]:
        """Return the text of each section by its heading."""
        return {section.label: section.text for section in split(self.parts[1], 1)}

    def whole(self) -> Version:
        """Return everything that can be read."""
        return Version(_read(self.parts[0]), self.sections)


def differing(
    before: FileText, after: FileText, but: Collection[str] = ()
) -> tuple[Version, Version]:
    """Return two versions without what is the same in both, and without the fields *but*."""
    olds, news = before.parts[0], after.parts[0]
    keys = {key for key in {*olds, *news}.difference(but) if olds.get(key) != news.get(key)}
    old, new = (_read({k: v for k, v in fields.items() if k in keys}) for fields in (olds, news))
    # A field that cannot be read in one version tells nothing in the other.
    unread = {key for key in keys if (key in olds) != (key in old) or (key in news) != (key in new)}
    if before.parts[1] == after.parts[1]:
        return Version(_without(old, unread)), Version(_without(new, unread))
    return (
        Version(_without(old, unread), before.sections),
        Version(_without(new, unread), after.sections),
    )


def _joined(fields: Mapping[str, list[str]]) -> dict[str, str]:
    return {key: "\n".join(lines) for key, lines in fields.items() if key}


def _without(fields: Mapping[str, Any], keys: set[str]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if key not in keys}


def _read(fields: Mapping[str, str]) -> dict[str, Any]:
    found = {}
    for key, text in fields.items():
        try:
            found[key] = _data(text)[key]
        except (yaml.YAMLError, LookupError, TypeError, ValueError):
            continue
    return found


def _data(text: str) -> Any:
    """Return YAML *text* as plain data, every scalar as text.

    Raises :class:`ValueError` for what could exhaust the program: aliases, endless nesting.
    """
    # What is being read: the items of the document, then those of each collection within.
    opened: list[list[Any]] = [[]]
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.ScalarEvent):
            opened[-1].append(event.value)
        elif isinstance(event, yaml.CollectionStartEvent):
            opened.append([])
        elif isinstance(event, yaml.CollectionEndEvent):
            items = opened.pop()
            pairs = zip(items[::2], items[1::2], strict=True)
            opened[-1].append(dict(pairs) if isinstance(event, yaml.MappingEndEvent) else items)
        if isinstance(event, yaml.AliasEvent) or len(opened) > DEEPEST:
            raise ValueError(text)
    return opened[0][0]
