"""A ZIP file whose bytes depend on what is in it alone: no clock, no system, the files in the order of writing."""

from __future__ import annotations

import io
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TextIO

NO_DATE: Final = (1980, 1, 1, 0, 0, 0)
"""The first that the format knows: the date of every file."""
BYTE_ORDER_MARK: Final = "\ufeff"
UNIX: Final = 3
READABLE: Final = 0o644 << 16


class Archive:
    """A ZIP file on its way to ``path``; one file in it is written at a time."""

    def __init__(self, path: Path) -> None:
        self._zip = ZipFile(path, "w", ZIP_DEFLATED)
        self._open: TextIO | None = None

    def put(self, name: str, content: bytes) -> None:
        """Write a whole file."""
        self._zip.writestr(_entry(name), content)

    def begin(self, name: str, *, marked: bool = False) -> TextIO:
        """A text file to be written next, as UTF-8 without changing line ends; ``marked`` by a byte order mark."""
        entry = self._zip.open(_entry(name), "w", force_zip64=True)
        self._open = io.TextIOWrapper(entry, encoding="utf-8", newline="")
        self._open.write(BYTE_ORDER_MARK if marked else "")
        return self._open

    def end(self) -> None:
        """Finish the text file that was begun."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def copy(self, name: str, file: TextIO) -> None:
        """Write what stands in another text file, from its beginning."""
        file.seek(0)
        with self.text(name) as copied:
            shutil.copyfileobj(file, copied)

    @contextmanager
    def text(self, name: str, *, marked: bool = False) -> Iterator[TextIO]:
        """A text file that is written at once."""
        yield self.begin(name, marked=marked)
        self.end()

    def close(self) -> None:
        """Finish the archive."""
        self.end()
        self._zip.close()

    def abandon(self) -> None:
        """Close the archive without finishing it."""
        for close in (self.end, self._zip.close):
            with suppress(OSError, ValueError):
                close()


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, NO_DATE)
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = UNIX
    entry.external_attr = READABLE
    return entry
