"""One trip to SQLite's thread for one statement.

aiosqlite keeps each connection in a thread of its own and goes there for every little thing: to make a cursor, to run
it, to fetch its rows, to close it. A press takes eight statements, and the trips took longer than what they were for.
The one way to have several things done in one trip is private: where it is not what we know
(docs/decisions/0019-aiosqlites-private-parts.md), the library's own cursor must do.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, Self

import structlog

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    import aiosqlite

    Rows = Sequence[Any]

log = structlog.get_logger(__name__)

PARTS: Final = ("_execute", "_conn")
"""What we use of an ``aiosqlite.Connection`` that is not public."""


class Cursor:
    """What SQLAlchemy asks of aiosqlite's cursor, with all rows fetched in the trip that ran the statement."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._rows: Rows = ()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        """Nothing to make yet."""
        return self

    async def execute(self, sql: str, parameters: Any = ()) -> None:
        """Run the statement and fetch its rows."""
        await self._run(lambda cursor: cursor.execute(sql, parameters))

    async def executemany(self, sql: str, parameters: Any) -> None:
        """Run the statement for each of the parameters."""
        await self._run(lambda cursor: cursor.executemany(sql, parameters))

    async def fetchall(self) -> Rows:
        """The rows; once."""
        rows, self._rows = self._rows, ()
        return rows

    async def close(self) -> None:
        """Nothing is open any more."""

    async def _run(self, statement: Any) -> None:
        # the one way to have anything done in the connection's thread; every public one is a trip for less
        await self._connection._execute(self._trip, self._connection._conn, statement)  # type: ignore[no-untyped-call]  # noqa: SLF001

    def _trip(self, connection: sqlite3.Connection, statement: Any) -> None:
        """In the thread."""
        cursor = connection.cursor()
        try:
            statement(cursor)
            self._rows = cursor.fetchall() if cursor.description else ()
            self.description, self.rowcount, self.lastrowid = cursor.description, cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()


def shorten_trips(connection: Any) -> None:
    """Give a new connection (as SQLAlchemy hands it to its "connect" event) this cursor, where that is possible."""
    driver = connection.driver_connection
    if unknown := tuple(name for name in PARTS if not hasattr(driver, name)):
        _tell(unknown)
        return
    driver.cursor = lambda: Cursor(driver)


@cache
def _tell(unknown: tuple[str, ...]) -> None:
    """Once is enough, however many connections there are."""
    log.warning("aiosqlite is not as we know it: each statement takes several trips", unknown=list(unknown))
