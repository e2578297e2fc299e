"""Whoever is cancelled while SQLite opens the file for them leaves no connection open."""

from __future__ import annotations

import asyncio
import gc
import threading

from storage import open_store


async def test_a_task_that_is_cancelled_while_the_file_is_opened_leaves_no_connection_open(sqlite_url: str) -> None:
    """Python 3.13 would warn of it, which is an error here; at each of the first steps the task has got another way."""
    store = await open_store(sqlite_url)
    before = set(threading.enumerate())

    async def look() -> None:
        async with store.reading() as now:
            await now.places.list_all()

    for steps in range(8):
        looking = asyncio.get_running_loop().create_task(look())
        for _ in range(steps):
            await asyncio.sleep(0)
        looking.cancel()
        await asyncio.wait([looking])
    await store.close()
    for thread in set(threading.enumerate()) - before:
        await asyncio.to_thread(thread.join, 5.0)
    gc.collect()
