from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.domain.errors import NotFound
from bot.domain.notices import BroadcastStatus, Completion, NoticeKind, NoticeStatus
from tests.storage.outbox import begin, claim, enqueue, fan_out, planned, recipients
from tests.storage.town import NOON, dossier, move_in, settle

if TYPE_CHECKING:
    from storage import Store


async def test_an_edition_is_stored_once(store: Store) -> None:
    town = await settle(store)
    reminder = planned(town, NoticeKind.REMINDER, step=101_440, edition=29_000_000, facts={"sitting": 1, "on_day": 1})
    async with store.writing() as now:
        begun = await now.broadcasts.begin(reminder, at=NOON, status=BroadcastStatus.GOING)
        assert begun is not None
        assert await now.broadcasts.begin(reminder, at=NOON, status=BroadcastStatus.GOING) is None
        await begin(now, town, NoticeKind.REMINDER, step=120, edition=29_000_000)
        await begin(now, town, NoticeKind.REMINDER, step=101_440, edition=29_000_001)
    async with store.reading() as now:
        found = await now.broadcasts.get(begun)
        assert (found.planned, found.status, found.made_at, found.fanned_out, found.completed) == (
            *(reminder, BroadcastStatus.GOING, NOON),
            *(False, False),
        )
        assert await now.broadcasts.editions(town.hearing.id) == {
            (NoticeKind.REMINDER, 101_440, 29_000_000),
            (NoticeKind.REMINDER, 120, 29_000_000),
            (NoticeKind.REMINDER, 101_440, 29_000_001),
        }
        assert await now.broadcasts.editions(town.hearing.id + 1) == frozenset()


async def test_what_is_begun_as_dropped_says_why_and_waits_for_nothing(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        late = await now.broadcasts.begin(planned(town), at=NOON, status=BroadcastStatus.DROPPED, reason="too late")
        assert late is not None
        found = await now.broadcasts.get(late)
        assert (found.status, found.reason, found.completed) == (BroadcastStatus.DROPPED, "too late", True)
        assert await now.broadcasts.list_open() == ()
        await move_in(now, town, 1)
        assert await fan_out(now, late, recipients(town)) == 0


async def test_the_most_urgent_comes_first_then_the_longest_due(store: Store) -> None:
    town = await settle(store)
    soon = NOON + timedelta(minutes=1)
    async with store.writing() as now:
        thanks = await begin(now, town, NoticeKind.CLOSED)
        news = await begin(now, town, due_at=soon)
        opened = await begin(now, town, NoticeKind.OPENED)
        long_pause = await begin(now, town, NoticeKind.LONG_PAUSE, due_at=soon)
        changed = await begin(now, town, NoticeKind.CHANGED, due_at=soon)
        await now.broadcasts.set_status(opened, BroadcastStatus.PAUSED)
        assert [each.id for each in await now.broadcasts.list_open()] == [long_pause, changed, opened, news, thanks]
        await now.broadcasts.put_off(opened, soon + timedelta(minutes=1))
        assert [each.id for each in await now.broadcasts.list_open()] == [long_pause, changed, news, opened, thanks]
        assert [each.id for each in await now.broadcasts.list_of(town.hearing.id)] == [
            *(changed, long_pause, opened, news, thanks),
        ]


async def test_a_broadcast_is_completed_when_it_is_fanned_out_and_nothing_waits(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        await move_in(now, town, 3)
        broadcast = await begin(now, town)
        assert not await now.broadcasts.complete(broadcast)
        await fan_out(now, broadcast, recipients(town), limit=2)
        first = await claim(now, broadcast)
        told = [Completion(notice.id, NoticeStatus.DELIVERED) for notice in first]
        await now.notices.complete(told, by="us", at=NOON)
        assert not await now.broadcasts.complete(broadcast), "one has no notice yet"
        await fan_out(now, broadcast, recipients(town), limit=2)
        assert not await now.broadcasts.complete(broadcast), "one is waiting"
        (last,) = await claim(now, broadcast)
        assert not await now.broadcasts.complete(broadcast), "one is claimed"
        await now.notices.complete([Completion(last.id, NoticeStatus.DROPPED)], by="us", at=NOON)
        assert await now.broadcasts.complete(broadcast)
        assert await now.broadcasts.complete(broadcast), "it stays so"
        assert await now.broadcasts.list_open() == ()
        found = await now.broadcasts.get(broadcast)
    assert (found.fanned_out, found.completed) == (True, True)


async def test_a_cancelled_broadcast_is_completed_without_being_fanned_out_further(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        await move_in(now, town, 4)
        broadcast = await begin(now, town)
        await fan_out(now, broadcast, recipients(town), limit=2)
        await now.broadcasts.set_status(broadcast, BroadcastStatus.CANCELLED, reason="by the secretary")
        assert await fan_out(now, broadcast, recipients(town), limit=2) == 0
        assert not await now.broadcasts.complete(broadcast)
        await now.notices.expire(broadcast, reason="by the secretary", at=NOON, limit=10)
        assert await now.broadcasts.complete(broadcast)
        found = await now.broadcasts.get(broadcast)
    assert (found.status, found.reason, found.fanned_out, found.completed) == (
        *(BroadcastStatus.CANCELLED, "by the secretary"),
        *(False, True),
    )


async def test_a_paused_broadcast_goes_on_where_it_stopped(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        await move_in(now, town, 2)
        broadcast = await enqueue(now, town)
        await now.broadcasts.set_status(broadcast, BroadcastStatus.PAUSED, reason="a mistake?")
        assert (await now.broadcasts.get(broadcast)).reason == "a mistake?"
        await now.broadcasts.set_status(broadcast, BroadcastStatus.GOING)
        found = await now.broadcasts.get(broadcast)
        assert (found.status, found.reason) == (BroadcastStatus.GOING, "")
        assert len(await claim(now, broadcast)) == 2


async def test_the_broadcasts_of_another_hearing_are_its_own(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        await move_in(now, town, 1)
        other = await now.hearings.add(town.municipality_id, "M-27", dossier(), at=NOON)
        broadcast = await enqueue(now, town)
        assert await now.broadcasts.list_of(other.id) == ()
        assert await now.notices.progress(other.id) == {}
        assert set(await now.notices.progress(town.hearing.id)) == {broadcast}


async def test_a_broadcast_nobody_knows_is_not_found(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        with pytest.raises(NotFound):
            await now.broadcasts.get(7)
        with pytest.raises(NotFound):
            await now.broadcasts.set_status(7, BroadcastStatus.PAUSED)
        with pytest.raises(NotFound):
            await now.broadcasts.put_off(7, NOON)
        with pytest.raises(NotFound):
            await fan_out(now, 7, recipients(town))
        assert not await now.broadcasts.complete(7)
