"""Voice messages and photos, as Telegram keeps them."""

from __future__ import annotations

from enum import StrEnum

from bot.domain.values import dataclass


class MediaKind(StrEnum):
    """What a message has instead of text, or beside it, in the wrapping in which Telegram keeps it.

    Telegram gives a file back in its own wrapping alone: a recording that came as a file cannot be sent as a voice.
    """

    VOICE = "voice"
    AUDIO = "audio"
    SOUND_FILE = "sound file"
    VIDEO_NOTE = "video note"
    VIDEO = "video"
    PHOTO = "photo"
    PICTURE_FILE = "picture file"
    ANIMATION = "animation"

    @property
    def is_recording(self) -> bool:
        """True where a person speaks in it; False for a picture."""
        return self not in {MediaKind.PHOTO, MediaKind.PICTURE_FILE, MediaKind.ANIMATION}


@dataclass(frozen=True, slots=True)
class Media:
    """A voice message or photo in any wrapping, kept at Telegram under ``file_id``."""

    kind: MediaKind
    file_id: str
    unique_id: str
    seconds: int = 0
