"""PerPersonProcessor: one person's updates in order, different people at once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.incoming.parsing import read
from handlers.incoming.per_person import PerPersonProcessor
from tests.clocks import VirtualLoop, in_virtual_time, now

if TYPE_CHECKING:
    from telegram import Update


def press(update_id: int, person: int) -> Update:
    query = {"id": str(update_id), "from": {"id": person, "first_name": "A"}, "data": "1"}
    update = read({"update_id": update_id, "callback_query": query})
    assert update is not None
    return update


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 9)), max_size=40))
def test_whatever_arrives_each_persons_updates_are_handled_in_order_and_nobody_waits_for_a_stranger(
    arrivals: list[tuple[int, int]],
) -> None:
    started: list[tuple[int, int, float]] = []

    async def handle(update_id: int, person: int, seconds: int) -> None:
        started.append((update_id, person, now()))
        await asyncio.sleep(seconds)

    async def everything() -> None:
        order = PerPersonProcessor()
        async with asyncio.TaskGroup() as group:
            for update_id, (person, seconds) in enumerate(arrivals):
                work = order.process_update(press(update_id, person), handle(update_id, person, seconds))
                group.create_task(work)
        assert len(order) == 0

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(everything())
    for person in {person for person, _ in arrivals}:
        due = 0
        own = [(update_id, at) for update_id, who, at in started if who == person]
        expected = []
        for update_id, (who, seconds) in enumerate(arrivals):
            if who == person:
                expected.append((update_id, float(due)))
                due += seconds
        assert own == expected


@in_virtual_time
async def test_a_crash_lets_the_next_update_of_the_same_person_in() -> None:
    order = PerPersonProcessor()
    handled = []

    async def crash() -> None:
        await asyncio.sleep(1)
        raise ValueError

    async def work() -> None:
        handled.append(2)

    first = order.process_update(press(1, 7), crash())
    second = order.process_update(press(2, 7), work())
    results = await asyncio.gather(first, second, return_exceptions=True)
    assert isinstance(results[0], ValueError)
    assert handled == [2]
    assert len(order) == 0


@in_virtual_time
async def test_giving_up_who_waits_leaves_nothing_behind() -> None:
    order = PerPersonProcessor()

    async def work() -> None:
        await asyncio.sleep(60)

    async with asyncio.TaskGroup() as group:
        group.create_task(order.process_update(press(1, 7), work()))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1):
                await order.process_update(press(2, 7), work())
        assert len(order) == 1
    assert len(order) == 0


@in_virtual_time
async def test_what_belongs_to_nobody_is_handled_at_once() -> None:
    order = PerPersonProcessor()
    handled = []

    async def work() -> None:
        handled.append(now())

    await order.process_update(object(), work())
    assert handled == [0.0]
