"""A grid of cells as a table whose columns have meanings, and rows that are read by them.

A row never raises: what a cell does not mean is noted in ``Findings`` with its place, and reading goes on, so that a
secretary sees everything at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

from openpyxl.utils import get_column_letter

from bot.domain.languages import Text
from bot.spreadsheets import cells
from bot.spreadsheets.alphabet import language_of, split_heading
from bot.spreadsheets.cells import BadCell
from bot.spreadsheets.faults import Choices, Code, ContractWord, Fault
from bot.spreadsheets.opening import Broken, Unsaved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bot.spreadsheets.opening import Grid
    from bot.workbook.sheets import Column, SheetShape
    from bot.workbook.vocabulary import Vocabulary

V = TypeVar("V")

_HEADER_WITHIN: Final = 10
"""A heading is looked for in the first so many rows that hold something: a title may stand above it."""


@dataclass
class Findings:
    """What was found wrong so far; warnings can be accepted."""

    errors: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def error(self, code: Code, sheet: str = "", cell: str = "", /, **values: object) -> None:
        """Note something that has to be put right."""
        self.errors.append(Fault(code, sheet, cell, values=values))

    def warn(self, code: Code, sheet: str = "", cell: str = "", /, **values: object) -> None:
        """Note something that may be accepted."""
        self.warnings.append(Fault(code, sheet, cell, values=values))


@dataclass(frozen=True)
class SheetRow:
    """One row: its cells by (column key, language); "" is a column without a language."""

    sheet: str
    number: int
    cells: Mapping[tuple[str, str], object]
    places: Mapping[tuple[str, str], int]
    findings: Findings

    def cell(self, key: str, language: str | None = None) -> str:
        """Where the column is in this row, e.g. ``E7``: the one of the language, else the first of that key."""
        exact = self.places.get((key, language or ""))
        index = exact if exact is not None else next((at for (k, _), at in self.places.items() if k == key), 0)
        return f"{get_column_letter(index + 1)}{self.number}"

    def raw(self, key: str, language: str = "") -> object:
        """The value as it stands; a formula that cannot be read is noted and None."""
        value = self.cells.get((key, language))
        match value:
            case Unsaved():
                self.error(Code.NO_STORED_VALUE, (key, language))
                return None
            case Broken(shown):
                self.error(Code.ERROR_VALUE, (key, language), value=shown)
                return None
        return value

    def error(self, code: Code, place: str | tuple[str, str], /, **values: object) -> None:
        """Note an error in this row's cell: of a column, or of (column, language)."""
        self.findings.error(code, self.sheet, self._at(place), **values)

    def warn(self, code: Code, place: str | tuple[str, str], /, **values: object) -> None:
        """Note a warning in this row's cell: of a column, or of (column, language)."""
        self.findings.warn(code, self.sheet, self._at(place), **values)

    def _at(self, place: str | tuple[str, str]) -> str:
        return self.cell(place) if isinstance(place, str) else self.cell(*place)

    def parsed(self, key: str, parse: Callable[[object], V]) -> V | None:
        """What ``parse`` makes of the cell; None where it is empty or wrong (then it is noted)."""
        value = self.raw(key)
        if value is None:
            return None
        try:
            return parse(value)
        except BadCell as bad:
            self.error(bad.code, key, **bad.values)
            return None

    def needed(self, column: Column, parse: Callable[[object], V], table: str = "column") -> V | None:
        """The same, and an empty cell is an error."""
        if self.cells.get((column.key, "")) is None:
            self.error(Code.EMPTY, column.key, name=ContractWord(table, column.key))
            return None
        return self.parsed(column.key, parse)

    def line(self, column: Column) -> str:
        """Plain text without a language."""
        return self.parsed(column.key, lambda value: fitting(value, column.limit)) or ""

    def choice(self, column: Column, vocabulary: Vocabulary) -> str | None:
        """The key of one of the column's choices."""

        def parse(value: object) -> str:
            if (key := vocabulary.find(column.choices, cells.words(value))) is not None:
                return key
            raise BadCell(Code.NOT_CHOICE, value=cells.words(value), choices=Choices(column.choices))

        return self.parsed(column.key, parse)

    def languages(self, key: str) -> Iterator[tuple[str, object]]:
        """(heading's language, value) of every filled cell of the key."""
        for column, language in self.cells:
            if column == key and (value := self.raw(key, language)) is not None:
                yield language, value

    def text(self, column: Column, table: str = "column", key: str = "") -> Text:
        """The text in all its languages; an empty one is an error where the column requires it."""
        found: dict[str, str] = {}
        before = len(self.findings.errors)
        for heading, value in self.languages(key or column.key):
            try:
                written = fitting(value, column.limit)
            except BadCell as bad:
                self.error(bad.code, (key or column.key, heading), **bad.values)
                continue
            if written:
                found.setdefault(language_of(written, heading), written)
        if column.required and not found and len(self.findings.errors) == before:
            self.error(Code.EMPTY, key or column.key, name=ContractWord(table, column.key))
        return Text(found)


def fitting(value: object, limit: int) -> str:
    """The cell as text; raises BadCell where it is longer than ``limit`` characters (0: any length)."""
    written = cells.words(value)
    if limit and len(written) > limit:
        raise BadCell(Code.TOO_LONG, length=len(written), limit=limit)
    return written


@dataclass(frozen=True)
class SheetTable:
    """A sheet with understood headings."""

    name: str
    rows: tuple[SheetRow, ...]
    places: Mapping[tuple[str, str], int]

    def has(self, key: str) -> bool:
        """True where some column of the key is there."""
        return any(column == key for column, _ in self.places)


def table(grid: Grid, sheet: SheetShape, vocabulary: Vocabulary, findings: Findings) -> SheetTable | None:
    """The grid read as ``sheet``; None (noted) where a column that it needs is not there."""
    wanted = {column.key for column in sheet.columns}
    found = [(at, _headings(values, wanted, vocabulary)) for at, (_, values) in enumerate(grid.rows[:_HEADER_WITHIN])]
    at, headings = max(found, key=lambda candidate: len(candidate[1]), default=(0, []))
    places = _places(grid, at, headings, findings) if headings else {}
    missing = [column.key for column in sheet.columns if column.required and column.key not in {k for k, _ in places}]
    for key in missing:
        findings.error(Code.NO_COLUMN, grid.name, name=ContractWord("column", key))
    if missing:
        return None
    rows = tuple(_rows(grid, at, places, vocabulary, findings))
    if grid.cut or len(rows) > sheet.rows:
        findings.error(Code.TOO_MANY_ROWS, grid.name, limit=sheet.rows)
    return SheetTable(grid.name, rows[: sheet.rows], places)


def _headings(values: tuple[object, ...], wanted: set[str], vocabulary: Vocabulary) -> list[tuple[int, str, str]]:
    """(index, key, language) of the headings that are understood."""
    headings = []
    for index, value in enumerate(values):
        name, language = split_heading(cells.words(value)) if isinstance(value, str) else ("", "")
        key = vocabulary.find("column", name)
        if key in wanted and language is not None:
            headings.append((index, key, language))
    return headings


def _places(
    grid: Grid, at: int, headings: list[tuple[int, str, str]], findings: Findings
) -> dict[tuple[str, str], int]:
    number, values = grid.rows[at]
    places: dict[tuple[str, str], int] = {}
    for index, key, language in headings:
        if (key, language) in places:
            cell = f"{get_column_letter(index + 1)}{number}"
            findings.error(Code.COLUMN_TWICE, grid.name, cell, name=cells.words(values[index]))
        places.setdefault((key, language), index)
    known = {index for index, _, _ in headings}
    for index, value in enumerate(values):
        if index not in known and isinstance(value, str):
            cell = f"{get_column_letter(index + 1)}{number}"
            findings.warn(Code.COLUMN_IGNORED, grid.name, cell, value=cells.words(value))
    return places


def _rows(
    grid: Grid, at: int, places: Mapping[tuple[str, str], int], vocabulary: Vocabulary, findings: Findings
) -> Iterator[SheetRow]:
    for number, values in grid.rows[at + 1 :]:
        row = {place: values[index] for place, index in places.items() if index < len(values)}
        first = values[0] if values else None
        if isinstance(first, str) and vocabulary.find("mark", cells.words(first)):
            continue
        if any(value is not None for value in row.values()):
            yield SheetRow(
                grid.name, number, {key: value for key, value in row.items() if value is not None}, places, findings
            )
