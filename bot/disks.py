"""How much room is left on the disks that the bot writes on."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

BYTES_OF_A_MEGABYTE: Final = 1_000_000
LEAST_ROOM: Final = 0.05
"""The part of a disk that is free; with less the bot soon stores nothing."""


@dataclass(frozen=True, slots=True)
class DiskSpace:
    """What is free of the disk on which ``folder`` lies."""

    folder: Path
    free: int
    """Bytes."""
    part: float
    """Of the whole disk, from 0 to 1."""

    @property
    def megabytes(self) -> int:
        """What is free, in whole megabytes."""
        return self.free // BYTES_OF_A_MEGABYTE


def space_at(folder: Path) -> DiskSpace:
    """The room where a folder lies, or will. Raises OSError."""
    there = next((each for each in (folder, *folder.parents) if each.exists()), Path())
    disk = shutil.disk_usage(there)
    return DiskSpace(there, disk.free, disk.free / disk.total if disk.total else 0.0)


def spaces_at(folders: Iterable[Path]) -> tuple[DiskSpace, ...]:
    """The room of each folder; one that cannot be looked at is left out."""
    found = []
    for folder in folders:
        try:
            found.append(space_at(folder))
        except OSError:
            continue
    return tuple(found)
