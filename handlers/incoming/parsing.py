"""Telegram's JSON to updates of the library, cut to what is read here.

What a stranger sends is not trusted to have Telegram's shape: a missing or mistyped field is ``Unreadable``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from telegram import Update

from handlers.incoming.fields import get_moment, get_object
from handlers.incoming.press_updates import read_press
from handlers.incoming.shapes import EARLIER_MESSAGE, MEMBERSHIP, MESSAGE, Unreadable, fitted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from telegram import Bot

    Json = Mapping[str, Any]

UPDATE_KINDS: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of update that are handled; everything else is ignored, and so is what a channel posts."""

REFUSED_CONTENTS: Final = frozenset({
    "checklist", "contact", "dice", "game", "giveaway", "invoice", "paid_media", "poll", "rich_message", "sticker",
    "story", "venue",
})  # fmt: skip
"""Contents that a person may send and the bot refuses: they arrive as a message without any content."""

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
    if kind.endswith("message") and not (
        kind == "message" and _is_for_us(body, bot) if _is_in_a_group(body) else _is_by_a_person(body)
    ):
        return None
    try:
        lean = _message(body, kind) if kind.endswith("message") else fitted(body, MEMBERSHIP, kind)
        return Update.de_json({"update_id": raw["update_id"], kind: lean}, bot) if lean is not None else None
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError, OSError, RecursionError) as error:
        raise Unreadable(f"{kind}: {type(error).__name__}") from error


def _is_in_a_group(body: Json) -> bool:
    chat = body.get("chat")
    return isinstance(chat, dict) and chat.get("type") in ("group", "supergroup")


def _is_anonymous(body: Json) -> bool:
    """True for what an administrator says in the name of the group itself; False for a channel that speaks there."""
    speaks, chat = body.get("sender_chat"), body.get("chat")
    same = isinstance(speaks, dict) and isinstance(chat, dict) and speaks.get("id") == chat.get("id")
    return same and body.get("is_automatic_forward") is not True


def _is_by_a_person(body: Json) -> bool:
    """False for a message of a bot, this one too: nobody has spoken."""
    sender = body.get("from")
    return not (isinstance(sender, dict) and sender.get("is_bot") is True)


def _is_for_us(body: Json, bot: Bot | None) -> bool:
    """True for a message in a group that is addressed to the bot, or tells of a change of the group.

    A command (without a bot's name, or with ours), a mention and a reply to the bot are addressed to it; nothing is
    that another bot says, or a channel: neither its posts, which are forwarded to its group, nor what it says.
    Of other messages nothing is read and nothing is kept.
    """
    earlier, words = body.get("reply_to_message"), body.get("text", body.get("caption"))
    if ROOM_CHANGES & body.keys():
        return True
    if bot is None or not (_is_anonymous(body) if "sender_chat" in body else _is_by_a_person(body)):
        return False
    said = words[:4096].lower() if isinstance(words, str) else ""
    if said.startswith("/"):
        return said.split(maxsplit=1)[0].partition("@")[2] in {"", bot.username.lower()}
    author = earlier.get("from") if isinstance(earlier, dict) else None
    return (isinstance(author, dict) and author.get("id") == bot.id) or bool(_mention(bot.username).search(said))


@lru_cache(maxsize=1)
def _mention(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)@{re.escape(name.lower())}(?!\w)")


def _message(body: Json, kind: str) -> dict[str, Any] | None:
    """The fields that are read of a message; None where it has none of them (a pinned message)."""
    if body.keys() & MESSAGE.fields.keys() <= EARLIER_MESSAGE.fields.keys() and not REFUSED_CONTENTS & body.keys():
        get_moment(body, "date")
        return None
    lean = fitted(body, MESSAGE, kind)
    get_moment(body, "date")
    if still := lean.pop("live_photo", {}).get("photo"):
        lean.setdefault("photo", still)
    if "photo" in lean:
        lean["photo"] = lean["photo"][-1:]  # the largest
    return lean
