"""Real services over a real SQLite file, without Telegram."""

from __future__ import annotations

import asyncio
import shutil
from typing import TYPE_CHECKING

import pytest

import storage
from tests.clocks import VirtualClock
from tests.databases import made_once
from tests.municipality import Municipality
from tests.same_thread import opened
from tests.servers import shared_folder

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from storage import Store
    from tests.databases import Cluster


@pytest.fixture(scope="session")
def sqlite_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file to be copied, with the sample's places."""

    def make(path: Path) -> None:
        shutil.copy(sqlite_template, path)
        asyncio.run(load_places(f"sqlite:///{path}"))

    return made_once(shared_folder(tmp_path_factory) / "places.db", make)


@pytest.fixture(scope="session")
def postgresql_template(cluster: Cluster, postgresql_template: str) -> Iterator[str]:
    """The same on PostgreSQL."""
    url = asyncio.run(cluster.create(of=postgresql_template))
    asyncio.run(load_places(url))
    yield url
    asyncio.run(cluster.drop(url))


async def load_places(url: str) -> None:
    """Load those of the sample."""
    store = await storage.open_store(url)
    await Municipality.over(store, VirtualClock())
    await store.close()


@pytest.fixture
async def sqlite_store(sqlite_url: str) -> AsyncIterator[Store]:
    """A fresh SQLite database, asked in the loop's own thread."""
    here = opened(sqlite_url)
    yield here
    await here.close()


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """A fresh database: the test runs once on each kind."""
    here = opened(database_url)
    yield here
    await here.close()


@pytest.fixture
def clock() -> VirtualClock:
    """The clock of all services; it stands still."""
    return VirtualClock()


@pytest.fixture
async def municipality(sqlite_store: Store, clock: VirtualClock) -> Municipality:
    """Bagysh and two municipalities beside it, without people or hearings."""
    return await Municipality.over(sqlite_store, clock)


@pytest.fixture
async def hearing(municipality: Municipality) -> Hearing:
    """Open for three more days."""
    return await municipality.hearing()


@pytest.fixture
async def aigul(municipality: Municipality) -> Actor:
    """A resident."""
    return await municipality.resident(1)
