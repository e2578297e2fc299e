"""A workbook that is no hearing's but holds a table: where the table is, and what its columns look like."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from openpyxl.utils import get_column_letter

from bot.spreadsheets import cells
from bot.spreadsheets.faults import Fault, Label
from bot.spreadsheets.vocabulary import COLUMN_WORDS
from bot.workbook.faults import HearingCode
from bot.workbook.words import SHEET_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.spreadsheets.grids import Grid

_LEAST_ROWS: Final = 3
_ROWS_LOOKED_AT: Final = 300
"""Rows by which the columns are told."""
_CODE_DIGITS: Final = range(4, 21)


@dataclass(frozen=True)
class _Table:
    grid: Grid
    first: int
    """The number of the first row that has a name and an amount."""
    rows: int
    amount: int
    name: int
    """Indexes of columns."""


def find_foreign_table(grids: Iterable[Grid]) -> Fault | None:
    """What is said of the largest table of names and amounts; None where there is none."""
    found = [table for grid in grids if (table := _table(grid)) is not None]
    if not found:
        return None
    table = max(found, key=lambda one: one.rows)
    return Fault(
        HearingCode.FOREIGN_TABLE,
        table.grid.name,
        f"A{table.first}",
        values={
            "count": f"{table.rows}+" if table.grid.cut else table.rows,
            "amount": get_column_letter(table.amount + 1),
            "name": get_column_letter(table.name + 1),
            "amount_heading": Label(COLUMN_WORDS, "amount"),
            "name_heading": Label(COLUMN_WORDS, "line"),
            "sheet": Label(SHEET_WORDS, "Budget"),
        },
    )


def _table(grid: Grid) -> _Table | None:
    """The rows of a grid that have a name and an amount."""
    rows = [values for _, values in grid.rows[:_ROWS_LOOKED_AT] if not _counts_columns(values)]
    columns = range(max((len(values) for values in rows), default=0))
    amounts = [sum(_amount(values, at) for values in rows) for at in columns]
    letters = [sum(_letters(values, at) for values in rows) for at in columns]
    if not any(amounts) or not any(letters):
        return None
    name = letters.index(max(letters))
    likely = [at for at in columns if at != name and amounts[at] * 2 >= max(amounts) and not _is_order(rows, at)]
    if not likely:
        return None
    amount = likely[0]
    of_table = [number for number, values in grid.rows if _letters(values, name) and _amount(values, amount)]
    if len(of_table) < _LEAST_ROWS:
        return None
    return _Table(grid, of_table[0], len(of_table), amount, name)


def _amount(values: Sequence[object], at: int) -> bool:
    """Whether the cell may hold an amount: a number that is no code of the classification."""
    value = values[at] if at < len(values) else None
    if isinstance(value, str) and value.strip().isdecimal() and len(value.strip()) in _CODE_DIGITS:
        return False
    try:
        return value is not None and not isinstance(value, bool) and cells.number(value) is not None
    except (cells.BadCell, ArithmeticError):
        return False


def _letters(values: Sequence[object], at: int) -> int:
    value = values[at] if at < len(values) else None
    return sum(map(str.isalpha, value)) if isinstance(value, str) else 0


def _counts_columns(values: Sequence[object]) -> bool:
    """Whether the row only numbers the columns: 1, 2, 3 …"""
    numbers = [cells.plain_text(value) for value in values if value is not None]
    return len(numbers) > 1 and numbers == [str(n) for n in range(1, len(numbers) + 1)]


def _is_order(rows: Sequence[Sequence[object]], at: int) -> bool:
    """Whether the column only numbers the rows, or holds codes of one length."""
    written = [cells.plain_text(values[at]) for values in rows if _amount(values, at)]
    whole = [int(each) for each in written if each.isdecimal() and each.isascii()]
    if len(whole) < len(written):
        return False
    follows = sum(after == before + 1 for before, after in pairwise(whole))
    one_length = len({len(str(each)) for each in whole}) == 1 and len(str(whole[0])) in _CODE_DIGITS and len(whole) > 2
    return follows * 2 > len(whole) or one_length
