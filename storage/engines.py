"""Engines: how a connection to SQLite and to PostgreSQL is opened, and what each of its transactions begins with."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import NullPool, event
from sqlalchemy.ext.asyncio import create_async_engine

from storage.addresses import is_sqlite
from storage.cursors import shorten_trips

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection
    from sqlalchemy.ext.asyncio import AsyncEngine
    from sqlalchemy.pool import ConnectionPoolEntry

    from storage.cursors import Trips

LOCK_TIMEOUT: Final = 5.0
"""Seconds to wait for another process that writes (``?timeout=`` in the address of a SQLite file says otherwise)."""
READING_CONNECTIONS: Final = 4
OUTBOX_CONNECTIONS: Final = 2
TRIPS: Final = "trips"
"""Where a connection to SQLite keeps how it is reached (``storage.cursors``)."""
WRITER_LOCK: Final = 4_850_122_673
"""The advisory lock of the transaction that writes: any number, the same in every process."""

_PRAGMAS: Final = (
    *("foreign_keys=ON", "synchronous=FULL", "temp_store=MEMORY", "secure_delete=ON"),
    *("cache_size=-16000", "journal_size_limit=67108864"),
)


def writing_engine(url: URL, **pool: Any) -> AsyncEngine:
    """An engine whose transactions may write, one at a time in all processes. To be disposed of."""
    if is_sqlite(url):
        return _sqlite_engine(url, writes=True, **pool)
    engine = _postgresql_engine(url, writes=True, **pool)

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")

    event.listen(engine.sync_engine, "begin", begin)
    return engine


def outbox_engine(url: URL) -> AsyncEngine:
    """An engine for PostgreSQL whose transactions write beside the one that writes. To be disposed of."""
    return _postgresql_engine(url, writes=True, pool_size=OUTBOX_CONNECTIONS, max_overflow=0)


def reading_engine(url: URL) -> AsyncEngine:
    """An engine whose transactions cannot write. To be disposed of."""
    pool = {"pool_size": READING_CONNECTIONS, "max_overflow": 0}
    if is_sqlite(url):
        return _sqlite_engine(url, writes=False, **pool)
    return _postgresql_engine(url, writes=False, **pool)


def inspecting_engine(url: URL) -> AsyncEngine:
    """An engine for one query that changes nothing, not even the journal mode of the file. To be disposed of."""
    if is_sqlite(url):
        return _sqlite_engine(url, writes=False, poolclass=NullPool)
    return _postgresql_engine(url, writes=False, poolclass=NullPool)


class _FileConnection(sqlite3.Connection):
    """A connection to a SQLite file that is closed when nobody holds it any more.

    aiosqlite's thread opens the file even when the task that asked for it was cancelled meanwhile, and hands the
    connection to nobody. (It warns of its own connections that were not closed.)
    """

    def __del__(self) -> None:
        with suppress(sqlite3.ProgrammingError):  # the file could not be opened
            self.close()


def _sqlite_engine(url: URL, *, writes: bool, **pool: Any) -> AsyncEngine:
    connect: dict[str, Any] = {"isolation_level": None, "factory": _FileConnection}
    if "timeout" not in url.query:
        connect["timeout"] = LOCK_TIMEOUT
    engine = create_async_engine(url, connect_args=connect, hide_parameters=True, **pool)
    pragmas = (*_PRAGMAS, "journal_mode=WAL") if writes else (*_PRAGMAS, "query_only=ON")
    script = "".join(f"PRAGMA {pragma};" for pragma in pragmas)  # one trip to the connection's thread
    opening = "BEGIN IMMEDIATE" if writes else "BEGIN"

    def prepare(connection: Any, record: ConnectionPoolEntry) -> None:
        record.info[TRIPS] = shorten_trips(connection)
        connection.run_async(lambda driver: driver.executescript(script))

    def begin(connection: Connection) -> None:
        trips: Trips | None = connection.info[TRIPS]
        if trips is None:
            connection.exec_driver_sql(opening)
        else:
            trips.begin(opening)

    event.listen(engine.sync_engine, "connect", prepare)
    event.listen(engine.sync_engine, "begin", begin)
    return engine


def _postgresql_engine(url: URL, *, writes: bool, **pool: Any) -> AsyncEngine:
    server = {
        "application_name": "hearing-bot",
        "lock_timeout": f"{LOCK_TIMEOUT * 1000:.0f}ms",
        "idle_in_transaction_session_timeout": "60s",
        "jit": "off",
    }
    connect = {"server_settings": server, "timeout": 10, "command_timeout": 60}
    pool |= {"connect_args": connect, "hide_parameters": True}  # else an error would bring people's words into the log
    if writes:
        return create_async_engine(url, isolation_level="READ COMMITTED", **pool)
    level = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return create_async_engine(url, execution_options=level, **pool)
