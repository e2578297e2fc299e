"""Transactions on one database: one that writes, a few that read.

Only one transaction writes at a time, in all processes: SQLite takes ``BEGIN IMMEDIATE``, PostgreSQL an advisory
lock. What a writer has read can therefore not change before it writes, counters are right however many processes run,
and nothing deadlocks. With SQLite's defaults two processes lost 262 of 600 updates without an error.

On PostgreSQL a transaction that names its scope shares that lock with others of its kind, and takes in its place one
lock for each hearing and person of the scope, always in the same order.

The outbox alone may write beside it, on PostgreSQL, by locks on rows: it sends for an hour, and presses must not wait.
"""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Any, Final, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from bot.domain.errors import StoreUnavailable
from storage.addresses import is_sqlite
from storage.engines import outbox_engine, reading_engine, scoped_engine, writing_engine
from storage.failures import translated_errors
from storage.locks import LOCK_SCOPE, keys_of
from storage.prepared import PreparedChange, PreparedQuery
from storage.sqlite_engine import SqliteConnection, SqliteEngine
from storage.threads import OwnThread

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence

    from sqlalchemy import URL, Connection, CursorResult
    from sqlalchemy import Row as TypedRow
    from sqlalchemy.ext.asyncio import AsyncConnection
    from sqlalchemy.sql.base import Executable

    from bot.ports import WriteScope
    from storage.engines import AnyConnection, AnyEngine
    from storage.threads import Runner

    Row = TypedRow[*tuple[Any, ...]]
    Rows = CursorResult[*tuple[Any, ...]]

Outcome = TypeVar("Outcome")

CHECKPOINT_TIMEOUT: Final = 100
"""Milliseconds that the emptying of SQLite's log waits for readers; meanwhile nobody can write."""
Parameters = Any
"""One mapping, or a sequence of them (then the statement runs for each, in one call)."""


class Transaction:
    """An open transaction: statements in, rows out, outages as StoreUnavailable.

    Several may be asked at once: SQLite answers all in one trip to its thread, PostgreSQL one after the other.

    A statement that fails ends the transaction: every later one raises the same error and nothing is committed, even if
    the error was caught (SQLite may have rolled back by itself by then, PostgreSQL does so in the end).
    """

    __slots__ = ("_connection", "_failure", "_turn", "dialect")

    def __init__(self, connection: AnyConnection) -> None:
        self._connection = connection
        self._failure: Exception | None = None
        self.dialect = connection.dialect.name
        self._turn = asyncio.Lock()

    async def rows(self, statement: Executable | PreparedQuery, parameters: Parameters = None) -> Sequence[Row]:
        """Every row of the result."""
        if isinstance(statement, PreparedQuery):
            return await self._ask(statement, parameters or {})
        return await self._take(statement, parameters, _all)

    async def first(self, statement: Executable | PreparedQuery, parameters: Parameters = None) -> Row | None:
        """The first row, or None."""
        if isinstance(statement, PreparedQuery):
            rows = await self._ask(statement, parameters or {})
            return rows[0] if rows else None
        return await self._take(statement, parameters, _first)

    async def value(self, statement: Executable | PreparedQuery, parameters: Parameters = None) -> Any:
        """The first column of the first row, or None."""
        row = await self.first(statement, parameters)
        return None if row is None else row[0]

    async def run(self, statement: Executable | PreparedChange, parameters: Mapping[str, Any] | None = None) -> int:
        """Run it; returns how many rows changed."""
        if isinstance(statement, PreparedChange):
            return await self._change(statement, [parameters or {}])
        return await self._take(statement, parameters, _rowcount)

    async def run_each(self, statement: Executable | PreparedChange, parameters: Sequence[Mapping[str, Any]]) -> None:
        """Run for every mapping, in one call; without mappings do nothing.

        A prepared change of SQLite's is not waited for: if it fails, what comes next raises that, or the commit.
        """
        if not parameters:
            return
        connection = self._connection
        if isinstance(statement, PreparedChange) and isinstance(connection, SqliteConnection):
            self.ensure_usable()
            connection.post_prepared(statement, parameters)
        elif isinstance(statement, PreparedChange):
            await self._change(statement, parameters)
        else:
            await self._take(statement, parameters, _rowcount)

    def ensure_usable(self) -> None:
        """Raise the error of the statement that failed, if one did."""
        if self._failure:
            raise self._failure

    async def _ask(self, prepared: PreparedQuery, parameters: Mapping[str, Any]) -> Sequence[Row]:
        connection = self._connection
        if not isinstance(connection, SqliteConnection):
            return await self._take(prepared.statement, parameters, _all)
        self.ensure_usable()
        try:
            with translated_errors():
                return await connection.fetch_prepared(prepared, parameters)
        except (StoreUnavailable, sqlite3.Error) as error:
            self._failure = error
            raise

    async def _change(self, prepared: PreparedChange, parameters: Sequence[Mapping[str, Any]]) -> int:
        connection = self._connection
        if not isinstance(connection, SqliteConnection):
            return await self._take(prepared.statement, parameters, _rowcount)
        self.ensure_usable()
        try:
            with translated_errors():
                return await connection.change_prepared(prepared, parameters)
        except (StoreUnavailable, SQLAlchemyError, sqlite3.Error) as error:
            self._failure = error
            raise

    async def _take(self, statement: Executable, parameters: Parameters, take: Callable[[Rows], Outcome]) -> Outcome:
        """What ``take`` makes of the result, where the connection is."""
        self.ensure_usable()
        connection = self._connection
        try:
            with translated_errors():
                if isinstance(connection, SqliteConnection):
                    return await connection.fetch(statement, parameters, take)
                async with self._turn:
                    return take(await connection.execute(statement, parameters))
        except (StoreUnavailable, SQLAlchemyError) as error:
            self._failure = error
            raise


class Database:
    """The engines. ``close`` must be awaited: an engine left open keeps the process from ending."""

    def __init__(self, url: URL, *, runner: Callable[[], Runner] = OwnThread) -> None:
        self.url = url
        self._writer = writing_engine(url, runner=runner)
        self._reader = reading_engine(url, runner=runner)
        self._outbox_writer = self._writer if is_sqlite(url) else outbox_engine(url)
        self._scoped_writer = self._writer if is_sqlite(url) else scoped_engine(url)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        """A snapshot; an attempt to write in it fails."""
        async with transaction(self._reader) as connection:
            yield Transaction(connection)

    @asynccontextmanager
    async def writing(self, scope: WriteScope | None = None) -> AsyncIterator[Transaction]:
        """The one transaction that writes now, committed when the block ends; on PostgreSQL, of its ``scope``."""
        if scope is None or self._scoped_writer is self._writer:
            async with _writing(self._writer) as writing:
                yield writing
            return
        async with _writing(self._scoped_writer) as writing:
            await writing.rows(LOCK_SCOPE, {"keys": keys_of(scope)})
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
        if not isinstance(self._writer, SqliteEngine):
            return True
        with translated_errors():
            async with self._writer.connect() as connection:
                return await connection.run_outside(_empty_log)

    async def close(self) -> None:
        """Close every connection, also where this is cancelled."""
        async with AsyncExitStack() as stack:
            for engine in {self._reader, self._scoped_writer, self._outbox_writer, self._writer}:
                stack.push_async_callback(engine.dispose)


@asynccontextmanager
async def _writing(engine: AnyEngine) -> AsyncIterator[Transaction]:
    async with transaction(engine) as connection:
        writing = Transaction(connection)
        yield writing
        writing.ensure_usable()


@asynccontextmanager
async def transaction(engine: AnyEngine) -> AsyncIterator[AnyConnection]:
    """A transaction: committed when the block ends, rolled back when it raises or is cancelled.

    It begins with the first statement, with the lock of the one that writes.
    """
    if isinstance(engine, SqliteEngine):
        async with engine.connect() as connection:
            yield connection
            with translated_errors():
                await connection.commit()
        return
    async with AsyncExitStack() as stack:
        with translated_errors():
            opened: AsyncConnection = await stack.enter_async_context(engine.connect())
        yield opened
        with translated_errors():
            await opened.commit()
        stack.pop_all()  # what is committed goes back to its pool at once: no task of its own must see to it
        await opened.close()


def _all(result: Rows) -> Sequence[Row]:
    return result.all()


def _first(result: Rows) -> Row | None:
    return result.first()


def _rowcount(result: Rows) -> int:
    return result.rowcount


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
