"""Whether a SQLite file is whole: what its pages say, and how the program that wrote it last has ended.

Nothing here writes into the file, nor lets SQLite write what lies in its log: a log of another file would damage it.
PostgreSQL looks after itself.
"""

from __future__ import annotations

import sqlite3
from contextlib import asynccontextmanager, closing, suppress
from typing import TYPE_CHECKING, Final

from bot.domain.errors import StoreUnavailable
from bot.domain.values import dataclass
from storage.addresses import file_of, is_sqlite
from storage.failures import translated_errors
from storage.sqlite_files import connected, first_row

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import aiosqlite
    from sqlalchemy import URL

STOP: Final = "stop"
"""The setting that says how the last run has ended."""
CLEAN: Final = "clean"
READ_IN: Final = "read in"
"""The same of a run that was killed, when another program has taken its log into the file since: nothing is lost."""
MOST_FAULTS: Final = 3
"""Faults that are told of a damaged file."""


@dataclass(frozen=True, slots=True)
class LastStop:
    """How the bot has stopped: ``clean``, and whether the log of the file, which there was, is ``lost``."""

    clean: bool = True
    lost: bool = False


def log_of(file: Path) -> Path:
    """SQLite's log beside its file: what was stored last is there alone."""
    return file.with_name(f"{file.name}-wal")


def index_of(file: Path) -> Path:
    """The index of the log, which SQLite makes anew."""
    return file.with_name(f"{file.name}-shm")


async def damage_of(url: URL) -> str:
    """What is damaged in the file; empty for nothing, and where there is none. Raises StoreUnavailable."""
    if not is_sqlite(url) or not file_of(url).exists():
        return ""
    with translated_errors():
        return await damage_of_file(file_of(url))


async def damage_of_file(file: Path) -> str:
    """The same for a file that is there."""
    try:
        async with opened(file) as connection:
            found = await connection.execute_fetchall(f"PRAGMA quick_check({MOST_FAULTS})")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
            raise
        return str(error)
    words = "; ".join(" ".join(str(row[0]).split()) for row in found)
    return "" if words == "ok" else words


async def last_stop(url: URL) -> LastStop:
    """How the bot has stopped, as far as the file tells. To be asked before it is opened. Raises StoreUnavailable."""
    if not is_sqlite(url) or not file_of(url).exists():
        return LastStop()
    with translated_errors():
        return await _last_stop(file_of(url))


async def _last_stop(file: Path) -> LastStop:
    has_log = log_of(file).exists()  # before it is looked into, which makes one
    async with opened(file) as connection:
        if await first_row(connection, "SELECT 1 FROM sqlite_master WHERE name = 'settings'") is None:
            return LastStop(clean=not has_log)
        row = await first_row(connection, "SELECT value FROM settings WHERE key = ?", STOP)
    marked = row[0] if row else CLEAN  # a database of an older program has no mark
    return LastStop(clean=not has_log and marked == CLEAN, lost=not has_log and marked not in (CLEAN, READ_IN))


def note_reading_in(url: URL) -> None:
    """Note, where a killed bot has left a log, that this program takes it into the file: SQLite does, and deletes it.

    To be called before the file is opened. Nothing is noted while the bot runs.
    """
    if not is_sqlite(url) or not log_of(file_of(url)).exists() or not file_of(url).exists():
        return
    with (
        suppress(sqlite3.Error),
        closing(sqlite3.connect(file_of(url), timeout=0.0, isolation_level=None)) as connection,
    ):
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")  # refused while anybody else has it open
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("UPDATE settings SET value = ? WHERE key = ? AND value <> ?", (READ_IN, STOP, CLEAN))
        connection.execute("COMMIT")


async def ensure_sound(url: URL) -> LastStop:
    """How the bot has stopped; where not cleanly, the file is looked through.

    Raises StoreUnavailable for a damaged one, with what to do.
    """
    try:
        stop = await last_stop(url)
        damage = "" if stop.clean else await damage_of(url)
    except StoreUnavailable as failure:
        if not isinstance(failure.__cause__, sqlite3.DatabaseError) or not _is_damage(failure.__cause__):
            raise
        damage = failure.reason
    if damage:
        raise StoreUnavailable(
            f"the database file is damaged ({damage}): `hearing-bot restore COPY` brings a copy back"
        )
    return stop


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


@asynccontextmanager
async def opened(file: Path, *, for_long: bool = False) -> AsyncIterator[aiosqlite.Connection]:
    """The file, to be read alone; nothing is made beside it, and its folder may be one that can only be read.

    SQLite keeps an index beside a file that has a log, and does not open one for which it cannot. Without a log all is
    in the file. ``for_long``: somebody may begin to write meanwhile.
    """
    if for_long or log_of(file).exists():
        async with connected(_address(file, "mode=ro"), uri=True) as connection:
            if await _is_readable(connection, file):
                yield connection
                return
    async with connected(_address(file, "immutable=1"), uri=True) as connection:
        yield connection


def _address(file: Path, how: str) -> str:
    return f"{file.resolve().as_uri()}?{how}"


async def _is_readable(connection: aiosqlite.Connection, file: Path) -> bool:
    """False where the folder may only be read, and all is in the file. Raises StoreUnavailable where it is not."""
    try:
        await first_row(connection, "SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
        if log_of(file).exists() and log_of(file).stat().st_size:
            both = f"copy {file.name} and {log_of(file).name} by hand, both together"
            raise StoreUnavailable(f"the folder may only be read: {both}") from error
        return False
    return True
