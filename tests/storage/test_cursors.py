from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import TYPE_CHECKING

import aiosqlite
import pytest
import structlog

from bot.domain.errors import StoreUnavailable
from storage import cursors, open_store
from tests.storage.town import cast, move_in, settle, vote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storage import Store


class Renamed:
    """A connection of another aiosqlite: what it has in public is there, one private part is not."""

    def __init__(self, connection: aiosqlite.Connection, gone: str) -> None:
        self._real, self._gone = connection, gone

    def __getattr__(self, name: str) -> object:
        if name == self._gone:
            raise AttributeError(name)
        return getattr(self._real, name)


@pytest.fixture
def another_aiosqlite(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(cursors, "PRIVATE_ATTRIBUTES", ("_run_in_thread", "_conn"))
    cursors._warn_once.cache_clear()
    yield
    cursors._warn_once.cache_clear()


def cursor_of(connection: aiosqlite.Connection, gone: str = "") -> object:
    """What a statement would be run with."""
    driver = Renamed(connection, gone)
    cursors.shorten_trips(SimpleNamespace(driver_connection=driver))
    return driver.cursor()  # type: ignore[operator]


async def test_the_aiosqlite_that_is_installed_has_every_part_we_use() -> None:
    async with aiosqlite.connect(":memory:") as connection:
        assert isinstance(cursor_of(connection), cursors.Cursor)


@pytest.mark.parametrize("gone", cursors.PRIVATE_ATTRIBUTES)
async def test_without_one_of_them_the_librarys_own_cursor_is_used(gone: str) -> None:
    cursors._warn_once.cache_clear()
    async with aiosqlite.connect(":memory:") as connection:
        with structlog.testing.capture_logs() as logged:
            found = cursor_of(connection, gone)
            assert isinstance(found, aiosqlite.context.Result)
            async with found as cursor:
                await cursor.execute("SELECT 1")
                assert await cursor.fetchone() == (1,)
    assert [(entry["log_level"], entry["unknown"]) for entry in logged] == [("warning", [gone])]


@pytest.mark.usefixtures("another_aiosqlite")
async def test_votes_are_stored_and_counted_by_the_public_way_too(sqlite_url: str) -> None:
    with structlog.testing.capture_logs() as logged:
        store = await open_store(sqlite_url)
        town = await settle(store)
        async with store.writing() as now:
            people = await move_in(now, town, 3)
            await cast(now, town, [vote(town, person, 1, {1: 1}) for person in people])
        async with store.reading() as now:
            assert (await now.votes.tallies(town.hearing.id))[1].voters == 3
        with pytest.raises(StoreUnavailable):
            async with store.reading() as now:
                await now.housekeeping.keep_setting("a reader", "writes")
        await store.close()
    assert [entry["log_level"] for entry in logged] == ["warning"]


@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch) -> Trips:
    counted = Trips()
    execute = aiosqlite.Connection._execute

    async def count(connection: aiosqlite.Connection, *work: object, **more: object) -> object:
        counted.made += 1
        if counted.made == counted.cancelled_at:
            asyncio.current_task().cancel()  # type: ignore[union-attr] # while it waits for this trip
        return await execute(connection, *work, **more)  # type: ignore[no-untyped-call]

    monkeypatch.setattr(aiosqlite.Connection, "_execute", count)
    return counted


class Trips:
    """Trips to SQLite's thread since the test last looked; on which of them its task is cancelled."""

    made = 0
    cancelled_at = 0


async def test_a_transaction_makes_a_trip_for_each_statement_and_one_to_end(sqlite_store: Store, trips: Trips) -> None:
    for transaction in (sqlite_store.reading, sqlite_store.writing):
        async with transaction() as now:  # the connection is opened
            await now.housekeeping.find_setting("price")
        before = trips.made
        async with transaction():
            pass
        assert trips.made == before
        async with transaction() as now:
            await now.housekeeping.find_setting("price")
            await now.housekeeping.find_setting("price")
        assert trips.made == before + 3


@pytest.mark.parametrize(("cancelled_at", "stored"), [(1, {None}), (2, {None}), (3, {None, "whole"})])
async def test_a_writer_that_is_cancelled_on_a_trip_leaves_nothing_open(
    sqlite_store: Store, trips: Trips, cancelled_at: int, stored: set[str | None]
) -> None:
    async def write(value: str) -> None:
        async with sqlite_store.writing() as now:
            await now.housekeeping.keep_setting("price", "begun")
            await now.housekeeping.keep_setting("price", value)

    async with sqlite_store.writing() as now:
        await now.housekeeping.find_setting("price")
    trips.made, trips.cancelled_at = 0, cancelled_at
    writing = asyncio.get_running_loop().create_task(write("whole"))
    await asyncio.wait([writing])
    assert writing.cancelled()
    async with sqlite_store.reading() as now:
        assert await now.housekeeping.find_setting("price") in stored
    await write("after")
    async with sqlite_store.reading() as now:
        assert await now.housekeeping.find_setting("price") == "after"
