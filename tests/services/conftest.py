"""Real services over a real SQLite file, without Telegram."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.clocks import VirtualClock
from tests.municipality import Municipality

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from storage import Store


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
