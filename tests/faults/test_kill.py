"""kill -9, again and again: what was answered is stored, what was queued is handled, nothing is counted twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import scale
from tests.faults.living_process import scene
from tests.scale import kills, rounds

if TYPE_CHECKING:
    from tests.faults.living_process import Scene

pytestmark = pytest.mark.kills

KILLS = kills(scale.KILLS, few=2)
PRESSES = 30


async def test_no_vote_is_lost_or_doubled_by_kills(database_url: str) -> None:
    async with scene(database_url) as town:
        for _ in range(KILLS):
            for _ in range(PRESSES):
                town.press()
            await town.answered(town.dice.randint(0, PRESSES - 5))
            await town.bot.kill()
            await _ensure_answered_is_stored(town)
            town.bot.start()
        await town.handled()
        assert await town.bot.stop() == 0
        await town.ensure_counted()


async def _ensure_answered_is_stored(town: Scene) -> None:
    """With the bot dead: every answer that somebody has been told of is in the database."""
    stored = await town.votes()
    for key, (query, option) in town.last.items():
        if query.answered and query.toast:
            assert stored[key] == {option: 1}


async def test_sigterm_under_load_loses_nothing(database_url: str) -> None:
    async with scene(database_url) as town:
        for _ in range(rounds(300, few=120)):
            town.press()
        await town.answered(40)
        assert await town.bot.stop() == 0
        await _ensure_answered_is_stored(town)
        town.bot.start()
        await town.handled()
        assert await town.bot.stop() == 0
        await town.ensure_counted()
