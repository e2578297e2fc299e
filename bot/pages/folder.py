"""The folder that the pages are written into: each file whole or not at all, and readable for everybody."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

from bot.domain.values import dataclass

if TYPE_CHECKING:
    from pathlib import Path

READABLE_FILE: Final = 0o644
READABLE_FOLDER: Final = 0o755
"""Everybody may read pages, whatever the program allows for its other files."""


@dataclass(frozen=True, slots=True)
class PagesFolder:
    """The folder at ``path``. Its methods work on the disk: call them from a thread. They raise OSError."""

    path: Path

    def make(self) -> None:
        """Make it where it is not there."""
        self.path.mkdir(parents=True, exist_ok=True)
        self.path.chmod(READABLE_FOLDER)

    def has(self, place: str) -> bool:
        """True where that file is there."""
        return (self.path / place).is_file()

    def put(self, place: str, content: bytes) -> None:
        """Write a file; one that says the same stays as it is, so that copying the folder copies what is new."""
        path = self.prepare(place)
        if path.is_file() and path.read_bytes() == content:
            return
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(content)
        part.chmod(READABLE_FILE)
        part.replace(path)

    def prepare(self, place: str) -> Path:
        """The path of a file, in a folder that is there."""
        path = self.path / place
        for parent in reversed(path.relative_to(self.path).parents[:-1]):
            folder = self.path / parent
            if not folder.is_dir():
                folder.mkdir()
                folder.chmod(READABLE_FOLDER)
        return path

    def remove(self, place: str) -> None:
        """Remove a file, or a folder with all that is in it; nothing where it is not there."""
        path = self.path / place
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)

    def keep_only(self, place: str, names: set[str], pattern: str = "*/*.html") -> None:
        """Remove what lies below a folder and is called so, but for those named: lists of comments grow shorter too."""
        for found in (self.path / place).glob(pattern):
            if found.relative_to(self.path).as_posix() not in names:
                found.unlink()
