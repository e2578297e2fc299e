"""The semaphore: so many at once, the others in the order in which they came."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.outgoing.fair_semaphore import FairSemaphore, Priority
from tests.clocks import VirtualLoop, in_virtual_time
from tests.scale import examples


@in_virtual_time
async def test_whoever_comes_first_goes_first_and_no_more_than_allowed_are_within() -> None:
    semaphore, within, came, most = FairSemaphore(3), 0, [], 0

    async def pass_through(number: int) -> None:
        nonlocal within, most
        async with semaphore.entered(Priority.AFTER_TOAST):
            within += 1
            most = max(most, within)
            came.append(number)
            await asyncio.sleep(1)
            within -= 1

    await asyncio.gather(*(pass_through(number) for number in range(20)))
    assert came == list(range(20))
    assert (most, within) == (3, 0)


@in_virtual_time
async def test_who_gives_up_in_the_moment_of_being_let_in_lets_the_next_in() -> None:
    semaphore, came = FairSemaphore(1), []

    async def pass_through(name: str) -> None:
        async with semaphore.entered(Priority.AFTER_TOAST):
            came.append(name)

    async with semaphore.entered(Priority.AFTER_TOAST):
        second = asyncio.ensure_future(pass_through("second"))  # noqa: TID251
        third = asyncio.ensure_future(pass_through("third"))  # noqa: TID251
        await asyncio.sleep(1)
    second.cancel()  # it has been let in and has not moved yet
    await asyncio.gather(second, third, return_exceptions=True)
    assert came == ["third"]
    await pass_through("fourth")
    assert came == ["third", "fourth"]


@in_virtual_time
async def test_the_only_answer_goes_before_the_screens_that_wait() -> None:
    semaphore, came = FairSemaphore(1), []

    async def pass_through(priority: Priority, number: int) -> None:
        async with semaphore.entered(priority):
            came.append((priority, number))
            await asyncio.sleep(1)

    plan = [(Priority.AFTER_TOAST, 1), (Priority.AFTER_TOAST, 2), (Priority.ONLY_ANSWER, 3), (Priority.ONLY_ANSWER, 4)]
    await asyncio.gather(*(pass_through(priority, number) for priority, number in plan))
    assert [number for _, number in came] == [1, 3, 4, 2]


@settings(max_examples=examples(60))
@given(
    st.integers(1, 4),
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 20)), max_size=30),
)
def test_whoever_gives_up_and_when_nobody_waits_for_ever(most: int, plan: list[tuple[int, int, int]]) -> None:
    async def everything() -> None:
        semaphore, within = FairSemaphore(most), 0

        async def pass_through(comes: int, stays: int) -> None:
            nonlocal within
            await asyncio.sleep(comes)
            async with semaphore.entered(Priority.AFTER_TOAST):
                within += 1
                assert within <= most
                try:
                    await asyncio.sleep(stays)
                finally:
                    within -= 1

        async def give_up(task: asyncio.Task[None], at: int) -> None:
            await asyncio.sleep(at)
            task.cancel()

        async with asyncio.TaskGroup() as group:
            for comes, stays, gives_up in plan:
                task = group.create_task(pass_through(comes, stays))
                if gives_up < 10:
                    group.create_task(give_up(task, gives_up))
        async with AsyncExitStack() as stack:
            for _ in range(most):  # every place is free again
                await stack.enter_async_context(semaphore.entered(Priority.AFTER_TOAST))

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(everything())
