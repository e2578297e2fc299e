"""Engines on one database: one connection that writes, a few that read, and transactions on them.

Only one transaction writes at a time, in all processes: SQLite takes ``BEGIN IMMEDIATE``, PostgreSQL an advisory
lock. What a writer has read can therefore not change before it writes, counters are right however many processes run,
and nothing deadlocks. With SQLite's defaults two processes lost 262 of 600 updates without an error.

The outbox alone may write beside it, on PostgreSQL, by locks on rows: it sends for an hour, and presses must not wait.
"""

from __future__ import annotations

import sqlite3
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import NullPool, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

from bot.domain.errors import StoreUnavailable
from storage.addresses import is_sqlite
from storage.cursors import shorten_trips
from storage.failures import translated_errors

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

    from sqlalchemy import URL, Connection, CursorResult
    from sqlalchemy import Row as TypedRow
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
    from sqlalchemy.sql.base import Executable

    Row = TypedRow[*tuple[Any, ...]]

LOCK_TIMEOUT: Final = 5.0
"""Seconds to wait for another process that writes (``?timeout=`` in the address of a SQLite file says otherwise)."""
CHECKPOINT_TIMEOUT: Final = 100
"""Milliseconds that the emptying of SQLite's log waits for readers; meanwhile nobody can write."""
READING_CONNECTIONS: Final = 4
OUTBOX_CONNECTIONS: Final = 2
WRITER_LOCK: Final = 4_850_122_673
"""The advisory lock of the transaction that writes: any number, the same in every process."""

_PRAGMAS: Final = (
    *("foreign_keys=ON", "synchronous=FULL", "temp_store=MEMORY", "secure_delete=ON"),
    *("cache_size=-16000", "journal_size_limit=67108864"),
)

Parameters = Any
"""One mapping, or a sequence of them (then the statement runs for each, in one call)."""


class Transaction:
    """An open transaction: statements in, rows out, outages as StoreUnavailable.

    A statement that fails ends the transaction: every later one raises the same error and nothing is committed, even if
    the error was caught (SQLite may have rolled back by itself by then, PostgreSQL does so in the end).
    """

    __slots__ = ("_connection", "_failure", "dialect")

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._failure: Exception | None = None
        self.dialect = connection.dialect.name

    async def rows(self, statement: Executable, parameters: Parameters = None) -> Sequence[Row]:
        """Every row of the result."""
        return (await self._execute(statement, parameters)).all()

    async def first(self, statement: Executable, parameters: Parameters = None) -> Row | None:
        """The first row, or None."""
        return (await self._execute(statement, parameters)).first()

    async def value(self, statement: Executable, parameters: Parameters = None) -> Any:
        """The first column of the first row, or None."""
        row = await self.first(statement, parameters)
        return None if row is None else row[0]

    async def run(self, statement: Executable, parameters: Mapping[str, Any] | None = None) -> int:
        """Run it; returns how many rows changed."""
        return (await self._execute(statement, parameters)).rowcount

    async def run_each(self, statement: Executable, parameters: Sequence[Mapping[str, Any]]) -> None:
        """Run for every mapping, in one call; without mappings do nothing."""
        if parameters:
            await self._execute(statement, parameters)

    def ensure_usable(self) -> None:
        """Raise the error of the statement that failed, if one did."""
        if self._failure:
            raise self._failure

    async def _execute(self, statement: Executable, parameters: Parameters) -> CursorResult[*tuple[Any, ...]]:
        self.ensure_usable()
        try:
            with translated_errors():
                return await self._connection.execute(statement, parameters)
        except (StoreUnavailable, SQLAlchemyError) as error:
            self._failure = error
            raise


class Database:
    """The engines. ``close`` must be awaited: an engine left open keeps the process from ending."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self._writer = writing_engine(url, pool_size=1, max_overflow=0)
        self._reader = _reading_engine(url)
        self._outbox_writer = self._writer if is_sqlite(url) else _outbox_engine(url)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        """A snapshot; an attempt to write in it fails."""
        async with transaction(self._reader) as connection:
            yield Transaction(connection)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Transaction]:
        """The one transaction that writes now, committed when the block ends."""
        async with _writing(self._writer) as writing:
            yield writing

    @asynccontextmanager
    async def posting(self) -> AsyncIterator[Transaction]:
        """As ``writing`` on SQLite; on PostgreSQL beside it, and beside others of its kind."""
        async with _writing(self._outbox_writer) as writing:
            yield writing

    async def scrub(self) -> bool:
        """Write SQLite's log into its file, where deleted rows are zeros, and empty it; PostgreSQL does so by itself.

        False where a reader still needs the log. Nobody waits longer than a moment for this.
        """
        if not is_sqlite(self.url):
            return True
        with translated_errors():
            async with self._writer.connect() as connection:
                return await connection.run_sync(_empty_log)

    async def close(self) -> None:
        """Close every connection."""
        for engine in {self._reader, self._outbox_writer, self._writer}:
            await engine.dispose()


@asynccontextmanager
async def _writing(engine: AsyncEngine) -> AsyncIterator[Transaction]:
    async with transaction(engine) as connection:
        writing = Transaction(connection)
        yield writing
        writing.ensure_usable()


@asynccontextmanager
async def transaction(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A transaction: committed when the block ends, rolled back when it raises or is cancelled."""
    async with AsyncExitStack() as stack:
        with translated_errors():
            connection = await stack.enter_async_context(engine.connect())
            await connection.begin()
        yield connection
        with translated_errors():
            await connection.commit()


def _empty_log(connection: Connection) -> bool:
    """Outside of a transaction, in which SQLite would refuse."""
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA busy_timeout")
    (patience,) = cursor.fetchone() or (0,)
    cursor.execute(f"PRAGMA busy_timeout={CHECKPOINT_TIMEOUT}")
    try:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (busy, *_) = cursor.fetchone() or (1,)
    finally:
        cursor.execute(f"PRAGMA busy_timeout={patience}")
        cursor.close()
    return not busy


def writing_engine(url: URL, **pool: Any) -> AsyncEngine:
    """An engine whose transactions may write, one at a time in all processes. To be disposed of."""
    if is_sqlite(url):
        return _sqlite_engine(url, writes=True, **pool)
    engine = _postgresql_engine(url, writes=True, **pool)

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")

    event.listen(engine.sync_engine, "begin", begin)
    return engine


def _outbox_engine(url: URL) -> AsyncEngine:
    return _postgresql_engine(url, writes=True, pool_size=OUTBOX_CONNECTIONS, max_overflow=0)


def _reading_engine(url: URL) -> AsyncEngine:
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

    def prepare(connection: Any, _record: object) -> None:
        shorten_trips(connection)
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

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
