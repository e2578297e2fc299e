"""The rows of a list of places: of a CSV file, or of the sheet of a workbook that holds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.domain.errors import HearingBotError
from bot.spreadsheets import cells, opening
from bot.spreadsheets.faults import Fault
from bot.spreadsheets.text_tables import LoneQuote, NoText, read_rows
from bot.workbook.faults import PlaceCode
from bot.workbook.place_words import column_of, example_marks, language_of_headings

if TYPE_CHECKING:
    from collections.abc import Iterator

REQUIRED_COLUMNS: Final = ("code", "type", "parent")
LARGEST_PLACE_LIST: Final = 10 << 20
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How the files of spreadsheet programs begin."""
_EXACT_NUMBERS: Final = 10**15
"""Spreadsheets keep 15 digits of a number: a longer code has lost its last ones."""
_ROWS_ABOVE_HEADINGS: Final = 10

Row = tuple[int, list[str]]


class NotAPlaceList(HearingBotError):
    """There is no table of places in the file; ``fault`` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


@dataclass(frozen=True)
class PlaceTable:
    """The rows as (first line in the file, column to value), without empty ones and examples.

    ``headings`` are those of the file by column; ``language`` is theirs.
    """

    rows: tuple[tuple[int, dict[str, str]], ...]
    headings: dict[str, str]
    language: str


def read_table(content: bytes) -> PlaceTable:
    """The table in the file, whatever its bytes; raises NotAPlaceList and nothing else."""
    if len(content) > LARGEST_PLACE_LIST:
        raise _no_table()
    if content.startswith(_WORKBOOKS):
        return _of_workbook(content)
    try:
        rows = read_rows(content)
        return _table(next(rows, (1, []))[1], rows)
    except LoneQuote as cause:
        raise NotAPlaceList(Fault(PlaceCode.LONE_QUOTE, csv_line=cause.line)) from cause
    except NoText as cause:
        raise NotAPlaceList(Fault(PlaceCode.NO_TEXT)) from cause


def _of_workbook(content: bytes) -> PlaceTable:
    """The first sheet with the headings of a list; a few rows may stand above them."""
    try:
        grids = opening.read_grids(content)
    except opening.CannotOpen as cannot:
        raise NotAPlaceList(cannot.fault) from cannot
    for grid in grids:
        for at, (_, headings) in enumerate(grid.rows[:_ROWS_ABOVE_HEADINGS]):
            names = [_words(value) for value in headings]
            if set(REQUIRED_COLUMNS) <= set(map(column_of, names)):
                if grid.cut:
                    raise NotAPlaceList(Fault(PlaceCode.LONG_WORKBOOK, grid.name, values={"limit": len(grid.rows)}))
                return _table(names, iter([(no, list(map(_words, row))) for no, row in grid.rows[at + 1 :]]))
    raise _no_table()


def _words(value: object) -> str:
    """A cell as text; a number too long for a spreadsheet shows its exponent, as there."""
    if value is None or isinstance(value, opening.Broken | opening.Unsaved):
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= _EXACT_NUMBERS:
        return f"{value:.5E}"
    return cells.plain_text(value)


def _no_table() -> NotAPlaceList:
    return NotAPlaceList(Fault(PlaceCode.NOT_A_TABLE, values={"names": ", ".join(REQUIRED_COLUMNS)}))


def _table(names: list[str], rows: Iterator[Row]) -> PlaceTable:
    header = list(map(column_of, names))
    if not set(REQUIRED_COLUMNS) <= set(header):
        raise _no_table()
    headings = {column: name.strip() for column, name in reversed(list(zip(header, names, strict=True)))}
    found = []
    for line, values in rows:
        row = {name: value.strip().replace("\x00", "") for name, value in zip(header, values, strict=False)}
        if any(row.values()) and row.get("code", "").casefold() not in example_marks():
            found.append((line, row))
    return PlaceTable(tuple(found), headings, language_of_headings(names))
