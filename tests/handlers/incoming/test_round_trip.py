"""Where Telegram is far away and has more than a fetch brings, updates are stored before they are handled."""

from __future__ import annotations

import asyncio
from itertools import cycle
from typing import TYPE_CHECKING

import pytest

from handlers.incoming.inbox_writer import InboxWriter
from handlers.incoming.round_trip import FAR, SPAN, RoundTrip
from handlers.incoming.under_way import STORE_PATIENCE, UPDATES_A_FETCH
from tests.clocks import VirtualClock, in_virtual_time
from tests.handlers.incoming.intake_desk import Desk, press
from tests.handlers.incoming.test_dispatcher import NEVER, stored, successor, until_confirmed, until_handled
from tests.handlers.incoming.test_polling import polling, waiting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storage import Store

PEOPLE = range(1_000, 1_000 + UPDATES_A_FETCH)
PATIENCES = ("dispatcher.MOMENT", "dispatcher.LONGEST", "under_way.BATCH_PATIENCE", "under_way.STORE_PATIENCE")


def offer_a_full_fetch(desk: Desk, people: Iterable[int], *, first: int = 501) -> list[int]:
    """As many updates as one fetch brings, of those people in turn; returns their numbers."""
    numbers = list(range(first, first + UPDATES_A_FETCH))
    for number, person in zip(numbers, cycle(people), strict=False):
        desk.telegram.offer(press(number, person))
    return numbers


@pytest.fixture
def far(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any Telegram is far away, and nothing is stored because it takes long."""
    monkeypatch.setattr("handlers.incoming.round_trip.FAR", 0.0)
    for patience in PATIENCES:
        monkeypatch.setattr(f"handlers.incoming.{patience}", NEVER)


@pytest.mark.usefixtures("far")
async def test_the_next_fetch_confirms_what_nobody_has_handled_yet_and_a_kill_loses_none_of_it(store: Store) -> None:
    desk = Desk(store=store)
    numbers = offer_a_full_fetch(desk, PEOPLE)
    desk.seconds = dict.fromkeys(numbers, NEVER)
    async with polling(desk, grace=0.0):
        await until_confirmed(desk)
        assert desk.ids() == []
        assert sum([await stored(store, person) for person in PEOPLE]) == UPDATES_A_FETCH
    await desk.dispatcher.close(0.0)
    after = Desk(store=store)
    await successor(store, after)
    assert sorted(after.ids()) == numbers


@pytest.mark.usefixtures("far")
async def test_of_few_people_each_is_handled_in_order_and_what_is_handled_is_stored_no_more(store: Store) -> None:
    desk = Desk(store=store)
    numbers = offer_a_full_fetch(desk, PEOPLE[:7]) + offer_a_full_fetch(desk, PEOPLE[:9], first=601)
    desk.telegram.offer(press(701, PEOPLE[0]))
    async with polling(desk):
        await until_confirmed(desk)
        await desk.dispatcher.idle()
    for person in PEOPLE[:9]:
        own = [number for number, who, _ in desk.handled if who == person]
        assert own == sorted(own)
        assert await stored(store, person) == 0
    assert sorted(desk.ids()) == [*numbers, 701]


@pytest.mark.usefixtures("far")
async def test_what_follows_goes_behind_what_is_handled_and_stored_still(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.incoming.inbox_writer.COLLECT_HANDLED", NEVER)
    desk = Desk(store=store)
    offer_a_full_fetch(desk, PEOPLE)
    async with polling(desk, grace=0.0):
        await until_handled(desk, UPDATES_A_FETCH)
        assert await stored(store, PEOPLE[0]) == 1
        desk.held[601] = asyncio.Event()
        desk.telegram.offer(press(601, PEOPLE[0]))
        await until_confirmed(desk)
        assert await stored(store, PEOPLE[0]) == 1  # itself: what was handled before went with the same commit
        desk.held[601].set()
        await until_handled(desk, UPDATES_A_FETCH + 1)
    await desk.dispatcher.close(1.0)
    assert await stored(store, PEOPLE[0]) == 0


async def test_nothing_is_written_where_telegram_is_near_or_has_no_more(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[int] = []
    monkeypatch.setattr(InboxWriter, "_start", lambda _self: written.append(1))
    for near, people in ((NEVER, PEOPLE), (0.0, PEOPLE[1:])):
        monkeypatch.setattr("handlers.incoming.round_trip.FAR", near)
        desk = Desk(store=store)
        for number, person in enumerate(people, 501):
            desk.telegram.offer(press(number, person))
        async with polling(desk):
            await desk.telegram.settled()
        assert len(desk.ids()) == len(people)
    monkeypatch.setattr("handlers.incoming.round_trip.FAR", NEVER)
    assert written == []


@in_virtual_time
async def test_what_the_store_refuses_is_handled_a_moment_later_and_confirmed_then(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("handlers.incoming.round_trip.FAR", 0.0)
    desk = Desk()  # its store takes nothing
    numbers = offer_a_full_fetch(desk, PEOPLE)
    async with polling(desk):
        await desk.telegram.settled()
    assert sorted(desk.ids()) == numbers
    assert {at for _, _, at in desk.handled} == {STORE_PATIENCE}
    assert waiting(desk) == []


@in_virtual_time
async def test_what_was_not_stored_when_the_bot_is_stopped_is_left_to_telegram(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.incoming.round_trip.FAR", 0.0)
    desk = Desk()
    numbers = offer_a_full_fetch(desk, PEOPLE)
    async with polling(desk, grace=0.0) as poller:
        await asyncio.sleep(STORE_PATIENCE / 2)
        poller.stop()
    assert desk.begun == []
    assert waiting(desk) == numbers


def test_the_round_trip_is_the_shortest_of_late() -> None:
    clock = VirtualClock()
    round_trip = RoundTrip(clock.monotonic)
    assert round_trip.is_long  # nothing is known
    round_trip.note(20 * FAR)
    assert round_trip.is_long
    round_trip.note(FAR / 2)
    round_trip.note(20 * FAR)
    assert not round_trip.is_long
    for spans, is_long in ((1, False), (2, True)):
        clock.forward(seconds=SPAN)
        round_trip.note(20 * FAR)
        assert round_trip.is_long is is_long, spans
    round_trip.note(FAR / 2)
    assert not round_trip.is_long
