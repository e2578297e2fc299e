"""Whoever is cancelled while SQLite opens or closes its file leaves no connection open.

Python 3.13 warns of a connection that nobody has closed, which is an error here.
"""

from __future__ import annotations

import asyncio
import gc
import sqlite3
import threading
from typing import TYPE_CHECKING, Any

import pytest

from storage import open_store
from storage.sqlite_files import connected
from storage.threads import THREAD_NAME
from tests.same_thread import opened

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from pathlib import Path

    from storage import Store

STEPS = 8
"""At each of so many first steps a task has got another way."""


async def cancelled_after(steps: int, work: Coroutine[Any, Any, None]) -> None:
    """Begin the work and cancel it."""
    task = asyncio.get_running_loop().create_task(work)
    for _ in range(steps):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])


async def look(store: Store) -> None:
    async with store.reading() as now:
        await now.places.list_all()


async def test_a_task_that_is_cancelled_while_the_file_is_opened_leaves_no_connection_open(sqlite_url: str) -> None:
    store = await open_store(sqlite_url)
    before = set(threading.enumerate())
    for steps in range(STEPS):
        await cancelled_after(steps, look(store))
    await store.close()
    for thread in set(threading.enumerate()) - before:
        await asyncio.to_thread(thread.join, 5.0)
    gc.collect()


@pytest.mark.parametrize("times", [1, 2])
async def test_who_is_cancelled_while_a_file_is_opened_beside_the_engine_leaves_it_closed(
    tmp_path: Path, times: int
) -> None:
    opened_so_far: list[sqlite3.Connection] = []
    opening, goes_on = threading.Event(), threading.Event()

    class Slow(sqlite3.Connection):
        """The second one, after that which only tries, takes its time."""

        def __init__(self, *of: Any, **how: Any) -> None:
            super().__init__(*of, **how)
            opened_so_far.append(self)
            if len(opened_so_far) == 2:
                opening.set()
                goes_on.wait()

    async def look_through() -> None:
        async with connected(tmp_path / "hearings.db", factory=Slow, check_same_thread=False):
            pytest.fail("nobody waits for it any more")

    task = asyncio.get_running_loop().create_task(look_through())
    await asyncio.to_thread(opening.wait)
    for _ in range(times):
        task.cancel()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    goes_on.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with asyncio.timeout(5):
        while any("_connection_worker_thread" in each.name for each in threading.enumerate()):  # aiosqlite's
            await asyncio.sleep(0)
    for connection in opened_so_far:
        with pytest.raises(sqlite3.ProgrammingError, match="closed database"):
            connection.execute("SELECT 1")


@pytest.mark.parametrize("own_threads", [True, False])
@pytest.mark.parametrize("steps", range(1, STEPS))
async def test_a_store_whose_closing_is_cancelled_is_closed_all_the_same(
    sqlite_url: str, steps: int, *, own_threads: bool
) -> None:
    before = set(threading.enumerate())
    store = await open_store(sqlite_url) if own_threads else opened(sqlite_url)
    async with store.reading() as one, store.reading() as two, store.writing() as writing:
        for now in (one, two, writing):
            await now.places.list_all()
    await cancelled_after(steps, store.close())
    for thread in {each for each in threading.enumerate() if each.name == THREAD_NAME} - before:
        await asyncio.to_thread(thread.join, 5.0)
        assert not thread.is_alive()
    del store, one, two, writing, now
    gc.collect()
