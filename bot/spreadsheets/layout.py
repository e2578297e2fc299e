"""What a sheet says beside its values: which cells are merged, which rows and columns are hidden."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Final

from bot.domain.values import dataclass
from bot.spreadsheets.names import column_letters

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_MERGES: Final = 5_000
"""Merged ranges read of a sheet."""
MOST_HIDDEN: Final = 1_000
"""Hidden rows, and hidden groups of columns, read of a sheet."""


@dataclass(frozen=True, slots=True)
class Merge:
    """A range of cells that a spreadsheet shows as one; all numbers from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        """The range as it is called, e.g. ``A2:A9``."""
        return f"{self.anchor}:{column_letters(self.right)}{self.bottom}"

    @property
    def anchor(self) -> str:
        """The cell that holds the value."""
        return f"{column_letters(self.left)}{self.top}"


@dataclass(slots=True)
class Layout:
    """What has been read of a sheet's layout so far; whole once all its rows have been read."""

    merges: list[Merge] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def add_merge(self, reference: str) -> None:
        """Take up a range such as ``A2:A9``; what is none is passed over."""
        from openpyxl.utils import range_boundaries  # noqa: PLC0415 libraries for this alone

        try:
            left, top, right, bottom = range_boundaries(reference)
        except (ValueError, TypeError):
            return
        if None not in (left, top, right, bottom) and len(self.merges) < MOST_MERGES:
            self.merges.append(Merge(int(top or 1), int(left or 1), int(bottom or 1), int(right or 1)))

    def add_hidden_row(self, number: int) -> None:
        """Take up a row that is not shown."""
        if len(self.hidden_rows) < MOST_HIDDEN:
            self.hidden_rows.append(number)

    def add_hidden_columns(self, first: str | None, last: str | None) -> None:
        """Take up columns that are not shown; numbers from 1, as they are written."""
        if first and last and first.isdecimal() and last.isdecimal() and len(self.hidden_columns) < MOST_HIDDEN:
            self.hidden_columns.append((int(first), int(last)))

    def hidden_among(self, columns: Iterable[int]) -> tuple[int, ...]:
        """Those of the columns, numbered from 1, that are not shown."""
        return tuple(n for n in columns if any(first <= n <= last for first, last in self.hidden_columns))
