"""Nightly copies of the database in a folder: one for each night, the oldest go.

A copy is made under a name of its own and gets the name of its night when it is whole; ``copy`` promises that. Only
files with such names are removed.
"""

from __future__ import annotations

import asyncio
import re
import shutil
from datetime import date
from errno import ENOENT
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.domain.values import dataclass
from bot.services.media_folder import MediaFolder

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.config import Settings

MEDIA_ENDING: Final = ".media"
_COPY_NAME: Final = re.compile(r"hearings-(\d{4}-\d{2}-\d{2})\.(?:db|dump)", re.ASCII)
_UNFINISHED_COPY_NAME: Final = re.compile(rf"\.{_COPY_NAME.pattern}\.partial", re.ASCII)


@dataclass(frozen=True, slots=True)
class Backups:
    """The copies in ``folder``, of which ``keep`` stay; ``copy(path)`` makes one, ``ending`` says of which kind."""

    folder: Path
    keep: int
    ending: str
    copy: Callable[[Path], Awaitable[None]]
    media: MediaFolder | None = None
    """The kept files, which are copied into a folder beside each copy."""

    async def make(self, night: date) -> Path:
        """The copy of a night, in place of an earlier one; then older ones beyond ``keep`` are removed.

        Raises StoreUnavailable or OSError with the reason.
        """
        if not await asyncio.to_thread(self.folder.is_dir):  # not made here: it may be a disk that is not mounted
            raise FileNotFoundError(ENOENT, "there is no folder", str(self.folder))
        path = self.folder / f"hearings-{night.isoformat()}{self.ending}"
        await self.copy(path)
        if self.media is not None:  # after the database: what that names is there by then
            await asyncio.to_thread(self.media.copy_to, media_beside(path), self._newest_media(path))
        await asyncio.to_thread(self._remove_old, path)
        return path

    def _newest_media(self, but: Path) -> Path | None:
        """The newest folder of kept files beside another copy: what has not changed since takes no room again."""
        found = sorted(path for path in self._media() if path != media_beside(but))
        return found[-1] if found else None

    def _media(self) -> list[Path]:
        named = [path for path in self.folder.iterdir() if _is_copy(path.name.removesuffix(MEDIA_ENDING))]
        return [path for path in named if path.suffix == MEDIA_ENDING and path.is_dir() and not path.is_symlink()]

    def _remove_old(self, newest: Path) -> None:
        """The newest stays whatever its night: the clock may have been put back."""
        self._remove_old_files(newest)
        for path in self._media():
            if not path.with_name(path.name.removesuffix(MEDIA_ENDING)).exists():
                shutil.rmtree(path)

    def _remove_old_files(self, newest: Path) -> None:
        files = [path for path in self.folder.iterdir() if path.is_file() and not path.is_symlink()]
        copies = sorted((path for path in files if path != newest and _is_copy(path.name)), reverse=True)
        unfinished = [path for path in files if _UNFINISHED_COPY_NAME.fullmatch(path.name)]
        for path in (*copies[self.keep - 1 :], *unfinished):
            path.unlink(missing_ok=True)


def newest_copy(folder: Path) -> Path | None:
    """The copy of the latest night in a folder. Raises OSError."""
    copies = [path for path in folder.iterdir() if path.is_file() and _is_copy(path.name)]
    return max(copies, default=None, key=lambda path: path.name)


def backups(settings: Settings, copy: Callable[[str, Path], Awaitable[None]]) -> Backups | None:
    """The backups that the settings ask for, or None; ``copy(url, path)`` makes one."""
    if not settings.backup_folder:
        return None
    ending = ".db" if settings.database_url.startswith("sqlite:") else ".dump"
    media = MediaFolder(Path(settings.media_folder)) if settings.media_folder else None
    copying = partial(copy, settings.database_url)
    return Backups(Path(settings.backup_folder), settings.backup_keep, ending, copying, media)


def media_beside(path: Path) -> Path:
    """The folder of kept files that belongs to a copy of the database."""
    return path.with_name(f"{path.name}{MEDIA_ENDING}")


def _is_copy(name: str) -> bool:
    """True for a name that ``Backups`` gives, with a day that exists."""
    found = _COPY_NAME.fullmatch(name)
    if found is None:
        return False
    try:
        date.fromisoformat(found[1])
    except ValueError:
        return False
    return True
