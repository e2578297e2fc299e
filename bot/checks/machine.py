"""What the machine has for the bot: copies of the database, room, files, programs, rules of time zones, words."""

from __future__ import annotations

import os
import shutil
import stat
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot import zone_files
from bot.checks.finding import Finding
from bot.disks import BYTES_OF_A_MEGABYTE, LEAST_ROOM, space_at
from bot.i18n import Catalogues
from bot.services.backups import newest_copy
from bot.services.media_folder import MediaFolder
from bot.worker.transcriber import program_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime

    from bot.domain.kept_files import KeptCounts

OLDEST_COPY: Final = timedelta(hours=36)


def backups(folder: str, now: datetime) -> Finding:
    """How old the newest copy of the database is."""
    if not folder:
        words = "BACKUP_FOLDER is empty: no copy is made by night. `hearing-bot backup FILE` makes one"
        return Finding("backups", words, missing=True)
    path = Path(folder).absolute()
    if not path.is_dir():
        return Finding("backups", f"there is no folder {path}. Look at BACKUP_FOLDER", wrong=True)
    newest = newest_copy(path)
    if newest is None:
        return Finding("backups", f"none yet in {path}: the first is made when the bot runs", missing=True)
    hours = (now.timestamp() - newest.stat().st_mtime) / 3600
    late = hours > OLDEST_COPY / timedelta(hours=1)
    words = f"{newest.name} in {path} is {hours:.0f} hours old"
    return Finding("backups", f"{words}. Does the bot run by night?" if late else words, wrong=late)


def readers(file: Path) -> Iterator[Finding]:
    """Who but the bot may read the database: nobody should, it holds ids and words of people."""
    if os.name == "posix" and file.is_file() and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        words = f"others can read the database, which holds people's ids and words: run `chmod 600 {file}`"
        yield Finding("permissions", words, wrong=True)


def rooms(folders: Sequence[Path]) -> Iterator[Finding]:
    """How much room is left where the bot writes first, and where else it is scarce."""
    for number, folder in enumerate(folders):
        found = space_at(folder)
        scarce = found.part < LEAST_ROOM
        words = f"{found.megabytes} MB free at {found.folder}, {found.part:.0%} of the disk"
        if scarce:
            yield Finding("disk", f"{words}. Make room: on a full disk nothing is stored", wrong=True)
        elif not number:
            yield Finding("disk", words)


def media(path: str, counts: KeptCounts) -> Finding:
    """Whether documents, photos and voices are kept, how many are, and how much room is left for more."""
    if not path:
        words = "MEDIA_FOLDER is empty: Telegram alone has documents, photos and voices; another token cannot send them"
        before = f". {counts.kept} files were kept before, and stay where they are" if counts.kept else ""
        return Finding("media", f"{words}{before}")
    folder = MediaFolder(Path(path))
    try:
        folder.ensure_usable()
        sizes = [file.stat().st_size for file in folder.files()]
        free = shutil.disk_usage(path).free
    except OSError as failure:
        return Finding("media", f"{failure.strerror}: {path}. Look at MEDIA_FOLDER", wrong=True)
    missing = max(0, counts.kept - len(sizes))
    others = (
        (counts.waiting, "wait"),
        (counts.too_large, "are too large for a bot"),
        (counts.lost, "are lost at Telegram"),
        (missing, "are missing"),
    )
    rest = "".join(f", {count} {words}" for count, words in others if count)
    size = sum(sizes) / BYTES_OF_A_MEGABYTE
    return Finding("media", f"{len(sizes)} files kept, {size:.1f} MB, {free // BYTES_OF_A_MEGABYTE} MB free{rest}")


def transcribing(command: str) -> tuple[Finding, ...]:
    """Whether the program that writes voice messages down is there; nothing where none is wanted."""
    if not command:
        return ()
    program = program_of(command)
    words = (
        f"{program} writes voice messages down" if program else "there is no such program. Look at TRANSCRIBE_COMMAND"
    )
    return (Finding("transcripts", words, wrong=program is None),)


def zones(used: Collection[str], now: datetime, folders: Sequence[Path] | None = None) -> Finding:
    """Which rules of time zones decide, and whether the machine's, in its ``folders``, know of a later change."""
    machine = zone_files.system_folders() if folders is None else folders
    ours, theirs = zone_files.installed_version(), zone_files.system_version(machine)
    different = ", ".join(zone_files.differing(used, now, machine))
    decides = f"tzdata {ours} decides"
    if not different:
        return Finding("time zones", decides)
    if theirs > ours:
        words = f"{decides}, and is older than a change of {different} (the machine's files are {theirs})"
        return Finding("time zones", f"{words}: run `pip install --upgrade tzdata`", wrong=True)
    words = f"the machine's files ({theirs or 'of no known version'}) are older than the last change of {different}"
    return Finding("time zones", f"{decides}; {words}. Upgrade them for its other programs")


def catalogues() -> Finding:
    sizes = Catalogues.load().sizes
    complete = min(sizes.values()) == max(sizes.values()) > 0
    words = f"{max(sizes.values())} sentences in {', '.join(sizes)}"
    return Finding(
        "catalogues", words if complete else f"{words}: not all are whole, install again", wrong=not complete
    )
