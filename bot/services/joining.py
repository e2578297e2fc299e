"""A message becomes a part of what its author is sending: a comment, or what came unasked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.parts import Part, fits, is_full, placed
from bot.domain.values import dataclass
from bot.services.comments import CommentView
from bot.services.incoming_message import open_hearing

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.people import Resident
    from bot.domain.unsent import Bundle
    from bot.ports import Repositories
    from bot.services.incoming_message import IncomingMessage


@dataclass(frozen=True, slots=True)
class Joining:
    """One message that may be a part of a bundle, in the transaction that stores it."""

    repositories: Repositories
    author: Resident
    incoming: IncomingMessage
    now: datetime

    async def join(self, bundle: Bundle) -> tuple[bool, CommentView | None]:
        """Whether the message has become a part of the bundle, and the comment it is a part of."""
        if bundle.comment_id:
            view = await self._join_comment(bundle)
            return view is not None, view
        return await self._join_unsent(bundle), None

    async def _join_comment(self, bundle: Bundle) -> CommentView | None:
        comment = await self.repositories.comments.get(bundle.comment_id)
        text, media = self.incoming.words, self.incoming.media
        repeats = not self._is_of(bundle) and comment.repeats(text, media)
        if not comment.is_by(self.author) or not comment.takes_parts or repeats:
            return None
        part, left_out = self._part(bundle, comment.parts)
        if part is not None and not fits(comment.parts, part):
            return None
        hearing = await open_hearing(self.repositories, comment.hearing_id, self.incoming.sent_at)
        if not await self._put_off(bundle, left_out):
            return None
        if part is not None:
            grown = comment.with_part(part)
            await self.repositories.comments.add_part(comment.id, placed(comment.parts, part))
            if grown.recording_open is not comment.recording_open:
                await self.repositories.comments.save(grown)
            comment = grown
        return CommentView(comment, hearing, own=True)

    def _is_of(self, bundle: Bundle) -> bool:
        """True for one more of an album: nobody sends a part of one again."""
        return bool(self.incoming.album) and self.incoming.album == bundle.album

    async def _join_unsent(self, bundle: Bundle) -> bool:
        unsent = await self.repositories.unsent.find(self.author.id, bundle.unsent_id, self.now)
        if unsent is None or not unsent.parts:
            return False
        says = (part.says(self.incoming.words, self.incoming.media) for part in unsent.parts)
        if not self._is_of(bundle) and any(says):
            return True
        part, left_out = self._part(bundle, unsent.parts)
        if part is not None and not fits(unsent.parts, part):
            return False
        if not await self._put_off(bundle, left_out):
            return False
        if part is not None:
            await self.repositories.unsent.add_part(unsent.id, placed(unsent.parts, part))
        return True

    def _part(self, bundle: Bundle, parts: tuple[Part, ...]) -> tuple[Part | None, int]:
        """The message as a part, without a photo or voice that finds no room; None where nothing of it is left."""
        text, media = self.incoming.words, self.incoming.media
        left_out = int(media is not None and is_full(parts))
        kept = None if left_out else media
        if not text and kept is None:
            return None, left_out
        return Part(text, kept, self.incoming.number - bundle.first, self.incoming.source, self.now), left_out

    async def _put_off(self, bundle: Bundle, left_out: int) -> bool:
        """Let the reply wait for the next part; False where it is leaving already."""
        grown = replace(
            bundle, last=self.incoming.sent_at, album=self.incoming.album, left_out=bundle.left_out + left_out
        )
        due = bundle.due(self.now)
        if not await self.repositories.owed_replies.put_off(bundle.update_key, due, left_out=grown.left_out):
            return False
        await self.repositories.bundles.put(grown)
        return True
