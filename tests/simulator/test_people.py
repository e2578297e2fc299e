from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from telegram import Bot, ChatMember, InlineKeyboardButton, InlineKeyboardMarkup

from bot.tasks import Tasks

if TYPE_CHECKING:
    from bot.simulator import Event, Person, Telegram


async def test_what_a_person_types_is_never_markup(bot: Bot, aigul: Person) -> None:
    aigul.say("<b>жол</b> & =1+1")
    (update,) = await bot.get_updates(timeout=1)
    assert update.message is not None
    assert update.message.text == "<b>жол</b> & =1+1"
    assert update.message.from_user is not None
    assert update.message.from_user.language_code == "ky"


async def test_a_person_sends_a_sticker_and_a_place(bot: Bot, aigul: Person) -> None:
    aigul.send_sticker()
    aigul.send_location(42.5, 74.5)
    sticker, place = [update.message for update in await bot.get_updates(timeout=1)]
    assert sticker is not None
    assert sticker.sticker is not None
    assert place is not None
    assert place.location is not None
    assert place.location.latitude == pytest.approx(42.5)


async def test_a_person_changes_what_they_wrote(bot: Bot, aigul: Person) -> None:
    said = aigul.say("Жол бузук")
    photo = aigul.send_photo("Мына")
    aigul.edit(said, "Жол абдан бузук")
    aigul.edit(photo, "Мына көрүңүз")
    first, second = [update.edited_message for update in (await bot.get_updates(timeout=1))[2:]]
    assert first is not None
    assert (first.message_id, first.text) == (said.id, "Жол абдан бузук")
    assert first.edit_date is not None
    assert second is not None
    assert second.caption == "Мына көрүңүз"


async def test_the_bot_hears_of_being_blocked_and_let_back(bot: Bot, aigul: Person) -> None:
    aigul.block()
    with pytest.raises(AssertionError, match="cannot write"):
        aigul.say("угуп жатасыңбы")
    aigul.start("h_1")
    gone, back, start = await bot.get_updates(timeout=1)
    assert gone.my_chat_member is not None
    assert gone.my_chat_member.new_chat_member.status == ChatMember.BANNED
    assert back.my_chat_member is not None
    assert back.my_chat_member.new_chat_member.status == ChatMember.MEMBER
    assert start.message is not None
    assert start.message.text == "/start h_1"


async def test_the_screen_is_the_newest_message_with_buttons(bot: Bot, aigul: Person) -> None:
    with pytest.raises(AssertionError, match="Айгүл has heard nothing"):
        _ = aigul.screen
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Ооба", callback_data="y")]])
    await bot.send_message(aigul.id, "бир")
    assert aigul.screen.text == "бир"
    await bot.send_message(aigul.id, "эки", reply_markup=keyboard)
    await bot.send_message(aigul.id, "үч")
    assert (aigul.screen.text, aigul.labels) == ("эки", ["Ооба"])
    assert [message.text for message in aigul.messages] == ["бир", "эки", "үч"]


async def test_a_test_waits_for_what_a_person_will_see(bot: Bot, telegram: Telegram, aigul: Person) -> None:
    tasks = Tasks()
    waiting = tasks.start(aigul.sees("эсептелди"), name="waiting")
    await asyncio.sleep(0)
    await bot.send_message(aigul.id, "Күтүңүз")
    await bot.send_message(aigul.id, "Добуш эсептелди")
    assert (await waiting).text == "Добуш эсептелди"
    assert (await aigul.sees("Күтүңүз")).text == "Күтүңүз"
    with pytest.raises(AssertionError, match="Айгүл waited in vain and sees: Добуш эсептелди"):
        await aigul.sees("келбейт", within=0.05)


async def test_everything_a_phone_shows_is_told_in_order(bot: Bot, telegram: Telegram, aigul: Person) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Ооба", callback_data="y")]])
    with telegram.watch() as watch:
        message = await bot.send_message(aigul.id, "?", reply_markup=keyboard)
        query = aigul.press("Ооба")
        await bot.answer_callback_query(query.id, "болду")
        await message.edit_text("!")
        await message.delete()
    seen: list[Event] = [event async for event in watch]
    assert [event.kind for event in seen] == ["new", "toast", "edited", "deleted"]
    assert {event.chat_id for event in seen} == {aigul.id}
    assert (seen[1].text, seen[1].user_id, seen[1].query) == ("болду", aigul.id, query.id)
