"""Updates of any shape, without end: what Telegram sends, with any part replaced, dropped, doubled or buried deep."""

from __future__ import annotations

import copy
import json
import string
from typing import TYPE_CHECKING, Any, Final

from handlers.presses import PRESSES_BY_TAG

if TYPE_CHECKING:
    from random import Random

    Json = dict[str, Any]

WORDS: Final = (
    "",
    "   ",
    "/start",
    "/desk@hearing_bot",
    "/start " + "9" * 64,
    "/forget",
    "=1+1",
    "<b>кара</b></i> & <script>",
    "\u202eтерс\u202c",
    "\u2800\u3164\u115f",
    "нөл\u200bтуу\ufeff",
    "\ud83d жарым",
    "а\x00б\x1b[31m",
    "Көпүрө керек",
    "1" * 5_000,
    "ө" * 4_096,
    "{0} %s {t}",
    "t.me/hearing_bot?start=1eq_1_1",
    "👩‍👩‍👧‍👦" * 30,
)
NUMBERS: Final = (0, -1, 1, 5, 2**31, 2**63, 2**70, -(2**53), 1.5, -0.0, 1e308)
OTHERS: Final[tuple[Any, ...]] = (None, True, False, *NUMBERS, "", "z", [], [[]], {})
"""Values where another type is promised, or none so large."""
CHAT_TYPES: Final = ("private", "group", "supergroup", "channel")
LETTERS: Final = string.ascii_letters + string.digits + "_-"


class HostileUpdates:
    """A source of updates from accounts that mean no good; the same ``dice`` make the same updates."""

    def __init__(self, dice: Random, accounts: list[int]) -> None:
        self._dice = dice
        self._accounts = accounts
        self._makers = (
            self._message,
            self._message,
            self._media,
            self._service,
            self._press,
            self._press,
            self._membership,
            self._foreign,
        )

    def make(self) -> Json:
        """One update: in one of four cases as Telegram would send it, else spoiled in up to three places."""
        update = self._dice.choice(self._makers)()
        for _ in range(self._dice.choice((0, 1, 2, 3))):
            self._spoil(update)
        return update

    def body(self) -> bytes:
        """The body of a request that is no update."""
        update = json.dumps(self.make()).encode()
        deep = self._dice.choice((200, 985, 5_000))
        return self._dice.choice(
            (
                update[: self._dice.randrange(len(update))],
                update.replace(b'"', b"\xff", 1),
                update.replace(b":", b":" + b"9" * 5_000 + b",", 1),
                b'{"update_id":7,"message":' + b"[" * deep + b"]" * deep + b"}",
                b'{"message":{"text":"\x01"}}',
                b"[]",
                b"null",
                b"",
                b'{"update_id":1e999}',
                self._dice.randbytes(60),
            )
        )

    def _sender(self) -> Json:
        number = self._dice.choice((*self._accounts, self._dice.randrange(1, 2**40)))
        code = self._dice.choice(("ky", "ru", "uz", "en", "xx", "zh-hans"))
        return {"id": number, "is_bot": False, "first_name": self._word(64), "language_code": code}

    def _word(self, longest: int = 5_000) -> str:
        return self._dice.choice(WORDS)[:longest]

    def _frame(self) -> Json:
        sender = self._sender()
        private = self._dice.random() < 0.8
        chat = {"id": sender["id"], "type": "private"} if private else self._group()
        return {"message_id": self._dice.randrange(1, 2**31), "date": 1_790_000_000, "chat": chat, "from": sender}

    def _group(self) -> Json:
        return {
            "id": -self._dice.randrange(1, 2**40),
            "type": self._dice.choice(CHAT_TYPES[1:]),
            "title": self._word(128),
        }

    def _message(self) -> Json:
        words = self._word()
        message = self._frame() | {"text": words}
        kind = self._dice.choice(("bot_command", "text_link", "text_mention", "url", "custom_emoji", "blockquote"))
        length = self._dice.choice((0, 1, len(words), len(words) + 3, 2**31))
        if self._dice.random() < 0.6:
            message["entities"] = [{"type": kind, "offset": 0, "length": length, "url": "http://a.example"}]
        if self._dice.random() < 0.2:
            message["reply_to_message"] = self._frame() | {"text": self._word()}
        if self._dice.random() < 0.1:
            message["media_group_id"] = str(self._dice.randrange(3))
        if self._dice.random() < 0.1:
            message["forward_origin"] = {"type": "user", "date": 1, "sender_user": self._sender()}
        return {self._dice.choice(("message", "message", "edited_message", "channel_post")): message}

    def _media(self) -> Json:
        file = {
            "file_id": self._word(80),
            "file_unique_id": "u",
            "file_size": 5,
            "duration": 3,
            "mime_type": "audio/ogg",
        }
        photo = [{**file, "width": 9, "height": 9}]
        kind = self._dice.choice(
            ("voice", "audio", "document", "photo", "video", "video_note", "animation", "sticker", "live_photo")
        )
        return {"message": self._frame() | {kind: photo if kind == "photo" else file, "caption": self._word(1_024)}}

    def _service(self) -> Json:
        happened: Json = self._dice.choice(
            (
                {"migrate_to_chat_id": -(10**12)},
                {"migrate_from_chat_id": -5},
                {"new_chat_members": [self._sender()]},
                {"left_chat_member": self._sender()},
                {"new_chat_title": self._word()},
                {"pinned_message": self._frame()},
                {"location": {"latitude": 42.8, "longitude": 74.5, "live_period": 60}},
                {"contact": {"phone_number": "+996", "first_name": self._word(), "user_id": 5}},
                {"poll": {"id": "1"}},
                {"dice": {"emoji": "🎲", "value": 3}},
                {"web_app_data": {"data": self._word(), "button_text": "x"}},
                {"forum_topic_created": {"name": "x", "icon_color": 1}},
                {"message_thread_id": 77, "is_topic_message": True, "text": self._word()},
            )
        )
        return {"message": self._frame() | happened}

    def _press(self) -> Json:
        tag = self._dice.choice(tuple(PRESSES_BY_TAG))
        fields = "_".join(self._dice.choice(("1", "0", "zz", "-1", "z" * 14, "en", "")) for _ in range(5))
        data = self._dice.choice(
            (
                f"1{tag}_{fields}"[:64],
                f"1{tag}_1_1"[:64],
                "".join(self._dice.choices(LETTERS, k=self._dice.randrange(65))),
                self._word(16),
            )
        )
        press = {"id": str(self._dice.randrange(2**60)), "from": self._sender(), "chat_instance": "1", "data": data}
        if self._dice.random() < 0.9:
            press["message"] = self._frame() | {"date": self._dice.choice((0, 1_790_000_000))}
        return {"callback_query": press}

    def _membership(self) -> Json:
        frame = self._frame()
        status = self._dice.choice(("member", "administrator", "kicked", "left", "restricted", "owner"))
        return {
            self._dice.choice(("my_chat_member", "chat_member")): {
                **{key: frame[key] for key in ("chat", "from", "date")},
                "old_chat_member": {"status": "left", "user": self._sender()},
                "new_chat_member": {"status": status, "user": self._sender(), "can_post_messages": True},
            }
        }

    def _foreign(self) -> Json:
        kind = self._dice.choice(("inline_query", "poll_answer", "chat_join_request", "message_reaction", "telepathy"))
        return {kind: {"id": "1", "from": self._sender(), "query": self._word(), "chat": self._group()}}

    def _spoil(self, update: Json) -> None:
        if not (places := _places(update)):
            return
        holder, key = self._dice.choice(places)
        what = self._dice.randrange(6)
        if what == 0 and isinstance(holder, dict):
            del holder[key]
        elif what == 1:
            holder[key] = [copy.deepcopy(holder[key])]
        elif what == 2:
            holder[key] = self._word()
        elif what == 3 and isinstance(holder, dict):
            holder[self._word(20)] = copy.deepcopy(holder[key])
        elif what == 4:
            for _ in range(self._dice.choice((3, 60))):
                holder[key] = {"deep": holder[key]}
        else:
            holder[key] = copy.deepcopy(self._dice.choice(OTHERS))


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Each part of a value, as what holds it and under which key."""
    if isinstance(value, dict):
        keys: list[Any] = list(value)
    elif isinstance(value, list):
        keys = list(range(len(value)))
    else:
        return []
    return [(value, key) for key in keys] + [place for key in keys for place in _places(value[key])]
