"""Voice messages and photos, as Telegram keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MediaKind(StrEnum):
    """What a message has instead of text, or beside it."""

    VOICE = "voice"
    PHOTO = "photo"

    @property
    def is_recording(self) -> bool:
        """True where a person speaks in it; False for a picture."""
        return self is MediaKind.VOICE


@dataclass(frozen=True, slots=True)
class Media:
    """A voice message or photo, kept at Telegram under ``file_id``."""

    kind: MediaKind
    file_id: str
    unique_id: str
    seconds: int = 0
