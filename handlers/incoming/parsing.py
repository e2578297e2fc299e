"""Telegram's JSON to updates of the library, cut to what is read here.

What a stranger sends is not trusted to have Telegram's shape: a missing or mistyped field is ``Unreadable``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from telegram import Update

from handlers.incoming.fields import get_integer, get_moment, get_object, get_text
from handlers.incoming.press_updates import read_press
from handlers.incoming.shapes import Unreadable, mended

if TYPE_CHECKING:
    from collections.abc import Mapping

    from telegram import Bot

    Json = Mapping[str, Any]

UPDATE_KINDS: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of update that are handled; everything else is ignored, and so is what a channel posts."""

MESSAGE_FIELDS: Final = frozenset({
    "message_id", "message_thread_id", "is_topic_message", "date", "edit_date", "chat", "from", "sender_chat",
    "media_group_id", "text", "entities", "caption", "caption_entities", "photo", "voice", "audio", "document",
    "location", "new_chat_members", "left_chat_member", "migrate_to_chat_id", "migrate_from_chat_id", "new_chat_title",
})  # fmt: skip
REFUSED_CONTENTS: Final = frozenset({
    "animation", "checklist", "contact", "dice", "game", "paid_media", "poll", "sticker", "story", "venue", "video",
    "video_note",
})  # fmt: skip
"""Contents that a person may send and the bot refuses: they arrive as a message without any content."""

FRAME_FIELDS: Final = frozenset(
    {"message_id", "message_thread_id", "is_topic_message", "date", "edit_date", "chat", "from"}
)
ROOM_CHANGES: Final = frozenset({"migrate_to_chat_id", "migrate_from_chat_id", "new_chat_title"})
"""Changes of a group that a message in it tells, and the bot follows."""


def read(raw: Json, bot: Bot | None = None) -> Update | None:
    """The update, or None where it is of a kind that is not handled.

    Raises:
        Unreadable: it cannot be understood.
    """
    if "callback_query" in raw:
        return read_press(raw)
    kind = next((kind for kind in UPDATE_KINDS if kind in raw), None)
    if kind is None:
        return None
    body = get_object(raw, kind)
    if kind.endswith("message") and _is_in_a_group(body) and not (kind == "message" and _is_for_us(body, bot)):
        return None
    lean = _message(body) if kind.endswith("message") else _membership(body)
    if lean is None:
        return None
    try:
        return Update.de_json({"update_id": raw["update_id"], kind: mended(lean)}, bot)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError, OSError, RecursionError) as error:
        raise Unreadable(f"{kind}: {type(error).__name__}") from error


def _is_in_a_group(body: Json) -> bool:
    chat = body.get("chat")
    return isinstance(chat, dict) and chat.get("type") in ("group", "supergroup")


def _is_for_us(body: Json, bot: Bot | None) -> bool:
    """True for a message in a group that is addressed to the bot, or tells of a change of the group.

    A command (without a bot's name, or with ours), a mention and a reply to the bot are addressed to it; nothing that
    another bot says is. Of other messages nothing is read and nothing is kept.
    """
    sender, earlier, words = body.get("from"), body.get("reply_to_message"), body.get("text", body.get("caption"))
    if ROOM_CHANGES & body.keys():
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
    """The fields that are read of a message; None where it has none of them (a pinned message)."""
    get_integer(body, "message_id")
    get_moment(body, "date")
    get_integer(get_object(body, "chat"), "id")
    if "from" in body:
        get_integer(get_object(body, "from"), "id")
    lean = {key: value for key, value in body.items() if key in MESSAGE_FIELDS}
    if lean.keys() <= FRAME_FIELDS and not REFUSED_CONTENTS & body.keys():
        return None
    for key in ("text", "caption"):
        if key in lean:
            get_text(lean, key)
    if isinstance(photo := lean.get("photo"), list):
        lean["photo"] = photo[-1:]  # the largest
    if isinstance(earlier := body.get("reply_to_message"), dict):
        lean["reply_to_message"] = {key: value for key, value in earlier.items() if key in FRAME_FIELDS}
    return lean


def _membership(body: Json) -> Json:
    get_integer(get_object(body, "chat"), "id")
    get_integer(get_object(body, "from"), "id")
    get_text(get_object(body, "new_chat_member"), "status")
    return body
