"""Messages and files as the chat page shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from aiohttp import web

if TYPE_CHECKING:
    from bot.simulator.files import StoredFile
    from bot.simulator.messages import Json, Message

INLINE_FILE_TYPES: Final = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8", "image/jpeg"),
    (b"OggS", "audio/ogg"),
    (b"RIFF", "audio/wav"),
    (b"\x1aE\xdf\xa3", "audio/webm"),
    (b"ID3", "audio/mpeg"),
)
"""The first bytes of files that the page may show or play; any other file is only offered for download."""


def as_seen(message: Message, *, waiting: bool) -> Json:
    """Telegram's message with what a phone adds: direction, tick (one while ``waiting``), file and reactions."""
    facts = {"out": not message.from_bot, "read": not waiting, "file": _file(message.content.file)}
    emoji = [reaction.get("emoji", "") for given in message.reactions.values() for reaction in given]
    return {**message.as_json(), **facts, "kind": message.content.kind, "reactions": emoji}


def file_response(stored: StoredFile) -> web.Response:
    """A file with the type of its first bytes, if it is one of ``INLINE_FILE_TYPES``; a document is an attachment."""
    inline = (kind for begin, kind in INLINE_FILE_TYPES if stored.content.startswith(begin))
    headers = {"Content-Type": next(inline, "application/octet-stream"), "Cache-Control": "private, max-age=3600"}
    if stored.kind == "document":
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(stored.name)}"
    return web.Response(body=stored.content, headers=headers)


def _file(stored: StoredFile | None) -> Json | None:
    if stored is None:
        return None
    sizes = {"size": len(stored.content), "width": stored.width, "height": stored.height, "seconds": stored.duration}
    return {"url": f"/file/{stored.file_id}", "name": stored.name, **sizes}
