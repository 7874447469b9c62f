# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tables from spreadsheets: CSV, OpenDocument and Excel, as rows of text."""

import csv
import datetime
import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.errors import FormUnreadable, ImportMissing
from kb.forms import archive

MOST_ROWS, MOST_COLUMNS = 1_000, 1_000
DELIMITERS = ";,\t|"
#: What openpyxl raises for files that are none of its own.
NO_WORKBOOK = (
    *(KeyError, ValueError, IndexError, TypeError, SyntaxError),
    *(OSError, AttributeError),
)
#: A printed date has these parts.
DAY, MONTH = "d", "m"


@dataclass(frozen=True)
class Row:
    """A row with its number as the spreadsheet program shows it, from 1."""

    number: int
    cells: list[str]


def rows(path: Path) -> list[Row]:
    """Return the rows of the first sheet of *path* that hold something.

    Numbers come as Italians write them, dates as year-month-day. Raises
    :class:`FormUnreadable` and :class:`ImportMissing`.
    """
    readers = {".csv": _csv, ".tsv": _csv, ".ods": _ods, ".xlsx": _xlsx}
    found = []
    for number, cells in readers[path.suffix.lower()](path):
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            found.append(Row(number, cells))
        if len(found) > MOST_ROWS or len(cells) > MOST_COLUMNS:
            limit = f"{MOST_ROWS} rows and {MOST_COLUMNS} columns"
            raise FormUnreadable(path, f"it has more than {limit}; split it")
    return found


def _csv(path: Path) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(path)
    # Counted, not guessed: names of columns hold commas too.
    delimiter = max(DELIMITERS, key=text.partition("\n")[0].count)
    try:
        yield from enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1)
    except csv.Error as error:
        raise FormUnreadable(path, f"it is no table ({error}); save it again as CSV") from error


def _decoded(path: Path) -> str:
    raw = archive.read(path)
    marked = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FormUnreadable(path, "its letters are in no known encoding; save it again as UTF-8")


def _xlsx(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        import openpyxl  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ImportMissing from error
    packed = io.BytesIO(archive.bounded(path))
    try:
        with warnings.catch_warnings():
            # What Excel adds for itself is no news.
            warnings.simplefilter("ignore", UserWarning)
            # Read row by row: a cell far away costs nothing.
            book = openpyxl.load_workbook(packed, read_only=True, data_only=True)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            for number, cells in enumerate(sheet.iter_rows(), 1):
                yield number, [_shown(cell.value, str(cell.number_format or "")) for cell in cells]
    except NO_WORKBOOK as error:
        raise FormUnreadable(path, f"it is no workbook ({error}); save it again") from error


def _shown(value: Any, form: str) -> str:
    """Return the value of a cell as its form shows it, dates without the parts not shown."""
    if isinstance(value, datetime.datetime | datetime.date):
        day = f"{value:%Y-%m-%d}"
        shown = form.lower().replace("red", "")
        return day if DAY in shown else day[:7] if MONTH in shown else day[:4]
    if isinstance(value, bool):
        return "sì" if value else "no"
    if isinstance(value, int | float):
        return _decimal(value * 100, 6) + "%" if "%" in form else _decimal(value, 12)
    return "" if value is None else str(value)


def _decimal(value: float, places: int) -> str:
    """Return *value* with a decimal comma, and no digits that only a float has."""
    return f"{round(value, places):.{places}f}".rstrip("0").rstrip(".").replace(".", ",")


def _ods(path: Path) -> Iterator[tuple[int, list[str]]]:
    from kb.forms import opendocument  # noqa: PLC0415 - an extra

    packed = io.BytesIO(archive.bounded(path))
    try:
        yield from opendocument.rows(packed, MOST_COLUMNS)
    except opendocument.UNREADABLE as error:
        raise FormUnreadable(path, f"it is no spreadsheet ({error}); save it again") from error
