"""Messages changed, deleted, pinned and reacted to; presses answered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.simulator.markup import formatted
from bot.simulator.messages import CAPTIONED, Chat, Content, Json, Message
from bot.simulator.refusals import bad
from bot.simulator.sending import Uploads, captioned, media_content, rows_of, text_content

if TYPE_CHECKING:
    from bot.simulator.world import World

DELETABLE = 48 * 3600.0
SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content"
    " and reply markup of the message"
)


def _own(world: World, fields: Json) -> Message:
    """The message to edit: it must exist, be the bot's, and not carry a keyboard of the other kind."""
    if "chat_id" not in fields or "message_id" not in fields:
        raise bad("message identifier is not specified")
    message = world.get_writable(fields["chat_id"]).messages.get(fields["message_id"])
    if message is None or message.deleted:
        raise bad("message to edit not found")
    if not message.from_bot or not message.editable:
        raise bad("message can't be edited")
    return message


def _change(world: World, message: Message, content: Content, fields: Json) -> Json:
    """An edit without a keyboard takes the keyboard away."""
    markup = rows_of(fields.get("reply_markup"))
    if content == message.content and markup == message.markup:
        raise bad(SAME)
    message.change(content, markup, world.now())
    world.tell("edited", message.chat.id, message)
    return message.as_json()


def edit_text(world: World, fields: Json, _: Uploads) -> Json:
    """Other words in a text message; a picture or a file is refused."""
    message = _own(world, fields)
    if message.content.kind != "text":
        raise bad("there is no text in the message to edit")
    return _change(world, message, text_content(fields), fields)


def edit_caption(world: World, fields: Json, _: Uploads) -> Json:
    """Other words under a picture, file or voice; a text message is refused."""
    message = _own(world, fields)
    if message.content.kind not in CAPTIONED or message.content.file is None:
        raise bad("there is no caption in the message to edit")
    return _change(world, message, captioned(message.content.kind, message.content.file, fields), fields)


def edit_media(world: World, fields: Json, uploads: Uploads) -> Json:
    """A picture may replace a picture, a file, and also a text."""
    message = _own(world, fields)
    if message.content.kind not in {"text", "photo", "document"}:
        raise bad("message can't be edited")
    return _change(world, message, media_content(world, fields["media"], uploads), fields)


def edit_markup(world: World, fields: Json, _: Uploads) -> Json:
    """Other buttons under the same words, or none."""
    message = _own(world, fields)
    return _change(world, message, message.content, fields)


def _delete(world: World, chat: Chat, message_id: int) -> bool:
    message = chat.messages.get(message_id)
    if message is None or message.deleted:
        return False
    if world.seconds() - message.date > DELETABLE:
        raise bad("message can't be deleted for everyone")
    if chat.kind != "private" and not message.from_bot and not _may(world, chat, "can_delete_messages"):
        raise bad("message can't be deleted")
    message.deleted = True
    world.tell("deleted", chat.id, message)
    return True


def delete_message(world: World, fields: Json, _: Uploads) -> bool:
    """Takes a message away, for 48 hours after it was sent; one that is gone already is refused."""
    if not _delete(world, world.get_writable(fields["chat_id"]), fields["message_id"]):
        raise bad("message to delete not found")
    return True


def delete_messages(world: World, fields: Json, _: Uploads) -> bool:
    """Those that cannot be found are skipped."""
    chat = world.get_writable(fields["chat_id"])
    ids = fields["message_ids"]
    if not 1 <= len(ids) <= 100:
        raise bad("wrong number of message identifiers: 1-100 are allowed")
    for message_id in ids:
        _delete(world, chat, message_id)
    return True


def answer_query(world: World, fields: Json, _: Uploads) -> bool:
    """Answers a press, once and within its time."""
    text = fields.get("text", "")
    query = world.get_query(fields["callback_query_id"])
    query.answered, query.toast, query.alert = True, text, fields.get("show_alert", False)
    chat_id = query.message.chat.id
    world.tell("toast", chat_id, query.message, text=text, alert=query.alert, query=query.id, user_id=query.user["id"])
    return True


def _may(world: World, chat: Chat, right: str) -> bool:
    member = chat.members.get(world.bot["id"])
    return member is not None and (member.status == "creator" or bool(member.rights.get(right)))


def _pinnable(world: World, fields: Json) -> Chat:
    chat = world.get_writable(fields["chat_id"])
    if chat.kind != "private" and not (_may(world, chat, "can_pin_messages") or _may(world, chat, "can_edit_messages")):
        raise bad("not enough rights to manage pinned messages in the chat")
    return chat


def pin(world: World, fields: Json, _: Uploads) -> bool:
    """Pins a message; in a group it needs the right to."""
    chat = _pinnable(world, fields)
    message = chat.messages.get(fields["message_id"])
    if message is None or message.deleted:
        raise bad("message to pin not found")
    message.pinned = True
    world.tell("pinned", chat.id, message)
    return True


def unpin(world: World, fields: Json, _: Uploads) -> bool:
    """Without ``message_id`` the newest pinned one."""
    chat = _pinnable(world, fields)
    pinned = [message for message in chat.newest() if message.pinned]
    if "message_id" in fields:
        pinned = [message for message in pinned if message.id == fields["message_id"]]
    if not pinned:
        raise bad("message to unpin not found")
    pinned[0].pinned = False
    world.tell("unpinned", chat.id, pinned[0])
    return True


def unpin_all(world: World, fields: Json, _: Uploads) -> bool:
    """Unpins every pinned message."""
    chat = _pinnable(world, fields)
    for message in chat.newest():
        if message.pinned:
            message.pinned = False
            world.tell("unpinned", chat.id, message)
    return True


def react(world: World, fields: Json, _: Uploads) -> bool:
    """Puts the bot's reaction on a message, or takes it away."""
    chat = world.get_writable(fields["chat_id"])
    message = chat.messages.get(fields["message_id"])
    if message is None or message.deleted:
        raise bad("message to react not found")
    reactions = fields.get("reaction", [])
    if len(reactions) > 1:
        raise bad("REACTIONS_TOO_MANY")
    message.reactions[world.bot["id"]] = reactions
    world.tell("reaction", chat.id, message, data=reactions)
    return True


def recaptioned(content: Content, source: str) -> Content:
    """The same picture or file with other plain words under it, as when a person edits a caption."""
    text, entities = formatted(source, None)
    return replace(content, text=text, entities=entities, source=source)
