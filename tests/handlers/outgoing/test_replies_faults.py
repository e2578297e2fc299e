"""What happens to replies on Telegram's bad days: faults 7, 8, 9 and 11 of the list, at this level."""

from __future__ import annotations

import asyncio
import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.simulator import Limits, PlannedFault, SimulatedRoom
from tests.clocks import VirtualLoop, in_virtual_time, now
from tests.handlers.outgoing.harness import STEP, RepliesHarness, first_screen, screen, spacing
from tests.scale import examples


@pytest.mark.parametrize("seconds", [2, 35, 10_072])
@in_virtual_time
async def test_too_fast_for_one_chat_pauses_that_chat_as_long_as_told_and_no_other(seconds: int) -> None:
    harness = RepliesHarness()
    aigul, bermet = harness.person(), harness.person("Бермет")
    harness.telegram.faults.next(method="sendMessage", chat_id=aigul.id, retry_after=seconds)
    for number in range(4):
        await harness.replies.send(aigul.id, screen(f"one {number}"))
    await harness.replies.send(bermet.id, screen("two"))
    await harness.replies.idle()
    times = [(call.at, call.chat_id) for call in harness.telegram.calls if call.status == 200]
    assert [chat for _, chat in times] == [bermet.id] + [aigul.id] * 4
    assert [at for at, _ in times] == pytest.approx([0.0, *(seconds + STEP * number for number in range(4))])
    assert [message.words for message in aigul.messages] == [f"one {number}" for number in range(4)]


@in_virtual_time
async def test_too_fast_without_a_number_waits_a_second() -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    harness.telegram.faults.next(method="sendMessage", status=429, description="Too Many Requests")
    await harness.replies.send(aigul.id, screen("one"))
    await harness.replies.idle()
    assert harness.times("sendMessage") == [0.0, 1.0]
    harness.telegram.faults.next(method="sendMessage", status=429, description="Too Many Requests: retry after 7")
    await asyncio.sleep(9)
    await harness.replies.send(aigul.id, screen("two"))
    await harness.replies.idle()
    assert harness.times("sendMessage") == [0.0, 1.0, 10.0, 17.0]


@in_virtual_time
async def test_when_several_chats_are_refused_all_wait_and_go_on_one_after_another_while_answers_go_on() -> None:
    harness = RepliesHarness(limits=Limits(), settings={"answers": 30})
    people = [harness.person(str(number)) for number in range(60)]
    await harness.replies.show(people[0].id, screen("first", "a"))
    await harness.replies.idle()
    await asyncio.sleep(30)
    began = now()
    harness.telegram.faults.next(method="sendMessage", retry_after=35, times=3)
    for person in people[:3]:
        await harness.replies.show(person.id, screen("hello"))
    await asyncio.sleep(1)
    for person in people:
        await harness.replies.show(person.id, screen("hello"))
    query = people[0].press("a", on=people[0].messages[0])
    await harness.replies.answer(query.id, "counted")
    await asyncio.sleep(1)
    assert people[0].toasts[0].text == "counted"
    await harness.replies.idle()
    sent = [
        call.at - began for call in harness.telegram.calls if call.method == "sendMessage" and call.at > began + 0.5
    ]
    assert min(sent) == 35.0
    assert len(sent) == 60
    assert spacing(sent) <= 30
    assert [later - sooner for sooner, later in pairwise(sent)][:2] == pytest.approx([STEP / 15] * 2)  # half the pace
    assert harness.telegram.statuses[429] == 3


@in_virtual_time
async def test_an_answer_told_to_wait_long_is_dropped_and_the_next_one_is_not_held_up() -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    await first_screen(harness, aigul)
    harness.telegram.faults.next(method="answerCallbackQuery", retry_after=35)
    first, second = aigul.press("a"), aigul.press("a")
    await harness.replies.answer(first.id, "one")
    await harness.replies.answer(second.id, "two")
    await harness.replies.idle()
    assert [toast.text for toast in aigul.toasts] == ["two"]


@in_virtual_time
async def test_who_blocked_the_bot_is_marked_once_and_nothing_is_tried_again() -> None:
    harness = RepliesHarness()
    aigul, bermet, chinara = (harness.person(name) for name in ("Айгүл", "Бермет", "Чынара"))
    aigul.block()
    bermet.delete_account()
    for person in (aigul, bermet, chinara):
        for number in range(3):
            await harness.replies.send(person.id, screen(f"one {number}"))
    await harness.replies.send(424242, screen("nobody there"))
    await harness.replies.idle()
    assert sorted(harness.blocked) == sorted([aigul.id, bermet.id, 424242])
    calls = [call.chat_id for call in harness.telegram.calls]
    assert [calls.count(person) for person in harness.blocked] == [1, 1, 1]
    assert len(chinara.messages) == 3
    assert now() == 0.0


@in_virtual_time
async def test_who_comes_back_after_blocking_is_answered_again() -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    aigul.block()
    await harness.replies.send(aigul.id, screen("one"))
    await harness.replies.idle()
    aigul.start()
    await harness.replies.send(aigul.id, screen("two"))
    await harness.replies.idle()
    assert [message.words for message in aigul.messages] == ["two"]


@in_virtual_time
async def test_a_group_that_moved_is_followed() -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    group = SimulatedRoom(harness.telegram, "Айыл", owner=aigul, kind="group")
    group.add_bot(aigul)
    old = group.id
    group.migrate()
    await harness.replies.send(old, screen("one"))
    await harness.replies.send(old, screen("two"))
    await harness.replies.idle()
    assert [message.words for message in group.messages] == ["one", "two"]
    assert harness.moved == [(old, group.id)]


@pytest.mark.parametrize(
    "fault", [{"status": 500}, {"status": 502}, {"broken": "reset"}, {"broken": "half"}, {"broken": "silence"}]
)
@in_virtual_time
async def test_a_failing_network_is_tried_again_until_it_works(fault: dict[str, object]) -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    harness.telegram.faults.next(method="sendMessage", times=3, **fault)  # type: ignore[arg-type]
    await harness.replies.send(aigul.id, screen("receipt"))
    await harness.replies.send(aigul.id, screen("more"))
    await harness.replies.idle()
    assert [message.words for message in aigul.messages] == ["receipt", "more"]
    assert harness.replies.counts["again"] == 3
    assert harness.times("sendMessage") == pytest.approx(
        [0.0, 0.3, 0.9, 3 * STEP, 0.3 + 3 * STEP]  # tries count for the pace
    )


@in_virtual_time
async def test_a_screen_that_failed_gives_way_to_a_newer_one() -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    message_id = await first_screen(harness, aigul)
    harness.telegram.faults.next(method="editMessageText", status=502, times=2)
    await harness.replies.show(aigul.id, screen("old"), message_id=message_id)
    await asyncio.sleep(0.1)
    await harness.replies.show(aigul.id, screen("new"), message_id=message_id)
    await harness.replies.idle()
    edits = [call.fields["text"] for call in harness.telegram.calls if call.method == "editMessageText"]
    assert edits == ["old", "new", "new"]
    assert aigul.screen.words == "new"


@in_virtual_time
async def test_what_telegram_will_never_take_is_given_up_at_once_and_the_next_message_arrives() -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    await harness.replies.send(aigul.id, screen("<b>never closed"))
    await harness.replies.send(aigul.id, screen("fine"))
    await harness.replies.idle()
    assert [message.words for message in aigul.messages] == ["fine"]
    assert harness.replies.counts["wrong"] == 1
    assert now() == 0.0


@pytest.mark.parametrize("seconds", [20, 90, 400])
@in_virtual_time
async def test_while_telegram_is_away_nothing_is_given_up_and_then_the_oldest_leaves_first(seconds: int) -> None:
    harness = RepliesHarness()
    people = [harness.person(str(number)) for number in range(20)]
    shown = {person.id: await first_screen(harness, person) for person in people}
    began = now()
    harness.telegram.faults.policy = lambda method, chat_id: PlannedFault(status=502)
    query = people[0].press("a", on=people[0].messages[0])
    await harness.replies.answer(query.id, "counted")
    for person in people:
        await harness.replies.show(person.id, screen("old"), message_id=shown[person.id])
        await harness.replies.send(person.id, screen("receipt"))
        await harness.replies.show(person.id, screen("newest"), message_id=shown[person.id])
        await asyncio.sleep(0.1)
    await asyncio.sleep(began + seconds - now())
    tried = len(harness.telegram.calls)
    assert tried <= 21 * (12 + seconds / 4)  # no tight loop
    harness.telegram.faults.clear()
    await harness.replies.idle()
    assert [len(person.messages) for person in people] == [2] * 20
    assert {person.messages[0].words for person in people} == {"newest"}
    assert {person.messages[1].words for person in people} == {"receipt"}
    assert now() - began < seconds + 15
    receipts = [call for call in harness.telegram.calls if call.status == 200 and call.fields.get("text") == "receipt"]
    probed = {call.chat_id for call in list(harness.telegram.calls)[:tried] if call.at > began + 5}  # is Telegram back?
    order = [call.chat_id for call in receipts if call.chat_id not in probed]
    assert len(order) > 12
    assert order == [person.id for person in people if person.id in order]
    assert [toast.text for toast in people[0].toasts] == (["counted"] if seconds < 150 else [])


@in_virtual_time
async def test_what_telegram_fails_at_while_it_answers_others_is_given_up_after_its_tries() -> None:
    harness = RepliesHarness()
    aigul, bermet = harness.person(), harness.person("Бермет")
    harness.telegram.faults.policy = lambda method, chat: PlannedFault(status=500) if chat == aigul.id else None
    await harness.replies.send(aigul.id, screen("one"))
    with capture_logs() as lines:
        for _ in range(60):
            await harness.replies.send(bermet.id, screen("two"))
            await asyncio.sleep(2)
        await harness.replies.idle()
    (told,) = (line for line in lines if line["event"] == "given up")
    assert (told["what"], told["reason"]) == ("a message", "Telegram or the network failed")
    assert harness.replies.counts["dropped"] == 1
    assert len(bermet.messages) == 60
    assert sum(call.chat_id == aigul.id for call in harness.telegram.calls) <= 40


@settings(max_examples=examples(25))
@given(st.integers(0, 2**32), st.integers(0, 40))
def test_whatever_the_weather_everybody_gets_every_receipt_in_order(seed: int, percent: int) -> None:
    chance = random.Random(seed)

    def weather(method: str, chat_id: int | str | None) -> PlannedFault | None:
        if chance.randrange(100) >= percent:
            return None
        bad: list[PlannedFault] = [
            PlannedFault(status=502),
            PlannedFault(broken="reset"),
            PlannedFault(broken="silence"),
            PlannedFault(status=429, parameters={"retry_after": chance.randrange(1, 5)}),
        ]
        return chance.choice(bad)

    async def everything() -> None:
        harness = RepliesHarness()
        people = [harness.person(str(number)) for number in range(10)]
        harness.telegram.faults.policy = weather
        for number in range(5):
            for person in people:
                await harness.replies.send(person.id, screen(str(number)))
        await harness.replies.idle()
        for person in people:
            assert [message.words for message in person.messages] == ["0", "1", "2", "3", "4"]

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(everything())


@in_virtual_time
async def test_in_the_place_of_what_telegram_does_not_take_a_sentence_arrives_and_both_are_counted() -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    instead = screen("Telegram did not take my answer.")
    for description in ("Bad Request: ENTITY_BOUNDS_INVALID", "Bad Request: something new", "Bad Request: PHOTO_X"):
        harness.telegram.faults.next(status=400, description=description)
        await harness.replies.send(aigul.id, screen("one"), otherwise=instead)
        await harness.replies.idle()
    assert [message.words for message in aigul.messages] == ["Telegram did not take my answer."] * 3
    assert (harness.replies.counts["wrong"], harness.replies.counts["bad_file"]) == (2, 1)


@in_virtual_time
async def test_what_telegram_takes_in_no_form_is_given_up_after_the_sentence() -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    harness.telegram.faults.next(status=400, description="Bad Request: something new", times=2)
    await harness.replies.show(aigul.id, screen("one"), otherwise=screen("two"))
    await harness.replies.idle()
    assert aigul.messages == []
    assert (harness.replies.counts["wrong"], harness.replies.waiting) == (2, 0)


@in_virtual_time
async def test_an_alert_that_telegram_does_not_take_becomes_a_message() -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    await first_screen(harness, aigul)
    query = aigul.press("a")
    harness.telegram.faults.next(status=400, description="Bad Request: MESSAGE_TOO_LONG")

    async def say() -> None:
        await harness.replies.send(aigul.id, screen("an alert"))

    await harness.replies.answer(query.id, "an alert", alert=True, too_late=say)
    await harness.replies.idle()
    assert aigul.messages[-1].words == "an alert"
