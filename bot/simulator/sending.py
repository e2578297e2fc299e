"""New messages from the bot: text, pictures, files, voices, places, albums."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.simulator.files import StoredFile, Upload
from bot.simulator.markup import formatted
from bot.simulator.messages import CAPTIONED_KINDS, Chat, Content, Json, Message
from bot.simulator.refusals import bad_request, unmodelled

if TYPE_CHECKING:
    from bot.simulator.world import World

UploadedFiles = Mapping[str, Upload]
"""The files of a call, by the names of their parts."""

RECORDINGS = frozenset({"voice", "video_note"})
"""Kinds of files that a person can forbid everybody to send them."""

CHAT_ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)


def text_content(fields: Json) -> Content:
    """The content of a text message; raises 400 where it is empty, too long or cannot be parsed."""
    source = fields.get("text", "")
    text, entities = formatted(source, fields.get("parse_mode"), fields.get("entities"))
    if not text:
        raise bad_request("message text is empty")
    if len(text) > 4096:
        raise bad_request("message is too long")
    extras = {name: fields[name] for name in ("link_preview_options",) if fields.get(name)}
    return Content("text", text, entities, source=source, extras=tuple(extras.items()))


def captioned(kind: str, stored: StoredFile, fields: Json) -> Content:
    """The content of a picture, file or voice; raises 400 where its caption is too long or cannot be parsed."""
    source = fields.get("caption", "")
    text, entities = formatted(source, fields.get("parse_mode"), fields.get("caption_entities"))
    if len(text) > 1024:
        raise bad_request("message caption is too long")
    media = [stored.as_json()] if kind == "photo" else stored.as_json()
    flags = {"show_caption_above_media": "show_caption_above_media", "has_spoiler": "has_media_spoiler"}
    extras = tuple((shown, True) for name, shown in flags.items() if fields.get(name))
    return Content(kind, text, entities, source=source, media=media, file=stored, extras=extras)


def stored_file(world: World, kind: str, value: str, uploads: UploadedFiles, *, duration: int = 0) -> StoredFile:
    """The file that a field names: an upload of that name, ``attach://name``, or the id of a stored file."""
    name = value.removeprefix("attach://")
    if name in uploads and (value.startswith("attach://") or value == kind):
        return world.files.keep(kind, uploads[name], duration=duration)
    if value.startswith("attach://"):
        raise bad_request("wrong file identifier/HTTP URL specified")
    if value.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    return world.files.get_known(value, kind)


def rows_of(markup: Json | None) -> Json | None:
    """The inline keyboard of a message, checked as Telegram checks it; None for any other markup."""
    if not markup or "inline_keyboard" not in markup:
        return None
    rows = [[_button(button) for button in row] for row in markup["inline_keyboard"] if row]
    if sum(map(len, rows)) > 100:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": rows} if rows else None


def _button(button: Json) -> Json:
    if not button["text"].strip():
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    kinds = [name for name in button if name not in {"text", "style", "icon_custom_emoji_id"}]
    if len(kinds) != 1:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    url = button.get("url")
    if url is not None and not url.startswith(("http://", "https://", "tg://", "mailto:", "tel:")):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return button


def _reply(chat: Chat, fields: Json) -> Message | None:
    wanted = fields.get("reply_parameters")
    if not wanted:
        return None
    message = chat.messages.get(wanted["message_id"])
    if message is not None and not message.deleted:
        return message
    if wanted.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def _thread(chat: Chat, fields: Json) -> int | None:
    thread: int | None = fields.get("message_thread_id")
    if thread is not None and thread not in chat.topics:
        raise bad_request("message thread not found")
    return thread


def post(world: World, fields: Json, content: Content, *, album: str | None = None) -> Message:
    """Put ``content`` into the chat that ``fields`` name, with reply, topic and keyboard."""
    chat = world.get_writable(fields["chat_id"])
    markup = fields.get("reply_markup")
    keyboard = rows_of(markup)
    message = world.add(
        chat,
        content,
        sender=world.bot,
        markup=keyboard,
        thread=_thread(chat, fields),
        reply_to=_reply(chat, fields),
        album=album,
    )
    if markup and "inline_keyboard" not in markup:
        message.editable = False
        chat.reply_keyboard = markup if "keyboard" in markup else None
    return message


def send_message(world: World, fields: Json, _: UploadedFiles) -> Json:
    """Send a text; returns the Message."""
    world.get_writable(fields["chat_id"])
    return post(world, fields, text_content(fields)).as_json()


def send_file(kind: str, world: World, fields: Json, uploads: UploadedFiles) -> Json:
    """Send a file of ``kind``, uploaded or by its id; returns the Message."""
    chat = world.get_writable(fields["chat_id"])
    if kind in RECORDINGS and chat.recordings_refused:
        raise bad_request("VOICE_MESSAGES_FORBIDDEN")
    value = fields.get(kind, kind)
    stored = stored_file(world, kind, value, uploads, duration=fields.get("duration", 0))
    return post(world, fields, captioned(kind, stored, fields)).as_json()


def _place(fields: Json) -> Json:
    if not -90 <= fields["latitude"] <= 90 or not -180 <= fields["longitude"] <= 180:
        raise bad_request("wrong location specified")
    return {"latitude": fields["latitude"], "longitude": fields["longitude"]}


def send_location(world: World, fields: Json, _: UploadedFiles) -> Json:
    """Send a point on the map, not a live one; returns the Message."""
    if "live_period" in fields:
        raise unmodelled("live locations")
    return post(world, fields, Content("location", media=_place(fields))).as_json()


def send_venue(world: World, fields: Json, _: UploadedFiles) -> Json:
    """Send a point on the map with title and address; returns the Message."""
    if not fields["title"] or not fields["address"]:
        raise bad_request("venue title and address must be non-empty")
    venue = {"location": _place(fields), "title": fields["title"], "address": fields["address"]}
    return post(world, fields, Content("venue", media=venue)).as_json()


def media_content(world: World, media: Json, uploads: UploadedFiles) -> Content:
    """The content of an InputMedia object."""
    kind = media["type"]
    if kind not in CAPTIONED_KINDS:
        raise unmodelled(f"media of type {kind}")
    return captioned(kind, stored_file(world, kind, media["media"], uploads), media)


def send_media_group(world: World, fields: Json, uploads: UploadedFiles) -> list[Json]:
    """Send two to ten pictures, or files, with one album id; returns their Messages."""
    world.get_writable(fields["chat_id"])
    items = fields["media"]
    if not 2 <= len(items) <= 10:
        raise bad_request("wrong number of messages to send as an album: 2-10 are allowed")
    if len({item["type"] for item in items}) > 1:
        raise bad_request("documents can't be mixed with other media in an album")
    contents = [media_content(world, item, uploads) for item in items]
    album = str(13_000_000_000_000_000 + world.next_number("album"))
    return [post(world, fields, content, album=album).as_json() for content in contents]


def send_chat_action(world: World, fields: Json, _: UploadedFiles) -> bool:
    """Tell the listeners what the bot is doing."""
    chat = world.get_writable(fields["chat_id"])
    if fields["action"] not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.notify("action", chat.id, text=fields["action"])
    return True
