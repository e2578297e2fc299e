"""The line of chats that wait for the pace of all: who goes first, and who is drawn when."""

from __future__ import annotations

import asyncio

from bot.domain.errors import StoreUnavailable
from handlers.outgoing.chat_queues import Showing
from tests.clocks import in_virtual_time, now
from tests.handlers.outgoing.harness import RepliesHarness, screen


def slow(harness: RepliesHarness, total: int = 6) -> None:
    """Telegram takes six a second, as far as is known."""
    assert harness.replies.pace is not None
    harness.replies.pace.recall(f'{{"total": {total}, "limit": {total}}}', now())


@in_virtual_time
async def test_a_persons_first_screen_goes_before_another_ones_third() -> None:
    harness = RepliesHarness(settings={"per_chat_interval": 0.01})
    slow(harness)
    crowd = [harness.person(str(number)) for number in range(60)]
    eager = harness.person("eager")
    for person in [*crowd[:20], eager]:
        await harness.replies.show(person.id, screen("one"), message_id=None)
    for number in range(3):
        await asyncio.sleep(2)
        await harness.replies.show(eager.id, screen(f"again {number}"))
        if not number:
            for person in crowd[20:]:
                await harness.replies.show(person.id, screen("one"))
    await harness.replies.idle()
    order = [call.chat_id for call in harness.telegram.calls]
    assert eager.messages[-1].words == "again 2"
    assert order.index(eager.id) == 20
    assert order[-1] == eager.id
    assert order.count(eager.id) == 2


@in_virtual_time
async def test_a_screen_is_drawn_when_its_turn_comes_and_not_where_a_newer_one_is_wanted() -> None:
    harness = RepliesHarness()
    slow(harness)
    people = [harness.person(str(number)) for number in range(30)]
    drawn: list[tuple[float, int]] = []
    began = now()

    async def draw(number: int) -> Showing:
        drawn.append((now(), number))
        return Showing(screen(f"drawn {number}"))

    for number, person in enumerate(people):
        await harness.replies.show_when_drawn(person.id, lambda number=number: draw(number))  # type: ignore[misc]
    for number, person in enumerate(people[20:], 100):
        await harness.replies.show_when_drawn(person.id, lambda number=number: draw(number))  # type: ignore[misc]
    assert now() == began
    await harness.replies.idle()
    assert [person.screen.words for person in people[:20]] == [f"drawn {number}" for number in range(20)]
    assert [person.screen.words for person in people[20:]] == [f"drawn {number}" for number in range(100, 110)]
    assert {number for _, number in drawn} == {*range(20), *range(100, 110)}
    assert harness.replies.counts["replaced"] == 10
    assert [at > began for at, _ in drawn].count(True) >= 10


@in_virtual_time
async def test_a_screen_that_cannot_be_drawn_yet_is_drawn_later_and_one_that_shows_nothing_is_forgotten() -> None:
    harness = RepliesHarness()
    aigul, bermet = harness.person(), harness.person("Бермет")
    tries = 0

    async def draw() -> Showing:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise StoreUnavailable("away")
        return Showing(screen("drawn"))

    async def nothing() -> None:
        return None

    await harness.replies.show_when_drawn(aigul.id, draw)
    await harness.replies.show_when_drawn(bermet.id, nothing)
    await harness.replies.idle()
    assert aigul.screen.words == "drawn"
    assert bermet.messages == []
    assert harness.replies.waiting == 0


@in_virtual_time
async def test_screens_that_wait_hold_nobody_up() -> None:
    harness = RepliesHarness(settings={"waiting": 10, "in_flight": 4})
    slow(harness)
    people = [harness.person(str(number)) for number in range(200)]
    began = now()
    for person in people:
        await harness.replies.show(person.id, screen("page"))
    assert (now(), harness.replies.waiting) == (began, 200)
    aigul = harness.person()
    await harness.replies.send(aigul.id, screen("receipt"))
    await harness.replies.close(grace=4.0)
    assert harness.replies.waiting == 0
    assert 20 < len(harness.telegram.calls) < 40
