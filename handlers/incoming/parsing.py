"""Telegram's JSON -> Update, cut to what is read here: presses by hand (a fifth of the time), the rest by the library.

What a stranger sends is not trusted to have Telegram's shape: a missing or mistyped field is ``Unreadable``.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from telegram import CallbackQuery, Chat, MaybeInaccessibleMessage, Message, Update, User

from handlers.incoming.shapes import Unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from telegram import Bot

    Json = Mapping[str, Any]

UPDATE_KINDS: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of update that are handled; everything else is ignored, and so is what a channel posts."""

READ: Final = frozenset({
    "message_id", "message_thread_id", "is_topic_message", "date", "edit_date", "chat", "from", "sender_chat",
    "media_group_id", "text", "entities", "caption", "caption_entities", "photo", "voice", "audio", "document",
    "location", "new_chat_members", "left_chat_member", "migrate_to_chat_id", "migrate_from_chat_id", "new_chat_title",
})  # fmt: skip
UNREAD: Final = frozenset({
    "animation", "checklist", "contact", "dice", "game", "paid_media", "poll", "sticker", "story", "venue", "video",
    "video_note",
})  # fmt: skip
"""Contents that a person may send and that we only say no to: they arrive as a message without any content."""

FRAME: Final = frozenset({"message_id", "message_thread_id", "is_topic_message", "date", "edit_date", "chat", "from"})
OF_A_ROOM: Final = frozenset({"migrate_to_chat_id", "migrate_from_chat_id", "new_chat_title"})
"""What a message may say about the group it stands in that we follow."""
LARGEST: Final = 2**63 - 1

T = TypeVar("T")


class PressedMessage(MaybeInaccessibleMessage):
    """The message under a pressed button: where it is and whether it bears a picture, not what it said."""

    __slots__ = ("has_picture", "message_thread_id")

    def __init__(self, chat: Chat, message_id: int, date: datetime) -> None:
        super().__init__(chat, message_id, date)
        with self._unfrozen():
            self.has_picture = False
            self.message_thread_id: int | None = None


class PressUpdate(Update):
    """An update that is a press. It has no message of its own: ``callback_query.message`` is a ``PressedMessage``."""

    __slots__ = ()

    @property
    def effective_message(self) -> Message | None:
        """None: the message under a button is the bot's, not the person's."""
        return None


def read(raw: Json, bot: Bot | None = None) -> Update | None:
    """The update, or None where it is of a kind that is not handled.

    Raises:
        Unreadable: it cannot be understood.
    """
    if "callback_query" in raw:
        return _press(raw)
    kind = next((kind for kind in UPDATE_KINDS if kind in raw), None)
    if kind is None:
        return None
    body = _part(raw, kind)
    if kind.endswith("message") and _in_a_group(body) and not (kind == "message" and _for_us(body, bot)):
        return None
    lean = _message(body) if kind.endswith("message") else _membership(body)
    if lean is None:
        return None
    try:
        return Update.de_json({"update_id": raw["update_id"], kind: _mended(lean)}, bot)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError, OSError, RecursionError) as error:
        raise Unreadable(f"{kind}: {type(error).__name__}") from error


class _Copies(Generic[T]):
    """Objects of the library as copies of one that says nothing: its constructors take twenty times as long."""

    def __init__(self, blank: T) -> None:
        self._kind = type(blank)
        names = {name for kind in self._kind.__mro__ for name in getattr(kind, "__slots__", ())}
        self._setters = {name: getattr(self._kind, name).__set__ for name in names - {"__weakref__"}}
        self._blank = [(setter, getattr(blank, name)) for name, setter in self._setters.items()]

    def make(self, key: object, **values: object) -> T:
        """A copy with these values, equal to others with the same ``key``."""
        made = object.__new__(self._kind)
        for setter, value in self._blank:
            setter(made, value)
        for name, value in values.items():
            self._setters[name](made, value)
        self._setters["_id_attrs"](made, (key,))
        return made


_UPDATES: Final = _Copies(PressUpdate(0))
_USERS: Final = _Copies(User(0, "", is_bot=False))
_CHATS: Final = _Copies(Chat(0, ""))
_QUERIES: Final = _Copies(CallbackQuery("", User(0, "", is_bot=False), ""))
_MESSAGES: Final = _Copies(PressedMessage(Chat(0, ""), 0, datetime.fromtimestamp(0, UTC)))


def _press(raw: Json) -> PressUpdate:
    query = _part(raw, "callback_query")
    data = query.get("data")
    number = _text(query, "id")
    pressed = _QUERIES.make(
        number,
        id=number,
        from_user=_user(_part(query, "from")),
        message=_pressed_message(_part(query, "message")) if query.get("message") is not None else None,
        data=_mended(_text(query, "data")) if data is not None else None,
    )
    return _UPDATES.make(raw["update_id"], update_id=raw["update_id"], callback_query=pressed)


def _pressed_message(message: Json) -> PressedMessage:
    chat = _part(message, "chat")
    chat_id, message_id = _number(chat, "id"), _number(message, "message_id")
    return _MESSAGES.make(
        (message_id, chat_id),
        chat=_CHATS.make(chat_id, id=chat_id, type=_text(chat, "type")),
        message_id=message_id,
        date=_moment(message, "date"),
        has_picture="photo" in message,
        message_thread_id=_number(message, "message_thread_id") if "message_thread_id" in message else None,
    )


def _user(user: Json) -> User:
    language = user.get("language_code")
    number = _number(user, "id")
    return _USERS.make(
        number,
        id=number,
        first_name=_mended(_text(user, "first_name")),
        is_bot=user.get("is_bot") is True,
        language_code=language if isinstance(language, str) else None,
    )


def _in_a_group(body: Json) -> bool:
    chat = body.get("chat")
    return isinstance(chat, dict) and chat.get("type") in ("group", "supergroup")


def _for_us(body: Json, bot: Bot | None) -> bool:
    """True for what is said to us in a group, or about it: of all else nothing is read, and nothing is kept.

    Said to us is a command of ours (or of nobody by name), a mention, a reply to us; nothing that another bot says.
    """
    sender, earlier, words = body.get("from"), body.get("reply_to_message"), body.get("text", body.get("caption"))
    if OF_A_ROOM & body.keys():
        return True
    if bot is None or (isinstance(sender, dict) and sender.get("is_bot") is True and "sender_chat" not in body):
        return False
    said = words[:4096].lower() if isinstance(words, str) else ""
    if said.startswith("/"):
        return said.split(maxsplit=1)[0].partition("@")[2] in {"", bot.username.lower()}
    author = earlier.get("from") if isinstance(earlier, dict) else None
    return (isinstance(author, dict) and author.get("id") == bot.id) or bool(_mention(bot.username).search(said))


@lru_cache(maxsize=1)
def _mention(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)@{re.escape(name.lower())}(?!\w)")


def _message(body: Json) -> dict[str, Any] | None:
    """What is read of a message; None where nothing in it is for us (a pinned message)."""
    _number(body, "message_id")
    _moment(body, "date")
    _number(_part(body, "chat"), "id")
    if "from" in body:
        _number(_part(body, "from"), "id")
    lean = {key: value for key, value in body.items() if key in READ}
    if lean.keys() <= FRAME and not UNREAD & body.keys():
        return None
    for key in ("text", "caption"):
        if key in lean:
            _text(lean, key)
    if isinstance(photo := lean.get("photo"), list):
        lean["photo"] = photo[-1:]  # the largest
    if isinstance(earlier := body.get("reply_to_message"), dict):
        lean["reply_to_message"] = {key: value for key, value in earlier.items() if key in FRAME}
    return lean


def _membership(body: Json) -> Json:
    _number(_part(body, "chat"), "id")
    _number(_part(body, "from"), "id")
    _text(_part(body, "new_chat_member"), "status")
    return body


def _part(mapping: Json, key: str) -> Json:
    part = mapping.get(key)
    if not isinstance(part, dict):
        raise Unreadable(f"{key} is {type(part).__name__}")
    return part


def _number(mapping: Json, key: str) -> int:
    number = mapping.get(key)
    if type(number) is not int or not -LARGEST <= number <= LARGEST:
        raise Unreadable(f"{key} is {type(number).__name__}")
    return number


def _text(mapping: Json, key: str) -> str:
    text = mapping.get(key)
    if not isinstance(text, str):
        raise Unreadable(f"{key} is {type(text).__name__}")
    return text


def _moment(mapping: Json, key: str) -> datetime:
    try:
        return datetime.fromtimestamp(_number(mapping, key), UTC)
    except (OverflowError, ValueError, OSError):
        raise Unreadable(f"{key} is out of range") from None


def _mended(value: Any) -> Any:
    """The same without lone surrogates, which JSON can carry and neither a database nor UTF-8 can."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return value
    if isinstance(value, list):
        return [_mended(each) for each in value]
    if isinstance(value, dict):
        return {_mended(key): _mended(each) for key, each in value.items()}
    return value
