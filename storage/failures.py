"""Errors of the drivers: the one place that tells an outage, which passes, from a mistake of ours, which stays."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.domain.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

_SQLITE_OUTAGES: Final = {
    sqlite3.SQLITE_BUSY: "another program holds the database",
    sqlite3.SQLITE_LOCKED: "another program holds the database",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "the database may only be read",
    sqlite3.SQLITE_CANTOPEN: "the database file cannot be opened",
    sqlite3.SQLITE_PERM: "the database file cannot be opened",
    sqlite3.SQLITE_IOERR: "the disk does not take it",
    sqlite3.SQLITE_CORRUPT: "the database file is damaged",
    sqlite3.SQLITE_NOTADB: "the file is no database",
    sqlite3.SQLITE_NOMEM: "there is no memory left",
    sqlite3.SQLITE_INTERRUPT: "the work was interrupted",
}

POOLER: Final = "between the bot and PostgreSQL stands a pooler (PgBouncer): give the address of PostgreSQL itself"
"""A pooler gives a connection to others between two transactions, and with it what belongs to a connection."""

_POSTGRESQL_OUTAGES: Final = {
    "08": "the connection was lost",
    "08P01": POOLER,
    "25006": "the database may only be read",
    "28": "the server refuses this name or password",
    "3D": "the server has no such database",
    "40": "another program changed the same rows",
    "53": "the server has no room left",
    "53100": "the server's disk is full",
    "55": "another program holds the database",
    "57": "the server ended the work",
    "58": "the server's disk does not take it",
    "XX": "the database is damaged",
}

_CONNECTION_LOST: Final = ("InterfaceError", "InternalClientError")
"""The last one is raised when the server ends a connection just as a statement begins on it."""


@contextmanager
def translated_errors() -> Iterator[None]:
    """Raise StoreUnavailable in place of any driver's error that means an outage; other errors pass unchanged.

    Broken constraints and wrong statements are mistakes in this program and stay what they are. It belongs around calls
    of the database only: an OSError is taken for the connection's.
    """
    try:
        yield
    except PoolTimeout as error:
        raise StoreUnavailable("the queue for the database is too long") from error
    except DBAPIError as error:
        cause: BaseException = error.orig or error
        if (reason := _reason(cause)) is None:
            raise
        raise StoreUnavailable(reason) from error
    except _driver_errors() as error:
        if (reason := _reason(error)) is None:
            raise
        raise StoreUnavailable(reason) from error


def _driver_errors() -> tuple[type[Exception], ...]:
    return OSError, sqlite3.Error, *_errors_of_asyncpg("PostgresError", *_CONNECTION_LOST)


def _reason(error: BaseException) -> str | None:
    """The outage in a few words for an operator; None if the error is none."""
    cause: BaseException | None = error
    while cause is not None:
        if (words := _outage(cause)) is not None:
            return f"{words} ({cause})" if str(cause) else words
        cause = cause.__cause__
    return None


def _outage(error: BaseException) -> str | None:
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        return None if code is None else _SQLITE_OUTAGES.get(code & 0xFF)
    if isinstance(error, _errors_of_asyncpg("PostgresError")):
        state = str(getattr(error, "sqlstate", None) or "")
        return _POSTGRESQL_OUTAGES.get(state) or _POSTGRESQL_OUTAGES.get(state[:2])
    if isinstance(error, _errors_of_asyncpg(*_CONNECTION_LOST)):
        return "the connection was lost"
    if isinstance(error, OSError):
        return "the server does not answer"
    return None


def _errors_of_asyncpg(*names: str) -> tuple[type[Exception], ...]:
    """The errors of those names; none where asyncpg was not imported, since the database is a file."""
    driver = sys.modules.get("asyncpg")
    return () if driver is None else tuple(getattr(driver, name) for name in names)
