"""The folder of kept files: each is named by the SHA-256 of its bytes, and only its owner may read it.

A file gets its name when it is whole and on the disk. Whatever else lies in the folder is left alone. What Telegram or
a person calls a file is no part of any path.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from bot.domain.kept_files import DIGEST, LARGEST_KEPT
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SPARED: Final = 100 * 1024 * 1024
"""Bytes of the disk that are left to the database, which may lie beside the folder."""


def _flags(*names: str) -> int:
    """Flags of ``os.open``, as far as the system has them: Windows follows no links, and needs to be told of bytes."""
    return sum(getattr(os, name, 0) for name in names)


_READ: Final = _flags("O_RDONLY", "O_NOFOLLOW", "O_CLOEXEC", "O_NONBLOCK", "O_BINARY")
_WRITE: Final = _flags("O_WRONLY", "O_CREAT", "O_EXCL", "O_NOFOLLOW", "O_CLOEXEC", "O_BINARY")


def digest_of(content: bytes) -> str:
    """The name of these bytes."""
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True, slots=True)
class Prepared:
    """Bytes that are on the disk and have no name yet, and the one that they are to get."""

    partial: Path
    path: Path

    def discard(self) -> None:
        """Remove them; nothing where they have their name. Raises OSError."""
        self.partial.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class MediaFolder:
    """The folder at ``path``. Its methods work on the disk: call them from a thread. ``spared`` bytes are left free."""

    path: Path
    spared: int = SPARED

    def ensure_usable(self) -> None:
        """Raise OSError where nothing can be written, or so little room is left that the database needs it."""
        if not self.path.is_dir():  # not made here: it may be a disk that is not mounted
            raise FileNotFoundError(errno.ENOENT, "there is no folder", str(self.path))
        if not os.access(self.path, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, "it cannot be written", str(self.path))
        if shutil.disk_usage(self.path).free < self.spared:
            raise OSError(errno.ENOSPC, "the disk is almost full", str(self.path))

    def prepare(self, content: bytes) -> Prepared:
        """Write bytes, whole, under a name that nobody reads. Raises OSError."""
        self.ensure_usable()
        name = digest_of(content)
        self._remove_partials(name)
        partial = self.path / f".{name}.{secrets.token_hex(4)}.partial"
        try:
            write_file(partial, content)
        except OSError:
            partial.unlink(missing_ok=True)
            raise
        return Prepared(partial, self.path / name)

    def publish(self, prepared: Prepared) -> None:
        """Give them the name of their digest, in place of anything else of that name. Raises OSError."""
        prepared.partial.replace(prepared.path)
        sync_folder(self.path)

    def read(self, name: str) -> bytes | None:
        """The bytes of that digest; None where they are not there, or are other bytes by now."""
        if not DIGEST.fullmatch(name):
            return None
        try:
            file = os.open(self.path / name, _READ)
        except OSError:
            return None
        with os.fdopen(file, "rb") as stream:
            if not stat.S_ISREG(os.fstat(file).st_mode):
                return None
            try:
                content = stream.read(LARGEST_KEPT + 1)
            except OSError:
                return None
        return content if digest_of(content) == name else None

    def has(self, name: str) -> bool:
        """True where a file of that digest is there, whatever is in it."""
        try:
            return bool(DIGEST.fullmatch(name)) and stat.S_ISREG((self.path / name).lstat().st_mode)
        except OSError:
            return False

    def remove(self, names: Iterable[str]) -> None:
        """Remove files, and what is left of them from a crash. Raises OSError where the folder is gone."""
        wanted = [name for name in names if DIGEST.fullmatch(name)]
        if not wanted:
            return
        if not self.path.is_dir():
            raise FileNotFoundError(errno.ENOENT, "there is no folder", str(self.path))
        for name in wanted:
            self._remove_partials(name)
            (self.path / name).unlink(missing_ok=True)
        sync_folder(self.path)

    def files(self) -> Iterator[Path]:
        """Every kept file. Raises OSError."""
        for path in sorted(self.path.iterdir()):
            if self.has(path.name):
                yield path

    def copy_to(self, target: Path, earlier: Path | None = None) -> int:
        """Copy every file into a new folder, which appears when it is whole, in place of an older one.

        What the ``earlier`` copy has takes no room again where both are on one disk. Returns how many files there are.
        Raises OSError.
        """
        partial = target.with_name(f".{target.name}.partial")
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(mode=0o700)
        try:
            count = sum(_copy(path, partial / path.name, earlier) for path in self.files())
            sync_folder(partial)
            if target.is_dir():
                shutil.rmtree(target)
            partial.replace(target)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
        sync_folder(target.parent)
        return count

    def bring_back(self, copies: MediaFolder) -> int:
        """Copy what is missing here from a copy of this folder; returns how many files that were. Raises OSError."""
        missing = [path for path in copies.files() if not self.has(path.name)]
        for path in missing:
            partial = self.path / f".{path.name}.back.partial"
            partial.unlink(missing_ok=True)
            _copy(path, partial, None)
            partial.replace(self.path / path.name)
        sync_folder(self.path)
        return len(missing)

    def _remove_partials(self, name: str) -> None:
        """Remove what a crash has left of a file."""
        for path in self.path.glob(f".{name}.*.partial"):
            path.unlink(missing_ok=True)


def write_file(path: Path, content: bytes) -> None:
    """Write a new file that its owner alone reads, onto the disk. Raises OSError, also where there is one."""
    with os.fdopen(os.open(path, _WRITE, 0o600), "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def sync_folder(path: Path) -> None:
    """Let the names in a folder survive a power cut."""
    if os.name == "nt":  # where a folder cannot be opened, and its entry is written with the file
        return
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _copy(source: Path, target: Path, earlier: Path | None) -> bool:
    """One file; False where it was removed meanwhile."""
    if earlier is not None:
        with suppress(OSError):
            os.link(earlier / source.name, target, follow_symlinks=False)
            return True
    try:
        file = os.open(source, _READ)
    except FileNotFoundError:
        return False
    with os.fdopen(file, "rb") as reading, os.fdopen(os.open(target, _WRITE, 0o600), "wb") as writing:
        shutil.copyfileobj(reading, writing)
        writing.flush()
        os.fsync(writing.fileno())
    return True
