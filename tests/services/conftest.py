"""Real services over a real SQLite file, without Telegram."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import storage
from tests.clocks import VirtualClock
from tests.municipality import Municipality
from tests.same_thread import opened

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from storage import Store


@pytest.fixture(scope="session")
def sqlite_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file to be copied, with the sample's places."""
    path = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("places") / "hearings.db"))

    async def load() -> None:
        store = await storage.open_store(f"sqlite:///{path}")
        await Municipality.over(store, VirtualClock())
        await store.close()

    asyncio.run(load())
    return path


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
