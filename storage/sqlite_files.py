"""SQLite files asked beside the engine, by aiosqlite: copied, looked through, brought back."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import asynccontextmanager, closing
from typing import TYPE_CHECKING, Any

import aiosqlite

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@asynccontextmanager
async def connected(file: Path | str, **how: Any) -> AsyncIterator[aiosqlite.Connection]:
    """A connection to a file; ``how`` as ``sqlite3.connect`` takes it. Raises sqlite3.Error where it does not open.

    Whether it opens is tried first: where it does not, aiosqlite (0.22) leaves its thread to end by itself, which then
    speaks to a loop that may be closed. Cancelled meanwhile, it would leave the connection open; where that is too,
    its thread closes it.
    """
    await asyncio.to_thread(_try_to_open, file, how)
    connecting = asyncio.get_running_loop().create_task(_connect(file, how))
    try:
        yield await asyncio.shield(connecting)
    finally:
        try:
            await asyncio.wait([connecting])
            if connecting.exception() is None:
                await connecting.result().close()
        except asyncio.CancelledError:
            connecting.add_done_callback(_leave)
            raise


async def _connect(file: Path | str, how: dict[str, Any]) -> aiosqlite.Connection:
    return await aiosqlite.connect(file, **how)


def _leave(connecting: asyncio.Task[aiosqlite.Connection]) -> None:
    if not connecting.cancelled() and connecting.exception() is None:
        connecting.result().stop()


def _try_to_open(file: Path | str, how: dict[str, Any]) -> None:
    with closing(sqlite3.connect(file, **how)):
        pass


async def first_row(connection: aiosqlite.Connection, statement: str, *values: str) -> sqlite3.Row | None:
    """The first row that a statement gives; None where it gives none."""
    async with connection.execute(statement, values) as cursor:
        return await cursor.fetchone()
