"""The shape of a sheet: its columns, and how much each may hold."""

from __future__ import annotations

from bot.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, or a field of a sheet that has one field in each row.

    ``limit`` is in characters (0: no limit), ``choices`` names a table of the vocabulary, ``width`` is in characters.
    ``shared`` says that rows may well have one value together, ``counted`` that they cannot: its numbers are added up.
    """

    key: str
    width: int = 12
    translated: bool = False
    limit: int = 0
    choices: str = ""
    number_format: str = ""
    required: bool = False
    shared: bool = False
    counted: bool = False


@dataclass(frozen=True, slots=True)
class SheetShape:
    """A sheet: its key in the vocabulary, its columns in order, and how many rows it may have."""

    key: str
    columns: tuple[Column, ...]
    row_limit: int

    def column(self, key: str) -> Column:
        """The column of that key; raises ``StopIteration`` without one."""
        return next(column for column in self.columns if column.key == key)
