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
from openpyxl.utils.exceptions import InvalidFileException

from bot.workbook.faults import Code, Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

MEGABYTE: Final = 1 << 20
SIZE: Final = 10 * MEGABYTE
UNPACKED: Final = 60 * MEGABYTE
ENTRIES: Final = 500
RATIO: Final = 200
"""No part of a workbook above a megabyte packs better than this; zip bombs pack 1,000 to 1."""
ROWS: Final = 1_000
"""Rows read of a sheet, before each sheet's own limit."""
COLUMNS: Final = 60
SHEETS: Final = 30

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


class CannotOpen(Exception):
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
            warnings.simplefilter(
                "ignore"
            )  # openpyxl warns of what it leaves out (drop-downs, headers); we read values
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
        if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED or any(map(_swells, entries)):
            raise CannotOpen(Code.SWOLLEN)
        if any(entry.flag_bits & 1 for entry in entries):
            raise CannotOpen(Code.ENCRYPTED)
        if "mimetype" in names:
            raise CannotOpen(Code.OPEN_DOCUMENT)
        if any(name.startswith("word/") for name in names):
            raise CannotOpen(Code.WORD)
        if not any(name.startswith("xl/") for name in names):
            raise CannotOpen(Code.NOT_XLSX)


def _swells(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > MEGABYTE and entry.file_size > RATIO * max(1, entry.compress_size)


def _read(content: bytes) -> tuple[Grid, ...]:
    values = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    formulas = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    try:
        pairs = zip(values.worksheets[:SHEETS], formulas.worksheets[:SHEETS], strict=True)
        return tuple(_grid(shown, written) for shown, written in pairs)
    finally:
        values.close()
        formulas.close()


def _grid(shown: Any, written: Any) -> Grid:
    kept: list[tuple[int, tuple[object, ...]]] = []
    for number, values in _rows(shown, written):
        if len(kept) == ROWS:
            return Grid(str(shown.title), tuple(kept), cut=True)
        kept.append((number, values))
    return Grid(str(shown.title), tuple(kept))


def _rows(shown: Any, written: Any) -> Iterator[tuple[int, tuple[object, ...]]]:
    for sheet in (shown, written):
        sheet.reset_dimensions()  # what a file claims of its size is often wrong
    pairs = zip(shown.iter_rows(max_col=COLUMNS), written.iter_rows(max_col=COLUMNS), strict=True)
    for number, (cells, formulas) in enumerate(pairs, start=1):
        row = tuple(_value(cell, formula) for cell, formula in zip(cells, formulas, strict=True))
        if any(value is not None for value in row):
            yield number, _trimmed(row)


def _trimmed(row: Iterable[object]) -> tuple[object, ...]:
    values = list(row)
    while values and values[-1] is None:
        values.pop()
    return tuple(values)


def _value(cell: Any, formula: Any) -> object:
    value = cell.value
    if value is None or value == "":
        return Unsaved() if formula.data_type == "f" else None
    if cell.data_type == "e":
        return Broken(str(value))
    if isinstance(value, str) and not value.strip():
        return None
    if isinstance(value, datetime) and value.time() == time() and "h" not in str(cell.number_format).lower():
        return value.date()
    return value if isinstance(value, object) else None
