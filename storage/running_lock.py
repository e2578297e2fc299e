"""That one process alone runs over a SQLite file: a lock on a small database beside it, ``hearings.db-running``.

SQLite's own lock is used, as it is there on every system: it belongs to the process, and the system lets go of it when
the process ends in any way. Processes of two containers see it where they see the same file.
"""

from __future__ import annotations

import asyncio
import os
import platform
import sqlite3
from contextlib import asynccontextmanager, closing, suppress
from typing import TYPE_CHECKING, Final

from bot.domain.errors import StoreUnavailable
from storage.addresses import file_of, is_sqlite

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sqlalchemy import URL

_NOTE: Final = """
PRAGMA synchronous=OFF;
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS running (process TEXT);
DELETE FROM running;
"""


@asynccontextmanager
async def sole_runner(url: URL) -> AsyncIterator[bool]:
    """Let no other process run over the same file meanwhile; False where nothing could be locked.

    Raises StoreUnavailable where one does, with what to do. What is wrong with the folder is said when the database is
    opened; PostgreSQL is for several.
    """
    if not is_sqlite(url):
        yield False
        return
    lock = await asyncio.to_thread(_locked, file_of(url))
    try:
        yield lock is not None
    finally:
        if lock is not None:
            lock.close()


def lock_of(file: Path) -> Path:
    """The file beside the database that the running process has locked; it stays, and says nothing when nobody runs."""
    whole = file.resolve()
    return whole.with_name(f"{whole.name}-running")


def _locked(file: Path) -> sqlite3.Connection | None:
    """A connection that holds the lock until it is closed. Raises StoreUnavailable where another process holds it."""
    lock = lock_of(file)
    try:
        connection = sqlite3.connect(lock, timeout=0.0, isolation_level=None, check_same_thread=False)
    except sqlite3.Error:
        return None
    try:
        with suppress(sqlite3.OperationalError):  # it may be held, or the disk be full
            connection.executescript(_NOTE)
            connection.execute(
                "INSERT INTO running VALUES (?)", (f"{os.getpid()} on {platform.node() or 'a machine'}",)
            )
            connection.execute("COMMIT")
        if connection.in_transaction:
            connection.rollback()
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.Error as error:
        connection.close()
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return None
        raise StoreUnavailable(_refusal(file, _holder(lock))) from None
    return connection


def _holder(lock: Path) -> str:
    """The process that holds it, as it has noted; empty where it could not."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(lock, timeout=0.0)) as connection:
        row = connection.execute("SELECT process FROM running").fetchone()
        return f" (process {row[0]})" if row else ""
    return ""


def _refusal(file: Path, holder: str) -> str:
    return (
        f"the bot runs on {file.name} already{holder}, and nothing was changed. Stop that one first, or give this one a"
        " DATABASE_URL of its own. Several processes on one database need PostgreSQL and WEBHOOK_URL:"
        " docs/several-processes.md"
    )
