from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from telegram.error import Conflict

from bot.simulator import Person, Telegram
from bot.tasks import Tasks

if TYPE_CHECKING:
    from telegram import Bot

    from tests.clocks import VirtualClock


async def ids(telegram: Telegram, **fields: int) -> list[int]:
    answer = await telegram.call("getUpdates", fields)
    assert answer.status == 200, answer.body
    return [update["update_id"] for update in answer.body["result"]]


async def test_an_offset_confirms_everything_below_it(telegram: Telegram, aigul: Person) -> None:
    for number in range(3):
        aigul.say(str(number))
    first = await ids(telegram)
    assert len(first) == 3
    assert await ids(telegram, offset=first[1]) == first[1:]
    assert await ids(telegram, offset=first[2] + 1) == []
    assert len(telegram.world.updates) == 0


async def test_what_is_not_confirmed_comes_again(telegram: Telegram, aigul: Person) -> None:
    aigul.say("кайра")
    assert await ids(telegram, offset=0) == await ids(telegram, offset=-1)


async def test_a_batch_has_at_most_a_hundred(telegram: Telegram, aigul: Person) -> None:
    for number in range(120):
        aigul.say(str(number))
    hundred = await ids(telegram, limit=1000)
    assert len(hundred) == 100
    assert len(await ids(telegram, offset=hundred[-1] + 1, limit=7)) == 7
    assert len(await ids(telegram, offset=hundred[-1] + 2)) == 19


async def test_a_negative_offset_keeps_only_the_newest(telegram: Telegram, aigul: Person) -> None:
    for number in range(5):
        aigul.say(str(number))
    everything = [queued.id for queued in telegram.world.updates.waiting()]
    assert await ids(telegram, offset=-2) == everything[-2:]
    assert len(telegram.world.updates) == 2


async def test_the_same_offset_again_at_once_brings_one(clock: VirtualClock) -> None:
    telegram = Telegram(clock=clock, monotonic=clock.monotonic)
    person = Person(telegram, "Айгүл")
    for number in range(5):
        person.say(str(number))
    assert len(await ids(telegram, offset=0)) == 5
    assert len(await ids(telegram, offset=0)) == 1
    clock.forward(seconds=1)
    assert len(await ids(telegram, offset=0)) == 5


async def test_an_offset_from_the_future_confirms_nothing(telegram: Telegram, aigul: Person) -> None:
    telegram.next_update_id = 5
    aigul.say("жаңы эсеп")
    assert await ids(telegram, offset=100_500) == [5]


async def test_a_long_poll_ends_when_something_arrives(bot: Bot, telegram: Telegram, aigul: Person) -> None:
    tasks = Tasks()
    waiting = tasks.start(bot.get_updates(timeout=30), name="poll")
    await polled(telegram)
    aigul.say("келди")
    (update,) = await waiting
    assert update.message is not None
    assert update.message.text == "келди"


async def polled(telegram: Telegram) -> None:
    """Return when somebody waits in a long poll."""
    while not telegram.world.updates.polled:
        await asyncio.sleep(0)


async def test_an_empty_poll_ends_by_itself(telegram: Telegram) -> None:
    assert await ids(telegram, offset=1, timeout=1) == []


async def test_a_second_poller_ends_the_first_with_a_conflict(bot: Bot, telegram: Telegram, aigul: Person) -> None:
    tasks = Tasks()
    first = tasks.start(bot.get_updates(timeout=30), name="first")
    await polled(telegram)
    second = tasks.start(bot.get_updates(offset=1, timeout=30), name="second")
    with pytest.raises(Conflict, match="make sure that only one bot instance is running"):
        await first
    aigul.say("экинчиге")
    assert len(await second) == 1


async def test_polling_beside_a_webhook_is_a_conflict(bot: Bot, telegram: Telegram) -> None:
    await bot.set_webhook("https://example.org/hook")
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates(timeout=0) == ()


async def test_setting_a_webhook_ends_a_poll_with_a_conflict(bot: Bot, telegram: Telegram) -> None:
    tasks = Tasks()
    waiting = tasks.start(bot.get_updates(timeout=30), name="poll")
    await polled(telegram)
    await bot.set_webhook("https://example.org/hook")
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await waiting


@pytest.mark.parametrize(("stop", "left"), [(10, 2), (149, 2), (151, 1), (25 * 3600, 0)])
async def test_a_press_waits_150_seconds_and_a_message_a_day(
    telegram: Telegram, aigul: Person, clock: VirtualClock, stop: float, left: int
) -> None:
    await telegram.call(
        "sendMessage",
        {
            "chat_id": aigul.id,
            "text": "?",
            "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]},
        },
    )
    aigul.press("a")
    aigul.say("сөз")
    clock.forward(seconds=stop)
    assert len(await ids(telegram)) == left


async def test_settled_means_confirmed(telegram: Telegram, aigul: Person) -> None:
    aigul.say("бир")
    settled = Tasks().start(telegram.settled(), name="settled")
    await asyncio.sleep(0)
    (first,) = await ids(telegram)
    aigul.say("эки")
    assert not settled.done()
    assert len(await ids(telegram, offset=first + 1)) == 1
    await settled
    assert len(telegram.world.updates) == 1


async def test_settled_does_not_wait_for_what_has_expired(
    telegram: Telegram, aigul: Person, clock: VirtualClock
) -> None:
    aigul.say("эски")
    clock.forward(seconds=25 * 3600)
    await telegram.settled()
    assert len(telegram.world.updates) == 0


async def test_only_the_kinds_that_were_asked_for_are_queued(telegram: Telegram, aigul: Person) -> None:
    await telegram.call("getUpdates", {"allowed_updates": ["callback_query"], "timeout": 0})
    aigul.say("угулбайт")
    assert len(telegram.world.updates) == 0
    await telegram.call("getUpdates", {"allowed_updates": '["message"]', "offset": 1})
    aigul.say("угулат")
    assert len(telegram.world.updates) == 1


async def test_any_raw_update_can_be_offered(telegram: Telegram) -> None:
    plain = telegram.offer({"message": {"nonsense": True}})
    chosen = telegram.offer({"update_id": 900_000, "purchased_moon": {}})
    assert chosen == 900_000
    answer = await telegram.call("getUpdates", {})
    assert answer.body["result"] == [
        {"update_id": plain, "message": {"nonsense": True}},
        {"update_id": 900_000, "purchased_moon": {}},
    ]
