"""A grid of cells as a table whose columns have meanings, and rows that are read by them.

A row never raises: a cell that does not mean what its column wants is noted in a ``FaultLog``, and reading goes on, so
that all faults of a file come at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from bot.domain.languages import Text
from bot.spreadsheets import cells
from bot.spreadsheets.alphabet import language_of
from bot.spreadsheets.cells import BadCell
from bot.spreadsheets.fault_log import FaultLog
from bot.spreadsheets.faults import Choices, Code, Label
from bot.spreadsheets.grids import Broken, Unsaved
from bot.spreadsheets.headings import ColumnKey, columns_of, find_headings
from bot.spreadsheets.merged import MergedCells, MergedNumber
from bot.spreadsheets.names import column_letters
from bot.spreadsheets.vocabulary import COLUMN_WORDS, EXAMPLE_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from enum import StrEnum

    from bot.spreadsheets.grids import Grid
    from bot.spreadsheets.shape import Column, SheetShape
    from bot.spreadsheets.vocabulary import Vocabulary

__all__ = ["ColumnKey", "FaultLog", "SheetRow", "SheetTable", "read_table"]

V = TypeVar("V")


@dataclass(frozen=True)
class SheetRow:
    """One row: the values of its cells that are not empty, and the index of every column, from 0."""

    sheet: str
    number: int
    values: Mapping[ColumnKey, object]
    columns: Mapping[ColumnKey, int]
    faults: FaultLog

    def cell_name(self, key: str, language: str | None = None) -> str:
        """The cell in A1 notation, e.g. ``E7``: in the column of that language, else in the first one of that key."""
        exact = self.columns.get((key, language or ""))
        index = exact if exact is not None else next((at for (k, _), at in self.columns.items() if k == key), 0)
        return f"{column_letters(index + 1)}{self.number}"

    def value(self, key: str, language: str = "") -> object:
        """The value as it is stored; None for an empty cell, and (noted) for a formula without a usable value."""
        value = self.values.get((key, language))
        match value:
            case Unsaved():
                self.error(Code.NO_STORED_VALUE, (key, language))
                return None
            case MergedNumber(shown, over, cell):
                self.faults.error(Code.MERGED_NUMBER, self.sheet, cell, value=shown, range=over)
                return None
            case Broken(shown):
                self.error(Code.ERROR_VALUE, (key, language), value=shown)
                return None
        return value

    def error(self, code: StrEnum, column: str | ColumnKey, /, **values: object) -> None:
        """Note an error in the cell of a column."""
        self.faults.error(code, self.sheet, self._cell_name(column), **values)

    def warn(self, code: StrEnum, column: str | ColumnKey, /, **values: object) -> None:
        """Note a warning in the cell of a column."""
        self.faults.warn(code, self.sheet, self._cell_name(column), **values)

    def _cell_name(self, column: str | ColumnKey) -> str:
        return self.cell_name(column) if isinstance(column, str) else self.cell_name(*column)

    def parsed(self, key: str, parse: Callable[[object], V]) -> V | None:
        """What ``parse`` makes of the cell; None where it is empty, or wrong and so noted."""
        value = self.value(key)
        if value is None:
            return None
        try:
            return parse(value)
        except BadCell as bad:
            self.error(bad.code, key, **bad.values)
            return None

    def required(self, column: Column, parse: Callable[[object], V], names: str = COLUMN_WORDS) -> V | None:
        """As ``parsed``, and an empty cell is an error; ``names`` is the table of labels with the column's name."""
        if self.values.get((column.key, "")) is None:
            self.error(Code.EMPTY, column.key, name=Label(names, column.key))
            return None
        return self.parsed(column.key, parse)

    def plain_text(self, column: Column) -> str:
        """Text of a column without a language; empty where the cell is."""
        return self.parsed(column.key, lambda value: cells.bounded_text(value, column.limit)) or ""

    def choice(self, column: Column, vocabulary: Vocabulary) -> str | None:
        """The key of one of the column's choices; None where the cell is empty, or wrong and so noted."""

        def parse(value: object) -> str:
            written = cells.plain_text(value)
            if (key := vocabulary.find(column.choices, written)) is not None:
                return key
            raise BadCell(Code.NOT_CHOICE, value=written, choices=Choices(column.choices))

        return self.parsed(column.key, parse)

    def translations(self, key: str) -> Iterator[tuple[str, object]]:
        """(language of the column, value) of every cell of the key that is not empty."""
        for column, language in self.values:
            if column == key and (value := self.value(key, language)) is not None:
                yield language, value

    def text(self, column: Column, names: str = COLUMN_WORDS) -> Text:
        """The text in all its languages; an empty one is an error where the column requires it."""
        found: dict[str, str] = {}
        errors_before = len(self.faults.errors)
        for heading_language, value in self.translations(column.key):
            try:
                written = cells.bounded_text(value, column.limit)
            except BadCell as bad:
                self.error(bad.code, (column.key, heading_language), **bad.values)
                continue
            if written:
                found.setdefault(language_of(written, heading_language), written)
        if column.required and not found and len(self.faults.errors) == errors_before:
            self.error(Code.EMPTY, column.key, name=Label(names, column.key))
        return Text(found)


@dataclass(frozen=True)
class SheetTable:
    """The rows below the headings of a sheet, as it is called in the file."""

    name: str
    rows: tuple[SheetRow, ...]


def read_table(grid: Grid, shape: SheetShape, vocabulary: Vocabulary, faults: FaultLog) -> SheetTable | None:
    """The grid as a table of that shape; None (noted) where a required column is missing."""
    wanted = {column.key for column in shape.columns}
    headings = find_headings(grid, wanted, vocabulary)
    columns = columns_of(grid, headings, wanted, vocabulary, faults) if headings else {}
    found = {key for key, _ in columns}
    missing = [column.key for column in shape.columns if column.required and column.key not in found]
    for key in missing:
        faults.error(Code.NO_COLUMN, grid.name, name=Label(COLUMN_WORDS, key))
    if missing or headings is None:
        return None
    merged = MergedCells(grid, headings.below, columns, shape, faults)
    rows = tuple(_rows(grid, headings.below, columns, vocabulary, merged=merged, faults=faults))
    if grid.cut or len(rows) > shape.row_limit:
        faults.error(Code.TOO_MANY_ROWS, grid.name, limit=shape.row_limit)
    _warn_of_hidden(grid, headings.number, columns, rows, faults)
    return SheetTable(grid.name, rows[: shape.row_limit])


def _rows(
    grid: Grid,
    below: int,
    columns: Mapping[ColumnKey, int],
    vocabulary: Vocabulary,
    *,
    merged: MergedCells,
    faults: FaultLog,
) -> Iterator[SheetRow]:
    """The rows below the headings that are neither empty nor examples."""
    for number, written in grid.rows[below:]:
        first = written[0]
        if isinstance(first, str) and vocabulary.find(EXAMPLE_WORDS, cells.plain_text(first)):
            continue
        if not any(written[index] is not None for index in columns.values() if index < len(written)):
            continue
        values = merged.filled(number)
        row = {column: values[index] for column, index in columns.items() if index < len(values)}
        filled = {column: value for column, value in row.items() if value is not None}
        if filled:
            yield SheetRow(grid.name, number, filled, columns, faults)


def _warn_of_hidden(
    grid: Grid, number: int, columns: Mapping[ColumnKey, int], rows: Sequence[SheetRow], faults: FaultLog
) -> None:
    """Say what is read though the program that wrote the file does not show it."""
    if grid.hidden:
        faults.warn(Code.HIDDEN_SHEET, grid.name)
    unseen = set(grid.layout.hidden_rows)
    hidden = [row for row in rows if row.number in unseen]
    if hidden:
        faults.warn(Code.HIDDEN_ROWS, grid.name, f"A{hidden[0].number}", count=len(hidden))
    if hidden_columns := grid.layout.hidden_among(sorted(index + 1 for index in columns.values())):
        cell = f"{column_letters(hidden_columns[0])}{number}"
        faults.warn(Code.HIDDEN_COLUMNS, grid.name, cell, count=len(hidden_columns))
