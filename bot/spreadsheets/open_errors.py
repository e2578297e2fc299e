"""What the libraries that read spreadsheets raise on damaged and forged files; none promises one error."""

from __future__ import annotations

import struct
import zipfile
import zlib
from functools import cache


@cache
def open_errors() -> tuple[type[Exception], ...]:
    """Everything that openpyxl and zipfile raise: asked for where something was raised, as it imports openpyxl."""
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415 libraries for this alone

    return (
        *(ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError),
        *(OSError, EOFError, NotImplementedError, RuntimeError, SyntaxError, MemoryError),
        *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, InvalidFileException),
    )
