"""A stranger's file becomes plain rows, or the one fault that says why it cannot.

Nothing is evaluated: of a formula only the stored value is read. What unpacks to too much is refused by its table of
contents, before anything is unpacked.
"""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Final

from openpyxl import load_workbook
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._reader import FORMULA_TAG, ROW_TAG, WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from bot.domain.errors import HearingBotError
from bot.spreadsheets.faults import Code, Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

MEGABYTE: Final = 1 << 20
SIZE: Final = 10 * MEGABYTE
UNPACKED: Final = 12 * MEGABYTE
"""XML of a workbook, pictures aside. A hearing has less than one; the safe parser takes seconds for each."""
WHOLE: Final = 4 * MEGABYTE
"""The largest list of strings or styles, which openpyxl reads whole."""
ENTRIES: Final = 500
RATIO: Final = 200
"""No part of a workbook above a megabyte packs better than this; zip bombs pack 1,000 to 1."""
ROWS: Final = 1_000
"""Rows read of a sheet, before each sheet's own limit."""
COLUMNS: Final = 60
SHEETS: Final = 30

_DATA: Final = f"{{{SHEET_MAIN_NS}}}sheetData"
_UNREADABLE: Final = (
    *(ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError),
    *(OSError, EOFError, NotImplementedError, RuntimeError, SyntaxError, MemoryError),
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, InvalidFileException),
)
"""What openpyxl and zipfile raise on files that are not what they seem; both promise no single error."""


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A formula without a stored value."""


@dataclass(frozen=True, slots=True)
class Broken:
    """An error a formula gave, such as ``#REF!``."""

    value: str


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a sheet that hold something: (number from 1, values from column A); ``cut`` where there were more."""

    name: str
    rows: tuple[tuple[int, tuple[object, ...]], ...]
    cut: bool = False


class CannotOpen(HearingBotError):
    """The file as a whole; ``fault`` says why."""

    def __init__(self, code: Code, /, **values: object) -> None:
        super().__init__(code)
        self.fault = Fault(code, values=values)


def grids(content: bytes) -> tuple[Grid, ...]:
    """The sheets of a workbook in order; raises ``CannotOpen`` and nothing else, whatever the bytes."""
    if len(content) > SIZE:
        raise CannotOpen(Code.TOO_LARGE, limit=SIZE // MEGABYTE)
    if not content.startswith(b"PK\x03\x04"):
        raise CannotOpen(_not_a_zip(content))
    try:
        _ensure_modest(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of what it leaves out; we read only values
            return _read(content)
    except _UNREADABLE as error:
        raise CannotOpen(Code.CORRUPT) from error


def _not_a_zip(content: bytes) -> Code:
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return Code.ENCRYPTED
        return Code.WORD if "WordDocument".encode("utf-16-le") in content else Code.OLD_EXCEL
    if content.startswith(b"%PDF"):
        return Code.PDF
    return Code.PLAIN_TEXT if _is_text(content[:4096]) else Code.NOT_XLSX


def _is_text(start: bytes) -> bool:
    if not start.strip() or b"\x00" in start:
        return False
    try:
        start[:-4].decode("utf-8-sig")
    except UnicodeDecodeError:
        return b";" in start and b"\n" in start and not any(byte < 9 for byte in start)
    return b"\n" in start or b"," in start or b";" in start


def _ensure_modest(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        names = {entry.filename for entry in entries}
        if len(entries) > ENTRIES or sum(map(_weight, entries)) > UNPACKED or any(map(_swells, entries)):
            raise CannotOpen(Code.SWOLLEN)
        if any(entry.flag_bits & 1 for entry in entries):
            raise CannotOpen(Code.ENCRYPTED)
        if "mimetype" in names:
            raise CannotOpen(Code.OPEN_DOCUMENT)
        if any(name.startswith("word/") for name in names):
            raise CannotOpen(Code.WORD)
        if not any(name.startswith("xl/") for name in names):
            raise CannotOpen(Code.NOT_XLSX)


def _weight(entry: zipfile.ZipInfo) -> int:
    """Bytes to be read: pictures never are."""
    return 0 if entry.filename.startswith("xl/media/") else entry.file_size


def _swells(entry: zipfile.ZipInfo) -> bool:
    slow = entry.filename.startswith("xl/") and entry.filename.count("/") == 1  # strings and styles are read whole
    return (slow and entry.file_size > WHOLE) or (
        entry.file_size > MEGABYTE and entry.file_size > RATIO * max(1, entry.compress_size)
    )


def _read(content: bytes) -> tuple[Grid, ...]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        return tuple(_grid(book, sheet) for sheet in book.worksheets[:SHEETS])
    finally:
        book.close()


def _grid(book: Any, sheet: Any) -> Grid:
    kept: list[tuple[int, tuple[object, ...]]] = []
    for number, cells in _rows(book, sheet):
        values = _trimmed(_value(sheet, cell) for cell in cells)
        if values and len(kept) == ROWS:
            return Grid(str(sheet.title), tuple(kept), cut=True)
        if values:
            kept.append((number, values))
    return Grid(str(sheet.title), tuple(kept))


def _rows(book: Any, sheet: Any) -> Iterator[tuple[int, list[dict[str, Any] | None]]]:
    """The rows that are in the file, each with its cells in their columns.

    openpyxl's own rows fill every gap: one stray cell at the foot of a sheet costs it half a minute. So its parser of
    rows is used without the rest, which also leaves broken filters, validations and page settings unread.
    """
    with sheet._get_source() as source:  # noqa: SLF001 - see above
        parser = _Parser(
            source,
            sheet._shared_strings,  # noqa: SLF001
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,  # noqa: SLF001
            timedelta_formats=book._timedelta_formats,  # noqa: SLF001
        )
        for element in _row_elements(source):
            number, cells = parser.parse_row(element)
            row: list[dict[str, Any] | None] = [None] * min(COLUMNS, max((cell["column"] for cell in cells), default=0))
            for cell in cells:
                if cell["column"] <= COLUMNS:
                    row[cell["column"] - 1] = cell
            yield number, row


def _row_elements(source: Any) -> Iterator[Any]:
    """Each row's element once it is whole; what has been read is let go of."""
    data: Any = None
    for event, element in iterparse(source, events=("start", "end")):
        if event == "start":
            data = element if element.tag == _DATA else data
        elif element.tag == ROW_TAG:
            yield element
            if data is not None:
                data.clear()


class _Parser(WorkSheetParser):
    """Tells a formula without a stored value from an empty cell."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        if cell["value"] is None and element.find(FORMULA_TAG) is not None:
            cell["value"] = Unsaved()
        return cell


def _trimmed(row: Iterable[object]) -> tuple[object, ...]:
    values = list(row)
    while values and values[-1] is None:
        values.pop()
    return tuple(values)


def _value(sheet: Any, cell: dict[str, Any] | None) -> object:
    value = cell["value"] if cell else None
    if cell is None or value is None or (isinstance(value, str) and not value.strip()):
        return None
    if cell["data_type"] == "e":
        return Broken(str(value))
    if isinstance(value, datetime) and value.time() == time() and not _shows_hours(sheet, cell):
        return value.date()
    return value


def _shows_hours(sheet: Any, cell: dict[str, Any]) -> bool:
    return "h" in str(ReadOnlyCell(sheet, **cell).number_format).lower()
