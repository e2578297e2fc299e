"""Open XML workbooks (.xlsx, .xlsm) as grids, by openpyxl."""

from __future__ import annotations

import io
from datetime import datetime, time
from math import isfinite
from typing import TYPE_CHECKING

from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from bot.spreadsheets.cells import DaysSince1904, Percent
from bot.spreadsheets.grids import MOST_ROWS, MOST_SHEETS, Broken, Grid, trimmed
from bot.spreadsheets.layout import Layout
from bot.spreadsheets.rows import rows

if TYPE_CHECKING:
    from typing import Any

    from bot.spreadsheets.rows import ReadCell


def grids(content: bytes) -> tuple[Grid, ...]:
    """The sheets in order; raises whatever openpyxl and zipfile raise on damaged files."""
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        return tuple(_grid(book, sheet) for sheet in book.worksheets[:MOST_SHEETS])
    finally:
        book.close()


def _grid(book: Any, sheet: Any) -> Grid:
    kept: list[tuple[int, tuple[object, ...]]] = []
    layout = Layout()
    cut = False
    for number, cells in rows(book, sheet, layout):
        values = trimmed(_value(cell, from_1904=book.epoch == CALENDAR_MAC_1904) for cell in cells)
        if values and len(kept) == MOST_ROWS:
            cut = True
            break
        if values:
            kept.append((number, values))
    hidden = getattr(sheet, "sheet_state", "visible") != "visible"
    return Grid(str(sheet.title), tuple(kept), cut=cut, hidden=hidden, layout=layout)


def _value(cell: ReadCell | None, *, from_1904: bool) -> object:
    value = cell.value if cell else None
    if cell is None or value is None or (isinstance(value, str) and not value.strip()):
        return None
    if cell.data_type == "e":
        return Broken(str(value))
    if isinstance(value, float) and not isfinite(value):
        return Broken("#NUM!")  # 1e999 in the file: Excel shows it so
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value, cell.number_format, from_1904=from_1904)
    if isinstance(value, datetime) and value.time() == time() and "h" not in cell.number_format.lower():
        return value.date()
    return value


def _number(value: float, number_format: str, *, from_1904: bool) -> float:
    """The number, and what it is beside a number."""
    if "%" in number_format:
        return Percent(value)
    return DaysSince1904(value) if from_1904 else value
