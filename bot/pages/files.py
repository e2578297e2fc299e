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
    from bot.ports import Repositories

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
        return self._named(page, unique_id, _ending_of(name))

    def _named(self, page: str, unique_id: str, ending: str) -> str:
        digest = self.digests.get(unique_id, "")
        if not digest or self.folder is None or not self.folder.has(digest):
            return ""
        place = layout.kept(digest, ending)
        self.used[digest] = place
        return layout.relative(page, place)


async def public_file(repositories: Repositories, digest: str, ending: str) -> bool:
    """Whether some page names the kept file of that digest by that ending: of a public hearing, or a public comment."""
    uses = await repositories.kept_files.uses_of(digest)
    for hearing_id in uses.hearings:
        documents = await repositories.attachments.list_of(hearing_id)
        named = any(each.unique_id in uses.unique_ids and _ending_of(each.name) == ending for each in documents)
        if named and (await repositories.hearings.get(hearing_id)).is_public:
            return True
    for comment_id in uses.comments:
        comment = await repositories.comments.get(comment_id)
        if not comment.is_public(await repositories.hearings.get(comment.hearing_id)):
            continue
        done = comment.decision.done_photo if comment.decision and comment.decision.is_done else None
        shown = (*comment.public_attachments, *((done,) if done else ()))
        if any(each.unique_id in uses.unique_ids and _ENDINGS.get(each.kind) == ending for each in shown):
            return True
    return False


def _ending_of(name: str) -> str:
    """The ending of a document that was sent as ``name``; a photo has no name."""
    ending = PurePosixPath(name).suffix.lower() if name else ".jpg"
    return ending if ending.isascii() and ending[1:].isalnum() and len(ending) <= LONGEST_ENDING else ""
