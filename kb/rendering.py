# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Markdown to safe HTML, with citations that lead to the list of sources.

Markdown comes from pull requests, so the result is sanitised with an explicit allow-list.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from html import unescape
from re import Match
from typing import ClassVar
from xml.etree import ElementTree

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

from kb.sections import CITATION, without_citations

TAGS = {
    *("p", "a", "em", "strong", "code", "pre", "blockquote", "hr", "br", "sup", "abbr"),
    *("ul", "ol", "li", "h2", "h3", "h4"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    "a": {"href", "title", "class"},
    "sup": {"class"},
    "abbr": {"title"},
    "table": {"class"},
    "th": {"scope"},
    "ol": {"start"},
    "blockquote": {"class"},
}
BEFORE_CITATION = re.compile(r" (?=\[\^)")
BLOCK_MARK = re.compile(r"^(\d*)([.#>+*-])(?=\s|#)")
SCHEMES = {"http", "https", "mailto"}


class _Citations(InlineProcessor):
    """Turns ``[^s1]`` into a numbered link to the source ``s1``."""

    def __init__(self, sources: Sequence[str], md: Markdown) -> None:
        super().__init__(CITATION.pattern, md)
        self._sources = sources

    def handleMatch(  # type: ignore[override]  # noqa: N802 - markdown's name
        self,
        m: Match[str],
        data: str,  # noqa: ARG002 - markdown's signature
    ) -> tuple[ElementTree.Element | str, int, int]:
        source_id = m.group(1)
        if source_id not in self._sources:
            return m.group(0), m.start(0), m.end(0)
        mark = ElementTree.Element("sup", {"class": "citation"})
        link = ElementTree.SubElement(mark, "a", {"href": f"#fonte-{source_id}"})
        link.text = f"[{self._sources.index(source_id) + 1}]"
        return mark, m.start(0), m.end(0)


class _DesignSystem(Treeprocessor):
    """Dresses markdown's elements in the classes of the design system."""

    CLASSES: ClassVar = {"table": "table", "blockquote": "blockquote"}

    def run(self, root: ElementTree.Element) -> None:
        """Set the classes below *root*."""
        for element in root.iter():
            if element.tag in self.CLASSES:
                element.set("class", self.CLASSES[element.tag])
            elif element.tag == "th":
                element.set("scope", "col")


class _House(Extension):
    def __init__(self, sources: Sequence[str]) -> None:
        super().__init__()
        self._sources = sources

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - markdown's name
        # Before markdown's own reference links, which begin with a bracket too.
        md.inlinePatterns.register(_Citations(self._sources, md), "citation", 175)
        md.treeprocessors.register(_DesignSystem(md), "design-system", 1)


def render(text: str, sources: Sequence[str] = ()) -> Markup:
    """Return markdown *text* as HTML; ``[^id]`` becomes the number of *id* in *sources*."""
    return Markup(_render(text, tuple(sources)))  # noqa: S704 - sanitised


def render_inline(text: str, sources: Sequence[str] = ()) -> Markup:
    """Return one paragraph of markdown *text* as HTML, without the paragraph's tags."""
    # A year at the start is no numbered list, a dash no bullet.
    line = BLOCK_MARK.sub(r"\1\\\2", " ".join(text.split()), count=1)
    html = _render(line, tuple(sources)).strip()
    return Markup(html.removeprefix("<p>").removesuffix("</p>"))  # noqa: S704 - sanitised


def plain(text: str) -> str:
    """Return markdown *text* without marks, links and citations, as one reads it aloud."""
    html = nh3.clean(_render(without_citations(text), ()), tags=set())
    return unescape(html).strip()


@lru_cache(maxsize=20_000)
def _render(text: str, sources: tuple[str, ...]) -> str:
    # A citation never begins a line.
    text = BEFORE_CITATION.sub("\N{NO-BREAK SPACE}", text)
    extensions: list[Extension | str] = [
        TableExtension(use_align_attribute=True),
        "sane_lists",
        "abbr",
        _House(sources),
    ]
    html = Markdown(extensions=extensions, output_format="html").convert(text)
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
