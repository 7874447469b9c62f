# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes a practice as the text of its file: front matter in the house style, then the sections."""

import re
from collections.abc import Mapping
from typing import Any

import yaml

from kb.fields import ordered
from kb.frontmatter import FENCE
from kb.sections import HEADINGS
from kb.types import SLUG


class _Dumper(yaml.SafeDumper):
    """Writes text as :class:`kb.frontmatter.TextLoader` reads it: without implicit types."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - declared so by PyYAML

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        """Indent lists below their key."""
        super().increase_indent(flow, False)


def _represent_list(dumper: _Dumper, items: list[Any]) -> yaml.Node:
    """Write a list of codes on one line, any other with a line for each item."""
    codes = all(isinstance(item, str) and re.fullmatch(SLUG, item) for item in items)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=codes)


def _represent_text(dumper: _Dumper, text: str) -> yaml.Node:
    """Write a text that is still to be written as an author would begin it."""
    style = None if text else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(list, _represent_list)
_Dumper.add_representer(str, _represent_text)


def front_matter(data: Mapping[str, Any]) -> str:
    """Return *data* (texts, lists and mappings, as read) as YAML, keys in the model's order.

    What is empty is left out: an unknown fact has no line.
    """
    return lines(ordered(_filled(dict(data))))


def lines(data: Mapping[str, Any]) -> str:
    """Return *data* as YAML in the house style, keys and empty values as they are."""
    return str(
        yaml.dump(
            dict(data),
            Dumper=_Dumper,
            allow_unicode=True,
            sort_keys=False,
            default_flow_style=False,
            width=10_000,
        )
    )


def body(sections: Mapping[str, str]) -> str:
    """Return the text of a practice from its *sections*, by key; empty ones are left out."""
    texts = [(heading.label, sections.get(heading.key, "").strip()) for heading in HEADINGS]
    return "\n\n".join(f"## {label}\n\n{text}" for label, text in texts if text) + "\n"


def text(data: Mapping[str, Any], body: str) -> str:
    """Return the whole file of the practice with the fields *data* and the text *body*."""
    return f"{FENCE}\n{front_matter(data)}{FENCE}\n\n{body.strip()}\n"


def _filled(data: Any) -> Any:
    """Return *data* without its empty values."""
    if isinstance(data, dict):
        return {key: kept for key, value in data.items() if (kept := _filled(value)) not in EMPTY}
    if isinstance(data, list | tuple):
        return [kept for item in data if (kept := _filled(item)) not in EMPTY]
    return data.strip() if isinstance(data, str) else data


EMPTY: tuple[Any, ...] = (None, "", [], {})
