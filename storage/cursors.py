"""One trip to SQLite's thread for one statement, and none for what would change nothing.

aiosqlite keeps each connection in a thread of its own and makes a round trip to it for each step: to make a cursor, to
run it, to fetch its rows, to close it. A press takes eight statements, and the trips took longer than the statements.
A transaction begins in the trip of its first statement, and is not rolled back where it has just been committed.
The one way to take several steps in one trip is private: where the private attributes are missing
(docs/decisions/0019-aiosqlites-private-parts.md), the library's own cursor is used.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, Self

import structlog

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Awaitable, Callable, Sequence

    import aiosqlite

    Rows = Sequence[Any]

log = structlog.get_logger(__name__)

PRIVATE_ATTRIBUTES: Final = ("_execute", "_conn")
"""The attributes of ``aiosqlite.Connection`` that are used here and are not public."""


class Cursor:
    """What SQLAlchemy asks of aiosqlite's cursor, with all rows fetched in the trip that ran the statement."""

    def __init__(self, trips: Trips) -> None:
        self._trips = trips
        self._rows: Rows = ()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        """Nothing to make yet."""
        return self

    async def execute(self, sql: str, parameters: Any = ()) -> None:
        """Run the statement and fetch its rows."""
        await self._trips.run(lambda connection: self._fetch(connection.cursor().execute(sql, parameters)))

    async def executemany(self, sql: str, parameters: Any) -> None:
        """Run the statement for each of the parameters."""
        await self._trips.run(lambda connection: self._fetch(connection.cursor().executemany(sql, parameters)))

    async def fetchall(self) -> Rows:
        """The rows; once."""
        rows, self._rows = self._rows, ()
        return rows

    async def close(self) -> None:
        """Nothing is open any more."""

    def _fetch(self, cursor: sqlite3.Cursor) -> None:
        """In the thread."""
        try:
            self._rows = cursor.fetchall() if cursor.description else ()
            self.description, self.rowcount, self.lastrowid = cursor.description, cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()


class Trips:
    """The trips to the thread of one connection; its commits and rollbacks too, so that it knows what is open there."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._commit, self._rollback = connection.commit, connection.rollback
        self._opening = ""
        self._settled = True  # nothing is open, and nothing that was cancelled is still on its way

    def cursor(self) -> Cursor:
        """A cursor whose statements make one trip each."""
        return Cursor(self)

    def begin(self, opening: str) -> None:
        """Run ``opening`` before the first statement, in the same trip."""
        self._opening = opening

    async def run(self, statement: Callable[[sqlite3.Connection], None]) -> None:
        """Run it in the thread, in the transaction that was to begin."""
        self._settled = False
        # the one way to have anything done in the connection's thread; every public one is a trip for less
        await self._connection._execute(_trip, self._connection._conn, self._opening, statement)  # type: ignore[no-untyped-call]  # noqa: SLF001

    async def commit(self) -> None:
        """Commit, if anything was run."""
        await self._end(self._commit)

    async def rollback(self) -> None:
        """Roll back what was not committed."""
        await self._end(self._rollback)

    async def _end(self, end: Callable[[], Awaitable[None]]) -> None:
        self._opening = ""
        if not self._settled:
            await end()
            self._settled = True


def _trip(connection: sqlite3.Connection, opening: str, statement: Callable[[sqlite3.Connection], None]) -> None:
    """In the thread."""
    if opening and not connection.in_transaction:
        connection.execute(opening).close()
    statement(connection)


def shorten_trips(connection: Any) -> Trips | None:
    """Give a new connection (as SQLAlchemy hands it to its "connect" event) shorter trips, if that can be."""
    driver = connection.driver_connection
    if unknown := tuple(name for name in PRIVATE_ATTRIBUTES if not hasattr(driver, name)):
        _warn_once(unknown)
        return None
    trips = Trips(driver)
    driver.cursor, driver.commit, driver.rollback = trips.cursor, trips.commit, trips.rollback
    return trips


@cache
def _warn_once(unknown: tuple[str, ...]) -> None:
    """Log it once, however many connections there are."""
    log.warning("aiosqlite is not as we know it: each statement takes several trips", unknown=list(unknown))
