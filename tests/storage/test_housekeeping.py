from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import TYPE_CHECKING

from storage import open_store
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


async def test_what_is_done_once_a_day_is_claimed_by_the_first_and_by_nobody_else_that_day(store: Store) -> None:
    day = date(2026, 11, 30)
    async with store.writing() as now:
        assert [await now.housekeeping.claim_daily("copy", day) for _ in range(2)] == [True, False]
        assert await now.housekeeping.claim_daily("tidy", day)
    async with store.writing() as now:
        assert not await now.housekeeping.claim_daily("copy", day - timedelta(days=1))
        assert await now.housekeeping.claim_daily("copy", day + timedelta(days=1))
        assert not await now.housekeeping.claim_daily("copy", day)


async def test_what_was_claimed_and_not_done_may_be_claimed_again(store: Store) -> None:
    day = date(2026, 11, 30)
    async with store.writing() as now:
        assert await now.housekeeping.claim_daily("copy", day)
        await now.housekeeping.release_daily("copy", day - timedelta(days=1))
        assert not await now.housekeeping.claim_daily("copy", day)
        await now.housekeeping.release_daily("copy", day)
        assert await now.housekeeping.claim_daily("copy", day)


async def test_a_claim_by_a_clock_that_was_years_ahead_does_not_keep_the_work_undone_for_years(store: Store) -> None:
    async with store.writing() as now:
        assert await now.housekeeping.claim_daily("copy", date(2031, 1, 1))
        assert await now.housekeeping.claim_daily("copy", date(2026, 11, 30))


async def test_of_many_claims_at_once_in_two_stores_one_is_granted(database_url: str) -> None:
    stores = [await open_store(database_url) for _ in range(2)]

    async def claim(store: Store) -> bool:
        async with store.writing() as now:
            return await now.housekeeping.claim_daily("copy", date(2026, 11, 30))

    assert sum(await asyncio.gather(*(claim(store) for store in stores * 10))) == 1
    for store in stores:
        await store.close()


async def test_files_whose_keys_begin_alike_are_forgotten_together(store: Store) -> None:
    async with store.writing() as now:
        for key in ("report 1 docx ky a%", "report 1 docx ky b", "report 1 docx ky+ru c", "budget"):
            await now.housekeeping.keep_file(key, "id")
        await now.housekeeping.drop_files("report 1 docx ky ")
        found = [
            await now.housekeeping.find_file(key) for key in ("report 1 docx ky b", "report 1 docx ky+ru c", "budget")
        ]
        assert found == [None, "id", "id"]
