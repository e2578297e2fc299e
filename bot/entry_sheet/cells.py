"""Cells of an entry sheet that are chosen from a list, or count something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.counted_votes import MOST_COUNTED
from bot.domain.entry_sheet import RowMark
from bot.entry_sheet.faults import SheetCode
from bot.spreadsheets import cells
from bot.spreadsheets.cells import BadCell

if TYPE_CHECKING:
    from bot.spreadsheets.shape import Column
    from bot.spreadsheets.tables import SheetRow
    from bot.spreadsheets.vocabulary import Vocabulary


def listed(row: SheetRow, column: Column, vocabulary: Vocabulary) -> str | None:
    """The key of what is chosen from the column's list; None where the cell is empty, or wrong and so noted."""

    def parse(value: object) -> str:
        written = cells.plain_text(value)
        if (key := vocabulary.find(column.choices, written)) is not None:
            return key
        raise BadCell(SheetCode.NOT_LISTED, value=written)

    return row.parsed(column.key, parse)


def count(row: SheetRow, key: str, *, least: int = 0, most: int = MOST_COUNTED) -> int | None:
    """The whole number in a cell; None where it is empty, or wrong and so noted."""
    return row.parsed(key, lambda value: cells.whole(value, least=least, most=most))


def is_filled(row: SheetRow, *keys: str) -> bool:
    """True where something stands in one of the cells."""
    return any(row.values.get((key, "")) not in (None, "") for key in keys)


def seen(row: SheetRow, column: str, identity: str) -> str:
    """The mark of what stood in the row when the sheet was taken; empty for a row of the sender's own.

    A mark of another row than ``identity`` is noted in the ``column``.
    """
    value = row.values.get(("mark", ""))
    mark = RowMark.parse(cells.plain_text(value)) if value is not None else None
    if mark is not None and mark.row != identity:
        row.error(SheetCode.OTHER_ROW, column)
    return mark.seen if mark else ""
