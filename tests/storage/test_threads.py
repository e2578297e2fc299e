"""Where statements for a SQLite file run: how many trips there are to its thread, and what a cancelled one leaves."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

import pytest

from bot.domain.errors import StoreUnavailable
from storage import open_store
from storage.threads import THREAD_NAME, OwnThread

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage import Store


class Trips:
    """Trips to SQLite's thread since the test last looked; on which of them its task is cancelled."""

    made = 0
    cancelled_at = 0


@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch) -> Trips:
    counted = Trips()
    run = OwnThread.run

    async def count(thread: OwnThread, work: Callable[[], Any]) -> Any:
        counted.made += 1
        if counted.made == counted.cancelled_at:
            asyncio.current_task().cancel()  # type: ignore[union-attr] # while it waits for this trip
        return await run(thread, work)

    monkeypatch.setattr(OwnThread, "run", count)
    return counted


async def test_a_transaction_makes_a_trip_for_each_statement_and_one_to_commit(
    sqlite_store: Store, trips: Trips
) -> None:
    for transaction, ending in ((sqlite_store.reading, 0), (sqlite_store.writing, 1)):
        async with transaction() as now:  # the connection is opened
            await now.housekeeping.find_setting("price")
        before = trips.made
        async with transaction():
            pass
        assert trips.made == before
        async with transaction() as now:
            await now.housekeeping.find_setting("price")
            await now.housekeeping.find_setting("price")
        assert trips.made == before + 2 + ending


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


async def test_what_a_reader_sees_is_of_one_moment_and_the_next_reader_sees_what_came(sqlite_store: Store) -> None:
    """Readers are ended without waiting, also in connections that are used again at once."""
    for price in map(str, range(30)):
        async with sqlite_store.reading() as now:
            before = await now.housekeeping.find_setting("price")
            async with sqlite_store.writing() as writing:
                await writing.housekeeping.keep_setting("price", price)
            assert await now.housekeeping.find_setting("price") == before
        async with sqlite_store.reading() as now:
            assert await now.housekeeping.find_setting("price") == price


async def test_a_reader_cannot_write(sqlite_store: Store) -> None:
    with pytest.raises(StoreUnavailable):
        async with sqlite_store.reading() as now:
            await now.housekeeping.keep_setting("a reader", "writes")


async def test_more_readers_than_connections_wait_for_each_other(sqlite_store: Store) -> None:
    async def read() -> str | None:
        async with sqlite_store.reading() as now:
            return await now.housekeeping.find_setting("price")

    assert await asyncio.gather(*(read() for _ in range(50))) == [None] * 50


async def test_what_comes_back_after_the_end_is_closed_too(sqlite_url: str) -> None:
    before = set(threading.enumerate())
    store = await open_store(sqlite_url)
    async with store.reading() as now:
        await now.housekeeping.find_setting("price")
        await store.close()
    for thread in {each for each in threading.enumerate() if each.name == THREAD_NAME} - before:
        await asyncio.to_thread(thread.join, 5.0)
        assert not thread.is_alive()


def test_a_thread_whose_loop_was_closed_meanwhile_ends_in_peace() -> None:
    thread, goes_on = OwnThread(), threading.Event()

    async def leave() -> None:
        asking = asyncio.get_running_loop().create_task(thread.run(goes_on.wait))
        await asyncio.sleep(0)
        asking.cancel()

    asyncio.run(leave())
    goes_on.set()
    thread.end()
    thread._thread.join(5.0)
    assert not thread._thread.is_alive()
