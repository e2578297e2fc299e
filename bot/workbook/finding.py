"""Which sheets of a file are those of a hearing; the others are asked about or said, never dropped in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.spreadsheets.faults import Code, Label
from bot.spreadsheets.headings import find_headings
from bot.spreadsheets.stamps import STAMP_NAME
from bot.spreadsheets.tables import FaultLog, SheetTable, read_table
from bot.workbook.faults import HearingCode
from bot.workbook.foreign import find_foreign_table
from bot.workbook.sheets import HEARING_SHEET, LISTS_SHEET_NAME, SHEETS_BY_KEY
from bot.workbook.words import SHEET_WORDS

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.spreadsheets.grids import Grid
    from bot.spreadsheets.vocabulary import Vocabulary

_NEVER_ASKED_ABOUT: Final = frozenset({LISTS_SHEET_NAME, STAMP_NAME})
"""Hidden sheets that our own files have."""
_HEADINGS_THAT_TELL: Final = 3
"""So many headings of a sheet's, its required ones among them, tell which sheet it is."""


def find_tables(grids: tuple[Grid, ...], vocabulary: Vocabulary, faults: FaultLog) -> dict[str, SheetTable]:
    """The tables of a hearing by the key of their sheet, as far as they can be read."""
    tables: dict[str, SheetTable] = {}
    names: dict[str, str] = {}
    others: list[Grid] = []
    for grid in grids:
        key = vocabulary.find(SHEET_WORDS, grid.name)
        shape = SHEETS_BY_KEY.get(key or "")
        if shape is None:
            others += [grid] if key is None and grid.rows and grid.name not in _NEVER_ASKED_ABOUT else []
        elif shape.key in names:
            faults.error(Code.SHEET_TWICE, grid.name, other=names[shape.key])
        else:
            names[shape.key] = grid.name
            if grid.rows and (table := read_table(grid, shape, vocabulary, faults)) is not None:
                tables[shape.key] = table
    if not names and (foreign := find_foreign_table(others)) is not None:
        faults.errors.append(foreign)
        return tables
    _note_others(others, set(SHEETS_BY_KEY) - set(names), vocabulary, faults)
    if not all(grid.formats_known for grid in grids):
        faults.warn(Code.FORMATS_UNKNOWN)
    if HEARING_SHEET.key not in tables and not faults.errors:
        faults.error(Code.NO_SHEET, name=Label(SHEET_WORDS, HEARING_SHEET.key))
    return tables


def _note_others(others: list[Grid], missing: Collection[str], vocabulary: Vocabulary, faults: FaultLog) -> None:
    """Ask about sheets that seem to be missing ones; say of the rest that they are ignored."""
    for grid in others:
        if (near := vocabulary.nearest(SHEET_WORDS, grid.name, missing)) is not None:
            faults.error(Code.NEARLY_KNOWN, grid.name, value=grid.name, name=Label(SHEET_WORDS, near))
        elif (like := _like(grid, missing, vocabulary)) is not None:
            faults.error(HearingCode.SHEET_UNNAMED, grid.name, name=Label(SHEET_WORDS, like))
        else:
            faults.warn(HearingCode.SHEET_IGNORED, grid.name)


def _like(grid: Grid, missing: Collection[str], vocabulary: Vocabulary) -> str | None:
    """The missing sheet whose headings the grid has."""
    found: dict[str, int] = {}
    for key in SHEETS_BY_KEY:
        shape = SHEETS_BY_KEY[key]
        headings = find_headings(grid, {column.key for column in shape.columns}, vocabulary)
        known = {column for _, (column, _) in headings.known} if headings else set()
        required = {column.key for column in shape.columns if column.required}
        if key in missing and required <= known and len(known) >= _HEADINGS_THAT_TELL:
            found[key] = len(known)
    return max(found, key=lambda key: found[key], default=None)
