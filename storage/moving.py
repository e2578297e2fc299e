"""A database in another one, SQLite or PostgreSQL: every row copied and compared; the one before is not changed.

The other one is whole or empty: all goes into one transaction of PostgreSQL, or into a file that gets its name at the
end. What was stopped half-way is begun anew.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import inspect, select, text
from sqlalchemy.exc import DBAPIError

from bot.domain.errors import StoreUnavailable
from bot.domain.values import dataclass
from storage import housekeeping_tables, soundness
from storage.addresses import described, file_of, is_sqlite
from storage.copies import finish, partial_of
from storage.database import transaction
from storage.engines import reading_engine, writing_engine
from storage.failures import translated_errors
from storage.raw_rows import count, never_again, numbered, own_references, raw_tables, rows_of, sum_of
from storage.schema import SchemaStatus, migrate_within, state_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import URL, Table

    from storage.engines import AnyConnection

    Progress = Callable[[str, int, int], None]

RUNNING_BEATS: Final = timedelta(minutes=1)
"""A bot whose last beat is older than this does not run."""
_NO_END: Final = "SET LOCAL idle_in_transaction_session_timeout = 0"


@dataclass(frozen=True, slots=True)
class MovedRows:
    """How much is in the other database now."""

    tables: int
    rows: int


async def move(source: URL, target: URL, *, now: datetime, progress: Progress) -> MovedRows:
    """Copy every row of ``source`` into ``target``, which must be empty, and compare both.

    ``progress`` is called with a table, how many of its rows are there, and how many there will be. Raises
    StoreUnavailable with the reason; then the target is as it was.
    """
    with translated_errors():
        await _ensure_whole(source)
        await _ensure_empty(target)
        await asyncio.to_thread(soundness.note_reading_in, source)
        async with _reading(source) as old:
            await _ensure_stopped(old, now)
            moved = await _fill(old, target, progress)
    return moved


async def _ensure_whole(source: URL) -> None:
    state = await state_of(source)
    if state.status is SchemaStatus.EMPTY:
        raise StoreUnavailable(f"there is nothing in {described(source)}")
    if state.status is SchemaStatus.OLDER:
        raise StoreUnavailable("its schema is older: run `hearing-bot migrate` first")
    if state.status is SchemaStatus.NEWER:
        raise StoreUnavailable("its schema is newer: install the newer hearing-bot")
    if damage := await soundness.damage_of(source):
        raise StoreUnavailable(f"the database is damaged ({damage}): `hearing-bot restore COPY` brings a copy back")


async def _ensure_empty(target: URL) -> None:
    full = f"{described(target)} is not empty: give the address of a database without tables"
    if is_sqlite(target):
        file = file_of(target)
        if (file.exists() and file.stat().st_size) or soundness.log_of(file).exists():
            raise StoreUnavailable(full)
        if not file.absolute().parent.is_dir():
            raise StoreUnavailable(f"there is no folder {file.absolute().parent}")
        return
    async with _reading(target) as there:
        if await there.run_sync(lambda connection: inspect(connection).get_table_names()):
            raise StoreUnavailable(full)


async def _ensure_stopped(old: AnyConnection, now: datetime) -> None:
    """Raise StoreUnavailable while a bot writes: what it stores meanwhile would be missing."""
    settings = housekeeping_tables.settings.c
    mark = await old.scalar(select(settings.value).where(settings.key == soundness.STOP))
    beat = await old.scalar(select(housekeeping_tables.heartbeat.c.at))
    if mark not in (None, soundness.CLEAN) and beat is not None and abs(now - beat) < RUNNING_BEATS:
        raise StoreUnavailable("the bot runs, or was killed within a minute: stop it, and try again then")


@asynccontextmanager
async def _reading(url: URL) -> AsyncIterator[AnyConnection]:
    engine = reading_engine(url)
    try:
        async with transaction(engine) as connection:
            if not is_sqlite(url):
                await connection.execute(text(_NO_END))
            yield connection
    finally:
        await engine.dispose()


async def _fill(old: AnyConnection, target: URL, progress: Progress) -> MovedRows:
    """Fill the target: PostgreSQL in one transaction, SQLite in a file that has no name yet."""
    if not is_sqlite(target):
        return await _fill_at(old, target, progress)
    file, partial = file_of(target), partial_of(file_of(target))
    _remove(partial)
    try:
        moved = await _fill_at(old, target.set(database=str(partial)), progress)
        finish(partial, file)
    finally:
        _remove(partial)
    return moved


def _remove(file: Path) -> None:
    for each in (file, soundness.log_of(file), soundness.index_of(file)):
        each.unlink(missing_ok=True)


async def _fill_at(old: AnyConnection, target: URL, progress: Progress) -> MovedRows:
    engine = writing_engine(target)
    try:
        async with transaction(engine) as new:
            await migrate_within(new)
            if not is_sqlite(target):
                await new.execute(text(_NO_END))
            tables = raw_tables()
            for table in reversed(tables):  # what the migrations have put there: of the other database too
                if await count(new, table):
                    await new.execute(table.delete())
            rows = 0
            for table in tables:
                rows += await _copy(old, new, table, progress)
            for table in tables:
                await _compare(old, new, table)
                await _number(old, new, table)
            await _mark_clean(new)
    finally:
        await engine.dispose()
    return MovedRows(len(tables), rows)


async def _copy(old: AnyConnection, new: AnyConnection, table: Table, progress: Progress) -> int:
    """Copy a table. Rows that refer to others of it do so when all are there."""
    total, done, names, own = await count(old, table), 0, [each.name for each in table.c], own_references(table)
    referring: list[dict[str, Any]] = []
    progress(table.name, 0, total)
    async for some in rows_of(old, table):
        records = [dict(zip(names, row, strict=True)) for row in some]
        if own:
            referring += [dict(each) for each in records if any(each[name] is not None for name in own)]
            records = [each | dict.fromkeys(own) for each in records]
        try:
            with translated_errors():
                await new.execute(table.insert(), records)
        except DBAPIError as error:
            raise StoreUnavailable(f"a row of {table.name} does not fit into the other database") from error
        done += len(records)
        progress(table.name, done, total)
    for record in referring:
        keys = [each == record[each.name] for each in table.primary_key]
        await new.execute(table.update().where(*keys).values({name: record[name] for name in own}))
    return done


async def _compare(old: AnyConnection, new: AnyConnection, table: Table) -> None:
    before, after = await sum_of(old, table), await sum_of(new, table)
    if before != after:
        raise StoreUnavailable(f"{table.name} differs: {before.rows} rows before, {after.rows} after the copy")


async def _number(old: AnyConnection, new: AnyConnection, table: Table) -> None:
    """Let the new database number on where the old one has stopped."""
    column = numbered(table)
    if column is None or (new.dialect.name == "sqlite" and not never_again(table)):
        return
    last = await _last_number(old, table, column.name)
    if not last:
        return
    given = {"name": table.name, "last": last}
    if new.dialect.name == "sqlite":
        await new.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), given)
        await new.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), given)
    else:
        sequence = await _sequence(new, table.name, column.name)
        await new.execute(text("SELECT setval(CAST(:sequence AS regclass), :last)"), {"sequence": sequence} | given)


async def _last_number(old: AnyConnection, table: Table, column: str) -> int:
    """The last number that was given, also to a row that is gone."""
    found = [int(await old.scalar(select(table.c[column]).order_by(table.c[column].desc()).limit(1)) or 0)]
    if old.dialect.name == "postgresql":
        sequence = await _sequence(old, table.name, column)
        words = f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}"  # noqa: S608 - the database's own
        found.append(int(await old.scalar(text(words)) or 0))
    elif never_again(table):
        words = "SELECT seq FROM sqlite_sequence WHERE name = :name"
        found.append(int(await old.scalar(text(words), {"name": table.name}) or 0))
    return max(found)


async def _sequence(connection: AnyConnection, table: str, column: str) -> str:
    words = text("SELECT pg_get_serial_sequence(:name, :column)")
    return str(await connection.scalar(words, {"name": table, "column": column}))


async def _mark_clean(new: AnyConnection) -> None:
    """Note that nothing is missing, however the bot has stopped before."""
    settings = housekeeping_tables.settings
    await new.execute(settings.update().where(settings.c.key == soundness.STOP).values(value=soundness.CLEAN))
