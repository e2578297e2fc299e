"""The kept files that pages name: documents, photos, voice messages, each copied once under its digest."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, Protocol

from bot.domain.media import MediaKind
from bot.pages import layout

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.media import Media

LONGEST_ENDING: Final = 6
_ENDINGS: Final = {
    MediaKind.VOICE: ".ogg",
    MediaKind.AUDIO: ".mp3",
    MediaKind.VIDEO_NOTE: ".mp4",
    MediaKind.VIDEO: ".mp4",
    MediaKind.PHOTO: ".jpg",
}
"""How Telegram gives them; what came as a file of another kind is not shown."""


class KeptFolder(Protocol):
    """Where the bytes are."""

    def has(self, name: str) -> bool:
        """True where a file of that digest is there."""
        ...


@dataclass(slots=True)
class NamedFiles:
    """The files of one hearing that its pages may name: ``digests`` by what Telegram knows them by.

    ``used`` are those that were named, with the place in the site to which they belong.
    """

    digests: Mapping[str, str]
    folder: KeptFolder | None
    used: dict[str, str] = field(default_factory=dict)

    def href(self, page: str, media: Media) -> str:
        """How ``page`` names a photo or voice message; empty where it is not kept, or of no kind that browsers show."""
        ending = _ENDINGS.get(media.kind)
        return self._named(page, media.unique_id, ending) if ending else ""

    def document(self, page: str, unique_id: str, name: str) -> str:
        """How ``page`` names a document that was sent as ``name``; empty where it is not kept."""
        ending = PurePosixPath(name).suffix.lower() if name else ".jpg"
        plain = ending.isascii() and ending[1:].isalnum() and len(ending) <= LONGEST_ENDING
        return self._named(page, unique_id, ending if plain else "")

    def _named(self, page: str, unique_id: str, ending: str) -> str:
        digest = self.digests.get(unique_id, "")
        if not digest or self.folder is None or not self.folder.has(digest):
            return ""
        place = layout.kept(digest, ending)
        self.used[digest] = place
        return layout.relative(page, place)
