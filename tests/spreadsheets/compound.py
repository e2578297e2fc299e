"""Old Excel files (.xls) made by hand: records of BIFF8 within a compound file."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from tests.spreadsheets.crafting import Laid, Number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.spreadsheets.crafting import Rows

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_BOF, _EOF, _BOUND_SHEET, _LABEL, _NUMBER, _MERGED = 0x0809, 0x000A, 0x0085, 0x0204, 0x0203, 0x00E5


def xls(sheets: Mapping[str, Rows]) -> bytes:
    """The bytes of an old Excel file with words and numbers."""
    bodies = [_sheet(rows) for rows in sheets.values()]
    at = len(_globals(dict.fromkeys(sheets, 0)))
    offsets = {}
    for name, body in zip(sheets, bodies, strict=True):
        offsets[name] = at
        at += len(body)
    return compound({"Workbook": _globals(offsets) + b"".join(bodies)})


def _globals(offsets: Mapping[str, int]) -> bytes:
    """The workbook's own records: where each sheet begins."""
    begin = _record(_BOF, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 0x06))
    return begin + b"".join(_bound_sheet(name, at) for name, at in offsets.items()) + _record(_EOF)


def _sheet(rows: Rows) -> bytes:
    cells = b"".join(
        _cell(row, column, value) for row, values in enumerate(rows) for column, value in enumerate(values)
    )
    merged = b"".join(_merged(each) for each in rows.merged) if isinstance(rows, Laid) else b""
    return (
        _record(_BOF, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 0x06)) + cells + merged + _record(_EOF)
    )


def _cell(row: int, column: int, value: object) -> bytes:
    if value is None:
        return b""
    if isinstance(value, str):
        written = value.encode("utf-16-le")
        return _record(_LABEL, struct.pack("<HHHHB", row, column, 0, len(written) // 2, 1) + written)
    number = float(value.value) if isinstance(value, Number) else float(str(value))
    return _record(_NUMBER, struct.pack("<HHHd", row, column, 0, number))


def _merged(reference: str) -> bytes:
    (left, top), (right, bottom) = ((ord(each[0]) - ord("A"), int(each[1:]) - 1) for each in reference.split(":"))
    return _record(_MERGED, struct.pack("<HHHHH", 1, top, bottom, left, right))


def _bound_sheet(name: str, at: int) -> bytes:
    written = name.encode("utf-16-le")
    return _record(_BOUND_SHEET, struct.pack("<IBBBB", at, 0, 0, len(written) // 2, 1) + written)


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file with these streams: one sector of allocations, then the directory, then the streams."""
    table = [_FAT, _END]
    entries = [_entry("Root Entry", 5, _END, 0, child=1)]
    sectors = b""
    for name, stream in streams.items():
        padded = stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
        first, count = len(table), len(padded) // _SECTOR
        table += [*range(first + 1, first + count), _END]
        entries.append(_entry(name, 2, first, len(padded)))
        sectors += padded
    assert len(table) <= _SECTOR // 4
    allocations = struct.pack("<128I", *table, *[_FREE] * (128 - len(table)))
    directory = b"".join(entries).ljust(_SECTOR, b"\0")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack("<109I", 0, *[_FREE] * 108)
    return head + allocations + directory + sectors


def _entry(name: str, kind: int, first: int, size: int, *, child: int = _FREE) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    head = written.ljust(64, b"\0") + struct.pack("<HBB", len(written), kind, 1)
    return head + struct.pack("<III", _FREE, _FREE, child) + bytes(36) + struct.pack("<IQ", first, size)
