"""A site with a lively hearing, written once: tests that only read share it."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import storage
from tests.clocks import VirtualClock
from tests.municipality import Municipality
from tests.pages.sites import lively, written

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture(scope="package")
def lively_database(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with that hearing, to be copied."""
    path = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("lively") / "hearings.db"))

    async def fill() -> None:
        store = await storage.open_store(f"sqlite:///{path}")
        await lively(await Municipality.over(store, VirtualClock()))
        await store.close()

    asyncio.run(fill())
    return path


@pytest.fixture(scope="package")
def shared_site(lively_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of its pages. Nothing may write there."""
    folder = tmp_path_factory.mktemp("pages") / "site"

    async def make() -> None:
        store = await storage.open_store(f"sqlite:///{lively_database}")
        await written((await Municipality.over(store, VirtualClock())).services, folder)
        await store.close()

    asyncio.run(make())
    return folder


@pytest.fixture
async def municipality(lively_database: Path, tmp_path: Path) -> AsyncIterator[Municipality]:
    """The municipality with that hearing, over a database of the test's own."""
    store = await storage.open_store(f"sqlite:///{shutil.copy(lively_database, tmp_path / 'hearings.db')}")
    yield await Municipality.over(store, VirtualClock())
    await store.close()


@pytest.fixture
def site(shared_site: Path, tmp_path: Path) -> Path:
    """A copy of the pages, to be written again."""
    return Path(shutil.copytree(shared_site, tmp_path / "site"))
