"""Presses as updates of the library, made by hand: that takes a fifth of the library's time."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from telegram import CallbackQuery, Chat, MaybeInaccessibleMessage, Message, Update, User

from handlers.incoming.fields import get_integer, get_moment, get_object, get_text
from handlers.incoming.shapes import mended

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]

T = TypeVar("T")

KINDS_THAT_STAY: Final = frozenset({"venue", "document", "voice", "video_note", "audio", "video"})


class PressedMessage(MaybeInaccessibleMessage):
    """The message under a pressed button: where it is, whether it bears a picture and stays, not what it said.

    One stays that has a number to copy, like a receipt, and one that is a file or a place: the next screen comes
    beside it. ``changed_at`` is when it got what it says (seconds since 1970).
    """

    __slots__ = ("changed_at", "has_picture", "message_thread_id", "stays")

    def __init__(self, chat: Chat, message_id: int, date: datetime) -> None:
        super().__init__(chat, message_id, date)
        with self._unfrozen():
            self.has_picture = False
            self.stays = False
            self.changed_at = 0
            self.message_thread_id: int | None = None


class PressUpdate(Update):
    """An update that is a press. It has no message of its own: ``callback_query.message`` is a ``PressedMessage``."""

    __slots__ = ()

    @property
    def effective_message(self) -> Message | None:
        """None: the message under a button is the bot's, not the person's."""
        return None


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


_UPDATE_COPIES: Final = _Copies(PressUpdate(0))
_USER_COPIES: Final = _Copies(User(0, "", is_bot=False))
_CHAT_COPIES: Final = _Copies(Chat(0, ""))
_QUERY_COPIES: Final = _Copies(CallbackQuery("", User(0, "", is_bot=False), ""))
_MESSAGE_COPIES: Final = _Copies(PressedMessage(Chat(0, ""), 0, datetime.fromtimestamp(0, UTC)))


def read_press(raw: Json) -> PressUpdate:
    """The update of a pressed button. Raises Unreadable."""
    query = get_object(raw, "callback_query")
    data = query.get("data")
    number = get_text(query, "id")
    pressed = _QUERY_COPIES.make(
        number,
        id=number,
        from_user=_user(get_object(query, "from")),
        message=_pressed_message(get_object(query, "message")) if query.get("message") is not None else None,
        data=mended(get_text(query, "data")) if data is not None else None,
    )
    return _UPDATE_COPIES.make(raw["update_id"], update_id=raw["update_id"], callback_query=pressed)


def _pressed_message(message: Json) -> PressedMessage:
    chat = get_object(message, "chat")
    chat_id, message_id = get_integer(chat, "id"), get_integer(message, "message_id")
    return _MESSAGE_COPIES.make(
        (message_id, chat_id),
        chat=_CHAT_COPIES.make(chat_id, id=chat_id, type=get_text(chat, "type")),
        message_id=message_id,
        date=get_moment(message, "date"),
        has_picture="photo" in message,
        stays=_has_number_to_copy(message.get("reply_markup")) or not KINDS_THAT_STAY.isdisjoint(message),
        changed_at=_changed_at(message),
        message_thread_id=get_integer(message, "message_thread_id") if "message_thread_id" in message else None,
    )


def _changed_at(message: Json) -> int:
    """When it was sent or edited last; 0 where it does not say."""
    found = message.get("edit_date") or message.get("date")
    return found if isinstance(found, int) else 0


def _has_number_to_copy(markup: object) -> bool:
    """Whether a button of a keyboard copies words; whatever is no keyboard has none."""
    rows = markup.get("inline_keyboard") if isinstance(markup, dict) else None
    buttons = chain.from_iterable(row for row in rows if isinstance(row, list)) if isinstance(rows, list) else ()
    return any(isinstance(button, dict) and "copy_text" in button for button in buttons)


def _user(user: Json) -> User:
    language, last_name, username = (user.get(name) for name in ("language_code", "last_name", "username"))
    number = get_integer(user, "id")
    return _USER_COPIES.make(
        number,
        id=number,
        first_name=mended(get_text(user, "first_name")),
        is_bot=user.get("is_bot") is True,
        language_code=language if isinstance(language, str) else None,
        last_name=mended(last_name) if isinstance(last_name, str) else None,
        username=mended(username) if isinstance(username, str) else None,
    )
