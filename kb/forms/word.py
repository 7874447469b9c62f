# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads Word files (DOCX) as blocks."""

import io
import re
from collections.abc import Iterator
from typing import Any

from kb.errors import ImportMissing
from kb.forms.blocks import Aside, Block, Heading, Paragraph, Table

try:
    import docx
    from docx.document import Document
    from docx.opc.exceptions import PackageNotFoundError
    from docx.oxml.ns import qn
    from lxml import etree
except ImportError as missing:
    raise ImportMissing from missing

UNREADABLE = (
    PackageNotFoundError,
    etree.XMLSyntaxError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
)
HEADING = re.compile(r"(?:heading|titolo|title) ?(\d*)", re.IGNORECASE)
#: Parts beside the text that hold words: kind of the relation → what it is.
ASIDES = {
    "footnotes": "Nota a piè di pagina",
    "endnotes": "Nota di chiusura",
    "comments": "Commento",
    "header": "Intestazione di pagina",
    "footer": "Piè di pagina",
}
WORDS, BREAKS = qn("w:t"), {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t"}
BOX = qn("w:txbxContent")
#: The same text box again, for old programs; and text that was taken away.
GONE = {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback", qn("w:del")}


def blocks(packed: io.BytesIO) -> Iterator[Block]:
    """Yield the blocks of the document *packed*, then what stands beside its text."""
    document = docx.Document(packed)
    yield from _blocks(document, document.element.body)
    for relation in document.part.rels.values():
        where = ASIDES.get(relation.reltype.rpartition("/")[2])
        if where and not relation.is_external:
            for text in _paragraphs(etree.fromstring(relation.target_part.blob, _parser())):
                yield Aside(where, text)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


def _blocks(document: Document, parent: Any) -> Iterator[Block]:
    for element in parent:
        if element.tag == qn("w:p"):
            yield from _paragraph(document, element)
        elif element.tag == qn("w:tbl"):
            yield Table(tuple(tuple(_cells(row)) for row in _rows(element)))
            yield from _boxes(element)
        elif element.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins")):
            yield from _blocks(document, element)


def _paragraph(document: Document, element: Any) -> Iterator[Block]:
    text = _text(element).strip()
    style = element.style
    name = next((s.name or "" for s in document.styles if s.style_id == style), "")
    heading = HEADING.fullmatch(name)
    if heading:
        yield Heading(text, int(heading[1] or 0))
    else:
        listed = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None
        yield Paragraph(text, listed or name.startswith(("List", "Elenco")))
    yield from _boxes(element)


def _boxes(element: Any) -> Iterator[Aside]:
    for box in element.iter(BOX):
        if not any(parent.tag in GONE for parent in box.iterancestors()):
            for text in _paragraphs(box):
                yield Aside("Riquadro di testo", text)


def _paragraphs(element: Any) -> Iterator[str]:
    for paragraph in element.iter(qn("w:p")):
        text = _text(paragraph).strip()
        if text:
            yield text


def _text(element: Any) -> str:
    """Return the text of *element* without the boxes in it and without what was deleted."""
    parts: list[str] = []
    for child in element:
        if child.tag == WORDS:
            parts.append(child.text or "")
        elif child.tag in BREAKS:
            parts.append(BREAKS[child.tag])
        elif child.tag != BOX and child.tag not in GONE and isinstance(child.tag, str):
            parts.append(_text(child))
    return "".join(parts)


def _rows(table: Any) -> Iterator[Any]:
    """Yield the rows of *table*, those inside content controls too, but not of inner tables."""
    for child in table:
        if child.tag == qn("w:tr"):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins")):
            yield from _rows(child)


def _cells(row: Any) -> Iterator[str]:
    for child in row:
        if child.tag == qn("w:tc"):
            yield "\n".join(filter(None, (_text(p).strip() for p in child.iter(qn("w:p")))))
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent")):
            yield from _cells(child)
