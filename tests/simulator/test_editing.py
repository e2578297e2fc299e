from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaDocument, InputMediaPhoto
from telegram import Message as Seen
from telegram.error import BadRequest, NetworkError

from bot.simulator.files import blank_png

if TYPE_CHECKING:
    from bot.simulator import Person, Telegram
    from tests.clocks import VirtualClock

YES = InlineKeyboardMarkup([[InlineKeyboardButton("Ооба", callback_data="y")]])


async def test_a_screen_changes_in_place_and_remembers_what_it_was(
    bot: Bot, aigul: Person, clock: VirtualClock
) -> None:
    message = await bot.send_message(aigul.id, "Биринчи", reply_markup=YES)
    clock.forward(seconds=5)
    changed = await message.edit_text("Экинчи", reply_markup=YES)
    assert isinstance(changed, Seen)
    assert changed.edit_date is not None
    assert (aigul.screen.text, aigul.screen.edits) == ("Экинчи", 1)
    assert aigul.screen.history[0][0].text == "Биринчи"
    assert len(aigul.messages) == 1


async def test_the_same_words_and_buttons_again_are_not_a_change(bot: Bot, aigul: Person) -> None:
    message = await bot.send_message(aigul.id, "<b>Салам</b>", parse_mode="HTML", reply_markup=YES)
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content"):
        await message.edit_text("<strong>Салам</strong>", parse_mode="HTML", reply_markup=YES)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await message.edit_reply_markup(YES)
    await message.edit_text("Салам", reply_markup=YES)
    assert aigul.screen.edits == 1


async def test_an_edit_without_buttons_takes_them_away(bot: Bot, aigul: Person) -> None:
    message = await bot.send_message(aigul.id, "Салам", reply_markup=YES)
    await message.edit_text("Салам!")
    assert aigul.messages[0].labels == []
    await message.edit_reply_markup(YES)
    assert (aigul.messages[0].labels, aigul.messages[0].text) == (["Ооба"], "Салам!")


async def test_a_message_that_is_gone_cannot_be_edited(bot: Bot, aigul: Person) -> None:
    message = await bot.send_message(aigul.id, "Салам")
    await message.delete()
    assert aigul.messages == []
    for message_id in (message.message_id, 999):
        with pytest.raises(BadRequest, match="Message to edit not found"):
            await bot.edit_message_text("Кош", aigul.id, message_id)


async def test_a_persons_own_message_cannot_be_edited_by_the_bot(bot: Bot, aigul: Person) -> None:
    said = aigul.say("Менин сөзүм")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("Сенин сөзүң эмес", aigul.id, said.id)


async def test_a_picture_has_a_caption_and_no_text(bot: Bot, aigul: Person) -> None:
    picture = await bot.send_photo(aigul.id, blank_png(), caption="Бюджет")
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await picture.edit_text("Бюджет 2027")
    same_picture = InputMediaPhoto(picture.photo[-1].file_id, caption="Бюджет 2027")
    await picture.edit_media(same_picture)
    assert (aigul.messages[0].caption, aigul.messages[0].text) == ("Бюджет 2027", "")
    with pytest.raises(BadRequest, match="Message is not modified"):
        await picture.edit_media(same_picture)


async def test_a_text_may_become_a_picture_and_the_picture_another(bot: Bot, aigul: Person) -> None:
    message = await bot.send_message(aigul.id, "Текст", reply_markup=YES)
    dark, light = blank_png(grey=0), blank_png(grey=255)
    await message.edit_media(InputMediaPhoto(dark, caption="<i>Кара</i>", parse_mode="HTML"), reply_markup=YES)
    assert (aigul.screen.photo, aigul.screen.caption) == (dark, "Кара")
    changed = await message.edit_media(InputMediaPhoto(light))
    assert aigul.screen.photo == light
    assert isinstance(changed, Seen)
    again = InputMediaPhoto(changed.photo[-1].file_id)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await message.edit_media(again)
    await message.edit_media(InputMediaDocument(b"PK", filename="a.xlsx"))
    assert (aigul.screen.document, aigul.screen.file_name) == (b"PK", "a.xlsx")


async def test_a_venue_does_not_become_a_picture(bot: Bot, aigul: Person) -> None:
    venue = await bot.send_venue(aigul.id, 42.87, 74.59, "Клуб", "1")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await venue.edit_media(InputMediaPhoto(blank_png()))


async def test_an_edit_needs_to_know_its_message(telegram: Telegram, bot: Bot, aigul: Person) -> None:
    answer = await telegram.call("editMessageText", {"text": "x", "chat_id": aigul.id})
    assert answer.body["description"] == "Bad Request: message identifier is not specified"
    with pytest.raises(NetworkError, match='does not model the field "inline_message_id"'):
        await bot.edit_message_text("x", inline_message_id="1")


async def test_an_edit_is_as_strict_about_length_and_markup_as_a_message(bot: Bot, aigul: Person) -> None:
    message = await bot.send_message(aigul.id, "Салам")
    with pytest.raises(BadRequest, match="Message is too long"):
        await message.edit_text("x" * 4097)
    with pytest.raises(BadRequest, match="Can't parse entities"):
        await message.edit_text("<b>x", parse_mode="HTML")
    with pytest.raises(BadRequest, match="Message text is empty"):
        await message.edit_text(" ")
    assert aigul.screen.edits == 0


async def test_what_is_deleted_is_gone_once(bot: Bot, aigul: Person, clock: VirtualClock) -> None:
    messages = [await bot.send_message(aigul.id, f"{number}") for number in range(2)]
    await messages[0].delete()
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await messages[0].delete()
    assert [message.text for message in aigul.messages] == ["1"]
    clock.forward(seconds=48 * 3600 + 1)
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await messages[1].delete()


async def test_a_message_is_pinned_and_unpinned(bot: Bot, aigul: Person) -> None:
    first = await bot.send_message(aigul.id, "1")
    second = await bot.send_message(aigul.id, "2")
    await first.pin()
    await second.pin()
    chat = await bot.get_chat(aigul.id)
    assert chat.pinned_message is not None
    assert chat.pinned_message.message_id == second.message_id
    await bot.unpin_chat_message(aigul.id)
    await bot.unpin_chat_message(aigul.id, first.message_id)
    assert not any(message.pinned for message in aigul.messages)
    with pytest.raises(BadRequest, match="Message to unpin not found"):
        await second.unpin()
