"""All SQL: a repository for each noun over SQLite or PostgreSQL, opened by ``open_store``.

::

    open_for_reading -> ReadingStore.reading()
    open_store -> Store.reading(), .writing(), .posting()  a transaction with all ``Repositories``
                    places people hearings votes participants comments pending_inputs journal housekeeping inbox
                    broadcasts notices (audiences) owed_replies rooms arrivals
                    tables  outbox_tables  desk_tables  entry_tables  unsent_tables  housekeeping_tables   the tables
                    locks                                        what a transaction of PostgreSQL locks
                    replica_link  replica_tables                 several processes on PostgreSQL
                    layout  columns  demographics  media         columns that tables share, and their types
                    dossiers  comment_rows  dialects             values to rows and back, SQL of each database
                    database  engines  failures  addresses       transactions, outages
                    sqlite_engine  threads                       connections to a file, each in a thread of its own
    migrate, schema_state  schema  migrations/             old schema to new, all at once
    backup  copies                                         a copy while the database is being written
    ensure_sound, damage_of  soundness                     whether the file is whole, and how the last run has ended
    sole_runner  running_lock                              one process runs over a file
    restore  restoring                                     a copy in the place of the database
    move  moving  raw_rows                                 everything in another database, SQLite or PostgreSQL
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.domain.errors import StoreUnavailable
from storage import copies, moving, restoring, running_lock, schema, soundness
from storage.addresses import described, file_of, is_sqlite, parse_address
from storage.database import Database
from storage.hearings import DossierCache
from storage.moving import MovedRows
from storage.replica_link import PostgresqlLink
from storage.repositories import Repositories
from storage.restoring import Restored
from storage.schema import SchemaState, SchemaStatus
from storage.soundness import CLEAN, STOP, LastStop
from storage.threads import OwnThread

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager
    from datetime import datetime
    from pathlib import Path

    from bot.ports import WriteScope
    from bot.ports.replicas import ReplicaLink
    from storage.threads import Runner

__all__ = [
    "LastStop",
    "MovedRows",
    "ReadingStore",
    "Restored",
    "SchemaState",
    "SchemaStatus",
    "Store",
    "backup",
    "damage_of",
    "ensure_sound",
    "file_at",
    "migrate",
    "move",
    "open_for_reading",
    "open_store",
    "restore",
    "schema_state",
    "sole_runner",
    "whereabouts",
]


class ReadingStore:
    """An open database of which nothing but its rows is wanted. ``close`` must be awaited."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._dossiers = DossierCache()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Repositories]:
        """A consistent view; nothing can be written in it. Raises StoreUnavailable."""
        async with self._database.reading() as transaction:
            yield Repositories(transaction, self._dossiers)

    async def close(self) -> None:
        """Close every connection."""
        await self._database.close()


class Store(ReadingStore):
    """An open database. ``close`` must be awaited, or the process does not end."""

    @asynccontextmanager
    async def writing(self, scope: WriteScope | None = None) -> AsyncIterator[Repositories]:
        """The one transaction, of all processes, that writes now: committed, durably, when the block ends.

        On PostgreSQL one with a ``scope`` shares this with others whose scopes have nothing in common with it.
        Rolled back when the block raises. Raises StoreUnavailable: then nothing of the block was stored.
        """
        async with self._database.writing(scope) as transaction:
            yield Repositories(transaction, self._dossiers)

    @asynccontextmanager
    async def posting(self) -> AsyncIterator[Repositories]:
        """As ``writing``, for outbox and inbox alone: on PostgreSQL beside the one that writes, by locks on rows.

        Other processes may change what it has read before it ends, except notices that it claims or completes, and
        leases.
        Raises StoreUnavailable: then nothing of the block was stored.
        """
        async with self._database.posting() as transaction:
            yield Repositories(transaction, self._dossiers)

    def replica_link(self, name: str) -> ReplicaLink | None:
        """A connection for the process ``name`` among several; None for SQLite, which one process writes."""
        return None if is_sqlite(self._database.url) else PostgresqlLink(self._database.url, name)

    async def health(self) -> str | None:
        """None if the database takes a write at this moment, else the reason, for operators."""
        try:
            async with self.writing() as now:
                await now.housekeeping.keep_setting("health", "ok")
        except StoreUnavailable as error:
            return error.reason
        return None

    async def mark_running(self) -> None:
        """Note in the file itself that the bot runs: a stop of which nothing is known was not clean."""
        async with self.writing() as now:
            await now.housekeeping.keep_setting(STOP, "running")
        await self.scrub()

    async def mark_stopped(self) -> None:
        """Note that the bot has stopped as it should."""
        async with self.writing() as now:
            await now.housekeeping.keep_setting(STOP, CLEAN)

    async def scrub(self) -> bool:
        """Take from the disk what is kept of deleted rows beside the tables; False where a reader still needs it.

        Raises StoreUnavailable.
        """
        return await self._database.scrub()


async def open_store(url: str, *, runner: Callable[[], Runner] = OwnThread) -> Store:
    """The database at ``sqlite:///file.db`` or ``postgresql://user:pw@host/db``, brought to the newest schema.

    A new database is made where there is none (a PostgreSQL database must exist, empty). A SQLite file of an older
    schema is copied beside itself first. ``runner`` makes what each connection to a file lives in. Raises StoreNewer
    for a database of a newer program, StoreUnavailable.
    """
    address = parse_address(url)
    await asyncio.to_thread(soundness.note_reading_in, address)
    await schema.upgrade(address)
    return Store(Database(address, runner=runner))


def open_for_reading(url: str) -> ReadingStore:
    """The database at an address where ``open_store`` has been before; its schema is not looked at."""
    address = parse_address(url)
    soundness.note_reading_in(address)
    return ReadingStore(Database(address))


async def migrate(url: str) -> SchemaState:
    """Bring the database to the newest schema; returns its state before. Raises as ``open_store``."""
    return await schema.upgrade(parse_address(url))


async def schema_state(url: str) -> SchemaState:
    """The state of the database's schema; changes nothing. Raises StoreUnavailable."""
    return await schema.state_of(parse_address(url))


def whereabouts(url: str) -> str:
    """Where the database is, for an operator: the whole path of its file, or its server. Raises StoreUnavailable."""
    return described(parse_address(url))


def file_at(url: str) -> Path | None:
    """The file of a SQLite database, whole path, whether it is there or not; None of another one."""
    address = parse_address(url)
    return file_of(address).absolute() if is_sqlite(address) else None


async def damage_of(url: str) -> str:
    """What is damaged in the database's file; empty for nothing. Nothing is changed. Raises StoreUnavailable."""
    return await soundness.damage_of(parse_address(url))


async def ensure_sound(url: str) -> LastStop:
    """How the bot has stopped; where not cleanly, the file is looked through. To be awaited before ``open_store``.

    Raises StoreUnavailable for a damaged file, with what to do.
    """
    return await soundness.ensure_sound(parse_address(url))


def sole_runner(url: str) -> AbstractAsyncContextManager[bool]:
    """Let no other process run over the same SQLite file meanwhile; False where nothing could be locked.

    Raises StoreUnavailable where one does, with what to do. To be entered before anything else is done with the file.
    """
    return running_lock.sole_runner(parse_address(url))


async def restore(url: str, copy: Path, *, stamp: str) -> Restored:
    """Put a copy in the place of the database; what was there stays beside it, with ``stamp`` in its name.

    Raises StoreNewer, and StoreUnavailable with the reason; then nothing was changed.
    """
    return await restoring.restore(parse_address(url), copy, stamp=stamp, ensure_known=schema.ensure_known)


async def backup(url: str, path: Path) -> None:
    """Copy the database while it is being written: everything committed before the call is in the copy.

    SQLite: a checked database file. PostgreSQL: an archive for ``pg_restore``, made by the machine's ``pg_dump``.
    ``path`` appears when the copy is complete. Raises StoreUnavailable with the reason.
    """
    await copies.copy(parse_address(url), path)


async def move(url: str, target: str, *, now: datetime, progress: Callable[[str, int, int], None]) -> MovedRows:
    """Copy everything into an empty database at another address, SQLite or PostgreSQL, and compare row by row.

    ``progress`` is called with a table, how many of its rows are there, and how many there will be. Raises
    StoreUnavailable with the reason; then the target is as it was. What is at ``url`` is not changed.
    """
    return await moving.move(parse_address(url), parse_address(target), now=now, progress=progress)
