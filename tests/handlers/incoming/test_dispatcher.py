"""The dispatcher over a real store: what waits is stored before it is confirmed, and handled once, in order."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from bot.services.inbox import LEASE
from handlers.incoming.dispatcher import AT_ONCE
from handlers.incoming.inbox_writer import InboxWriter
from tests.handlers.incoming.intake_desk import Desk, press, words
from tests.handlers.incoming.test_polling import polling, waiting
from tests.handlers.incoming.test_webhook import listening

if TYPE_CHECKING:
    import pytest

    from storage import Store

FLOODER, NEIGHBOUR = 7, 8
NEVER = 3600.0
FLOOD = range(501, 531)


async def stored(store: Store, person: int = FLOODER) -> int:
    async with store.reading() as repositories:
        return await repositories.inbox.waiting(person)


async def until_confirmed(desk: Desk) -> None:
    async with asyncio.timeout(20):
        while waiting(desk):
            await asyncio.sleep(0.01)


async def until_begun(desk: Desk) -> None:
    async with asyncio.timeout(20):
        while not desk.begun:
            await asyncio.sleep(0.01)


async def until_handled(desk: Desk, count: int) -> None:
    async with asyncio.timeout(20):
        while len(desk.handled) < count:
            await asyncio.sleep(0.01)


async def successor(store: Store, desk: Desk) -> None:
    """Another process takes up what waits, before anything new, and handles it."""
    async with desk:
        await desk.dispatcher.take_up(alone=False)
        await desk.dispatcher.idle()
    assert await stored(store) == 0


async def test_a_flood_is_stored_and_confirmed_and_the_next_person_is_handled_at_once(store: Store) -> None:
    desk = Desk(seconds={FLOOD[0]: NEVER}, store=store)
    for number in FLOOD:
        desk.telegram.offer(words(number, person=FLOODER))
    desk.telegram.offer(press(531, person=NEIGHBOUR))
    async with polling(desk, grace=0.0):
        await until_confirmed(desk)
        await until_handled(desk, 1)
        assert desk.ids() == [531]
        assert await stored(store) == len(FLOOD)
        assert await stored(store, NEIGHBOUR) == 0
    await desk.dispatcher.close(0.0)
    assert desk.ids() == [531]
    after = Desk(store=store)
    await successor(store, after)
    assert after.ids() == list(FLOOD)


async def test_what_is_handled_at_once_is_never_written(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(store=store)
    written: list[int] = []
    monkeypatch.setattr(InboxWriter, "_start", lambda _self: written.append(1))
    for number in range(501, 501 + AT_ONCE):
        desk.telegram.offer(press(number, person=FLOODER))
    async with polling(desk):
        await desk.telegram.settled()
    assert len(desk.ids()) == AT_ONCE
    assert written == []


async def test_a_slow_update_is_stored_after_a_moment_and_deleted_when_it_is_handled(store: Store) -> None:
    desk = Desk(seconds={501: 0.6}, store=store)
    desk.telegram.offer(press(501, person=FLOODER))
    async with polling(desk):
        await until_confirmed(desk)
        assert desk.ids() == []
        assert await stored(store) == 1
        desk.telegram.offer(press(502, person=FLOODER))
        await until_confirmed(desk)
        assert await stored(store) == 2
        await desk.dispatcher.idle()
        assert await stored(store) == 0
    assert desk.ids() == [501, 502]


async def test_what_says_that_it_takes_long_is_stored_before_a_moment_is_over(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for patience in ("dispatcher.MOMENT", "dispatcher.LONGEST", "under_way.BATCH_PATIENCE"):
        monkeypatch.setattr(f"handlers.incoming.{patience}", NEVER)
    desk = Desk(seconds={501: NEVER}, store=store)
    desk.telegram.offer(press(501, person=FLOODER))
    async with polling(desk, grace=0.0):
        async with asyncio.timeout(20):
            while waiting(desk):
                desk.dispatcher.takes_long(501)
                await asyncio.sleep(0.01)
        assert await stored(store) == 1
    await desk.dispatcher.close(0.0)
    after = Desk(store=store)
    await successor(store, after)
    assert after.ids() == [501]


async def test_what_is_stored_and_comes_again_is_handled_once(store: Store) -> None:
    desk = Desk(seconds={FLOOD[0]: NEVER}, store=store)
    for number in FLOOD:
        desk.telegram.offer(words(number, person=FLOODER))
    async with polling(desk, grace=0.0):
        await until_confirmed(desk)
    after = Desk(store=store)  # killed before the confirmation, as far as its Telegram knows; the lease goes on
    async with polling(after):
        await after.dispatcher.take_up(alone=True)
        for number in FLOOD:
            after.telegram.offer(words(number, person=FLOODER))
        await until_confirmed(after)
        await after.dispatcher.idle()
    assert after.ids() == list(FLOOD)
    assert await stored(store) == 0


async def test_beyond_the_bound_nothing_is_stored_and_nothing_is_confirmed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.incoming.inbox_writer.UPDATES_OF_ONE", 10)
    desk = Desk(seconds={FLOOD[0]: 0.6}, store=store)
    for number in FLOOD:
        desk.telegram.offer(words(number, person=FLOODER))
    async with polling(desk):
        async with asyncio.timeout(20):
            while await stored(store) < 10:
                await asyncio.sleep(0.01)
        assert len(waiting(desk)) >= len(FLOOD) - 10
        await until_confirmed(desk)
        await desk.dispatcher.idle()
    assert desk.ids() == list(FLOOD)


async def test_one_persons_deliveries_do_not_hold_connections_and_are_handled_by_the_next_process(store: Store) -> None:
    desk = Desk(seconds={FLOOD[0]: NEVER}, store=store)
    async with listening(desk, patience=60.0) as here:
        async with asyncio.TaskGroup() as group:
            posts = [group.create_task(here.post(json.dumps(words(FLOOD[0])).encode()))]
            await until_begun(desk)  # or another would be the first, which is handled at once
            posts += [group.create_task(here.post(json.dumps(words(number)).encode())) for number in FLOOD[1:]]
        assert {post.result().status for post in posts} == {200}
        assert (desk.ids(), await stored(store)) == ([], len(FLOOD))
        await desk.dispatcher.close(0.0)
    after = Desk(store=store)
    await successor(store, after)
    assert after.ids() == list(FLOOD)


async def test_a_process_that_was_held_up_leaves_what_another_one_has_taken_over(store: Store) -> None:
    held = asyncio.Event()
    desk, other = Desk(held={FLOOD[0]: held}, store=store), Desk(store=store)
    for number in FLOOD:
        desk.telegram.offer(words(number, person=FLOODER))
    async with polling(desk), other:
        await until_confirmed(desk)
        await other.dispatcher.watch()
        for clock in (desk.clock, other.clock):
            clock.forward(seconds=LEASE)
        await other.dispatcher.watch()
        await other.dispatcher.idle()
        held.set()
        await desk.dispatcher.idle()
    assert other.ids() == list(FLOOD)
    assert desk.ids() == list(FLOOD[:AT_ONCE])  # they were under way
    assert desk.dispatcher.stored == 0
    assert await stored(store) == 0
