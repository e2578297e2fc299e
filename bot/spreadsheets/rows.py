"""The rows of a sheet with their cells: by openpyxl's own parser of rows, else by the library's public way.

The public way fills every gap: one stray cell at the foot of a sheet costs it half a minute, a formula without a stored
value is an empty cell to it, and a broken filter or page setting spoils the sheet. The parser behind it knows better,
but is private: where it is not what we know (docs/decisions/0020-openpyxls-private-parts.md), the public way must do.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, Protocol

import structlog
from openpyxl.cell.read_only import EMPTY_CELL, ReadOnlyCell
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

try:
    from openpyxl.worksheet import _reader as reader
except ImportError:  # a later openpyxl
    reader = None  # type: ignore[assignment]

from bot.spreadsheets.grids import MOST_COLUMNS, Unsaved

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.spreadsheets.layout import Layout

log = structlog.get_logger(__name__)

READER_PARTS: Final = ("FORMULA_TAG", "ROW_TAG", "WorkSheetParser")
SHEET_PARTS: Final = ("_get_source", "_shared_strings")
BOOK_PARTS: Final = ("_date_formats", "_timedelta_formats")

_DATA: Final = f"{{{SHEET_MAIN_NS}}}sheetData"
_COLUMNS: Final = f"{{{SHEET_MAIN_NS}}}col"
_MERGED: Final = f"{{{SHEET_MAIN_NS}}}mergeCell"


class ReadCell(Protocol):
    """What is asked of a cell."""

    @property
    def value(self) -> Any: ...
    @property
    def data_type(self) -> str: ...
    @property
    def number_format(self) -> str: ...


Row = tuple[int, "Sequence[ReadCell | None]"]
"""Its number from 1, and its cells from column A; None where the file has none."""


def rows(book: Any, sheet: Any, layout: Layout) -> Iterator[Row]:
    """The rows of a sheet of a workbook that was opened for reading only, the first ``MOST_COLUMNS`` cells of each.

    Rows and cells that are not in the file may be left out. ``layout`` takes up what stands before, in and after the
    rows; by the public way nothing is known of it.
    """
    unknown = unknown_parts(book, sheet)
    if not unknown:
        return _parsed(book, sheet, layout)
    _tell(unknown)
    return _filled(sheet)


def unknown_parts(book: Any, sheet: Any) -> tuple[str, ...]:
    """The private parts of openpyxl that we use and that are not there."""
    asked = ((reader, READER_PARTS), (sheet, SHEET_PARTS), (book, BOOK_PARTS))
    return tuple(name for owner, names in asked for name in names if not hasattr(owner, name))


@cache
def _tell(unknown: tuple[str, ...]) -> None:
    """Once is enough."""
    log.warning("openpyxl is not as we know it: workbooks are read the slow way", unknown=list(unknown))


def _filled(sheet: Any) -> Iterator[Row]:
    """The public way."""
    sheet.reset_dimensions()  # what a file says of its own size may be wrong
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        if any(cell is not EMPTY_CELL for cell in cells):
            yield number, cells


def _parsed(book: Any, sheet: Any, layout: Layout) -> Iterator[Row]:
    """The rows that are in the file, each with its cells in their columns."""
    with sheet._get_source() as source:  # noqa: SLF001 - see above
        parser: Any = reader.WorkSheetParser(
            source,
            sheet._shared_strings,  # noqa: SLF001
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,  # noqa: SLF001
            timedelta_formats=book._timedelta_formats,  # noqa: SLF001
        )
        parse = parser.parse_cell
        parser.parse_cell = lambda element: _with_unsaved(parse(element), element)
        for element in _elements(source, layout):
            number, cells = parser.parse_row(element)
            if _is_hidden(element):
                layout.add_hidden_row(number)
            row: list[ReadCell | None] = [None] * min(MOST_COLUMNS, max((cell["column"] for cell in cells), default=0))
            for cell in cells:
                if cell["column"] <= MOST_COLUMNS:
                    row[cell["column"] - 1] = ReadOnlyCell(sheet, **cell)
            yield number, row


def _with_unsaved(cell: dict[str, Any], element: Any) -> dict[str, Any]:
    """Tell a formula without a stored value from an empty cell."""
    if cell["value"] is None and element.find(reader.FORMULA_TAG) is not None:
        cell["value"] = Unsaved()
    return cell


def _is_hidden(element: Any) -> bool:
    return element.get("hidden") in {"1", "true"}


def _elements(source: Any, layout: Layout) -> Iterator[Any]:
    """Each row's element once it is whole; what has been read is let go of."""
    data: Any = None
    for event, element in iterparse(source, events=("start", "end")):
        if event == "start":
            data = element if element.tag == _DATA else data
        elif element.tag == reader.ROW_TAG:
            yield element
            if data is not None:
                data.clear()
        elif element.tag == _MERGED:
            layout.add_merge(element.get("ref", ""))
        elif element.tag == _COLUMNS and _is_hidden(element):
            layout.add_hidden_columns(element.get("min"), element.get("max"))
