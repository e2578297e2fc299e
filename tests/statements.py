"""Statements are compiled once in a test process, not once for each of the thousand databases that its tests open.

SQLAlchemy keeps compiled statements by engine and by the identity of the engine's dialect. Here the dialects of all
engines of a kind are equal, and so all engines can look into one cache: a quarter of the tests' time was compiling.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

if TYPE_CHECKING:
    from sqlalchemy import Connection

_compiled: dict[Any, Any] = {}
_found: dict[type, dict[str, Any]] = {}


class _Equal:
    """A dialect that is equal to every other of its class; its engine looks into the cache of all."""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))

    def initialize(self, connection: Connection) -> None:
        """On the first connection of an engine; the first engine of a kind asks the server what it is."""
        if (found := _found.get(type(self))) is None:
            before = dict(vars(self))
            super().initialize(connection)  # type: ignore[misc]
            found = {name: value for name, value in vars(self).items() if before.get(name, _found) is not value}
            _found[type(self)] = found
        vars(self).update(found)
        connection.engine.update_execution_options(compiled_cache=_compiled)


class SQLite(_Equal, SQLiteDialect_pysqlite):
    """What ``sqlite+pysqlite://`` stands for in tests."""

    supports_statement_cache = True


class PostgreSQL(_Equal, PGDialect_asyncpg):
    """What ``postgresql+asyncpg://`` stands for in tests."""

    supports_statement_cache = True


registry.register("sqlite.pysqlite", __name__, SQLite.__name__)
registry.register("postgresql.asyncpg", __name__, PostgreSQL.__name__)
