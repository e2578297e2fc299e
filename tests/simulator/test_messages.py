from __future__ import annotations

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyParameters
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, TelegramError

from bot.simulator import Person, Telegram
from bot.simulator.files import blank_png


def keyboard(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=f"d_{label}")] for label in labels])


async def test_a_person_reads_what_the_bot_wrote(bot: Bot, aigul: Person) -> None:
    message = await bot.send_message(
        aigul.id, "<b>Бюджет</b> &lt;2027&gt;", parse_mode="HTML", reply_markup=keyboard("Колдойм", "Каршымын")
    )
    assert aigul.screen.text == message.text == "Бюджет <2027>"
    assert aigul.screen.html == "<b>Бюджет</b> &lt;2027&gt;"
    assert aigul.labels == ["Колдойм", "Каршымын"]
    assert message.entities[0].type == "bold"
    assert message.from_user is not None
    assert message.from_user.username == "hearing_demo_bot"


async def test_a_method_nobody_knows_is_not_found(bot: Bot, telegram: Telegram) -> None:
    answer = await telegram.call("sendLetter", {})
    assert (answer.status, answer.body["description"]) == (404, "Not Found: method not found")
    with pytest.raises(TelegramError, match="not found"):
        await bot.do_api_request("sendLetter")


async def test_what_telegram_has_and_we_do_not_says_so(bot: Bot, aigul: Person) -> None:
    with pytest.raises(NetworkError, match="the simulator does not model the method sendPoll"):
        await bot.send_poll(aigul.id, "Ким?", ["Биз", "Алар"])
    with pytest.raises(NetworkError, match="the simulator does not model the method copyMessage"):
        await bot.copy_message(aigul.id, aigul.id, 1)
    with pytest.raises(NetworkError, match='does not model the field "message_effect_id"'):
        await bot.send_message(aigul.id, "Салам", message_effect_id="1")
    assert aigul.messages == []


async def test_an_unknown_field_is_refused(bot: Bot, aigul: Person) -> None:
    with pytest.raises(BadRequest, match=r'(?i)method sendMessage has no field "colour"'):
        await bot.send_message(aigul.id, "Салам", api_kwargs={"colour": "red"})


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"chat_id": 1001}, "message text is empty"),
        ({"text": "x"}, "chat_id is empty"),
        ({"chat_id": "", "text": "x"}, "chat_id is empty"),
        ({"chat_id": 1001, "text": 5}, 'field "text" must be of type String'),
        ({"chat_id": [1001], "text": "x"}, 'field "chat_id" must be of type Integer or String'),
        ({"chat_id": 1001, "text": "x", "disable_notification": "perhaps"}, "must be of type Boolean"),
        ({"chat_id": 1001, "text": "x", "message_thread_id": "1.5"}, "must be of type Integer"),
        ({"chat_id": 1001, "text": "x", "reply_markup": "{"}, "it is not JSON"),
        ({"chat_id": 1001, "text": "x", "reply_markup": {"buttons": []}}, "object expected"),
        ({"chat_id": 1001, "text": "x", "reply_markup": {"inline_keyboard": [{}]}}, "must be of type Array"),
        ({"chat_id": 1001, "text": "x", "reply_markup": {"inline_keyboard": [[{}]]}}, 'can\'t find field "text"'),
        (
            {"chat_id": 1001, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "call": "b"}]]}},
            'type InlineKeyboardButton has no field "call"',
        ),
        ({"chat_id": 1001, "text": "x", "entities": [{"type": "bold", "offset": 0}]}, 'can\'t find field "length"'),
        ({"chat_id": 1001, "text": "x", "parse_mode": "Word"}, "unsupported parse_mode"),
    ],
)
async def test_a_wrong_field_is_refused(
    telegram: Telegram, aigul: Person, fields: dict[str, object], reason: str
) -> None:
    assert aigul.id == 1001
    answer = await telegram.call("sendMessage", fields)
    assert answer.status == 400
    assert answer.body["ok"] is False
    assert reason in answer.body["description"]
    assert aigul.messages == []


async def test_numbers_may_come_as_text_as_they_do_in_forms(telegram: Telegram, aigul: Person) -> None:
    answer = await telegram.call("sendmessage", {"chat_id": str(aigul.id), "text": "x", "protect_content": "true"})
    assert answer.status == 200


async def test_text_is_measured_in_characters_after_parsing(bot: Bot, aigul: Person) -> None:
    await bot.send_message(aigul.id, f"<b>{'ө' * 4096}</b>", parse_mode="HTML")
    with pytest.raises(BadRequest, match="Message is too long"):
        await bot.send_message(aigul.id, "ө" * 4097)
    with pytest.raises(BadRequest, match="Message text is empty"):
        await bot.send_message(aigul.id, "<b> </b>\n", parse_mode="HTML")


async def test_a_caption_is_measured_too(bot: Bot, aigul: Person) -> None:
    await bot.send_photo(aigul.id, blank_png(), caption="ң" * 1024)
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_photo(aigul.id, blank_png(), caption="ң" * 1025)


async def test_callback_data_is_measured_in_bytes(bot: Bot, aigul: Person) -> None:
    def button(data: str) -> InlineKeyboardMarkup:
        return InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data=data)]])

    await bot.send_message(aigul.id, "x", reply_markup=button("ө" * 32))
    with pytest.raises(BadRequest, match=r"(?i)button_data_invalid"):
        await bot.send_message(aigul.id, "x", reply_markup=button("ө" * 33))
    with pytest.raises(BadRequest, match=r"(?i)button_data_invalid"):
        await bot.send_message(aigul.id, "x", reply_markup=button(""))


async def test_a_keyboard_has_at_most_a_hundred_buttons(bot: Bot, aigul: Person) -> None:
    await bot.send_message(aigul.id, "x", reply_markup=keyboard(*map(str, range(100))))
    with pytest.raises(BadRequest, match="Reply markup is too long"):
        await bot.send_message(aigul.id, "x", reply_markup=keyboard(*map(str, range(101))))


@pytest.mark.parametrize(
    "button",
    [
        {"text": "does nothing"},
        {"text": "both", "callback_data": "x", "url": "https://example.org"},
        {"text": " ", "callback_data": "x"},
        {"text": "ftp", "url": "ftp://example.org"},
    ],
)
async def test_a_button_does_exactly_one_thing(telegram: Telegram, aigul: Person, button: dict[str, str]) -> None:
    fields = {"chat_id": aigul.id, "text": "x", "reply_markup": {"inline_keyboard": [[button]]}}
    answer = await telegram.call("sendMessage", fields)
    assert answer.status == 400
    assert "button" in answer.body["description"]


async def test_a_stranger_cannot_be_written_to(bot: Bot, telegram: Telegram) -> None:
    stranger = Person(telegram, "Бакыт")
    for nobody in (stranger.id, 77, "@nobody"):
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(nobody, "Салам")
    stranger.start()
    assert (await bot.send_message(stranger.id, "Салам")).text == "Салам"


async def test_who_blocked_the_bot_hears_nothing_until_they_come_back(bot: Bot, aigul: Person) -> None:
    message = await bot.send_message(aigul.id, "Салам")
    aigul.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(aigul.id, "Салам")
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.edit_message_text("Кош", aigul.id, message.message_id)
    aigul.start()
    await bot.send_message(aigul.id, "Кайрылышың менен")
    assert aigul.screen.text == "Кайрылышың менен"


async def test_a_deleted_account_is_deactivated(bot: Bot, aigul: Person) -> None:
    aigul.delete_account()
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(aigul.id, "Салам")


async def test_the_token_is_checked(bot: Bot, telegram: Telegram) -> None:
    stranger = Bot("200:OTHER", base_url=bot.base_url.removesuffix(bot.token), request=bot.request)
    with pytest.raises(InvalidToken, match=r"Unauthorized|rejected"):
        await stranger.initialize()
    assert telegram.statuses[200] == 1  # only the getMe of the bot that belongs here


async def test_a_reply_needs_its_message(bot: Bot, aigul: Person) -> None:
    asked = aigul.say("Суроо бар")
    answer = await bot.send_message(aigul.id, "Угуп жатам", reply_parameters=ReplyParameters(asked.id))
    assert answer.reply_to_message is not None
    assert answer.reply_to_message.text == "Суроо бар"
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(aigul.id, "x", reply_parameters=ReplyParameters(999))
    gone = ReplyParameters(999, allow_sending_without_reply=True)
    assert (await bot.send_message(aigul.id, "x", reply_parameters=gone)).reply_to_message is None


async def test_a_venue_and_a_location_lie_on_the_earth(bot: Bot, aigul: Person) -> None:
    venue = await bot.send_venue(aigul.id, 42.87, 74.59, "Айыл өкмөтү", "Ленин көчөсү, 1")
    assert venue.venue is not None
    assert venue.venue.location.latitude == pytest.approx(42.87)
    with pytest.raises(BadRequest, match="Wrong location"):
        await bot.send_location(aigul.id, 92.0, 74.59)


async def test_typing_is_told_to_who_listens(bot: Bot, telegram: Telegram, aigul: Person) -> None:
    heard: list[tuple[str, int, str]] = []
    stop = telegram.listen(lambda event: heard.append((event.kind, event.chat_id, event.text)))
    await bot.send_chat_action(aigul.id, "typing")
    stop()
    await bot.send_chat_action(aigul.id, "upload_document")
    assert heard == [("action", aigul.id, "typing")]
    with pytest.raises(BadRequest, match="Wrong parameter action"):
        await bot.send_chat_action(aigul.id, "yawning")


async def test_a_reaction_is_seen(bot: Bot, telegram: Telegram, aigul: Person) -> None:
    said = aigul.say("Рахмат")
    await bot.set_message_reaction(aigul.id, said.id, "👍")
    assert said.reactions[telegram.world.bot["id"]] == [{"type": "emoji", "emoji": "👍"}]


async def test_a_message_under_a_reply_keyboard_cannot_be_edited(bot: Bot, aigul: Person) -> None:
    message = await bot.send_message(aigul.id, "Тандаңыз", reply_markup=ReplyKeyboardMarkup([["Ооба", "Жок"]]))
    assert message.reply_markup is None
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await message.edit_text("Башка")


async def test_a_private_chat_has_topics_until_they_are_deleted(bot: Bot, aigul: Person) -> None:
    topic = aigul.topic("Суу")
    aigul.say("Суу жок", room=topic)
    await bot.send_message(aigul.id, "a", message_thread_id=topic.thread)
    assert [message.text for message in topic.messages] == ["a"]
    topic.delete()
    with pytest.raises(BadRequest, match=r"(?i)message thread not found"):
        await bot.send_message(aigul.id, "b", message_thread_id=topic.thread)
