"""One trip to SQLite's thread for one statement.

aiosqlite keeps each connection in a thread of its own and makes a round trip to it for each step: to make a cursor, to
run it, to fetch its rows, to close it. A press takes eight statements, and the trips took longer than the statements.
The one way to take several steps in one trip is private: where the private attributes are missing
(docs/decisions/0019-aiosqlites-private-parts.md), the library's own cursor is used.
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

PRIVATE_ATTRIBUTES: Final = ("_execute", "_conn")
"""The attributes of ``aiosqlite.Connection`` that are used here and are not public."""


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
    if unknown := tuple(name for name in PRIVATE_ATTRIBUTES if not hasattr(driver, name)):
        _warn_once(unknown)
        return
    driver.cursor = lambda: Cursor(driver)


@cache
def _warn_once(unknown: tuple[str, ...]) -> None:
    """Log it once, however many connections there are."""
    log.warning("aiosqlite is not as we know it: each statement takes several trips", unknown=list(unknown))
