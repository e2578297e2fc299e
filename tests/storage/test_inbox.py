from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.inbox import WaitingUpdate
from tests.storage.town import NOON

if TYPE_CHECKING:
    from storage import Store

AIGUL, BEK = 7_000_000_001, 7_000_000_002
LATER = NOON + timedelta(hours=1)


def update(number: int, person: int = AIGUL) -> WaitingUpdate:
    return WaitingUpdate(number, person, f'{{"update_id":{number}}}')


async def store_for(store: Store, owner: str, *updates: WaitingUpdate) -> bool:
    """As a process does; whether its lease was alive."""
    async with store.posting() as now:
        alive = await now.inbox.renew(owner)
        await now.inbox.add(updates, owner=owner, at=NOON)
    return alive


async def taken(store: Store, by: str, *, seen: dict[str, int] | None = None) -> list[int]:
    async with store.writing() as now:
        await now.inbox.renew(by)
        return [each.update_id for each in await now.inbox.take_over(seen or {}, by=by)]


async def test_updates_wait_in_telegrams_order_once_each_until_they_are_handled(store: Store) -> None:
    assert not await store_for(store, "one", update(3), update(1))
    assert await store_for(store, "one", update(2, BEK), update(3, BEK))
    async with store.posting() as now:
        assert (await now.inbox.waiting(AIGUL), await now.inbox.waiting(BEK)) == (2, 1)
        await now.inbox.release("one")
    assert await taken(store, "two") == [1, 2, 3]
    async with store.posting() as now:
        await now.inbox.remove([1, 3])
        assert (await now.inbox.waiting(AIGUL), await now.inbox.waiting(BEK)) == (0, 1)


async def test_what_a_living_process_has_is_not_taken_and_what_a_dead_one_had_is_taken_once(store: Store) -> None:
    await store_for(store, "one", update(1))
    await store_for(store, "two", update(2))
    async with store.reading() as now:
        seen = dict(await now.inbox.renewals())
    assert seen == {"one": 0, "two": 0}
    await store_for(store, "one")
    assert await taken(store, "three") == []
    both = await asyncio.gather(taken(store, "three", seen=seen), taken(store, "four", seen=seen))
    assert sorted(both) == [[], [2]]
    assert not await store_for(store, "two", update(3))  # it learns that it has lost its lease
    async with store.reading() as now:
        assert (await now.inbox.renewals())["one"] == 1


async def test_a_person_is_dropped_whole_and_what_waits_for_a_day_goes(store: Store) -> None:
    await store_for(store, "one", update(1), update(2, BEK), update(3))
    async with store.writing() as now:
        await now.inbox.drop(AIGUL)
        assert (await now.inbox.waiting(AIGUL), await now.inbox.waiting(BEK)) == (0, 1)
        assert await now.inbox.expire(NOON) == 0
        assert await now.inbox.expire(LATER) == 1
        assert await now.inbox.waiting(BEK) == 0
