"""Merged cells below the headings: what stands in one counts for all of its rows, unless it is an amount."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from bot.domain.values import dataclass
from bot.spreadsheets import cells
from bot.spreadsheets.faults import Code

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.spreadsheets.fault_log import FaultLog
    from bot.spreadsheets.grids import Grid
    from bot.spreadsheets.headings import ColumnKey
    from bot.spreadsheets.layout import Merge
    from bot.spreadsheets.shape import SheetShape

MOST_CELLS_COVERED: Final = 50_000
"""Rows of merged cells looked at on one sheet."""


@dataclass(frozen=True, slots=True)
class MergedNumber:
    """A number that stands for several rows at once: nobody knows how much of it belongs to each."""

    value: str
    range: str
    cell: str


class MergedCells:
    """Fills the cells that a merged one covers."""

    def __init__(
        self, grid: Grid, first: int, columns: Mapping[ColumnKey, int], shape: SheetShape, faults: FaultLog
    ) -> None:
        """``first`` is the index of the first row below the headings."""
        self._sheet = grid.name
        self._faults = faults
        self._shape = shape
        self._keys = {index: key for key, index in columns.items()}
        self._rows = dict(grid.rows[first:])
        self._covering: defaultdict[int, list[tuple[Merge, int]]] = defaultdict(list)
        """Of each row its merges, and over how many rows with values each goes."""
        numbers = [number for number, _ in grid.rows[first:]]
        covered = 0
        for merge in grid.layout.merges:
            begin, end = bisect_left(numbers, merge.top), bisect_left(numbers, merge.bottom + 1)
            covered += end - begin
            if merge.top in self._rows and covered <= MOST_CELLS_COVERED:
                for number in numbers[begin:end]:
                    self._covering[number].append((merge, end - begin))

    def filled(self, number: int) -> Sequence[object]:
        """The row with what its merged cells say; empty for a title that is merged over the columns."""
        values = list(self._rows[number])
        for merge, rows in self._covering.get(number, ()):
            value = self._value(merge.top, merge.left - 1)
            if value is None:
                continue
            within = [index for index in range(merge.left - 1, merge.right) if index in self._keys]
            if len({self._keys[index][0] for index in within}) > 1:
                if not self._said_across(merge, value):
                    return ()
                within = [index for index in within if index == merge.left - 1]
            self._fill(values, merge, value, rows=rows, within=within)
        return values

    def _value(self, number: int, index: int) -> object:
        row = self._rows[number]
        return row[index] if index < len(row) else None

    def _said_across(self, merge: Merge, value: object) -> bool:
        """Whether anything else stands in the row of a cell that is merged over columns of several meanings."""
        alone = all(
            self._value(merge.top, index) is None or merge.left <= index + 1 <= merge.right for index in self._keys
        )
        code = Code.MERGED_TITLE if alone else Code.MERGED_ACROSS
        self._faults.warn(code, self._sheet, merge.anchor, value=cells.plain_text(value), range=str(merge))
        return not alone

    def _fill(self, values: list[object], merge: Merge, value: object, *, rows: int, within: list[int]) -> None:
        if not within:
            return
        column = self._shape.column(self._keys[within[0]][0])
        words = cells.plain_text(value)
        for index in within:
            values += [None] * (index + 1 - len(values))
            if rows > 1 and column.counted:
                values[index] = MergedNumber(words, str(merge), merge.anchor)
            elif values[index] is None:
                values[index] = value
        over_languages = column.translated and len(within) > 1
        if (rows > 1 and not column.shared and not column.counted) or over_languages:
            self._faults.warn(Code.MERGED_FILLED, self._sheet, merge.anchor, value=words, range=str(merge))
