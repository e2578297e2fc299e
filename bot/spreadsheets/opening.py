"""The file of a stranger becomes plain rows, or the one fault that says why it cannot.

Nothing is evaluated: of a formula only the stored value is read. A file that unpacks to too much is refused by its
table of contents, before anything is unpacked.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from typing import Final

from bot.spreadsheets import other_formats
from bot.spreadsheets.faults import Code
from bot.spreadsheets.grids import MOST_ROWS, MOST_SHEETS, Broken, CannotOpen, Grid, Unsaved
from bot.spreadsheets.names import part_name
from bot.spreadsheets.open_errors import open_errors

__all__ = ["MOST_ROWS", "MOST_SHEETS", "Broken", "CannotOpen", "Grid", "Unsaved", "read_grids"]

MEGABYTE: Final = 1 << 20
LARGEST_FILE: Final = 10 * MEGABYTE
LARGEST_UNPACKED: Final = 12 * MEGABYTE
"""XML of a workbook, pictures aside. A hearing has less than a megabyte; the safe parser takes seconds for each."""
LARGEST_SHARED_PART: Final = 4 * MEGABYTE
"""The largest list of strings or styles: those are read at once."""
MOST_PARTS: Final = 500
HIGHEST_COMPRESSION: Final = 200
"""No part of a workbook above a megabyte packs better than this; zip bombs pack 1,000 to 1."""

_MARKUP: Final = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:\?xml|!doctype|html|table|meta)\b", re.IGNORECASE)


def read_grids(content: bytes) -> tuple[Grid, ...]:
    """The sheets of a workbook in order; raises ``CannotOpen`` and nothing else, whatever the bytes."""
    if len(content) > LARGEST_FILE:
        raise CannotOpen(Code.TOO_LARGE, limit=LARGEST_FILE // MEGABYTE)
    if not content.startswith(b"PK\x03\x04"):
        code = _kind_of_other_file(content)
        if code is Code.OLD_EXCEL:
            return other_formats.read(content, code)
        raise CannotOpen(code)
    try:
        return _unpacked(content)
    except open_errors() as error:
        raise CannotOpen(Code.CORRUPT) from error


def _kind_of_other_file(content: bytes) -> Code:
    """What a file that is no archive is, by its first bytes."""
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return Code.ENCRYPTED
        return Code.WORD if "WordDocument".encode("utf-16-le") in content else Code.OLD_EXCEL
    if content.startswith(b"%PDF"):
        return Code.PDF
    if content.startswith(b"MOXCEL"):
        return Code.TABLE_OF_1C
    if _MARKUP.match(content[:200]):
        return Code.MARKUP
    return Code.PLAIN_TEXT if _is_text(content[:4096]) else Code.NOT_XLSX


def _is_text(start: bytes) -> bool:
    if not start.strip() or b"\x00" in start:
        return False
    try:
        start[:-4].decode("utf-8-sig")
    except UnicodeDecodeError:
        return b";" in start and b"\n" in start and not any(byte < 9 for byte in start)
    return b"\n" in start or b"," in start or b";" in start


def _unpacked(content: bytes) -> tuple[Grid, ...]:
    """The sheets of an archive: of an Open XML workbook, else of whichever format it holds."""
    from bot.spreadsheets import open_xml, packages  # noqa: PLC0415 libraries for this alone

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = {part_name(part.filename) for part in archive.infolist()}
        _ensure_safe(archive, names)
        if "mimetype" in names:
            if _has_password(archive):
                raise CannotOpen(Code.ENCRYPTED)
            return other_formats.read(content, Code.OPEN_DOCUMENT)
        if packages.is_binary(names):
            return other_formats.read(content, Code.BINARY_EXCEL)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of what it leaves out; only values are read here
            return open_xml.grids(
                packages.written_anew(archive, most_sheets=MOST_SHEETS, largest_part=LARGEST_SHARED_PART)
            )


def _has_password(archive: zipfile.ZipFile) -> bool:
    """Whether an OpenDocument file says that its parts are encrypted."""
    manifest = "META-INF/manifest.xml"
    return manifest in archive.namelist() and b"encryption-data" in archive.read(manifest)


def _ensure_safe(archive: zipfile.ZipFile, names: set[str]) -> None:
    """Refuse an archive by its table of contents: one that unpacks to too much, or is no workbook."""
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(map(_bytes_read, parts)) > LARGEST_UNPACKED or any(map(_is_too_large, parts)):
        raise CannotOpen(Code.UNPACKS_TOO_LARGE)
    if any(part.flag_bits & 1 for part in parts):
        raise CannotOpen(Code.ENCRYPTED)
    if any(name.startswith("word/") for name in names):
        raise CannotOpen(Code.WORD)
    if "mimetype" not in names and not any(name.startswith("xl/") for name in names):
        raise CannotOpen(Code.NOT_XLSX)


def _bytes_read(part: zipfile.ZipInfo) -> int:
    """Bytes of the part that reading unpacks; pictures are left packed."""
    return 0 if part_name(part.filename).startswith(("xl/media/", "pictures/")) else part.file_size


def _is_too_large(part: zipfile.ZipInfo) -> bool:
    """True for strings or styles that are too long to be read at once, and for a part packed like a zip bomb."""
    name = part_name(part.filename)
    shared = name.startswith("xl/") and name.count("/") == 1
    if shared and part.file_size > LARGEST_SHARED_PART:
        return True
    return part.file_size > MEGABYTE and part.file_size > HIGHEST_COMPRESSION * max(1, part.compress_size)
