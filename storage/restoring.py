"""A copy of the database in the place of the database: checked first, with what was there kept beside it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import sqlite3
from typing import TYPE_CHECKING

from bot.domain.errors import StoreUnavailable
from bot.domain.values import dataclass
from storage.addresses import file_of, is_sqlite
from storage.copies import ensure_two, finish, partial_of
from storage.failures import translated_errors
from storage.soundness import damage_of_file, index_of, log_of, opened
from storage.sqlite_files import connected, first_row

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from sqlalchemy import URL


@dataclass(frozen=True, slots=True)
class Restored:
    """Where the database is now, and what was there before; None where nothing was."""

    file: Path
    kept: Path | None


async def restore(url: URL, copy: Path, *, stamp: str, ensure_known: Callable[[str | None], None]) -> Restored:
    """Put a copy in the place of the SQLite database; what was there stays beside it, with ``stamp`` in its name.

    ``ensure_known`` raises for the revision of a schema that cannot be used. Raises StoreUnavailable with the reason
    where the copy is damaged, no copy, or the bot runs; then nothing was changed.
    """
    if not is_sqlite(url):
        raise StoreUnavailable("a PostgreSQL database is brought back by pg_restore, with the machine's own tools")
    with translated_errors():
        return await _restore(file_of(url), copy, stamp, ensure_known)


async def _restore(file: Path, copy: Path, stamp: str, ensure_known: Callable[[str | None], None]) -> Restored:
    await asyncio.to_thread(ensure_two, copy, file)
    await _ensure_whole(copy, ensure_known)
    partial = partial_of(file)
    try:
        await asyncio.to_thread(shutil.copyfile, copy, partial)
        partial.chmod(0o600)
        async with _stopped(file):
            kept = await asyncio.to_thread(_put_aside, file, stamp)
        await asyncio.to_thread(finish, partial, file)
    finally:
        partial.unlink(missing_ok=True)
    return Restored(file, kept)


async def _ensure_whole(copy: Path, ensure_known: Callable[[str | None], None]) -> None:
    """Raise StoreUnavailable for a file that is no whole copy: it may be another's, or half of one."""
    if log_of(copy).exists() and log_of(copy).stat().st_size:
        raise StoreUnavailable(f"{copy} has a log beside it: it is no copy, but a database in use")
    if damage := await damage_of_file(copy):
        raise StoreUnavailable(f"{copy} is damaged ({damage}); take an older copy")
    async with opened(copy) as file:
        named = await file.execute_fetchall("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = {row[0] for row in named}
        if not {"alembic_version", "hearings"} <= tables:
            raise StoreUnavailable(f"{copy} is no copy of a hearing-bot's database")
        row = await first_row(file, "SELECT version_num FROM alembic_version")
        ensure_known(row[0] if row else None)


@contextlib.asynccontextmanager
async def _stopped(file: Path) -> AsyncIterator[None]:
    """Hold the database for oneself alone. Raises StoreUnavailable where another program has it open.

    What gets another name meanwhile SQLite leaves as it is; else it would write the log into the file at the end.
    """
    if not await asyncio.to_thread(file.exists):
        yield
        return
    async with connected(file, timeout=0.0, isolation_level=None) as connection:
        try:
            await connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            await connection.execute("BEGIN EXCLUSIVE")
            await connection.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise StoreUnavailable("the bot runs: stop it first") from error
        except sqlite3.DatabaseError:
            pass  # what is damaged is what is to be replaced
        if os.name == "nt":  # where nothing open gets another name
            await connection.close()
        yield


def _put_aside(file: Path, stamp: str) -> Path | None:
    """Give the database and what belongs to it another name; returns that, None where there was none.

    The log belongs to this file alone: beside the copy it would damage it.
    """
    kept = file.with_name(f"{file.name}.before-restore-{stamp}")
    index_of(file).unlink(missing_ok=True)
    if log_of(file).exists():
        log_of(file).replace(log_of(kept))
    if not file.exists():
        return None
    file.replace(kept)
    return kept
