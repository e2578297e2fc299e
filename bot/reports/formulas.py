"""Formulas of the record's workbook, each stored with what it computes, for programs that only show a workbook.

No text of a stranger is ever part of a formula: it refers to cells, and compares with the catalogue's words alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlsxwriter.utility import quote_sheetname, xl_range_abs, xl_rowcol_to_cell

from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, and the ``value`` it computes."""

    text: str
    value: int | float


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells of one column of a sheet, from row ``first`` to row ``last``; rows and columns are counted from 0."""

    sheet: str
    column: int
    first: int
    last: int

    def __str__(self) -> str:
        """The cells as a formula of any sheet names them."""
        return f"{quote_sheetname(self.sheet)}!{xl_range_abs(self.first, self.column, self.last, self.column)}"

    def sum(self, value: float) -> Formula:
        """What the numbers add up to."""
        return Formula(f"=SUM({self})", value)

    def filled(self, value: int) -> Formula:
        """How many are not empty."""
        return Formula(f"=COUNTA({self})", value)

    def of(self, words: Iterable[str], value: int) -> Formula:
        """How many hold one of these words of ours."""
        return Formula("=" + self.count(words), value)

    def beginning(self, words: Iterable[str], value: int) -> Formula:
        """How many begin with one of these words of ours."""
        return self.of((f"{each}*" for each in words), value)

    def count(self, words: Iterable[str]) -> str:
        """The part of a formula that counts the cells with one of these words."""
        quoted = (each.replace('"', '""') for each in dict.fromkeys(words))
        return "+".join(f'COUNTIF({self},"{each}")' for each in quoted)


def cell(row: int, column: int, sheet: str = "") -> str:
    """A cell as a formula names it: one of its own sheet, unless another is given."""
    name = xl_rowcol_to_cell(row, column)
    return f"{quote_sheetname(sheet)}!{name}" if sheet else name


def same_as(row: int, column: int, value: float, sheet: str = "") -> Formula:
    """What stands in another cell."""
    return Formula(f"={cell(row, column, sheet)}", value)


def row_sum(row: int, first: int, last: int, value: float) -> Formula:
    """What the cells of a row of the same sheet add up to."""
    return Formula(f"=SUM({cell(row, first)}:{cell(row, last)})", value)


def ratio(part: tuple[int, int], whole: tuple[int, int], value: float) -> Formula:
    """One cell of the same sheet, by row and column, as a share of another."""
    return Formula(f"={cell(*part)}/{cell(*whole)}", value)
