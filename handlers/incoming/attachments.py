"""Voices and photos in every wrapping in which people send them, as far as Telegram lets others have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.attachments import AttachedFile
from bot.domain.media import Media, MediaKind

if TYPE_CHECKING:
    from datetime import timedelta

    from telegram import Document, Message

LONGEST_VIDEO: Final = 60
"""Seconds of a video in which somebody speaks, as long as a video message can be; a longer one is a film."""
SOUND_TYPES: Final = ("audio/", "application/ogg")
PICTURE_TYPES: Final = ("image/",)
UNNAMED_TYPES: Final = frozenset({"", "application/octet-stream"})
"""What Telegram calls a file of which it knows no more; then its name tells."""
SOUND_ENDINGS: Final = frozenset({"aac", "amr", "flac", "m4a", "mp3", "oga", "ogg", "opus", "wav", "wma"})
PICTURE_ENDINGS: Final = frozenset({"bmp", "gif", "heic", "heif", "jpeg", "jpg", "png", "tif", "tiff", "webp"})


def media_of(message: Message) -> Media | None:
    """The voice or photo of a message; None where there is none, or one that is not taken."""
    if message.photo:
        return Media(MediaKind.PHOTO, message.photo[-1].file_id, message.photo[-1].file_unique_id)
    recorded = (
        (MediaKind.VOICE, message.voice),
        (MediaKind.AUDIO, message.audio),
        (MediaKind.VIDEO_NOTE, message.video_note),
        (MediaKind.VIDEO, message.video),
    )
    for kind, found in recorded:
        if found is not None and (kind is not MediaKind.VIDEO or _seconds(found.duration) <= LONGEST_VIDEO):
            return Media(kind, found.file_id, found.file_unique_id, _seconds(found.duration))
    if (moving := message.animation) is not None:  # before the document that Telegram adds for old clients
        return Media(MediaKind.ANIMATION, moving.file_id, moving.file_unique_id)
    return _of_document(message.document) if message.document is not None else None


def file_of(message: Message) -> AttachedFile | None:
    """The file of a message as a document of a hearing, whatever it is; a photo in its largest size."""
    title = message.caption or ""
    if message.photo:
        found = message.photo[-1]
        return AttachedFile(found.file_id, found.file_unique_id, title=title, photo=True, size=found.file_size or 0)
    if (document := message.document) is None:
        return None
    name, size = document.file_name or "", document.file_size or 0
    return AttachedFile(document.file_id, document.file_unique_id, name, title, size=size)


def content_of(message: Message) -> str:
    """All that a message says, words and file, to be told from what it says after an edit; a place says nothing."""
    media = media_of(message)
    return f"{media.unique_id if media else ''}\n{message.text or message.caption or ''}"


def _of_document(document: Document) -> Media | None:
    kind, ending = (document.mime_type or "").lower(), (document.file_name or "").rpartition(".")[2].lower()
    unnamed = kind in UNNAMED_TYPES
    if kind.startswith(SOUND_TYPES) or (unnamed and ending in SOUND_ENDINGS):
        return Media(MediaKind.SOUND_FILE, document.file_id, document.file_unique_id)
    if kind.startswith(PICTURE_TYPES) or (unnamed and ending in PICTURE_ENDINGS):
        return Media(MediaKind.PICTURE_FILE, document.file_id, document.file_unique_id)
    return None


def _seconds(length: int | timedelta) -> int:
    return int(length) if isinstance(length, int) else int(length.total_seconds())
