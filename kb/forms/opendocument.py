# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads OpenDocument files (ODT, ODS) as blocks and as rows."""

import io
from collections.abc import Iterator
from typing import Any

from kb.errors import ImportMissing
from kb.forms.blocks import Aside, Block, Heading, Paragraph, Table

try:
    from lxml.etree import XMLSyntaxError
    from odfdo import Document
except ImportError as missing:
    raise ImportMissing from missing

UNREADABLE = (XMLSyntaxError, KeyError, ValueError, TypeError, IndexError, AttributeError)
ASIDES = {
    "text:note": "Nota a piè di pagina",
    "office:annotation": "Commento",
    "draw:text-box": "Riquadro di testo",
}
#: Text that is not there any more, and marks that are no text.
GONE = {"text:tracked-changes", "text:note-citation", "dc:creator", "dc:date", "meta:creator"}


def blocks(packed: io.BytesIO) -> Iterator[Block]:
    """Yield the blocks of the text document *packed*, asides after the block they belong to."""
    yield from _blocks(Document(packed).body)


def _blocks(parent: Any, listed: bool = False) -> Iterator[Block]:
    for element in parent.children:
        tag = element.tag
        if tag in GONE:
            continue
        if tag == "text:h":
            level = int(element.get_attribute("text:outline-level") or 1)
            yield Heading(_text(element).strip(), level)
        elif tag == "text:p":
            yield Paragraph(_text(element).strip(), listed)
        elif tag == "table:table":
            yield Table(tuple(tuple(map(_cell, _cells(row))) for row in _rows(element)))
        else:
            yield from _blocks(element, listed or tag == "text:list")
            continue
        yield from _asides(element)


def _asides(element: Any) -> Iterator[Aside]:
    for child in element.children:
        if child.tag in ASIDES:
            yield Aside(ASIDES[child.tag], _whole(child))
        else:
            yield from _asides(child)


def _whole(element: Any) -> str:
    """Return the paragraphs in *element*, one a line."""
    lines = []
    for child in element.children:
        if child.tag in ("text:p", "text:h"):
            lines.append(_text(child))
        elif child.tag not in GONE:
            lines.append(_whole(child))
    return "\n".join(filter(None, map(str.strip, lines)))


def _text(element: Any) -> str:
    """Return the text of *element* without its asides."""
    parts = [element.text or ""]
    for child in element.children:
        if child.tag == "text:s":
            parts.append(" ")
        elif child.tag == "text:tab":
            parts.append("\t")
        elif child.tag == "text:line-break":
            parts.append("\n")
        elif child.tag not in ASIDES and child.tag not in GONE:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _rows(table: Any) -> Iterator[Any]:
    for child in table.children:
        if child.tag == "table:table-row":
            yield child
        elif child.tag in ("table:table-header-rows", "table:table-row-group", "table:table-rows"):
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    for cell in row.children:
        if cell.tag in ("table:table-cell", "table:covered-table-cell"):
            yield cell


def _cell(cell: Any) -> str:
    items = []
    for block in _blocks(cell):
        if isinstance(block, Heading | Paragraph):
            items.append(block.text)
        elif isinstance(block, Table):
            items += [" ".join(row) for row in block.rows]
    return "\n".join(filter(None, items))


def rows(packed: io.BytesIO, most_columns: int) -> Iterator[tuple[int, list[str]]]:
    """Yield number and cells of the rows of the first sheet of *packed* that hold something.

    A row that stands for many equal ones is given once.
    """
    tables = [child for child in Document(packed).body.children if child.tag == "table:table"]
    number = 1
    for row in _rows(tables[0]):
        cells: list[str] = []
        for cell in _cells(row):
            times = int(cell.get_attribute("table:number-columns-repeated") or 1)
            cells += [_value(cell)] * max(0, min(times, most_columns - len(cells)))
        if any(cells):
            yield number, cells
        number += int(row.get_attribute("table:number-rows-repeated") or 1)


def _value(cell: Any) -> str:
    kind = cell.get_attribute("office:value-type")
    shown = _cell(cell).strip()
    if kind in ("float", "currency"):
        return str(cell.get_attribute("office:value")).replace(".", ",")
    # What a date or a share shows, not more: the value of "June 2018" is its first day.
    return shown or str(cell.get_attribute("office:date-value") or "")[:10]
