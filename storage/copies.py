"""Copies of the database while it is being written: complete and checked, or absent."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import sqlite3
from typing import TYPE_CHECKING

from bot.domain.errors import StoreUnavailable
from storage.addresses import file_of, is_sqlite
from storage.failures import translated_errors
from storage.soundness import opened
from storage.sqlite_files import connected, first_row

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import URL


async def copy(url: URL, path: Path) -> None:
    """Copy the database to ``path`` while it is being written; everything committed before the call is in the copy.

    SQLite: a database file, checked. PostgreSQL: an archive for ``pg_restore``, made by ``pg_dump``. The file gets its
    name when it is complete, in place of an older one. Raises StoreUnavailable with the reason.
    """
    if is_sqlite(url):
        await copy_file(file_of(url), path)
    else:
        await _dump(url, path)


async def copy_file(source: Path, path: Path) -> None:
    """The same for a SQLite file."""
    with translated_errors():
        await _copy_file(source, path)


async def _copy_file(source: Path, path: Path) -> None:
    await asyncio.to_thread(ensure_two, source, path)
    partial = partial_of(path)
    try:
        async with opened(source, for_long=True) as original, connected(partial) as new:
            await original.backup(new)  # one step: a single snapshot, however many votes arrive meanwhile
            await new.execute("PRAGMA journal_mode=DELETE")  # one file that needs no companions
            found = await first_row(new, "PRAGMA integrity_check")
        if found is None or found[0] != "ok":
            raise StoreUnavailable(f"the copy is damaged: {found[0] if found else 'it says nothing'}")
        await asyncio.to_thread(finish, partial, path)
    except sqlite3.Error as error:
        raise StoreUnavailable(f"no copy could be made ({error})") from error
    finally:
        partial.unlink(missing_ok=True)


async def revision_of_file(path: Path) -> str | None:
    """The revision of a SQLite file's schema; None where it has none. Raises StoreUnavailable.

    An engine, which is made for more than one question, takes five times as long.
    """
    with translated_errors():
        async with opened(path) as file:
            if await first_row(file, "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'") is None:
                return None
            row = await first_row(file, "SELECT version_num FROM alembic_version")
    return row[0] if row else None


async def rewrite_file(path: Path) -> None:
    """Write a SQLite file anew, without what was deleted from it before deleted rows were overwritten.

    Takes as much room beside the file as the file has, and until it is done nobody else can write. Raises
    StoreUnavailable.
    """
    with translated_errors():
        await _rewrite_file(path)


async def _rewrite_file(path: Path) -> None:
    try:
        async with connected(path, isolation_level=None) as file:
            await file.execute("VACUUM")
            await file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        raise StoreUnavailable(f"the database could not be written anew ({error})") from error


async def _dump(url: URL, path: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise StoreUnavailable(
            "a PostgreSQL database is copied by pg_dump, which is not here (Debian: postgresql-client)"
        )
    partial = partial_of(path)
    where = {
        "PGHOST": url.host or str(url.query.get("host", "")),
        "PGPORT": str(url.port or url.query.get("port", "")),
        "PGUSER": url.username or "",
        "PGPASSWORD": str(url.password or ""),
        "PGDATABASE": url.database or "",
        "PGSSLMODE": str(url.query.get("ssl", "")),
    }
    try:
        running = await asyncio.create_subprocess_exec(
            *(program, "--format=custom", f"--file={partial}"),
            env=os.environ | {name: value for name, value in where.items() if value},
            stderr=asyncio.subprocess.PIPE,
        )
        complaint = await _stderr_of(running)
        if running.returncode:
            raise StoreUnavailable(f"no copy could be made ({complaint})")
        await asyncio.to_thread(finish, partial, path)
    finally:
        partial.unlink(missing_ok=True)


async def _stderr_of(running: asyncio.subprocess.Process) -> str:
    """What the process wrote to stderr, once it has ended; if this is cancelled, the process is killed."""
    try:
        _, complaint = await running.communicate()
    except asyncio.CancelledError:
        with contextlib.suppress(ProcessLookupError):
            running.kill()
        await running.wait()
        raise
    return complaint.decode(errors="replace").strip()


def ensure_two(source: Path, other: Path) -> None:
    """Raise StoreUnavailable where the file to be copied is not there, or is the ``other`` one itself."""
    if not source.is_file():
        raise StoreUnavailable(f"there is no {source}")
    if other.exists() and other.samefile(source):
        raise StoreUnavailable(f"{other} is the database itself")


def partial_of(path: Path) -> Path:
    """The name of a file that is not whole yet."""
    return path.with_name(f".{path.name}.partial")


def finish(partial: Path, path: Path) -> None:
    """On the disk first, under its name only then."""
    with partial.open("rb+") as file:
        os.fsync(file.fileno())
    partial.replace(path)
    if os.name == "nt":  # where a folder cannot be opened, and its entry is written with the file
        return
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
