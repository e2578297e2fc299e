from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import RetryAfter

from bot.simulator import Answer, Limits, Person, SimulatedRoom, Telegram
from tests.simulator.conftest import TRANSPORTS

if TYPE_CHECKING:
    from tests.clocks import VirtualClock


async def send(telegram: Telegram, chat_id: int, text: str = "x") -> Answer:
    return await telegram.call("sendMessage", {"chat_id": chat_id, "text": text})


def crowd(telegram: Telegram, size: int) -> list[Person]:
    people = [Person(telegram, f"Айгүл {number}") for number in range(size)]
    for person in people:
        person.start()
    return people


async def test_thirty_messages_a_second_and_the_next_is_told_to_wait(strict: Telegram, clock: VirtualClock) -> None:
    people = crowd(strict, 31)
    statuses = [(await send(strict, person.id)).status for person in people]
    assert statuses == [200] * 30 + [429]
    clock.forward(seconds=1.01)
    assert (await send(strict, people[30].id)).status == 200


async def test_no_sliding_second_holds_more_than_thirty(strict: Telegram, clock: VirtualClock) -> None:
    people = crowd(strict, 200)
    accepted = []
    for person in people:
        if (await send(strict, person.id)).status == 200:
            accepted.append(clock.monotonic())
        clock.forward(seconds=0.02)
    assert max(sum(start <= at < start + 1 for at in accepted) for start in accepted) == 30


async def test_a_chat_takes_a_short_burst_and_then_one_a_second(strict: Telegram, clock: VirtualClock) -> None:
    (person,) = crowd(strict, 1)
    assert [(await send(strict, person.id)).status for _ in range(4)] == [200, 200, 200, 429]
    answer = await send(strict, person.id)
    assert answer.body["parameters"] == {"retry_after": 3}
    assert answer.body["description"] == "Too Many Requests: retry after 3"
    clock.forward(seconds=3)
    assert (await send(strict, person.id)).status == 200


async def test_edits_count_and_answers_to_presses_do_not(strict: Telegram) -> None:
    (person,) = crowd(strict, 1)
    keyboard = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
    await strict.call("sendMessage", {"chat_id": person.id, "text": "0", "reply_markup": keyboard})
    screen = person.screen
    for text in "12":
        fields = {"chat_id": person.id, "message_id": screen.id, "text": text, "reply_markup": keyboard}
        assert (await strict.call("editMessageText", fields)).status == 200
    assert (await strict.call("editMessageText", fields)).status == 429
    for _ in range(10):
        query = person.press("a")
        assert (await strict.call("answerCallbackQuery", {"callback_query_id": query.id})).status == 200


async def test_one_full_chat_does_not_shut_the_others(strict: Telegram) -> None:
    first, second = crowd(strict, 2)
    for _ in range(5):
        await send(strict, first.id)
    assert (await send(strict, second.id)).status == 200


async def test_a_group_takes_twenty_a_minute(strict: Telegram, clock: VirtualClock) -> None:
    (owner,) = crowd(strict, 1)
    room = SimulatedRoom(strict, "Кара-Суу", owner=owner)
    room.add_bot(owner)
    statuses = []
    for _ in range(21):
        statuses.append((await send(strict, room.id)).status)
        clock.forward(seconds=0.5)
    assert statuses == [200] * 20 + [429]
    clock.forward(seconds=60)
    assert (await send(strict, room.id)).status == 200


async def test_who_does_not_wait_as_told_waits_longer(strict: Telegram, clock: VirtualClock) -> None:
    (person,) = crowd(strict, 1)
    for _ in range(4):
        await send(strict, person.id)
    clock.forward(seconds=2.5)
    assert (await send(strict, person.id)).body["parameters"] == {"retry_after": 1}
    clock.forward(seconds=0.9)
    assert (await send(strict, person.id)).status == 429
    clock.forward(seconds=1)
    assert (await send(strict, person.id)).status == 200


async def test_the_wait_that_is_told_can_be_chosen(clock: VirtualClock) -> None:
    limits = Limits(chat_burst=1, retry_after=lambda missing: 35)
    telegram = Telegram(clock=clock, monotonic=clock.monotonic, limits=limits)
    (person,) = crowd(telegram, 1)
    await send(telegram, person.id)
    assert (await send(telegram, person.id)).body["parameters"] == {"retry_after": 35}
    clock.forward(seconds=34)
    assert (await send(telegram, person.id)).body["parameters"] == {"retry_after": 35}


@pytest.mark.parametrize("transport", list(TRANSPORTS))
async def test_the_library_hears_how_long_to_wait(
    strict: Telegram, transport: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    (person,) = crowd(strict, 1)
    async with TRANSPORTS[transport](strict) as bot:
        for text in "123":
            await bot.send_message(person.id, text)
        with pytest.raises(RetryAfter, match="Retry in 0:00:03"):
            await bot.send_message(person.id, "4")
    assert len(person.messages) == 3


async def test_without_limits_nothing_is_too_much(bot: Bot, aigul: Person) -> None:
    for number in range(40):
        await bot.send_message(
            aigul.id, str(number), reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("a", callback_data="a")]])
        )
    assert len(aigul.messages) == 40
