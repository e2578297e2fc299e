"""Every call of a bot, right or wrong, gets an answer in Telegram's shape; the model never raises."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.simulator import Person, Telegram, Upload
from bot.simulator.facts import API_READERS, METHOD_FACTS
from bot.simulator.files import blank_png
from bot.simulator.methods import MODELLED_METHODS
from tests.clocks import VirtualClock
from tests.scale import examples

KEYBOARD = {"inline_keyboard": [[{"text": "Ооба", "callback_data": "y"}]]}
PHOTO = {"type": "photo", "media": "attach://file", "caption": "<b>x</b>", "parse_mode": "HTML"}
COORDINATES = {"latitude": 42.5, "longitude": "74.5"}
VALID_FIELDS: dict[str, dict[str, Any]] = {
    "sendMessage": {"text": "<b>x</b>", "parse_mode": "HTML", "reply_markup": json.dumps(KEYBOARD)},
    "sendPhoto": {"photo": "attach://file", "caption": "x"},
    "sendDocument": {"document": "attach://file", "reply_parameters": {"message_id": 2}},
    "sendVoice": {"voice": "attach://file", "duration": 3},
    "sendVenue": {**COORDINATES, "title": "a", "address": "b"},
    "sendLocation": COORDINATES,
    "sendMediaGroup": {"media": [PHOTO, PHOTO]},
    "sendChatAction": {"action": "typing"},
    "setMessageReaction": {"message_id": 1, "reaction": [{"type": "emoji", "emoji": "👍"}]},
    "editMessageText": {"message_id": 2, "text": "b", "reply_markup": KEYBOARD},
    "editMessageMedia": {"message_id": "2", "media": PHOTO},
    "editMessageReplyMarkup": {"message_id": 2},
    "deleteMessage": {"message_id": 2},
    "pinChatMessage": {"message_id": 2},
    "unpinChatMessage": {"message_id": 2},
    "answerCallbackQuery": {"callback_query_id": "4000000000000001", "text": "x"},
    "getFile": {"file_id": "x"},
    "getChatMember": {"user_id": 1001},
    "setMyCommands": {"commands": [{"command": "a", "description": "b"}], "scope": {"type": "default"}},
    "setMyName": {"name": "x", "language_code": "ky"},
}
ODD_VALUES = [
    1001,
    -4001,
    10**20,
    "2",
    "",
    "<b>",
    "\ud800",
    "@hearing",
    [],
    {},
    [PHOTO],
    KEYBOARD,
    {"type": "moon"},
    "ky",
    True,
]
ANY_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
QUIET_METHODS = sorted(MODELLED_METHODS - {"getUpdates", "setWebhook"})


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A valid call, or one with one or two wrong fields."""
    method = draw(st.sampled_from(QUIET_METHODS))
    known = METHOD_FACTS[method]["fields"]
    fields = {**({"chat_id": 1001} if "chat_id" in known else {}), **VALID_FIELDS.get(method, {})}
    spoiled = draw(st.lists(st.sampled_from(sorted({*known, "colour"})), max_size=2))
    for name in spoiled:
        fields[name] = draw(st.sampled_from(ODD_VALUES) | ANY_VALUES)
    if draw(st.booleans()) and spoiled:
        fields.pop(spoiled[0])
    return method, fields


@settings(max_examples=examples(150))
@given(st.lists(calls(), min_size=1, max_size=8))
def test_every_call_is_answered_and_every_success_has_its_shape(story: list[tuple[str, dict[str, Any]]]) -> None:
    asyncio.run(_tell(story))


async def _tell(story: list[tuple[str, dict[str, Any]]]) -> None:
    telegram = Telegram(clock=VirtualClock())
    aigul = Person(telegram, "Айгүл")
    aigul.start()
    await telegram.call("sendMessage", {"chat_id": aigul.id, "text": "a", "reply_markup": KEYBOARD})
    aigul.press("Ооба")
    upload = Upload("a.png", blank_png(), "image/png")
    await telegram.call("sendPhoto", {"chat_id": aigul.id}, {"photo": upload})
    for method, fields in story:
        answer = await telegram.call(method, fields, {"file": upload})
        assert answer.status in {200, 400, 403, 404, 429, 501}, (method, fields, answer)
        assert json.loads(json.dumps(answer.body)) == answer.body
        assert answer.body["ok"] is (answer.status == 200)
        if answer.status == 200:
            API_READERS.value(METHOD_FACTS[method]["returns"][0], answer.body["result"])
        else:
            assert (answer.body["error_code"], bool(answer.body["description"])) == (answer.status, True)
