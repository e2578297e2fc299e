"""New messages from the bot: text, pictures, files, voice, places, albums, copies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.simulator.files import StoredFile, Upload
from bot.simulator.markup import formatted
from bot.simulator.messages import CAPTIONED, Chat, Content, Json, Message
from bot.simulator.refusals import bad, unmodelled

if TYPE_CHECKING:
    from bot.simulator.world import World

Uploads = Mapping[str, Upload]
ACTIONS = frozenset(
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
    """A text message; raises 400 where it is empty, too long or cannot be parsed."""
    source = fields.get("text", "")
    text, entities = formatted(source, fields.get("parse_mode"), fields.get("entities"))
    if not text:
        raise bad("message text is empty")
    if len(text) > 4096:
        raise bad("message is too long")
    extras = {name: fields[name] for name in ("link_preview_options",) if fields.get(name)}
    return Content("text", text, entities, source=source, extras=tuple(extras.items()))


def captioned(kind: str, stored: StoredFile, fields: Json) -> Content:
    """A picture, file or voice with its caption; raises 400 where the caption is too long or cannot be parsed."""
    source = fields.get("caption", "")
    text, entities = formatted(source, fields.get("parse_mode"), fields.get("caption_entities"))
    if len(text) > 1024:
        raise bad("message caption is too long")
    media = [stored.as_json()] if kind == "photo" else stored.as_json()
    flags = {"show_caption_above_media": "show_caption_above_media", "has_spoiler": "has_media_spoiler"}
    extras = tuple((shown, True) for name, shown in flags.items() if fields.get(name))
    return Content(kind, text, entities, source=source, media=media, file=stored, extras=extras)


def stored_file(world: World, kind: str, value: str, uploads: Uploads, *, duration: int = 0) -> StoredFile:
    """The file that a field means: an upload under its name, ``attach://name``, or the id of one that is known."""
    name = value.removeprefix("attach://")
    if name in uploads and (value.startswith("attach://") or value == kind):
        return world.files.keep(kind, uploads[name], duration=duration)
    if value.startswith("attach://"):
        raise bad("wrong file identifier/HTTP URL specified")
    if value.startswith(("http://", "https://")):
        raise bad("failed to get HTTP URL content")
    return world.files.get_known(value, kind)


def rows_of(markup: Json | None) -> Json | None:
    """The inline keyboard that stays with a message, checked as Telegram checks it; None for any other markup."""
    if not markup or "inline_keyboard" not in markup:
        return None
    rows = [[_button(button) for button in row] for row in markup["inline_keyboard"] if row]
    if sum(map(len, rows)) > 100:
        raise bad("reply markup is too long")
    return {"inline_keyboard": rows} if rows else None


def _button(button: Json) -> Json:
    if not button["text"].strip():
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    kinds = [name for name in button if name not in {"text", "style", "icon_custom_emoji_id"}]
    if len(kinds) != 1:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    url = button.get("url")
    if url is not None and not url.startswith(("http://", "https://", "tg://", "mailto:", "tel:")):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
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
    raise bad("message to be replied not found")


def _thread(chat: Chat, fields: Json) -> int | None:
    thread: int | None = fields.get("message_thread_id")
    if thread is not None and thread not in chat.topics:
        raise bad("message thread not found")
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


def send_message(world: World, fields: Json, _: Uploads) -> Json:
    """A text; returns the Message."""
    world.get_writable(fields["chat_id"])
    return post(world, fields, text_content(fields)).as_json()


def _send_file(kind: str, world: World, fields: Json, uploads: Uploads) -> Json:
    world.get_writable(fields["chat_id"])
    value = fields.get(kind, kind)
    stored = stored_file(world, kind, value, uploads, duration=fields.get("duration", 0))
    return post(world, fields, captioned(kind, stored, fields)).as_json()


def send_photo(world: World, fields: Json, uploads: Uploads) -> Json:
    """A picture, uploaded or by its id; returns the Message."""
    return _send_file("photo", world, fields, uploads)


def send_document(world: World, fields: Json, uploads: Uploads) -> Json:
    """A file, uploaded or by its id; returns the Message."""
    return _send_file("document", world, fields, uploads)


def send_voice(world: World, fields: Json, uploads: Uploads) -> Json:
    """A voice message, uploaded or by its id; returns the Message."""
    return _send_file("voice", world, fields, uploads)


def _place(fields: Json) -> Json:
    if not -90 <= fields["latitude"] <= 90 or not -180 <= fields["longitude"] <= 180:
        raise bad("wrong location specified")
    return {"latitude": fields["latitude"], "longitude": fields["longitude"]}


def send_location(world: World, fields: Json, _: Uploads) -> Json:
    """A point on the map that stays where it is; returns the Message."""
    if "live_period" in fields:
        raise unmodelled("live locations")
    return post(world, fields, Content("location", media=_place(fields))).as_json()


def send_venue(world: World, fields: Json, _: Uploads) -> Json:
    """A point with a title and an address; returns the Message."""
    if not fields["title"] or not fields["address"]:
        raise bad("venue title and address must be non-empty")
    venue = {"location": _place(fields), "title": fields["title"], "address": fields["address"]}
    return post(world, fields, Content("venue", media=venue)).as_json()


def media_content(world: World, media: Json, uploads: Uploads) -> Content:
    """The content of an InputMedia object."""
    kind = media["type"]
    if kind not in CAPTIONED:
        raise unmodelled(f"media of type {kind}")
    return captioned(kind, stored_file(world, kind, media["media"], uploads), media)


def send_media_group(world: World, fields: Json, uploads: Uploads) -> list[Json]:
    """Two to ten pictures, or files, under one album id; returns their Messages."""
    world.get_writable(fields["chat_id"])
    items = fields["media"]
    if not 2 <= len(items) <= 10:
        raise bad("wrong number of messages to send as an album: 2-10 are allowed")
    if len({item["type"] for item in items}) > 1:
        raise bad("documents can't be mixed with other media in an album")
    contents = [media_content(world, item, uploads) for item in items]
    album = str(13_000_000_000_000_000 + world.fresh("album"))
    return [post(world, fields, content, album=album).as_json() for content in contents]


def copy_message(world: World, fields: Json, _: Uploads) -> Json:
    """The same content again, without saying whose it was; returns the MessageId."""
    world.get_writable(fields["chat_id"])
    source = world.get_chat(fields["from_chat_id"]).messages.get(fields["message_id"])
    if source is None or source.deleted:
        raise bad("message to copy not found")
    content = source.content
    if content.kind not in CAPTIONED | {"text", "venue", "location", "sticker"}:
        raise bad("message can't be copied")
    if "caption" in fields and content.file is not None and content.kind in CAPTIONED:
        content = captioned(content.kind, content.file, fields)
    return {"message_id": post(world, fields, content).id}


def send_chat_action(world: World, fields: Json, _: Uploads) -> bool:
    """Tells who listens what the bot is doing."""
    chat = world.get_writable(fields["chat_id"])
    if fields["action"] not in ACTIONS:
        raise bad("wrong parameter action in request")
    world.tell("action", chat.id, text=fields["action"])
    return True
