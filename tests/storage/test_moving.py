"""Everything in another database: from SQLite to PostgreSQL and back."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest
import sqlalchemy as sa
from sqlalchemy import text

import storage
from bot.domain.errors import StoreUnavailable
from storage import raw_rows
from storage.addresses import file_of, parse_address
from storage.database import transaction
from storage.engines import writing_engine
from storage.raw_rows import Sum, raw_tables, sum_of
from tests.storage.town import NOON

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from datetime import datetime
    from pathlib import Path

    from storage.engines import AnyConnection
    from tests.databases import Cluster

ROWS: Final = 3
LAST_HEARING: Final = 50
"""The number of a hearing that was deleted; it is never given again."""
ONE_OF_TWO: Final = {
    "parts": (("comment_id", "unsent_id"),),
    "notices": (("recipient_id", "room_id"), ("broadcast_id", "reply")),
}
"""Columns of which each row has one."""
NEW_HEARING: Final = text(
    "INSERT INTO hearings (code, municipality_id, phase, phase_since, version, digest, sits_at, last_receipt)"
    " VALUES (:code, 1, 'draft', 0, 1, '', 0, 0) RETURNING id"
)


def value(column: sa.Column[Any], number: int) -> Any:
    """Something for a column of the row of that number; what refers to a row refers to that of the same number."""
    match column.type:
        case sa.Boolean():
            return bool(number % 2)
        case sa.Date():
            return date(2026, 11, number)
        case sa.LargeBinary():
            return bytes([0, 255, number])
        case sa.Integer():
            return number
    return f"{number} “ү’ң”\n\\ '\" 😀"


def rows(table: sa.Table) -> list[dict[str, Any]]:
    """Rows for a table, whatever its columns."""
    found = [{column.name: value(column, number) for column in table.c} for number in range(1, ROWS + 1)]
    if table.name == "places":
        found[0] |= {"parent_id": ROWS}  # of a row that comes later
    for pair in ONE_OF_TWO.get(table.name, ()):
        found = [each | {pair[each["id"] % 2]: None} for each in found]
    return found


@asynccontextmanager
async def writing(url: str) -> AsyncIterator[AnyConnection]:
    """A transaction without our types."""
    engine = writing_engine(parse_address(url))
    async with transaction(engine) as connection:
        yield connection
    await engine.dispose()


async def fill(url: str) -> None:
    """Have rows in every table, places in the order in which they refer to each other."""
    async with writing(url) as now:
        await now.execute(text("PRAGMA defer_foreign_keys=ON"))
        for table in raw_tables():
            await now.execute(table.insert(), rows(table))
        await now.execute(text("INSERT INTO settings (key, value) VALUES ('stop', 'clean')"))
        await now.execute(
            text("UPDATE sqlite_sequence SET seq = :last WHERE name = 'hearings'"), {"last": LAST_HEARING}
        )


async def sums(url: str) -> dict[str, Sum]:
    async with writing(url) as now:
        return {table.name: await sum_of(now, table) for table in raw_tables()}


async def move(
    url: str, target: str, *, now: datetime = NOON, progress: Callable[[str, int, int], None] = lambda *_: None
) -> storage.MovedRows:
    return await storage.move(url, target, now=now, progress=progress)


@pytest.fixture
async def empty_url(cluster: Cluster) -> AsyncIterator[str]:
    url = await cluster.create(empty=True)
    yield url
    await cluster.drop(url)


async def test_every_row_and_number_goes_to_the_other_kind_of_database_and_back(
    sqlite_url: str, empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raw_rows, "ROWS_AT_ONCE", ROWS - 1)  # no table is read at once
    await fill(sqlite_url)
    before, file = await sums(sqlite_url), file_of(parse_address(sqlite_url))
    content, said = file.read_bytes(), list[tuple[str, int, int]]()
    moved = await move(sqlite_url, empty_url, progress=lambda *step: said.append(step))
    assert file.read_bytes() == content
    assert moved == storage.MovedRows(len(before), sum(each.rows for each in before.values()))
    assert ("votes", 0, ROWS) in said
    assert ("votes", ROWS, ROWS) in said
    assert await sums(empty_url) == before
    async with writing(empty_url) as now:
        assert await now.scalar(NEW_HEARING, {"code": "next"}) == LAST_HEARING + 1
        await now.execute(text("DELETE FROM hearings WHERE code = 'next'"))
    back = f"sqlite:///{tmp_path / 'back.db'}"
    await move(empty_url, back)
    assert await sums(back) == before
    assert not sorted(tmp_path.glob("*.partial*"))
    async with writing(back) as now:
        assert await now.scalar(NEW_HEARING, {"code": "next"}) == LAST_HEARING + 2
        await now.execute(text("UPDATE votes SET changed = NOT changed WHERE resident_id = 1"))
        with pytest.raises(sa.exc.DBAPIError, match="journal"):
            await now.execute(text("DELETE FROM journal"))
    assert (await sums(back))["votes"] != before["votes"]
    assert await storage.ensure_sound(back) == storage.LastStop(clean=True)


async def test_what_is_not_empty_is_not_written_into(sqlite_url: str, postgresql_url: str, tmp_path: Path) -> None:
    for target in (postgresql_url, sqlite_url):
        with pytest.raises(StoreUnavailable, match="is not empty"):
            await move(sqlite_url, target)
    (tmp_path / "other.db-wal").write_bytes(b"of another file")
    with pytest.raises(StoreUnavailable, match="is not empty"):
        await move(sqlite_url, f"sqlite:///{tmp_path / 'other.db'}")
    with pytest.raises(StoreUnavailable, match="there is nothing in"):
        await move(f"sqlite:///{tmp_path / 'none.db'}", f"sqlite:///{tmp_path / 'new.db'}")
    assert not (tmp_path / "none.db").exists()


async def test_while_the_bot_runs_nothing_is_moved(sqlite_url: str, tmp_path: Path) -> None:
    store = await storage.open_store(sqlite_url)
    await store.mark_running()
    async with store.writing() as now:
        await now.housekeeping.beat(NOON)
    with pytest.raises(StoreUnavailable, match="the bot runs"):
        await move(sqlite_url, f"sqlite:///{tmp_path / 'new.db'}")
    moved = await move(sqlite_url, f"sqlite:///{tmp_path / 'new.db'}", now=NOON + timedelta(hours=1))
    assert moved.rows
    assert await storage.ensure_sound(f"sqlite:///{tmp_path / 'new.db'}") == storage.LastStop(clean=True)
    await store.close()


async def test_a_move_that_ends_half_way_leaves_nothing_and_can_be_begun_anew(sqlite_url: str, tmp_path: Path) -> None:
    class HalfWay(Exception):
        pass

    def stop(table: str, *_: int) -> None:
        if table == "votes":
            raise HalfWay

    target = f"sqlite:///{tmp_path / 'new.db'}"
    with pytest.raises(HalfWay):
        await move(sqlite_url, target, progress=stop)
    assert not sorted(tmp_path.glob("*new.db*"))
    await move(sqlite_url, target)
    assert sorted(each.name for each in tmp_path.glob("*new.db*")) == ["new.db"]


async def test_a_number_too_large_for_the_other_database_is_named_by_its_table_and_nothing_is_left(
    sqlite_url: str, empty_url: str
) -> None:
    async with writing(sqlite_url) as now:
        await now.execute(text("INSERT INTO journal_dropped_years (year, dropped_at) VALUES (3000000000, 0)"))
    with pytest.raises(StoreUnavailable, match="a row of journal_dropped_years does not fit"):
        await move(sqlite_url, empty_url)
    assert (await storage.schema_state(empty_url)).status is storage.SchemaStatus.EMPTY
