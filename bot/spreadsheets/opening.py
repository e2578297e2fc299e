"""The file of a stranger becomes plain rows, or the one fault that says why it cannot.

Nothing is evaluated: of a formula only the stored value is read. A file that unpacks to too much is refused by its
table of contents, before anything is unpacked.
"""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from dataclasses import dataclass
from datetime import datetime, time
from math import isfinite
from typing import TYPE_CHECKING, Final

from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.utils.exceptions import InvalidFileException

from bot.domain.errors import HearingBotError
from bot.spreadsheets.cells import DaysSince1904, Percent
from bot.spreadsheets.faults import Code, Fault
from bot.spreadsheets.rows import Unsaved, rows

if TYPE_CHECKING:
    from collections.abc import Iterable
    from enum import StrEnum
    from typing import Any

    from bot.spreadsheets.rows import ReadCell

__all__ = ["Broken", "CannotOpen", "Grid", "Unsaved", "read_grids"]

MEGABYTE: Final = 1 << 20
LARGEST_FILE: Final = 10 * MEGABYTE
LARGEST_UNPACKED: Final = 12 * MEGABYTE
"""XML of a workbook, pictures aside. A hearing has less than a megabyte; the safe parser takes seconds for each."""
LARGEST_SHARED_PART: Final = 4 * MEGABYTE
"""The largest list of strings or styles: openpyxl reads those at once."""
MOST_PARTS: Final = 500
HIGHEST_COMPRESSION: Final = 200
"""No part of a workbook above a megabyte packs better than this; zip bombs pack 1,000 to 1."""
MOST_ROWS: Final = 1_000
"""Rows read of a sheet, whatever the limit of its shape."""
MOST_SHEETS: Final = 30

_READING_ERRORS: Final = (
    *(ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError),
    *(OSError, EOFError, NotImplementedError, RuntimeError, SyntaxError, MemoryError),
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, InvalidFileException),
)
"""What openpyxl and zipfile raise on damaged and forged files; neither promises one error."""


@dataclass(frozen=True, slots=True)
class Broken:
    """An error a formula gave, such as ``#REF!``, or a number that is none."""

    value: str


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a sheet that are not empty: (number from 1, values from column A); ``cut`` where there were more."""

    name: str
    rows: tuple[tuple[int, tuple[object, ...]], ...]
    cut: bool = False


class CannotOpen(HearingBotError):
    """The file cannot be read at all; ``fault`` says why."""

    def __init__(self, code: StrEnum, /, **values: object) -> None:
        super().__init__(code)
        self.fault = Fault(code, values=values)


def read_grids(content: bytes) -> tuple[Grid, ...]:
    """The sheets of a workbook in order; raises ``CannotOpen`` and nothing else, whatever the bytes."""
    if len(content) > LARGEST_FILE:
        raise CannotOpen(Code.TOO_LARGE, limit=LARGEST_FILE // MEGABYTE)
    if not content.startswith(b"PK\x03\x04"):
        raise CannotOpen(_kind_of_other_file(content))
    try:
        _ensure_safe_workbook(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of what it leaves out; only values are read here
            return _read(content)
    except _READING_ERRORS as error:
        raise CannotOpen(Code.CORRUPT) from error


def _kind_of_other_file(content: bytes) -> Code:
    """What a file that is no archive is, by its first bytes."""
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


def _ensure_safe_workbook(content: bytes) -> None:
    """Refuse an archive by its table of contents: one that unpacks to too much, or is no workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        names = {part.filename for part in parts}
        if len(parts) > MOST_PARTS or sum(map(_bytes_read, parts)) > LARGEST_UNPACKED or any(map(_is_too_large, parts)):
            raise CannotOpen(Code.UNPACKS_TOO_LARGE)
        if any(part.flag_bits & 1 for part in parts):
            raise CannotOpen(Code.ENCRYPTED)
        if "mimetype" in names:
            raise CannotOpen(Code.OPEN_DOCUMENT)
        if any(name.startswith("word/") for name in names):
            raise CannotOpen(Code.WORD)
        if not any(name.startswith("xl/") for name in names):
            raise CannotOpen(Code.NOT_XLSX)


def _bytes_read(part: zipfile.ZipInfo) -> int:
    """Bytes of the part that reading unpacks; pictures are left packed."""
    return 0 if part.filename.startswith("xl/media/") else part.file_size


def _is_too_large(part: zipfile.ZipInfo) -> bool:
    """True for strings or styles that are too long to be read at once, and for a part packed like a zip bomb."""
    shared = part.filename.startswith("xl/") and part.filename.count("/") == 1
    if shared and part.file_size > LARGEST_SHARED_PART:
        return True
    return part.file_size > MEGABYTE and part.file_size > HIGHEST_COMPRESSION * max(1, part.compress_size)


def _read(content: bytes) -> tuple[Grid, ...]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        return tuple(_grid(book, sheet) for sheet in book.worksheets[:MOST_SHEETS])
    finally:
        book.close()


def _grid(book: Any, sheet: Any) -> Grid:
    kept: list[tuple[int, tuple[object, ...]]] = []
    for number, cells in rows(book, sheet):
        values = _trimmed(_value(cell, from_1904=book.epoch == CALENDAR_MAC_1904) for cell in cells)
        if values and len(kept) == MOST_ROWS:
            return Grid(str(sheet.title), tuple(kept), cut=True)
        if values:
            kept.append((number, values))
    return Grid(str(sheet.title), tuple(kept))


def _trimmed(row: Iterable[object]) -> tuple[object, ...]:
    values = list(row)
    while values and values[-1] is None:
        values.pop()
    return tuple(values)


def _value(cell: ReadCell | None, *, from_1904: bool) -> object:
    value = cell.value if cell else None
    if cell is None or value is None or (isinstance(value, str) and not value.strip()):
        return None
    if cell.data_type == "e":
        return Broken(str(value))
    if isinstance(value, float) and not isfinite(value):
        return Broken("#NUM!")  # 1e999 in the file: Excel shows it so
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value, cell.number_format, from_1904=from_1904)
    if isinstance(value, datetime) and value.time() == time() and "h" not in cell.number_format.lower():
        return value.date()
    return value


def _number(value: float, number_format: str, *, from_1904: bool) -> float:
    """The number, and what it is beside a number."""
    if "%" in number_format:
        return Percent(value)
    return DaysSince1904(value) if from_1904 else value
