"""A disk of a test's own, in a file: it can hang, fill up and become one that may only be read. That takes root."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAMS: Final = ("mkfs.ext4", "mount", "umount", "fsfreeze")
MEGABYTES: Final = 48


def can_mount() -> bool:
    """Whether this machine lets us have disks."""
    return os.geteuid() == 0 and Path("/dev/loop-control").exists() and all(map(shutil.which, PROGRAMS))


@dataclass(frozen=True)
class Disk:
    """A disk that is mounted at ``folder``."""

    folder: Path

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Nothing that writes gets an answer."""
        _run("fsfreeze", "-f", self.folder)
        try:
            yield
        finally:
            _run("fsfreeze", "-u", self.folder)

    @contextmanager
    def full(self) -> Iterator[None]:
        """Not one byte more fits."""
        filler = self.folder / "filler"
        with filler.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"\0" * 4096)
        yield
        filler.unlink()

    @contextmanager
    def only_read(self) -> Iterator[None]:
        """As the kernel leaves a disk on which it has found an error."""
        _run("mount", "-o", "remount,ro", self.folder)
        try:
            yield
        finally:
            _run("mount", "-o", "remount,rw", self.folder)


@contextmanager
def new_disk(place: Path) -> Iterator[Disk]:
    """An empty disk beside other files of a test."""
    image, folder = place / "disk.img", place / "disk"
    with image.open("wb") as file:
        file.truncate(MEGABYTES << 20)
    _run("mkfs.ext4", "-q", "-m", "0", image)
    folder.mkdir()
    _run("mount", "-o", "loop", image, folder)
    try:
        yield Disk(folder)
    finally:
        _run("umount", folder)


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=60)
