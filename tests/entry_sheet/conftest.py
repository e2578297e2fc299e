"""One hearing and its sheet for all tests of returned sheets."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import storage
from tests.clocks import VirtualClock
from tests.entry_sheet.filling import taken
from tests.municipality import Municipality
from tests.same_thread import opened

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.domain.hearings import Hearing


@dataclass(frozen=True)
class Sheet:
    """A hearing of a database, and its sheet as it was taken."""

    path: Path
    hearing: Hearing
    content: bytes


@pytest.fixture(scope="session")
def sheet(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Sheet:
    """The hearing, prepared once."""
    path = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("entries") / "hearings.db"))

    async def run() -> Sheet:
        store = await storage.open_store(f"sqlite:///{path}")
        try:
            town = await Municipality.over(store, VirtualClock())
            hearing = await town.hearing()
            return Sheet(path, hearing, await taken(town, hearing))
        finally:
            await store.close()

    return asyncio.run(run())


@pytest.fixture
async def town(sheet: Sheet) -> AsyncIterator[Municipality]:
    """The municipality of the hearing, to read in: its database is everybody's."""
    store = opened(f"sqlite:///{sheet.path}")
    yield await Municipality.over(store, VirtualClock())
    await store.close()
