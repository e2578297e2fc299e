from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.domain.errors import NotFound
from bot.domain.notices import Delivery, NoticeKind
from tests.storage.town import NOON, move_in, settle

if TYPE_CHECKING:
    from storage import Store


async def test_a_notice_is_owed_once_for_each_version(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        ids = [resident.id for resident in await move_in(now, town, 4)]
        enqueue = now.notices.enqueue
        assert await enqueue(NoticeKind.ANNOUNCED, town.hearing, ids[:2], due_at=NOON) == 2
        assert await enqueue(NoticeKind.ANNOUNCED, town.hearing, [*ids, ids[0]], due_at=NOON) == 2
        assert await enqueue(NoticeKind.OPENED, town.hearing, ids, due_at=NOON) == 4
        assert await enqueue(NoticeKind.ANNOUNCED, replace(town.hearing, version=2), ids, due_at=NOON) == 4
        assert await enqueue(NoticeKind.CLOSED, town.hearing, [], due_at=NOON) == 0
        assert await now.notices.progress(town.hearing.id) == {Delivery.WAITING: 12}


async def test_due_notices_come_in_order_and_leave_the_queue_when_settled(store: Store) -> None:
    town = await settle(store)
    soon, later = NOON + timedelta(minutes=1), NOON + timedelta(hours=1)
    async with store.writing() as now:
        ids = [resident.id for resident in await move_in(now, town, 3)]
        for due, recipient in ((later, ids[0]), (soon, ids[1]), (NOON, ids[2])):
            await now.notices.enqueue(NoticeKind.ANNOUNCED, town.hearing, [recipient], due_at=due)
        first, second = await now.notices.list_due(soon, limit=9)
        assert [first.recipient_id, second.recipient_id] == [ids[2], ids[1]]
        assert (first.kind, first.hearing_id, first.due_at) == (NoticeKind.ANNOUNCED, town.hearing.id, NOON)
        assert await now.notices.list_due(soon, limit=1) == (first,)
        await now.notices.settle(first.id, Delivery.DELIVERED, at=soon)
        await now.notices.put_off(second.id, later)
        assert await now.notices.list_due(soon, limit=9) == ()
        assert [notice.attempts for notice in await now.notices.list_due(later, limit=9)] == [0, 1]
        await now.notices.settle(second.id, Delivery.UNDELIVERABLE, at=later, reason="blocked")
        assert await now.notices.progress(town.hearing.id) == {
            Delivery.WAITING: 1,
            Delivery.DELIVERED: 1,
            Delivery.UNDELIVERABLE: 1,
        }


async def test_a_notice_that_is_not_there_cannot_be_settled(store: Store) -> None:
    async with store.writing() as now:
        with pytest.raises(NotFound):
            await now.notices.settle(1, Delivery.DELIVERED, at=NOON)
        with pytest.raises(NotFound):
            await now.notices.put_off(1, NOON)


async def test_a_broadcast_of_thousands_is_enqueued_in_one_statement(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        (resident,) = await move_in(now, town, 1)
    async with store.writing() as now:
        people = [await now.people.add(number, language="ky", at=NOON) for number in range(50_000, 50_300)]
        ids = [resident.id, *(each.id for each in people)]
        assert await now.notices.enqueue(NoticeKind.ANNOUNCED, town.hearing, ids, due_at=NOON) == 301
        assert len(await now.notices.list_due(NOON, limit=1000)) == 301
