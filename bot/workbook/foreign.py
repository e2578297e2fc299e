"""A workbook that is no hearing's but holds a table: where the table is, and what its columns look like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from bot.spreadsheets import cells
from bot.spreadsheets.faults import Fault, Label
from bot.spreadsheets.names import column_letters
from bot.spreadsheets.vocabulary import COLUMN_WORDS
from bot.workbook.faults import HearingCode
from bot.workbook.words import SHEET_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from bot.spreadsheets.grids import Grid

_LEAST_ROWS: Final = 3
_ROWS_LOOKED_AT: Final = 300
"""Rows by which the columns are told."""
_LEAST_AMOUNT: Final = 100
"""A column without any number as large holds no amounts."""
_A_THOUSAND: Final = 1_000
"""A column whose numbers are so many times smaller than another's has codes, not amounts."""
_CODE: Final = re.compile(r"0\d[\d.]*|\d{4,20}|\d+\.\d+\.[\d.]*")
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
            "amount": column_letters(table.amount + 1),
            "name": column_letters(table.name + 1),
            "amount_heading": Label(COLUMN_WORDS, "amount"),
            "name_heading": Label(COLUMN_WORDS, "line"),
            "sheet": Label(SHEET_WORDS, "Budget"),
        },
    )


def _table(grid: Grid) -> _Table | None:
    """The rows of a grid that have a name and an amount."""
    rows = [values for _, values in grid.rows[:_ROWS_LOOKED_AT] if not _counts_columns(values)]
    columns = range(max((len(values) for values in rows), default=0))
    letters = [sum(_letters(values, at) for values in rows) for at in columns]
    amounts = [[found for values in rows if (found := _amount(values, at)) is not None] for at in columns]
    most = max(map(len, amounts), default=0)
    likely = [at for at in columns if amounts[at] and len(amounts[at]) * 2 >= most and not _counts(amounts[at])]
    if not likely or not any(letters):
        return None
    largest = {at: max(map(abs, amounts[at])) for at in likely}
    amount = next(at for at in likely if largest[at] * _A_THOUSAND > max(largest.values()))
    name = letters.index(max(letters))
    of_table = [
        number for number, values in grid.rows if _letters(values, name) and _amount(values, amount) is not None
    ]
    if len(of_table) < _LEAST_ROWS:
        return None
    return _Table(grid, of_table[0], len(of_table), amount, name)


def _amount(values: Sequence[object], at: int) -> Decimal | None:
    """The number in the cell; None for none, and for codes: ``07.09``, ``003``, ``11110000``."""
    value = values[at] if at < len(values) else None
    if value is None or isinstance(value, bool) or (isinstance(value, str) and _CODE.fullmatch(value.strip())):
        return None
    try:
        return cells.number(value)
    except (cells.BadCell, ArithmeticError):
        return None


def _letters(values: Sequence[object], at: int) -> int:
    value = values[at] if at < len(values) else None
    return sum(map(str.isalpha, value)) if isinstance(value, str) else 0


def _counts_columns(values: Sequence[object]) -> bool:
    """Whether the row only numbers the columns: 1, 2, 3 …"""
    numbers = [cells.plain_text(value) for value in values if value is not None]
    return len(numbers) > 1 and numbers == [str(n) for n in range(1, len(numbers) + 1)]


def _counts(numbers: Sequence[Decimal]) -> bool:
    """Whether a column counts its rows, classifies them, or says the same everywhere: it holds no amounts."""
    if len(set(numbers)) == 1 or max(map(abs, numbers), default=0) < _LEAST_AMOUNT:
        return True
    follows = sum(after == before + 1 for before, after in pairwise(numbers))
    lengths = {len(str(number)) for number in numbers}
    codes = lengths <= set(_CODE_DIGITS) and len(lengths) == 1 and all(n == n.to_integral_value() for n in numbers)
    return follows * 2 > len(numbers) or (codes and len(numbers) > _LEAST_ROWS)
