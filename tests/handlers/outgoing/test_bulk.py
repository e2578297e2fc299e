"""Bulk beside replies: one limiter, people who press first, and Telegram never has to say that it was too much."""

from __future__ import annotations

import asyncio
import random
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from bot.simulator import Limits, SimulatedRoom
from handlers.outgoing.bulk import NotTried
from handlers.outgoing.telegram_errors import Accepted
from tests.clocks import VirtualClock, in_virtual_time, now
from tests.handlers.outgoing.harness import STEP, RepliesHarness, broadcast, first_screen, screen, spacing
from tests.scale import rounds

if TYPE_CHECKING:
    from bot.simulator import Person

SLOT = STEP / 30
PEOPLE = rounds(3_000, few=900)


async def press(
    harness: RepliesHarness, people: list[Person], chance: random.Random, seconds: float
) -> dict[str, float]:
    """People who press now and then, each seldom enough to be answered at once; by its words, when each was asked."""
    asked: dict[str, float] = {}
    until = now() + seconds
    while now() < until:
        person = people[len(asked) % len(people)]
        words = f"answer {len(asked)}"
        asked[words] = now()
        await harness.replies.show(person.id, screen(words))
        await asyncio.sleep(chance.uniform(0.04, 0.6))
    return asked


def waits(harness: RepliesHarness, asked: dict[str, float]) -> list[float]:
    """How long each answer waited for its slot."""
    return [call.at - asked[call.fields["text"]] for call in harness.telegram.calls if call.fields.get("text") in asked]


@pytest.mark.parametrize("late", [0.0, 0.006])
@in_virtual_time
async def test_thousands_leave_at_the_pace_while_whoever_presses_waits_for_one_slot(late: float) -> None:
    chance = random.Random(16)

    async def sleep(seconds: float) -> None:
        await asyncio.sleep(seconds + chance.uniform(0.0, late))

    harness = RepliesHarness(limits=Limits(), settings={"sleep": sleep})
    people = [harness.person(str(number)) for number in range(PEOPLE)]
    pressing = [harness.person(f"presser {number}") for number in range(40)]
    async with asyncio.TaskGroup() as group:
        sending = group.create_task(broadcast(harness, people))
        answering = group.create_task(press(harness, pressing, chance, PEOPLE / 30))
    left = harness.left()
    assert harness.telegram.statuses[429] == 0
    assert spacing(left) == 30
    assert [len(person.messages) for person in people] == [1] * PEOPLE
    assert sending.result() == {"Accepted": PEOPLE}
    during = [at for at in left if at <= harness.times_of("notice")[-1]]
    assert len(during) / (during[-1] - during[0]) >= 0.97 * 30
    longest = waits(harness, answering.result())
    assert len(longest) > PEOPLE / 15
    assert max(longest) <= 0.04 + late


@pytest.mark.parametrize("seed", range(4))
@in_virtual_time
async def test_a_line_that_holds_up_one_message_and_not_the_next_makes_nothing_too_much(seed: int) -> None:
    chance = random.Random(seed)
    way = [0.02, 0.025, 0.03, 0.04, 0.1, 0.3]
    harness = RepliesHarness(limits=Limits(60), way=lambda: chance.choice(way), settings={"answers": 30})
    people = [harness.person(str(number)) for number in range(600)]
    pressing = [harness.person(f"presser {number}") for number in range(200)]
    sending = asyncio.ensure_future(broadcast(harness, people))  # noqa: TID251
    for person in pressing:
        await harness.replies.send(person.id, screen("answer"))
        await asyncio.sleep(chance.choice([0.0, 0.0, 0.0, 0.1, 0.4]))
    await sending
    await harness.replies.idle()
    assert harness.telegram.statuses[429] == 0
    assert spacing(harness.left()) <= 60
    assert spacing(harness.times_of("notice")) <= 30
    assert [len(person.messages) for person in people + pressing] == [1] * 800


@in_virtual_time
async def test_a_long_line_costs_no_rate() -> None:
    harness = RepliesHarness(limits=Limits(), way=lambda: 0.08)
    await broadcast(harness, [harness.person(str(number)) for number in range(900)])
    left = harness.left()
    assert len(left) / (left[-1] - left[0]) >= 0.97 * 30


@in_virtual_time
async def test_bulk_keeps_its_steps_from_the_first_and_makes_up_for_no_pause() -> None:
    harness = RepliesHarness(limits=Limits())
    people = [harness.person(str(number)) for number in range(90)]
    await broadcast(harness, people[:45])
    await asyncio.sleep(3600)
    await broadcast(harness, people[45:])
    steps = [later - sooner for sooner, later in pairwise(harness.left())]
    assert [step for step in steps if step < 1] == pytest.approx([SLOT] * 88)


@in_virtual_time
async def test_answers_come_in_the_order_in_which_they_were_asked_for() -> None:
    harness = RepliesHarness(limits=Limits(), settings={"answers": 30})
    people = [harness.person(str(number)) for number in range(100)]
    for person in people:
        await harness.replies.send(person.id, screen("hello"))
    await harness.replies.idle()
    assert [call.chat_id for call in harness.telegram.calls] == [person.id for person in people]
    assert spacing(harness.left()) == 30
    assert harness.times("sendMessage")[:30] == [0.0] * 30


@in_virtual_time
async def test_who_is_being_answered_gets_no_bulk_in_the_same_second_and_is_not_held_up_by_it() -> None:
    harness = RepliesHarness(limits=Limits())
    aigul = harness.person()
    message_id = await first_screen(harness, aigul)
    delivering = asyncio.ensure_future(harness.replies.send_bulk(aigul.id, screen("notice"), patience=30))  # noqa: TID251
    await harness.replies.show(aigul.id, screen("second"), message_id=message_id)
    await harness.replies.idle()
    assert now() == 10.0
    assert isinstance(await delivering, Accepted)
    edited, noticed = harness.times("editMessageText")[-1], harness.times_of("notice")[-1]
    assert edited == 10.0
    assert noticed == pytest.approx(10.0 + STEP, abs=0.1)
    await harness.replies.show(aigul.id, screen("third"), message_id=message_id)
    await harness.replies.idle()
    assert harness.times("editMessageText")[-1] == noticed
    assert harness.telegram.statuses[429] == 0


@in_virtual_time
async def test_two_notices_to_one_person_keep_a_second_between_them() -> None:
    harness = RepliesHarness(limits=Limits())
    aigul = harness.person()
    await broadcast(harness, [aigul] * 6)
    assert [later - sooner for sooner, later in pairwise(harness.left())] == pytest.approx([STEP] * 5, abs=0.2)
    assert harness.telegram.statuses[429] == 0


@in_virtual_time
async def test_bulk_has_its_share_while_answers_wait_all_the_time() -> None:
    harness = RepliesHarness(limits=Limits(60), settings={"answers": 30})
    people = [harness.person(str(number)) for number in range(400)]
    for person in people:
        await harness.replies.send(person.id, screen("answer"))
    await asyncio.sleep(0.5)
    outcome = await harness.replies.send_bulk(harness.person().id, screen("notice"), patience=0.1)
    assert outcome == NotTried()
    assert now() == 0.6
    await broadcast(harness, [harness.person(f"told {number}") for number in range(100)])
    assert now() < 8.0
    assert harness.replies.waiting > 150
    await harness.replies.idle()
    assert harness.telegram.statuses[429] == 0


@in_virtual_time
async def test_a_house_that_closes_gives_back_what_waits() -> None:
    harness = RepliesHarness(limits=Limits())
    people = [harness.person(str(number)) for number in range(20)]
    sending = [
        asyncio.ensure_future(harness.replies.send_bulk(person.id, screen("notice"), patience=60.0))  # noqa: TID251
        for person in people
    ]
    await asyncio.sleep(0.1)
    harness.replies.give_up_bulk()
    outcomes = await asyncio.gather(*sending)
    assert sum(isinstance(outcome, Accepted) for outcome in outcomes) == len(harness.times_of("notice")) == 3
    assert outcomes.count(NotTried()) == 17


@in_virtual_time
async def test_an_edit_that_turns_into_a_new_message_costs_two() -> None:
    harness = RepliesHarness(limits=Limits(), settings={"answers": 30})
    people = [harness.person(str(number)) for number in range(60)]
    for person in people:
        await harness.replies.show(person.id, screen("screen"), message_id=4711)
        await harness.replies.show(person.id, screen("screen again"), message_id=4711)
        await harness.replies.send(person.id, screen("receipt"))
    await harness.replies.idle()
    assert harness.telegram.statuses[429] == 0
    assert len(harness.left()) == harness.methods().count("editMessageText") + harness.methods().count("sendMessage")
    assert spacing(harness.left()) == 30
    for person in people:
        each = [call.at for call in harness.telegram.calls if call.chat_id == person.id]
        assert spacing(each, 3.0) <= 3


@in_virtual_time
async def test_an_upload_that_others_waited_for_lets_none_of_them_out_at_once() -> None:
    harness = RepliesHarness(limits=Limits(), settings={"answers": 30})
    people = [harness.person(str(number)) for number in range(90)]
    harness.telegram.faults.next(method="sendPhoto", broken="silence", times=3)
    for person in people:
        await harness.replies.show(person.id, screen("chart", picture=harness.picture()))
    await harness.replies.idle()
    assert harness.telegram.statuses[429] == 0
    assert spacing(harness.left()) == 30
    assert all(person.screen.content.kind == "photo" for person in people)


@in_virtual_time
async def test_the_number_of_the_message_comes_back_and_an_edit_keeps_it() -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    sent = await harness.replies.send_bulk(aigul.id, screen("announced"), patience=1.0)
    assert sent == Accepted(aigul.screen.id)
    assert isinstance(sent, Accepted)
    for words in ("postponed", "postponed"):  # the second looks the same, and that is fine
        again = await harness.replies.send_bulk(aigul.id, screen(words), patience=9.0, message_id=sent.message_id)
        assert again == sent
    assert [message.words for message in aigul.messages] == ["postponed"]
    new = await harness.replies.send_bulk(aigul.id, screen("announced anew"), patience=9.0, message_id=4711)
    assert new == Accepted(aigul.messages[-1].id)
    assert new != sent


@in_virtual_time
async def test_a_topic_is_respected_and_one_that_is_gone_loses_nothing() -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    forum = SimulatedRoom(harness.telegram, "Айыл", owner=aigul)
    forum.add_bot(by=aigul)
    topic = forum.topic("Угуулар")
    await harness.replies.send_bulk(forum.id, screen("in the topic"), patience=1.0, thread_id=topic)
    sent = await harness.replies.send_bulk(forum.id, screen("beside it"), patience=9.0, thread_id=topic + 77)
    words = {message.words: message.thread for message in forum.messages}
    assert words == {"in the topic": topic, "beside it": None}
    assert sent == Accepted(forum.messages[-1].id)


class Jumping(VirtualClock):
    """A wall clock that shows another time with each look at it."""

    def __init__(self, dice: random.Random) -> None:
        super().__init__()
        self._dice = dice

    def now(self) -> datetime:
        step = self._dice.choice([timedelta(0), timedelta(hours=1), timedelta(hours=-1), timedelta(days=-1)])
        return super().now() + step


@in_virtual_time
async def test_a_wall_clock_that_is_set_changes_nothing_of_the_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Jumping(random.Random(11))
    monkeypatch.setattr(time, "time", lambda: clock.now().timestamp())
    harness = RepliesHarness(limits=Limits(), clock=clock)
    people = [harness.person(str(number)) for number in range(300)]
    await broadcast(harness, people)
    assert datetime.now(UTC).year >= 2026  # noqa: TID251 - the library's own clock is not what was replaced
    assert [later - sooner for sooner, later in pairwise(harness.left())] == pytest.approx([SLOT] * 299)
    assert [len(person.messages) for person in people] == [1] * 300
    assert harness.telegram.statuses[429] == 0


@in_virtual_time
async def test_an_impatient_finger_in_the_middle_of_a_broadcast_costs_one_edit_a_second() -> None:
    harness = RepliesHarness(limits=Limits())
    people = [harness.person(str(number)) for number in range(300)]
    aigul = harness.person()
    message_id = await first_screen(harness, aigul)
    sending = asyncio.ensure_future(broadcast(harness, [*people, aigul]))  # noqa: TID251
    for number in range(250):
        await harness.replies.show(aigul.id, screen(f"press {number}"), message_id=message_id)
        await asyncio.sleep(0.02)
    await sending
    await harness.replies.idle()
    assert aigul.messages[0].words == "press 249"
    assert len(harness.times("editMessageText")) <= 6
    assert aigul.messages[-1].words == "notice"
    assert harness.telegram.statuses[429] == 0


@in_virtual_time
async def test_without_a_pace_nothing_waits() -> None:
    harness = RepliesHarness(settings={"per_chat_interval": 0.0})
    people = [harness.person(str(number)) for number in range(200)]
    await broadcast(harness, [*people, *people])
    for person in people:
        await harness.replies.send(person.id, screen("answer"))
    await harness.replies.idle()
    assert now() == 0.0
    assert all(len(person.messages) == 3 for person in people)


@in_virtual_time
async def test_without_a_cap_only_each_chat_keeps_its_own_pace() -> None:
    harness = RepliesHarness(settings={"answers": None})
    people = [harness.person(str(number)) for number in range(200)]
    for person in people:
        for number in range(4):
            await harness.replies.send(person.id, screen(str(number)))
    await harness.replies.idle()
    assert now() == pytest.approx(3 * STEP)
