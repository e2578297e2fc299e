"""Edits, deletions, pins and reactions of messages; answers to presses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.simulator.markup import formatted
from bot.simulator.refusals import bad_request
from bot.simulator.sending import UploadedFiles, media_content, rows_of, text_content

if TYPE_CHECKING:
    from bot.simulator.messages import Chat, Content, Json, Message
    from bot.simulator.world import World

DELETABLE_SECONDS = 48 * 3600.0
"""How long after it was sent the bot may delete a message."""

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content"
    " and reply markup of the message"
)


def _own(world: World, fields: Json) -> Message:
    """The message to edit: it must exist, be the bot's, and carry no reply keyboard."""
    if "chat_id" not in fields or "message_id" not in fields:
        raise bad_request("message identifier is not specified")
    message = world.get_writable(fields["chat_id"]).messages.get(fields["message_id"])
    if message is None or message.deleted:
        raise bad_request("message to edit not found")
    if not message.from_bot or not message.editable:
        raise bad_request("message can't be edited")
    return message


def _change(world: World, message: Message, content: Content, fields: Json) -> Json:
    """Apply an edit; one without a keyboard takes the keyboard away."""
    markup = rows_of(fields.get("reply_markup"))
    if content == message.content and markup == message.markup:
        raise bad_request(NOT_MODIFIED)
    message.change(content, markup, world.now())
    world.notify("edited", message.chat.id, message)
    return message.as_json()


def edit_text(world: World, fields: Json, _: UploadedFiles) -> Json:
    """Change the words of a text message; a picture or a file is refused."""
    message = _own(world, fields)
    if message.content.kind != "text":
        raise bad_request("there is no text in the message to edit")
    return _change(world, message, text_content(fields), fields)


def edit_media(world: World, fields: Json, uploads: UploadedFiles) -> Json:
    """Put a picture or file in the place of a picture, a file or a text."""
    message = _own(world, fields)
    if message.content.kind not in {"text", "photo", "document"}:
        raise bad_request("message can't be edited")
    return _change(world, message, media_content(world, fields["media"], uploads), fields)


def edit_markup(world: World, fields: Json, _: UploadedFiles) -> Json:
    """Change or remove the buttons under the same words."""
    message = _own(world, fields)
    return _change(world, message, message.content, fields)


def delete_message(world: World, fields: Json, _: UploadedFiles) -> bool:
    """Delete a message at most 48 hours old; one that is deleted already is refused."""
    chat = world.get_writable(fields["chat_id"])
    message = chat.messages.get(fields["message_id"])
    if message is None or message.deleted:
        raise bad_request("message to delete not found")
    if world.seconds() - message.date > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    if chat.kind != "private" and not message.from_bot and not _has_right(world, chat, "can_delete_messages"):
        raise bad_request("message can't be deleted")
    message.deleted = True
    world.notify("deleted", chat.id, message)
    return True


def answer_query(world: World, fields: Json, _: UploadedFiles) -> bool:
    """Answer a press, once and within its time."""
    text = fields.get("text", "")
    query = world.get_query(fields["callback_query_id"])
    query.answered, query.toast, query.alert = True, text, fields.get("show_alert", False)
    message = query.message
    facts = {"text": text, "alert": query.alert, "query": query.id, "user_id": query.user["id"]}
    world.notify("toast", message.chat.id, message, **facts)
    return True


def _has_right(world: World, chat: Chat, right: str) -> bool:
    member = chat.members.get(world.bot["id"])
    return member is not None and (member.status == "creator" or bool(member.rights.get(right)))


def _pinnable(world: World, fields: Json) -> Chat:
    chat = world.get_writable(fields["chat_id"])
    pin_rights = ("can_pin_messages", "can_edit_messages")
    if chat.kind != "private" and not any(_has_right(world, chat, right) for right in pin_rights):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat


def pin(world: World, fields: Json, _: UploadedFiles) -> bool:
    """Pin a message; in a group the bot needs the right to."""
    chat = _pinnable(world, fields)
    message = chat.messages.get(fields["message_id"])
    if message is None or message.deleted:
        raise bad_request("message to pin not found")
    message.pinned = True
    world.notify("pinned", chat.id, message)
    return True


def unpin(world: World, fields: Json, _: UploadedFiles) -> bool:
    """Unpin a message, without ``message_id`` the newest pinned one."""
    chat = _pinnable(world, fields)
    pinned = [message for message in chat.newest() if message.pinned]
    if "message_id" in fields:
        pinned = [message for message in pinned if message.id == fields["message_id"]]
    if not pinned:
        raise bad_request("message to unpin not found")
    pinned[0].pinned = False
    world.notify("unpinned", chat.id, pinned[0])
    return True


def react(world: World, fields: Json, _: UploadedFiles) -> bool:
    """Put the bot's reaction on a message, or remove it."""
    chat = world.get_writable(fields["chat_id"])
    message = chat.messages.get(fields["message_id"])
    if message is None or message.deleted:
        raise bad_request("message to react not found")
    reactions = fields.get("reaction", [])
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    message.reactions[world.bot["id"]] = reactions
    world.notify("reaction", chat.id, message, data=reactions)
    return True


def recaptioned(content: Content, source: str) -> Content:
    """The same picture or file with another plain caption, as after a person's edit."""
    text, entities = formatted(source, None)
    return replace(content, text=text, entities=entities, source=source)
