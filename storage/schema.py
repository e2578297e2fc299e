"""The state of a database's schema, and its upgrade to the newest: all at once, or not at all.

Both databases change their schema within a transaction, so a migration that is killed half-way leaves the old one.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import inspect, text

from bot.domain.errors import StoreNewer, StoreUnavailable
from bot.domain.values import dataclass
from storage.addresses import file_of, is_sqlite
from storage.copies import copy_file, revision_of_file, rewrite_file
from storage.database import transaction
from storage.engines import inspecting_engine, lock_timeout_setting, writing_engine
from storage.failures import POOLER

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import URL, Connection

    from storage.engines import AnyConnection

MIGRATIONS: Final = Path(__file__).parent / "migrations"
VERSIONS: Final = MIGRATIONS / "versions"
_STEP: Final = re.compile(r'^revision = "(\w+)"\ndown_revision = (?:"(\w+)"|None)$', re.MULTILINE)
"""What a migration says of itself."""
_LOCK_TIMEOUT: Final = text("SELECT setting FROM pg_settings WHERE name = 'lock_timeout'")
"""Milliseconds, in digits: those that a connection of ours has asked for, unless a pooler has kept them to itself."""


class SchemaStatus(StrEnum):
    """A database's schema compared with this program's."""

    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"


@dataclass(frozen=True, slots=True)
class SchemaState:
    """The revision a database has (None: empty) and the newest one this program knows."""

    status: SchemaStatus
    revision: str | None
    newest: str


def configuration(connection: Connection | None = None, *, versions: tuple[Path, ...] = (VERSIONS,)) -> Config:
    """Alembic's configuration, without a file: the migrations lie beside this module."""
    from alembic.config import Config  # noqa: PLC0415 libraries for this alone

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(map(str, versions)))
    config.attributes["connection"] = connection
    return config


async def state_of(url: URL, *, versions: tuple[Path, ...] = (VERSIONS,)) -> SchemaState:
    """The state of the schema; changes nothing, and makes no file where there is none."""
    if is_sqlite(url):
        file = file_of(url)
        return _state(await revision_of_file(file) if file.exists() else None, versions)
    engine = inspecting_engine(url)
    try:
        async with transaction(engine) as connection:
            if await connection.scalar(_LOCK_TIMEOUT) != lock_timeout_setting():
                raise StoreUnavailable(POOLER)
            return await connection.run_sync(lambda sync: _state(_revision(sync), versions))
    finally:
        await engine.dispose()


async def upgrade(url: URL, *, versions: tuple[Path, ...] = (VERSIONS,)) -> SchemaState:
    """Bring the database to the newest schema; returns its state before.

    A SQLite file of an older schema is copied beside itself first (``hearings.db.before-0002``) and written anew: an
    older program did not overwrite what it deleted. Raises StoreNewer, StoreUnavailable.
    """
    before = await state_of(url, versions=versions)
    if before.status is SchemaStatus.NEWER:
        raise StoreNewer(f"the database has schema {before.revision}, this program knows {before.newest}")
    if before.status is SchemaStatus.CURRENT:
        return before
    if before.status is SchemaStatus.OLDER and is_sqlite(url):
        file = file_of(url)
        await copy_file(file, file.with_name(f"{file.name}.before-{before.newest}"))
        await rewrite_file(file)
    await _migrate(url, versions)
    return before


async def _migrate(url: URL, versions: tuple[Path, ...]) -> None:
    engine = writing_engine(url)
    try:
        async with transaction(engine) as connection:
            await migrate_within(connection, versions=versions)
    finally:
        await engine.dispose()


async def migrate_within(connection: AnyConnection, *, versions: tuple[Path, ...] = (VERSIONS,)) -> None:
    """Bring the schema to the newest one in the transaction that begins with this."""
    from alembic import command  # noqa: PLC0415 most starts find the newest schema

    await connection.begin()  # Alembic leaves a transaction that has begun to us, and commits its own otherwise
    await connection.run_sync(lambda sync: command.upgrade(configuration(sync, versions=versions), "head"))


def ensure_known(revision: str | None) -> None:
    """Raise StoreNewer for the revision of a newer program's schema."""
    newest, known = _revisions((VERSIONS,))
    if revision is not None and revision not in known:
        raise StoreNewer(f"the copy has schema {revision}, this program knows {newest}")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _state(revision: str | None, versions: tuple[Path, ...]) -> SchemaState:
    newest, known = _revisions(versions)
    if revision is None:
        return SchemaState(SchemaStatus.EMPTY, None, newest)
    if revision not in known:
        return SchemaState(SchemaStatus.NEWER, revision, newest)
    return SchemaState(SchemaStatus.CURRENT if revision == newest else SchemaStatus.OLDER, revision, newest)


@cache
def _revisions(versions: tuple[Path, ...]) -> tuple[str, frozenset[str]]:
    """The newest revision, and all: migrations that ship do not change under a process.

    They are read, not run: with all that it imports, Alembic would take a quarter of a second of every start.
    """
    sources = [path.read_text() for folder in versions for path in sorted(folder.glob("*.py"))]
    known = {found[1]: found[2] for source in sources if (found := _STEP.search(source))}
    (newest,) = known.keys() - known.values()
    return newest, frozenset(known)
