"""Connections to a SQLite file, each with a thread of its own, for an event loop.

It has what the rest of this package asks of SQLAlchemy's asynchronous engine. A statement is one trip to the thread:
there it is run, by SQLAlchemy's ordinary engine, and all its rows are fetched. A transaction begins in the trip of its
first statement. One that only reads is ended without waiting for it: the next one comes behind it, in the same thread.
Nor is a change waited for of which nothing is asked: where it fails, whatever comes next in the transaction raises it.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from sqlalchemy import NullPool, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from bot.domain.errors import StoreUnavailable
from storage.failures import translated_errors

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence

    from sqlalchemy import URL, Connection, CursorResult, Engine
    from sqlalchemy.engine import Dialect, Result
    from sqlalchemy.sql.base import Executable

    from storage.prepared import PreparedChange, PreparedQuery
    from storage.threads import Runner

Outcome = TypeVar("Outcome")

LONGEST_QUEUE: Final = 30.0
"""Seconds to wait for a connection that others of this process have."""
PAUSE: Final = 0.01
"""Seconds between two tries to open a file that another process opens as well."""


class SqliteEngine:
    """At most ``connections`` to one file, opened where they are needed. ``dispose`` must be awaited.

    ``script`` runs on each new connection, ``opening`` before the first statement of each transaction. What ``writes``
    is committed when ``commit`` returns. ``runner`` makes what a connection lives in.
    """

    def __init__(
        self,
        url: URL,
        *,
        script: str,
        opening: str,
        writes: bool,
        connections: int,
        runner: Callable[[], Runner],
        timeout: float | None,
    ) -> None:
        options: dict[str, Any] = {"isolation_level": None}
        if timeout is not None:
            options["timeout"] = timeout
        self.sync_engine = _engine(url, options, script=script)
        self.opening = opening
        self.writes = writes
        self._runner = runner
        self._free: list[SqliteConnection] = []
        self._places = asyncio.Semaphore(connections)
        self._generation = 0

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[SqliteConnection]:
        """A connection; what is not committed when the block ends is rolled back. Raises StoreUnavailable."""
        if self._places.locked():
            try:
                async with asyncio.timeout(LONGEST_QUEUE):
                    await self._places.acquire()
            except TimeoutError as error:
                raise StoreUnavailable("the queue for the database is too long") from error
        else:
            await self._places.acquire()
        try:
            connection = self._free.pop() if self._free else await self._opened()
            try:
                yield connection
            finally:
                self._take_back(connection)
        finally:
            self._places.release()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[SqliteConnection]:
        """A connection whose transaction is committed when the block ends, rolled back when it raises."""
        async with self.connect() as connection:
            yield connection
            await connection.commit()

    async def dispose(self) -> None:
        """Close every connection; one that is in use, when it comes back. Cancelled, it closes them all the same."""
        self._generation += 1
        idle, self._free = self._free, []
        try:
            for connection in idle:
                await connection.close()
        finally:
            for connection in idle:
                connection.leave()

    async def _opened(self) -> SqliteConnection:
        connection = SqliteConnection(self, self._runner(), self._generation)
        try:
            with translated_errors():
                await connection.open()
        except BaseException:  # also where it is cancelled: the thread opens the file all the same
            connection.leave()
            raise
        return connection

    def _take_back(self, connection: SqliteConnection) -> None:
        connection.roll_back()
        if connection.generation == self._generation:
            self._free.append(connection)
        else:
            connection.leave()


class SqliteConnection:
    """A connection; one that could not be rolled back is opened anew."""

    def __init__(self, engine: SqliteEngine, runner: Runner, generation: int) -> None:
        self.generation = generation
        self._engine = engine
        self._runner = runner
        self._connection: Connection | None = None
        self._driver: sqlite3.Connection | None = None
        self._failure: BaseException | None = None  # of a change that nobody waited for
        self._clean = True  # nothing is open, and nothing that was cancelled is still on its way

    @property
    def dialect(self) -> Dialect:
        """SQLite's."""
        return self._engine.sync_engine.dialect

    async def open(self) -> None:
        """Open the file."""
        await self._runner.run(self._opened)

    async def run_sync(self, work: Callable[[Connection], Outcome]) -> Outcome:
        """What ``work`` returns, which has SQLAlchemy's ordinary connection. Rows are to be fetched there."""
        self._clean = False
        return await self._runner.run(lambda: work(self._begun()))

    async def run_outside(self, work: Callable[[Connection], Outcome]) -> Outcome:
        """The same outside of a transaction."""
        return await self._runner.run(lambda: work(self._opened()))

    async def fetch(
        self, statement: Executable, parameters: Any, take: Callable[[CursorResult[*tuple[Any, ...]]], Outcome]
    ) -> Outcome:
        """What ``take`` makes of the result of a statement."""
        return await self.run_sync(lambda connection: take(connection.execute(statement, parameters)))

    async def fetch_prepared(self, prepared: PreparedQuery, parameters: Mapping[str, Any]) -> list[Any]:
        """Every row of a prepared question."""
        compiled = prepared.compiled(self.dialect)
        values = compiled.values(parameters)
        self._clean = False
        return await self._runner.run(lambda: compiled.rows(self._begun_driver(), values))

    async def change_prepared(self, prepared: PreparedChange, parameters: Sequence[Mapping[str, Any]]) -> int:
        """Make a prepared change for each of the parameters, which have the same names; how many rows changed."""
        return await self._runner.run(self._bound(prepared, parameters))

    def post_prepared(self, prepared: PreparedChange, parameters: Sequence[Mapping[str, Any]]) -> None:
        """The same without waiting: where it fails, the next question of this transaction raises it, or its commit."""
        change = self._bound(prepared, parameters)
        self._runner.post(lambda: self._note_failure(change))

    async def execute(self, statement: Executable, parameters: Any = None) -> Result[*tuple[Any, ...]]:
        """The result of a statement, with all its rows."""
        return await self.fetch(statement, parameters, _whole)

    async def scalar(self, statement: Executable, parameters: Any = None) -> Any:
        """The first column of its first row, or None."""
        return await self.fetch(statement, parameters, _scalar)

    async def exec_driver_sql(self, sql: str, parameters: Any = None) -> Result[*tuple[Any, ...]]:
        """The same for SQL as SQLite takes it, for which no transaction is begun."""
        self._clean = False
        return await self.run_outside(lambda connection: _whole(connection.exec_driver_sql(sql, parameters)))

    async def begin(self) -> None:
        """Begin a transaction before its first statement."""
        await self.run_sync(lambda connection: connection.begin())

    async def commit(self) -> None:
        """Commit, if anything was run; what has only been read is ended without waiting."""
        if self._clean:
            return
        if self._engine.writes:
            await self._runner.run(self._commit)
            self._clean = True
        else:
            self.roll_back()

    def roll_back(self) -> None:
        """Roll back what was not committed, before anything else is done."""
        if not self._clean:
            self._runner.post(self._roll_back)
            self._clean = True

    async def close(self) -> None:
        """Close it; it can still be left."""
        await self._runner.run(self._close)

    def leave(self) -> None:
        """Close it without waiting, and let its thread end."""
        self._runner.post(self._close)
        self._runner.end()

    def _opened(self) -> Connection:
        if self._connection is None:
            connection = self._engine.sync_engine.connect()
            self._driver = cast("sqlite3.Connection", connection.connection.dbapi_connection)
            self._connection = connection
        return self._connection

    def _begun(self) -> Connection:
        """With a transaction: an event of SQLAlchemy's would do that too, and have every statement look for events."""
        connection = self._opened()
        self._begun_driver()
        return connection

    def _begun_driver(self) -> sqlite3.Connection:
        if self._failure is not None:
            raise self._failure
        if self._driver is None:
            self._opened()
        driver = cast("sqlite3.Connection", self._driver)
        if not driver.in_transaction:
            driver.execute(self._engine.opening).close()
        return driver

    def _bound(self, prepared: PreparedChange, parameters: Sequence[Mapping[str, Any]]) -> Callable[[], int]:
        """The change with its values, to be made in the thread; it returns how many rows changed."""
        compiled = prepared.compiled(self.dialect, parameters[0])
        values = [compiled.values(each) for each in parameters]
        self._clean = False
        return lambda: compiled.run(self._begun_driver(), values)

    def _note_failure(self, change: Callable[[], int]) -> None:
        try:
            change()
        except BaseException as failure:  # noqa: BLE001 - raised by what comes next in the transaction
            self._failure = failure

    def _commit(self) -> None:
        if self._failure is not None:
            raise self._failure
        if self._connection is not None and self._driver is not None:
            self._connection.commit()
            self._driver.commit()  # where it has begun, and SQLAlchemy does not know

    def _roll_back(self) -> None:
        self._failure = None
        if self._connection is None or self._driver is None:
            return
        try:
            self._connection.rollback()
            self._driver.rollback()
        except (SQLAlchemyError, sqlite3.Error):  # it is of no use any more: the next one opens another
            self._close()

    def _close(self) -> None:
        connection, self._connection, self._driver = self._connection, None, None
        self._failure = None
        if connection is not None:
            with suppress(SQLAlchemyError, sqlite3.Error):
                connection.close()


def _engine(url: URL, options: dict[str, Any], *, script: str) -> Engine:
    engine = create_engine(url, poolclass=NullPool, connect_args=options, hide_parameters=True)

    def prepare(driver: Any, _: object) -> None:
        try:
            _run_patiently(driver, script)
        except sqlite3.Error:
            driver.close()
            raise

    event.listen(engine, "connect", prepare)
    return engine


def _run_patiently(driver: sqlite3.Connection, script: str) -> None:
    """Run what may be run again, waiting for another process as long as ``PRAGMA busy_timeout`` says.

    SQLite itself does not wait where a new file gets its log: of two that do so at once one is refused immediately.
    Raises sqlite3.Error.
    """
    (patience,) = driver.execute("PRAGMA busy_timeout").fetchone()
    end = time.monotonic() + patience / 1000
    while True:
        try:
            driver.executescript(script)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= end:
                raise
            time.sleep(PAUSE)
        else:
            return


def _whole(result: CursorResult[*tuple[Any, ...]]) -> Result[*tuple[Any, ...]]:
    return result.freeze()() if result.returns_rows else result


def _scalar(result: CursorResult[*tuple[Any, ...]]) -> Any:
    return result.scalar()
