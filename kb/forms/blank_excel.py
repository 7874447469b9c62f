# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The blank form as an Excel workbook: a row for each practice."""

import io
from typing import Any

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from kb.forms import layout
from kb.forms.blank import EPOCH
from kb.forms.choices import LISTED, Choices
from kb.forms.questions import Question
from kb.labels import labels_of

SHEET = "Pratiche"
WIDTH, HELP_HEIGHT = 32, 90
#: The last row that offers its choices.
OFFERED = 200
WRAPPED = Alignment(wrap_text=True, vertical="top")
#: A program must not make a date of "2018-06", nor drop the zero of a code.
TEXT = "@"


def table(choices: Choices) -> bytes:
    """Return the form as a workbook: names and help above, choices offered in the cells."""
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = EPOCH
    book.properties.creator, book.properties.title = "", layout.TITLE
    book.properties.language = "it-IT"
    sheet: Any = book.active
    sheet.title = SHEET
    ranges = _add_terms(book.create_sheet(layout.TERMS), choices)
    for number, column in enumerate(layout.columns(), 1):
        _add_column(sheet, number, column)
        _offer(sheet, number, _source(column.question, ranges))
    sheet.row_dimensions[2].height = HELP_HEIGHT
    sheet.freeze_panes = "B3"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _add_column(sheet: Any, number: int, column: layout.Column) -> None:
    title = sheet.cell(1, number, column.name)
    title.font = Font(bold=True, color="FFFFFF")
    title.fill = PatternFill("solid", fgColor="17324D")
    helping = sheet.cell(2, number, column.hint)
    helping.font = Font(italic=True, size=9, color="455B71")
    title.alignment = helping.alignment = WRAPPED
    answer = sheet.cell(3, number)
    answer.alignment, answer.number_format = WRAPPED, TEXT
    dimension = sheet.column_dimensions[get_column_letter(number)]
    dimension.width, dimension.number_format = WIDTH, TEXT


def _offer(sheet: Any, number: int, source: str) -> None:
    """Offer the choices of *source* in a column; other words are let through."""
    if source:
        letter = get_column_letter(number)
        offer = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=False)
        offer.add(f"{letter}3:{letter}{OFFERED}")
        sheet.add_data_validation(offer)


def _source(question: Question, ranges: dict[str, str]) -> str:
    """Return where the choices of a single answer are, as a workbook says it."""
    if question.many:
        return ""
    if question.kind == "choice":
        return (
            f'"{",".join(name.replace(",", " ") for name in labels_of(question.values).values())}"'
        )
    return ranges.get(question.vocabulary, "")


def _add_terms(sheet: Any, choices: Choices) -> dict[str, str]:
    """Write the terms, a column for each vocabulary, and return where each list stands."""
    ranges = {}
    for number, (vocabulary, title) in enumerate(LISTED.items(), 1):
        letter = get_column_letter(number)
        labels = list(choices.terms[vocabulary].values())
        sheet.column_dimensions[letter].width = WIDTH
        sheet.cell(1, number, title).font = Font(bold=True)
        for row, label in enumerate(labels, 2):
            sheet.cell(row, number, label)
        ranges[vocabulary] = f"'{sheet.title}'!${letter}$2:${letter}${len(labels) + 1}"
    return ranges
