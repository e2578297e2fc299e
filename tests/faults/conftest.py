"""Stages on which faults are played; whatever happened on them, the numbers are right at the end."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from tests.faults.stage import Stage
from tests.living import living

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.simulator.limits import Limits


@asynccontextmanager
async def open_stage(
    url: str, *, pace: float = 0.0, limits: Limits | None = None, threads: bool = True
) -> AsyncIterator[Stage]:
    """A running bot over the database at ``url``; whatever happens on it, the numbers are right at the end."""
    async with living(url, Stage, pace=pace, limits=limits, threads=threads) as stage:
        yield stage
        await stage.app.stop()
        await stage.telegram.close()
        await stage.ensure_sound()


@pytest.fixture
def threads() -> bool:
    """Whether a stage asks SQLite in threads; a module that has no other program hold the file says no."""
    return True


@pytest.fixture
async def stage(database_url: str, threads: bool) -> AsyncIterator[Stage]:
    """A running bot, once on each kind of database; at the end every rollup is what a recount gives."""
    async with open_stage(database_url, threads=threads) as here:
        yield here


@pytest.fixture
async def sqlite_stage(town_url: str, threads: bool) -> AsyncIterator[Stage]:
    """A running bot on a SQLite file."""
    async with open_stage(town_url, threads=threads) as here:
        yield here


@pytest.fixture
async def hasty_stage(town_url: str) -> AsyncIterator[Stage]:
    """A running bot that waits for other programs for a tenth of a second."""
    async with open_stage(f"{town_url}?timeout=0.1") as here:
        yield here


@pytest.fixture
async def hasty_server_stage(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """The same on PostgreSQL."""
    monkeypatch.setattr("storage.engines.LOCK_TIMEOUT", 0.1)
    async with open_stage(postgresql_url) as here:
        yield here
