from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest

from bot.simulator import Person, Telegram, Toast

if TYPE_CHECKING:
    from tests.clocks import VirtualClock

STANCES = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("Колдойм", callback_data="yes"), InlineKeyboardButton("Каршымын", callback_data="no")],
        [InlineKeyboardButton("Калыс калам", callback_data="abstain")],
        [InlineKeyboardButton("Ачуу", url="https://t.me/hearing_demo_bot?start=h_1")],
    ]
)


async def next_update(bot: Bot) -> Update:
    updates = await bot.get_updates(timeout=2)
    await bot.get_updates(offset=updates[-1].update_id + 1, timeout=0)
    return updates[0]


async def test_a_press_arrives_and_its_answer_is_seen(bot: Bot, aigul: Person) -> None:
    await bot.send_message(aigul.id, "Кандай дейсиз?", reply_markup=STANCES)
    query = aigul.press("Колдойм")
    update = await next_update(bot)
    assert update.callback_query is not None
    assert (update.callback_query.id, update.callback_query.data) == (query.id, "yes")
    assert update.callback_query.from_user.id == aigul.id
    await update.callback_query.answer("Добушуңуз эсептелди", show_alert=True)
    assert aigul.toasts == [Toast("Добушуңуз эсептелди", alert=True)]


async def test_a_press_is_answered_only_once(bot: Bot, aigul: Person) -> None:
    await bot.send_message(aigul.id, "?", reply_markup=STANCES)
    query = aigul.press("Кал")
    await bot.answer_callback_query(query.id, "бир")
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired or query id is invalid"):
        await bot.answer_callback_query(query.id, "эки")
    assert [toast.text for toast in aigul.toasts] == ["бир"]


async def test_an_answer_that_comes_late_or_to_nothing_is_refused(bot: Bot, aigul: Person, clock: VirtualClock) -> None:
    await bot.send_message(aigul.id, "?", reply_markup=STANCES)
    query = aigul.press("Колдойм")
    clock.forward(seconds=151)
    for query_id in (query.id, "12345"):
        with pytest.raises(BadRequest, match="Query is too old"):
            await bot.answer_callback_query(query_id)
    assert aigul.toasts == []


async def test_a_toast_has_at_most_two_hundred_characters(bot: Bot, aigul: Person) -> None:
    await bot.send_message(aigul.id, "?", reply_markup=STANCES)
    query = aigul.press("Колдойм")
    with pytest.raises(BadRequest, match=r"(?i)message_too_long"):
        await bot.answer_callback_query(query.id, "ө" * 201)
    await bot.answer_callback_query(query.id, "ө" * 200)
    assert len(aigul.toasts) == 1


async def test_an_unanswered_press_has_no_toast_yet(bot: Bot, aigul: Person) -> None:
    await bot.send_message(aigul.id, "?", reply_markup=STANCES)
    query = aigul.press("Колдойм")
    assert not query.answered
    assert aigul.toasts == []


async def test_a_label_that_is_not_there_is_a_failure_that_names_the_others(bot: Bot, aigul: Person) -> None:
    await bot.send_message(aigul.id, "?", reply_markup=STANCES)
    with pytest.raises(AssertionError, match=r"no button 'Билбейм'; there are \['Колдойм', 'Каршымын', 'Калыс калам'"):
        aigul.press("Билбейм")
    with pytest.raises(AssertionError, match="'Ка' begins several of"):
        aigul.press("Ка")
    with pytest.raises(AssertionError, match="opens a link"):
        aigul.press("Ачуу")
    assert aigul.queries == []


async def test_an_old_screen_can_still_be_pressed(bot: Bot, aigul: Person) -> None:
    await bot.send_message(aigul.id, "эски", reply_markup=STANCES)
    old = aigul.screen
    await bot.send_message(aigul.id, "жаңы", reply_markup=STANCES)
    aigul.press("Каршымын", on=old)
    update = await next_update(bot)
    assert update.callback_query is not None
    assert update.callback_query.message is not None
    assert update.callback_query.message.message_id == old.id


async def test_a_screen_that_was_deleted_arrives_as_inaccessible(bot: Bot, aigul: Person) -> None:
    message = await bot.send_message(aigul.id, "эски", reply_markup=STANCES)
    old = aigul.screen
    await message.delete()
    aigul.press("Каршымын", on=old)
    update = await next_update(bot)
    assert update.callback_query is not None
    assert update.callback_query.message is not None
    assert not update.callback_query.message.is_accessible


async def test_a_press_can_be_forged(bot: Bot, aigul: Person) -> None:
    await bot.send_message(aigul.id, "?", reply_markup=STANCES)
    aigul.forge("1_drop_table")
    update = await next_update(bot)
    assert update.callback_query is not None
    assert update.callback_query.data == "1_drop_table"


async def test_a_deep_link_starts_the_bot_with_its_payload(bot: Bot, telegram: Telegram, aigul: Person) -> None:
    await bot.send_message(aigul.id, "?", reply_markup=STANCES)
    aigul.tap_link("Ачуу")
    update = await next_update(bot)
    assert update.message is not None
    assert update.message.text == "/start h_1"
    assert update.message.entities[0].type == "bot_command"
    with pytest.raises(AssertionError, match="not a link to the bot"):
        aigul.follow("https://t.me/another_bot?start=x")
    with pytest.raises(AssertionError, match="not a link into Telegram"):
        aigul.follow("https://example.org/")


@pytest.mark.parametrize("payload", ["a b", "ө", "a" * 65, "a+b"])
def test_a_payload_that_telegram_would_not_carry_is_a_failure(aigul: Person, payload: str) -> None:
    with pytest.raises(AssertionError, match="not a payload of a deep link"):
        aigul.start(payload)
