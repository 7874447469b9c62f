# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The blank form as OpenDocument: a text and a spreadsheet."""

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from odfdo import Cell, Document, Element, Header, Row, Style, Table
from odfdo import Paragraph as OdfParagraph

from kb.forms import layout
from kb.forms.blank import EPOCH
from kb.forms.blocks import Block, Heading, Paragraph
from kb.forms.blocks import Table as TableBlock
from kb.forms.choices import LISTED, Choices

FONT = "Liberation Sans"
BLUE, DARK, GREY, TO_FILL = "#0059b3", "#17324d", "#455b71", "#eef4fb"
HELP, TITLE, HEADED, PLAIN = "Aiuto", "Title", "Intestazione", "Cella"
SHEET = "Pratiche"
#: Kinds of cells, and what is behind their words.
CELLS = {"Scura": DARK, "Vuota": TO_FILL, "Piena": ""}
ROW = "Riga"
#: Of a table with an answer and its help, in centimetres.
WIDTHS = (4.4, 7.4, 5.2)
FULL = sum(WIDTHS)


def text(blocks: Iterable[Block]) -> bytes:
    """Return *blocks* as an OpenDocument text."""
    document = Document("text")
    document.body.clear()
    _set_up(document)
    # Numbers before the headings would be read as part of the form.
    styles: Any = document.get_part("styles.xml")
    for outline in styles.get_elements("//text:outline-style"):
        outline.delete()
    for style in _text_styles():
        document.insert_style(style)
    for style in _table_styles():
        document.insert_style(style, automatic=True)
    for number, block in enumerate(blocks):
        for element in _elements(document, block, number):
            document.body.append(element)
    return _saved(document)


def _set_up(document: Document) -> None:
    document.language = "it-IT"
    meta = document.meta
    meta.title, meta.language, meta.generator = layout.TITLE, "it-IT", ""
    meta.creation_date = meta.date = EPOCH
    meta.editing_duration = timedelta(0)


def _saved(document: Document) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _text_styles() -> list[Any]:
    heading = {"fo:font-weight": "bold"}
    above = {"fo:margin-top": "0.5cm", "fo:margin-bottom": "0.1cm", "fo:keep-with-next": "always"}
    below = {"fo:margin-bottom": "0.2cm"}
    return [
        _style(TITLE, {**heading, "fo:font-size": "26pt", "fo:color": DARK}, above),
        _style("Heading_20_1", {**heading, "fo:font-size": "17pt", "fo:color": BLUE}, above),
        _style("Heading_20_2", {**heading, "fo:font-size": "13pt", "fo:color": DARK}, above),
        _style("Standard", {"fo:font-size": "11pt"}, below),
        _style(HELP, {"fo:font-size": "10pt", "fo:color": GREY}, below),
        _style(HEADED, {**heading, "fo:font-size": "11pt", "fo:color": "#ffffff"}, {}),
        _style(PLAIN, {"fo:font-size": "11pt"}, {}),
    ]


def _style(name: str, text: dict[str, Any], space: dict[str, Any]) -> Any:
    style = Style("paragraph", name=name)
    style.set_properties({"style:font-name": FONT, **text}, area="text")
    style.set_properties(space, area="paragraph")
    return style


def _elements(document: Document, block: Block, number: int) -> list[Any]:
    if isinstance(block, Heading):
        if block.level == 0:
            return [OdfParagraph(block.text, style=TITLE)]
        return [Header(block.level, block.text, style=f"Heading_20_{block.level}")]
    if isinstance(block, Paragraph):
        return [OdfParagraph(block.text, style=HELP if block.help else "Standard")]
    if isinstance(block, TableBlock):
        return [_table(document, block.rows, number), OdfParagraph("", style="Standard")]
    return []


def _table(document: Document, rows: Sequence[tuple[str, ...]], number: int) -> Any:
    columns = len(rows[0])
    helped = rows[0][-1] == layout.HELP
    table = Table(f"Tabella{number}")
    for width in WIDTHS if helped else (FULL / columns,) * columns:
        table.append(_column(document, width))
    header = Element.from_tag("table:table-header-rows")
    header.append(_row(rows[0], [HEADED] * columns))
    table.append(header)
    styles = [PLAIN, PLAIN, HELP] if helped else [PLAIN] * columns
    for row in rows[1:]:
        table.append(_row(row, styles))
    return table


def _column(document: Document, width: float) -> Any:
    style = Style("table-column", name=f"Colonna{width * 10:.0f}", width=f"{width:.1f}cm")
    column = Element.from_tag("table:table-column")
    column.set_attribute("table:style-name", document.insert_style(style, automatic=True))
    return column


def _table_styles() -> Iterator[Any]:
    whole = Style("table-row", name=ROW)
    whole.set_properties({"fo:keep-together": "always"}, area="table-row")
    yield whole
    for name, colour in CELLS.items():
        style = Style("table-cell", name=name)
        properties = {"fo:border": f"0.5pt solid {GREY}", "fo:padding": "0.12cm"}
        properties |= {"fo:background-color": colour} if colour else {}
        style.set_properties(properties, area="table-cell")
        yield style


def _row(texts: Sequence[str], styles: Sequence[str]) -> Any:
    row = Element.from_tag("table:table-row")
    row.set_attribute("table:style-name", ROW)
    for text, style in zip(texts, styles, strict=True):
        cell = Element.from_tag("table:table-cell")
        cell.set_attribute("office:value-type", "string")
        name = "Scura" if style == HEADED else "Piena" if text else "Vuota"
        cell.set_attribute("table:style-name", name)
        cell.append(OdfParagraph(text, style=style))
        row.append(cell)
    return row


def table(choices: Choices) -> bytes:
    """Return the form as an OpenDocument spreadsheet: a row for each practice."""
    document = Document("spreadsheet")
    document.body.clear()
    _set_up(document)
    sheet = Table(SHEET)
    columns = layout.columns()
    sheet.append(_wide(document, len(columns)))
    sheet.append_row(_cells(document, [column.name for column in columns], "Nomi", bold=True))
    sheet.append_row(_cells(document, [column.hint for column in columns], "Aiuti"))
    document.body.append(sheet)
    document.body.append(_terms(choices))
    return _saved(document)


def _wide(document: Document, times: int) -> Any:
    column = _column(document, 6.0)
    column.set_attribute("table:number-columns-repeated", str(times))
    return column


def _cells(document: Document, texts: Sequence[str], name: str, bold: bool = False) -> Row:
    style = Style(
        "table-cell", name=name, background_color=DARK if bold else TO_FILL, area="table-cell"
    )
    style.set_properties(
        {"fo:wrap-option": "wrap", "style:vertical-align": "top"}, area="table-cell"
    )
    words = {"fo:color": "#ffffff", "fo:font-weight": "bold"} if bold else {"fo:color": GREY}
    style.set_properties(words, area="text")
    used = document.insert_style(style, automatic=True)
    row = Row()
    for text in texts:
        row.append_cell(Cell(text, style=used))
    return row


def _terms(choices: Choices) -> Table:
    listed = {title: list(choices.terms[name].values()) for name, title in LISTED.items()}
    sheet = Table(layout.TERMS)
    sheet.append_row(Row(0))
    longest = max(map(len, listed.values()))
    for number in range(-1, longest):
        row = Row()
        for title, labels in listed.items():
            row.append_cell(Cell(title if number < 0 else (labels[number : number + 1] or [""])[0]))
        sheet.append_row(row)
    return sheet
