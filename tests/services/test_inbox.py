"""The inbox: a living process keeps what it has stored, and a dead one's is taken over, by one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.domain.inbox import WaitingUpdate
from bot.services.inbox import LEASE, Inbox
from tests.clocks import VirtualClock

if TYPE_CHECKING:
    from storage import Store


def update(number: int) -> WaitingUpdate:
    return WaitingUpdate(number, 7, "{}")


async def numbers(inbox: Inbox) -> list[int]:
    return [each.update_id for each in await inbox.take_over()]


async def test_two_processes_never_have_the_same_update(store: Store) -> None:
    clock = VirtualClock()
    one, two, three = (Inbox(store, clock, name, monotonic=clock.monotonic) for name in ("one", "two", "three"))
    assert await one.write([update(1), update(2)])
    assert await numbers(two) == []
    clock.forward(seconds=LEASE / 2 + 1)
    assert one.needs_renewal
    assert await one.write(removed=[1])
    assert await numbers(three) == []
    clock.forward(seconds=LEASE / 2)
    assert await numbers(two) == []
    clock.forward(seconds=LEASE)
    taken = await asyncio.gather(numbers(two), numbers(three))
    assert sorted(taken) == [[], [2]]
    assert not await one.write([update(3)])  # it was only held up, and learns that it has lost what it had
    assert await numbers(three) == []
    await one.release()
    assert await numbers(three) == [3]


async def test_whoever_polls_alone_takes_all_at_once_and_an_empty_inbox_has_no_owner(store: Store) -> None:
    clock = VirtualClock()
    one, two = (Inbox(store, clock, name, monotonic=clock.monotonic) for name in ("one", "two"))
    await one.write([update(2), update(1)])
    assert [each.update_id for each in await two.take_all()] == [1, 2]
    assert not await one.write()
    assert await two.write(removed=[1, 2])
    async with store.reading() as repositories:
        assert await repositories.inbox.renewals() == {}
