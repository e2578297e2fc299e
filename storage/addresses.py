"""DATABASE_URL as people write it and as the drivers take it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.domain.errors import StoreUnavailable

_DRIVERS: Final = {
    "sqlite": "sqlite+pysqlite",
    "sqlite+aiosqlite": "sqlite+pysqlite",
    "sqlite+pysqlite": "sqlite+pysqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}


def parse_address(address: str) -> URL:
    """The address with its driver: ``sqlite:///file.db``, ``postgresql://user:pw@host/db`` (``postgres://`` too).

    Raises StoreUnavailable for anything else; the message never contains the password.
    """
    try:
        url = make_url(address)
    except ArgumentError:
        raise StoreUnavailable("the database address is not of the form sqlite:///file.db or postgresql://…") from None
    if (driver := _DRIVERS.get(url.drivername)) is None:
        raise StoreUnavailable(f"no {url.drivername} here: the database is sqlite or postgresql")
    url = url.set(drivername=driver)
    if is_sqlite(url):
        if url.database in (None, "", ":memory:"):
            raise StoreUnavailable("the database must be a file: sqlite:///file.db")
        return url
    if "sslmode" in url.query:  # libpq's name for what asyncpg calls ssl
        url = url.update_query_dict({"ssl": str(url.query["sslmode"])}).difference_update_query(["sslmode"])
    return url


def is_sqlite(url: URL) -> bool:
    """True for SQLite, False for PostgreSQL."""
    return url.get_backend_name() == "sqlite"


def file_of(url: URL) -> Path:
    """The SQLite file."""
    return Path(url.database or "")


def described(url: URL) -> str:
    """Where the database is, for an operator: the whole path of the file, or the server, without name and password."""
    if is_sqlite(url):
        return str(file_of(url).absolute())
    host = url.host or str(url.query.get("host", "")) or "this machine"
    return f"PostgreSQL at {host}{f':{url.port}' if url.port else ''}, database {url.database or 'of the same name'}"
