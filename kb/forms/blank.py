# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes the blank form in five formats, the same bytes each time."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime

from kb.errors import ImportMissing
from kb.forms import layout
from kb.forms.choices import LISTED, Choices

#: A file's date would change with every run; that of the format's own epoch does not.
EPOCH = datetime(1980, 1, 1)
EPOCH_TEXT = rb"\g<1>1980-01-01T00:00:00Z"
#: openpyxl writes the hour into every workbook.
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
SUFFIXES = (".docx", ".odt", ".xlsx", ".ods", ".csv")


def blank(suffix: str, choices: Choices) -> bytes:
    """Return the blank form as a file with *suffix*, one of :data:`SUFFIXES`.

    Raises :class:`ImportMissing` when the packages for office files are not there.
    """
    if suffix == ".csv":
        return table(choices)
    try:
        from kb.forms import blank_excel, blank_opendocument, blank_word  # noqa: PLC0415 - extras
    except ImportError as error:
        raise ImportMissing from error
    makers: dict[str, Callable[[], bytes]] = {
        ".docx": lambda: blank_word.text(layout.document(choices)),
        ".odt": lambda: blank_opendocument.text(layout.document(choices)),
        ".ods": lambda: blank_opendocument.table(choices),
        ".xlsx": lambda: blank_excel.table(choices),
    }
    return repacked(makers[suffix]())


def table(choices: Choices) -> bytes:
    """Return the form as CSV: headings, then what to write in each column, with its terms."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";")
    writer.writerow([column.name for column in layout.columns()])
    writer.writerow([_with_terms(column, choices) for column in layout.columns()])
    # Excel takes UTF-8 for granted only after this mark.
    return written.getvalue().encode("utf-8-sig")


def _with_terms(column: layout.Column, choices: Choices) -> str:
    """Return the help of *column*; a table in a file of text has no second sheet for the terms."""
    vocabulary = column.question.vocabulary
    listed = "; ".join(choices.terms[vocabulary].values()) if vocabulary in LISTED else ""
    return f"{column.hint} {layout.TERMS}: {listed}" if listed else column.hint


def repacked(packed: bytes) -> bytes:
    """Return the archive *packed* with its members as they are and no date of today."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as given, zipfile.ZipFile(written, "w") as taken:
        for member in given.infolist():
            info = zipfile.ZipInfo(member.filename, EPOCH.timetuple()[:6])
            # OpenDocument wants its type first and readable.
            stored = member.filename == "mimetype"
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            taken.writestr(info, MODIFIED.sub(EPOCH_TEXT, given.read(member)))
    return written.getvalue()
