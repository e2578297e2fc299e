"""Stages on which faults are played; whatever happened on them, the numbers are right at the end."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from tests.faults.stage import Stage
from tests.living import living, run_once

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from bot.simulator.limits import Limits
    from tests.databases import Cluster


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


@pytest.fixture(scope="session")
def postgresql_town(cluster: Cluster) -> Iterator[str]:
    """The address of a PostgreSQL database to be copied, over which a bot has run before."""
    url = asyncio.run(cluster.create())
    asyncio.run(run_once(url))
    yield url
    asyncio.run(cluster.drop(url))


@pytest.fixture
async def postgresql_town_url(cluster: Cluster, postgresql_town: str) -> AsyncIterator[str]:
    """The address of a PostgreSQL database with three municipalities and no hearing yet."""
    url = await cluster.create(of=postgresql_town)
    yield url
    await cluster.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def stage_url(request: pytest.FixtureRequest) -> str:
    """The address of a database over which a bot has run before: the test runs once on each kind."""
    return str(request.getfixturevalue("town_url" if request.param == "sqlite" else "postgresql_town_url"))


@pytest.fixture
async def stage(stage_url: str, threads: bool) -> AsyncIterator[Stage]:
    """A running bot, once on each kind of database; at the end every rollup is what a recount gives."""
    async with open_stage(stage_url, threads=threads) as here:
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
