"""One hearing for all tests of returned tables: each gets its database anew, and the table as it was taken."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import storage
from tests.clocks import VirtualClock
from tests.decision_table.returns import Taken, take
from tests.same_thread import opened

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture(scope="session")
def prepared(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Taken]:
    """A database file with the hearing, and the table taken from it."""
    path = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("returns") / "hearings.db"))

    async def run() -> Taken:
        store = await storage.open_store(f"sqlite:///{path}")
        try:
            return await take(store, VirtualClock())
        finally:
            await store.close()

    return path, asyncio.run(run())


@pytest.fixture
def taken(prepared: tuple[Path, Taken]) -> Taken:
    """The table as it was taken."""
    return prepared[1]


@pytest.fixture
async def hearing_store(prepared: tuple[Path, Taken], tmp_path: Path) -> AsyncIterator[storage.Store]:
    """The database of the hearing, for one test."""
    store = opened(f"sqlite:///{shutil.copy(prepared[0], tmp_path / 'hearings.db')}")
    yield store
    await store.close()
