"""Engines: how a connection to SQLite and to PostgreSQL is opened, and what each of its transactions begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from sqlalchemy import NullPool, event

from storage.addresses import is_sqlite
from storage.locks import LOCK_WRITERS
from storage.sqlite_engine import SqliteEngine
from storage.threads import OwnThread

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import URL, Connection
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

    from storage.sqlite_engine import SqliteConnection
    from storage.threads import Runner

    AnyEngine: TypeAlias = SqliteEngine | AsyncEngine
    AnyConnection: TypeAlias = SqliteConnection | AsyncConnection

LOCK_TIMEOUT: Final = 5.0
"""Seconds to wait for another process that writes (``?timeout=`` in the address of a SQLite file says otherwise)."""
READING_CONNECTIONS: Final = 4
OUTBOX_CONNECTIONS: Final = 2
SCOPED_CONNECTIONS: Final = 3

_PRAGMAS: Final = (
    *("foreign_keys=ON", "synchronous=FULL", "temp_store=MEMORY", "secure_delete=ON"),
    *("cache_size=-16000", "journal_size_limit=67108864"),
)


def lock_timeout_setting() -> str:
    """``LOCK_TIMEOUT`` as PostgreSQL keeps it: milliseconds, in digits."""
    return f"{LOCK_TIMEOUT * 1000:.0f}"


def writing_engine(url: URL, *, runner: Callable[[], Runner] = OwnThread) -> AnyEngine:
    """An engine whose transactions may write, one at a time in all processes. To be disposed of."""
    if is_sqlite(url):
        return _sqlite_engine(url, writes=True, connections=1, runner=runner)
    engine = _postgresql_engine(url, writes=True, pool_size=1, max_overflow=0)

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(LOCK_WRITERS)

    event.listen(engine.sync_engine, "begin", begin)
    return engine


def outbox_engine(url: URL) -> AsyncEngine:
    """An engine for PostgreSQL whose transactions write beside the one that writes. To be disposed of."""
    return _postgresql_engine(url, writes=True, pool_size=OUTBOX_CONNECTIONS, max_overflow=0)


def scoped_engine(url: URL) -> AsyncEngine:
    """An engine for PostgreSQL whose transactions write within a scope, and lock that first. To be disposed of."""
    return _postgresql_engine(url, writes=True, pool_size=SCOPED_CONNECTIONS, max_overflow=0)


def reading_engine(url: URL, *, runner: Callable[[], Runner] = OwnThread) -> AnyEngine:
    """An engine whose transactions cannot write. To be disposed of."""
    if is_sqlite(url):
        return _sqlite_engine(url, writes=False, connections=READING_CONNECTIONS, runner=runner)
    return _postgresql_engine(url, writes=False, pool_size=READING_CONNECTIONS, max_overflow=0)


def inspecting_engine(url: URL) -> AsyncEngine:
    """An engine for one query that changes nothing in a PostgreSQL database. To be disposed of."""
    return _postgresql_engine(url, writes=False, poolclass=NullPool)


def _sqlite_engine(url: URL, *, writes: bool, connections: int, runner: Callable[[], Runner]) -> SqliteEngine:
    pragmas = (*_PRAGMAS, "journal_mode=WAL") if writes else (*_PRAGMAS, "query_only=ON")
    return SqliteEngine(
        url,
        script="".join(f"PRAGMA {pragma};" for pragma in pragmas),
        opening="BEGIN IMMEDIATE" if writes else "BEGIN",
        writes=writes,
        connections=connections,
        runner=runner,
        timeout=None if "timeout" in url.query else LOCK_TIMEOUT,
    )


def _postgresql_engine(url: URL, *, writes: bool, **pool: Any) -> AsyncEngine:
    # it brings the object-relational half of the library, which a file does without
    from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415

    server = {
        "application_name": "hearing-bot",
        "lock_timeout": lock_timeout_setting(),
        "idle_in_transaction_session_timeout": "60s",
        "jit": "off",
    }
    connect = {"server_settings": server, "timeout": 10, "command_timeout": 60}
    pool |= {"connect_args": connect, "hide_parameters": True}  # else an error would bring people's words into the log
    if writes:
        return create_async_engine(url, isolation_level="READ COMMITTED", **pool)
    level = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return create_async_engine(url, execution_options=level, **pool)
