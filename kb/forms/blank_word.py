# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The blank form as a Word document."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from kb.forms import layout
from kb.forms.blank import EPOCH
from kb.forms.blocks import Block, Heading, Paragraph, Table

FONT = "Calibri"
BLUE, DARK, GREY = (
    RGBColor(0x00, 0x59, 0xB3),
    RGBColor(0x17, 0x32, 0x4D),
    RGBColor(0x45, 0x5B, 0x71),
)
#: Behind the row of column names; behind the cells to fill.
HEADER, TO_FILL = "17324D", "EEF4FB"
HELP = "Aiuto"
#: Space before a heading, size of its letters, by its level.
HEADINGS = {0: (0, 26), 1: (22, 17), 2: (14, 13)}
#: Of a table with an answer and its help.
WIDTHS = (4.4, 7.4, 5.2)
FULL = sum(WIDTHS)


def text(blocks: Iterable[Block]) -> bytes:
    """Return *blocks* as a Word file."""
    document = docx.Document()
    _set_up(document)
    for block in blocks:
        if isinstance(block, Heading):
            document.add_heading(block.text, block.level)
        elif isinstance(block, Paragraph):
            document.add_paragraph(block.text, HELP if block.help else None)
        elif isinstance(block, Table):
            _add_table(document, block.rows)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _set_up(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    properties = document.core_properties
    properties.title, properties.language = layout.TITLE, "it-IT"
    properties.author = properties.comments = ""
    properties.created = properties.modified = EPOCH
    _style(document)
    number = section.footer.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add_field(number, "PAGE")


def _style(document: Document) -> None:
    styles = document.styles
    defaults = styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    defaults.find(qn("w:lang")).set(qn("w:val"), "it-IT")
    normal: Any = styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    for level, (before, size) in HEADINGS.items():
        heading: Any = styles[f"Heading {level}" if level else "Title"]
        heading.font.name, heading.font.size, heading.font.bold = FONT, Pt(size), True
        heading.font.color.rgb = BLUE if level == 1 else DARK
        heading.paragraph_format.space_before = Pt(before)
        heading.paragraph_format.space_after = Pt(4)
        heading.paragraph_format.keep_with_next = True
        # The theme's fonts would win over the name.
        fonts = heading.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for border in heading.element.pPr.findall(qn("w:pBdr")):
            heading.element.pPr.remove(border)
    helping: Any = styles.add_style(HELP, 1)
    helping.base_style = normal
    helping.font.size, helping.font.color.rgb = Pt(10), GREY
    helping.paragraph_format.keep_with_next = True


def _add_field(paragraph: Any, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)


def _add_table(document: Document, rows: Sequence[tuple[str, ...]]) -> None:
    columns = len(rows[0])
    widths = WIDTHS if rows[0][-1:] == (layout.HELP,) else (FULL / columns,) * columns
    table = document.add_table(len(rows), columns, "Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row, texts in zip(table.rows, rows, strict=True):
        _keep_whole(row)
        # Cells one by one: table.cell() walks the whole table each time.
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = Cm(width)
            _write(cell, text, texts is rows[0])
            helps = widths is WIDTHS and width == WIDTHS[2] and texts is not rows[0]
            if helps:
                cell.paragraphs[0].style = HELP
            if not text:
                _shade(cell, TO_FILL)
    _repeat_header(table.rows[0])
    document.add_paragraph()


def _write(cell: Any, text: str, header: bool) -> None:
    run = cell.paragraphs[0].add_run(text)
    cell.paragraphs[0].paragraph_format.space_after = Pt(2)
    if header:
        run.bold, run.font.color.rgb = True, RGBColor(0xFF, 0xFF, 0xFF)
        _shade(cell, HEADER)


def _shade(cell: Any, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _repeat_header(row: Any) -> None:
    """Mark *row* as the header: repeated on each page, told by screen readers."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
