from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.storage.town import NOON

if TYPE_CHECKING:
    from storage import Store

HOUR = timedelta(hours=1)


async def test_a_file_is_remembered_until_telegram_forgets_it(store: Store) -> None:
    async with store.writing() as now:
        await now.housekeeping.keep_file("budget:1:ky", "A")
        await now.housekeeping.keep_file("budget:1:ky", "B")
        assert await now.housekeeping.find_file("budget:1:ky") == "B"
        await now.housekeeping.drop_file("budget:1:ky")
        assert await now.housekeeping.find_file("budget:1:ky") is None


async def test_a_dead_letter_is_stored_once_for_a_while(store: Store) -> None:
    async with store.writing() as now:
        for reason in ("unreadable", "unreadable again"):
            await now.housekeeping.add_dead_letter(2**40, '{"text": "\ud83d\0"}', reason, NOON)
        assert await now.housekeeping.drop_dead_letters(NOON) == 0
        assert await now.housekeeping.drop_dead_letters(NOON + HOUR) == 1


async def test_each_beat_tells_of_the_one_before(store: Store) -> None:
    async with store.writing() as now:
        assert await now.housekeeping.beat(NOON) is None
        assert await now.housekeeping.beat(NOON + HOUR) == NOON
        assert await now.housekeeping.beat(NOON) == NOON + HOUR


async def test_the_newest_outage_is_found_while_it_matters(store: Store) -> None:
    async with store.writing() as now:
        assert await now.housekeeping.find_outage(NOON) is None
        await now.housekeeping.note_outage(NOON, NOON + 2 * HOUR)
        await now.housekeeping.note_outage(NOON - HOUR, NOON + HOUR)
        assert await now.housekeeping.find_outage(NOON) == (NOON, NOON + 2 * HOUR)
        assert await now.housekeeping.find_outage(NOON + 2 * HOUR) == (NOON, NOON + 2 * HOUR)
        assert await now.housekeeping.find_outage(NOON + 3 * HOUR) is None


async def test_a_setting_is_kept_until_it_changes(store: Store) -> None:
    async with store.writing() as now:
        assert await now.housekeeping.find_setting("commands:ky") is None
        await now.housekeeping.keep_setting("commands:ky", "1")
        await now.housekeeping.keep_setting("commands:ky", "2")
        assert await now.housekeeping.find_setting("commands:ky") == "2"
