"""The model against the facts of the Bot API: every modelled method exists, and every answer has its shape."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import CallbackQuery, Chat, ChatFullInfo, ChatMember, File, Message, Update, User

from bot.simulator import Person, SimulatedRoom, Telegram, Upload
from bot.simulator.facts import API_READERS, BOT_API, METHOD_FACTS, TYPE_FACTS, UNMODELLED_METHODS
from bot.simulator.files import blank_png
from bot.simulator.limits import COUNTED_METHODS
from bot.simulator.methods import MODELLED_METHODS
from bot.simulator.refusals import RefusedError

KEYBOARD = {"inline_keyboard": [[{"text": "Ооба", "callback_data": "y"}]]}
PNG = Upload("a.png", blank_png(), "image/png")
TEXT = Upload("a.txt", b"abc", "text/plain")

CALLS: list[tuple[str, dict[str, Any], dict[str, Upload]]] = [
    ("getMe", {}, {}),
    ("getWebhookInfo", {}, {}),
    ("sendMessage", {"text": "<b>a</b>", "parse_mode": "HTML", "reply_markup": KEYBOARD}, {}),
    ("sendPhoto", {"caption": "a"}, {"photo": PNG}),
    ("sendDocument", {"reply_parameters": {"message_id": 1}}, {"document": TEXT}),
    ("sendVoice", {"duration": 3}, {"voice": TEXT}),
    ("sendAudio", {"duration": 3}, {"audio": TEXT}),
    ("sendVideo", {"caption": "a"}, {"video": TEXT}),
    ("sendAnimation", {}, {"animation": TEXT}),
    ("sendVideoNote", {}, {"video_note": TEXT}),
    ("sendVenue", {"latitude": 1, "longitude": 2, "title": "a", "address": "b"}, {}),
    ("sendLocation", {"latitude": 1, "longitude": 2}, {}),
    (
        "sendMediaGroup",
        {"media": [{"type": "photo", "media": "attach://x"}, {"type": "photo", "media": "attach://x"}]},
        {"x": PNG},
    ),
    ("editMessageText", {"message_id": 2, "text": "b"}, {}),
    ("editMessageReplyMarkup", {"message_id": 2}, {}),
    ("editMessageMedia", {"message_id": 2, "media": {"type": "photo", "media": "attach://x"}}, {"x": PNG}),
    ("setMyCommands", {"commands": [{"command": "a", "description": "b"}]}, {}),
    ("getChat", {}, {}),
    ("getUpdates", {}, {}),
]


def test_every_method_we_model_exists_and_every_other_is_named() -> None:
    assert set(METHOD_FACTS) > MODELLED_METHODS
    assert not {name.lower() for name in MODELLED_METHODS} & UNMODELLED_METHODS
    assert COUNTED_METHODS <= MODELLED_METHODS
    assert BOT_API["version"] == "Bot API 10.1"


def test_every_type_that_a_call_can_carry_is_known() -> None:
    """Everything but a rich message, which is refused by its field."""
    for method, fact in METHOD_FACTS.items():
        for field, about in fact["fields"].items():
            kinds = {kind.replace("Array of ", "") for kind in about["types"]}
            unknown = kinds - set(TYPE_FACTS) - {"String", "Integer", "Float", "Boolean", "True"}
            assert unknown <= {"InputRichMessage"}, f"{method}.{field}"


@pytest.mark.parametrize(("method", "fields", "files"), CALLS, ids=[call[0] for call in CALLS])
async def test_answers_have_the_shape_of_the_facts(
    telegram: Telegram, aigul: Person, method: str, fields: dict[str, Any], files: dict[str, Upload]
) -> None:
    await telegram.call("sendMessage", {"chat_id": aigul.id, "text": "a", "reply_markup": KEYBOARD})
    aigul.press("Ооба") if aigul.labels else None
    aigul.send_voice()
    needs_chat = "chat_id" in METHOD_FACTS[method]["fields"]
    answer = await telegram.call(method, {**({"chat_id": aigul.id} if needs_chat else {}), **fields}, files)
    assert answer.status == 200, answer.body
    API_READERS.value(METHOD_FACTS[method]["returns"][0], answer.body["result"])


async def test_files_are_described_as_the_facts_say(telegram: Telegram, aigul: Person) -> None:
    voice = aigul.send_voice()
    answer = await telegram.call("getFile", {"file_id": voice.content.media["file_id"]})
    API_READERS.value("File", answer.body["result"])
    file = File.de_json(answer.body["result"], None)
    assert file.file_size == len(b"OggS-voice")


async def test_every_update_has_the_shape_of_the_facts_and_of_the_library(telegram: Telegram, aigul: Person) -> None:
    aigul.start("x")
    aigul.send_photo("a")
    aigul.send_document(b"1")
    aigul.send_sticker()
    aigul.send_location()
    for media in ("audio", "video", "video_note", "animation", "live_photo"):
        aigul.send_media(media)
    aigul.say("a", room=aigul.topic("Суу"))
    aigul.edit(aigul.say("a"), "b")
    await telegram.call("sendMessage", {"chat_id": aigul.id, "text": "a", "reply_markup": KEYBOARD})
    aigul.press("Ооба")
    aigul.block()
    aigul.unblock()
    for kind in ("group", "supergroup", "channel"):
        room = SimulatedRoom(telegram, "Кара-Суу", owner=aigul, kind=kind)
        room.add_bot(aigul, administrator=True)
        if kind == "supergroup":
            room.mute_bot(aigul)
        room.remove_bot(aigul)
    raw = [queued.update for queued in telegram.world.updates.waiting()]
    assert {key for update in raw for key in update} == {
        "update_id",
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
    }
    for update in raw:
        API_READERS.value("Update", update)
        parsed = Update.de_json(update, None)
        assert parsed.update_id == update["update_id"]
        assert parsed.effective_chat is not None


async def test_what_comes_back_is_read_by_the_library(telegram: Telegram, aigul: Person) -> None:
    owner = SimulatedRoom(telegram, "Кара-Суу", owner=aigul)
    owner.add_bot(aigul, administrator=True)
    me = await telegram.call("getMe")
    assert User.de_json(me.body["result"], None).is_bot
    chat = await telegram.call("getChat", {"chat_id": owner.id})
    assert ChatFullInfo.de_json(chat.body["result"], None).title == "Кара-Суу"
    member = await telegram.call("getChatMember", {"chat_id": owner.id, "user_id": 100})
    API_READERS.value("ChatMember", member.body["result"])
    assert ChatMember.de_json(member.body["result"], None).status == "administrator"
    sent = await telegram.call("sendMessage", {"chat_id": owner.id, "text": "a", "reply_markup": KEYBOARD})
    message = Message.de_json(sent.body["result"], None)
    assert message.chat == Chat(owner.id, "supergroup")
    aigul.press("Ооба", room=owner)
    press = telegram.world.updates.waiting()[-1].update["callback_query"]
    assert CallbackQuery.de_json(press, None).message == message


def test_a_shape_that_is_wrong_is_found() -> None:
    """The readers that check our answers do refuse wrong ones."""
    user = {"id": 1, "is_bot": False, "first_name": "a"}
    API_READERS.value("User", user)
    for wrong in ({**user, "id": "one"}, {**user, "nickname": "b"}, {"id": 1, "is_bot": False}):
        with pytest.raises(RefusedError):
            API_READERS.value("User", wrong)
