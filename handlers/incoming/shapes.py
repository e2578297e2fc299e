"""The gate of types: what is read of an update, field by field, with the type that Telegram promises for it.

What passes ``fitted`` has Telegram's types in every field that is read, so no handler meets another one. Fields that
are not listed are left out: what is not read is not kept. A test holds the types against Telegram's own list.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from bot.domain.errors import HearingBotError
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]

LARGEST_INTEGER: Final = 2**63 - 1


class Unreadable(HearingBotError):
    """An update that has not the shape Telegram promises; the reason names the field, never its content."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A type of Telegram's as far as it is read. ``open``: other fields stay too, unchecked, for the library."""

    name: str
    required: Mapping[str, Kind]
    optional: Mapping[str, Kind] = field(default_factory=dict)
    open: bool = False

    @property
    def fields(self) -> Mapping[str, Kind]:
        """Every field that is read."""
        return {**self.required, **self.optional}


Kind: TypeAlias = str | Shape | tuple[Shape] | tuple[tuple[Shape]]
"""``Integer``, ``String``, ``Boolean``, ``Float``, a shape, a list (a tuple of one kind), a list of these."""

_INTEGER, _STRING, _BOOLEAN, _FLOAT = "Integer", "String", "Boolean", "Float"
_FILE: Final = {"file_id": _STRING, "file_unique_id": _STRING}

USER: Final = Shape(
    "User",
    {"id": _INTEGER, "is_bot": _BOOLEAN, "first_name": _STRING},
    {"last_name": _STRING, "username": _STRING, "language_code": _STRING},
)
CHAT: Final = Shape("Chat", {"id": _INTEGER, "type": _STRING}, {"title": _STRING, "is_forum": _BOOLEAN})
ENTITY: Final = Shape("MessageEntity", {"type": _STRING, "offset": _INTEGER, "length": _INTEGER}, {"url": _STRING})
PHOTO: Final = Shape("PhotoSize", {**_FILE, "width": _INTEGER, "height": _INTEGER}, {"file_size": _INTEGER})
VOICE: Final = Shape("Voice", {**_FILE, "duration": _INTEGER}, {"mime_type": _STRING, "file_size": _INTEGER})
AUDIO: Final = Shape(
    "Audio", {**_FILE, "duration": _INTEGER}, {"mime_type": _STRING, "file_size": _INTEGER, "file_name": _STRING}
)
VIDEO_NOTE: Final = Shape("VideoNote", {**_FILE, "length": _INTEGER, "duration": _INTEGER}, {"file_size": _INTEGER})
_MOVING: Final = {**_FILE, "width": _INTEGER, "height": _INTEGER, "duration": _INTEGER}
VIDEO: Final = Shape("Video", _MOVING, {"mime_type": _STRING, "file_size": _INTEGER})
ANIMATION: Final = Shape("Animation", _MOVING, {"mime_type": _STRING, "file_size": _INTEGER})
LIVE_PHOTO: Final = Shape("LivePhoto", {}, {"photo": (PHOTO,)})
DOCUMENT: Final = Shape("Document", _FILE, {"mime_type": _STRING, "file_size": _INTEGER, "file_name": _STRING})
LOCATION: Final = Shape("Location", {"latitude": _FLOAT, "longitude": _FLOAT}, {"live_period": _INTEGER})
BUTTON: Final = Shape("InlineKeyboardButton", {"text": _STRING}, {"url": _STRING})
KEYBOARD: Final = Shape("InlineKeyboardMarkup", {"inline_keyboard": ((BUTTON,),)})
_FRAME: Final[Mapping[str, Kind]] = {"message_id": _INTEGER, "date": _INTEGER, "chat": CHAT}
_FRAME_TOO: Final[Mapping[str, Kind]] = {
    "from": USER,
    "edit_date": _INTEGER,
    "message_thread_id": _INTEGER,
    "is_topic_message": _BOOLEAN,
}
EARLIER_MESSAGE: Final = Shape("Message", _FRAME, _FRAME_TOO)
"""The message that another one replies to."""
MESSAGE: Final = Shape(
    "Message",
    _FRAME,
    {
        **_FRAME_TOO,
        "sender_chat": CHAT,
        "media_group_id": _STRING,
        "text": _STRING,
        "entities": (ENTITY,),
        "caption": _STRING,
        "caption_entities": (ENTITY,),
        "reply_markup": KEYBOARD,
        "photo": (PHOTO,),
        "voice": VOICE,
        "audio": AUDIO,
        "video": VIDEO,
        "video_note": VIDEO_NOTE,
        "animation": ANIMATION,
        "live_photo": LIVE_PHOTO,
        "document": DOCUMENT,
        "location": LOCATION,
        "new_chat_members": (USER,),
        "left_chat_member": USER,
        "migrate_to_chat_id": _INTEGER,
        "migrate_from_chat_id": _INTEGER,
        "new_chat_title": _STRING,
        "reply_to_message": EARLIER_MESSAGE,
    },
)
CHAT_MEMBER: Final = Shape(
    "ChatMember",
    {"status": _STRING, "user": USER},
    {"is_member": _BOOLEAN, "can_send_messages": _BOOLEAN, "can_post_messages": _BOOLEAN},
    open=True,
)
MEMBERSHIP: Final = Shape(
    "ChatMemberUpdated",
    {
        "chat": CHAT,
        "from": USER,
        "date": _INTEGER,
        "old_chat_member": CHAT_MEMBER,
        "new_chat_member": CHAT_MEMBER,
    },
)


def fitted(value: object, shape: Shape, path: str) -> dict[str, Any]:
    """What is read of ``value``, with Telegram's types; strings without lone surrogates, which no database takes.

    Raises:
        Unreadable: ``path`` or a field below it is missing or has another type.
    """
    if not isinstance(value, dict):
        raise Unreadable(f"{path} is {type(value).__name__}")
    read = {key: _read(value, key, kind, path) for key, kind in shape.required.items()}
    read |= {key: _read(value, key, kind, path) for key, kind in shape.optional.items() if value.get(key) is not None}
    return {**mended(value), **read} if shape.open else read


def _read(value: Json, key: str, kind: Kind, path: str) -> object:
    return _fitting(value.get(key), kind, f"{path}.{key}")


def _fitting(found: object, kind: Kind, place: str) -> object:
    if isinstance(kind, Shape):
        return fitted(found, kind, place)
    if isinstance(kind, tuple):
        if not isinstance(found, list):
            raise Unreadable(f"{place} is {type(found).__name__}")
        return [_fitting(each, kind[0], place) for each in found]
    if not _is(found, kind):
        raise Unreadable(f"{place} is {type(found).__name__}")
    return mended(found)


def _is(value: object, kind: str) -> bool:
    match kind:
        case "Integer":
            return type(value) is int and -LARGEST_INTEGER <= value <= LARGEST_INTEGER
        case "Float":
            return type(value) in (int, float)
        case "Boolean":
            return isinstance(value, bool)
    return isinstance(value, str)


def mended(value: Any) -> Any:
    """The same without lone surrogates, which JSON can carry and neither a database nor UTF-8 can."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return value
    if isinstance(value, list):
        return [mended(each) for each in value]
    if isinstance(value, dict):
        return {mended(key): mended(each) for key, each in value.items()}
    return value


def shape_of(value: object, depth: int = 4) -> object:
    """The keys and types of what cannot be read, without any of its values: all that is kept of it.

    Keys that Telegram could not have sent (over 64 letters, or with anything but letters, digits and ``_``) and what
    lies deeper than ``depth`` are cut.
    """
    if isinstance(value, dict) and depth:
        named = (key if key.isidentifier() and len(key) <= 64 else "?" for key in list(value)[:100])
        return dict(zip(named, (shape_of(each, depth - 1) for each in list(value.values())[:100]), strict=True))
    if isinstance(value, list) and depth:
        return [shape_of(each, depth - 1) for each in value[:10]]
    return type(value).__name__
