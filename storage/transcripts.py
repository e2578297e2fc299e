"""Transcripts of voice messages, and the queue of those that a program is to write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, bindparam, delete, exists, null, or_, select, update

from bot.domain.hearings import Phase
from bot.domain.media import MediaKind
from bot.domain.transcripts import Transcript, TranscriptTask, recordings_digest
from storage.columns import MomentColumn
from storage.dialects import among, upsert
from storage.entry_tables import transcripts
from storage.media import media_of
from storage.tables import comments, hearings, parts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from bot.domain.comments import Comment
    from storage.database import Row, Transaction

_c = transcripts.c
_MOMENT = MomentColumn()
_SPOKEN: Final = tuple(kind for kind in MediaKind if kind.is_recording)
_LISTENED_IN: Final = (Phase.ANNOUNCED, Phase.OPEN, Phase.CLOSED)
"""Phases of a hearing whose voice messages a program writes down."""
_OF = select(transcripts).where(among(_c.comment_id, "ids"))
_UNWRITTEN = (
    select(comments.c.id)
    .join(hearings, hearings.c.id == comments.c.hearing_id)
    .where(
        or_(
            and_(comments.c.media_unique_id.is_not(None), comments.c.media_kind.in_(_SPOKEN)),
            comments.c.id.in_(
                select(parts.c.comment_id).where(
                    parts.c.media_unique_id.is_not(None),
                    parts.c.media_kind.in_(_SPOKEN),
                    parts.c.comment_id.is_not(None),
                )
            ),
        ),
        comments.c.withdrawn_at.is_(None),
        hearings.c.phase.in_(_LISTENED_IN),
        ~exists(select(_c.comment_id).where(_c.comment_id == comments.c.id)),
    )
    .order_by(comments.c.id)
    .limit(bindparam("limit"))
)
_MEDIA_OF_COMMENT = select(
    *(comments.c[name] for name in ("media_kind", "media_file_id", "media_unique_id", "media_seconds"))
).where(comments.c.id == bindparam("comment"))


class TranscriptRepository:
    """Transcripts, one a comment."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def find(self, comment_id: int) -> Transcript | None:
        """The transcript of a comment."""
        return (await self.of({comment_id})).get(comment_id)

    async def of(self, comment_ids: Collection[int]) -> Mapping[int, Transcript]:
        """The transcripts of those of the comments that have one."""
        if not comment_ids:
            return {}
        rows = await self._transaction.rows(_OF, {"ids": comment_ids})
        return {row.comment_id: _transcript(row) for row in rows}

    async def put(self, comment_id: int, recordings: str, transcript: Transcript, at: datetime) -> None:
        """Store what staff have written, in place of everything else."""
        row = {"comment_id": comment_id, "recordings": recordings, "attempts": 0, "due": None}
        await self._transaction.run(
            upsert(self._transaction.dialect, transcripts), {**row, **_values(transcript), "written_at": at}
        )

    async def drop(self, comment_id: int) -> None:
        """Remove it; no program writes it anew."""
        await self._change(comment_id, {"words": "", "machine": False, "due": null(), "trouble": null()})

    async def keep_for(self, comment: Comment) -> None:
        """Remove what was written of other voice messages than the comment has now."""
        others = and_(_c.comment_id == comment.id, _c.recordings != recordings_digest(comment.attachments))
        await self._transaction.run(delete(transcripts).where(others))

    async def discover(self, at: datetime, *, limit: int) -> int:
        """Let a program write down the voice messages of comments that have no transcript."""
        found = [row[0] for row in await self._transaction.rows(_UNWRITTEN, {"limit": limit})]
        for comment_id in found:
            await self.put(comment_id, await self._recordings(comment_id), Transcript(), at)
            await self._change(comment_id, {"due": at})
        return len(found)

    async def claim(self, at: datetime, until: datetime) -> TranscriptTask | None:
        """The comment that is due longest, with one attempt more."""
        due = and_(_c.due.is_not(None), _c.due <= bindparam("at", type_=_MOMENT))
        row = await self._transaction.first(select(transcripts).where(due).order_by(_c.due).limit(1), {"at": at})
        if row is None:
            return None
        await self._change(row.comment_id, {"attempts": _c.attempts + 1, "due": until})
        return TranscriptTask(row.comment_id, row.recordings, row.attempts + 1)

    async def settle(self, task: TranscriptTask, transcript: Transcript, at: datetime, due: datetime | None) -> None:
        """Store what came of a task, where the comment still waits for it."""
        same = and_(_c.comment_id == task.comment_id, _c.recordings == task.recordings, _c.due.is_not(None))
        values = {**_values(transcript), "written_at": at, "due": due}
        await self._transaction.run(update(transcripts).where(same).values(values))

    async def _recordings(self, comment_id: int) -> str:
        own = await self._transaction.rows(_MEDIA_OF_COMMENT, {"comment": comment_id})
        later = select(parts).where(parts.c.comment_id == comment_id).order_by(parts.c.position)
        rows = await self._transaction.rows(later)
        found = [(0, media_of(own[0])), *((row.position, media_of(row)) for row in rows)]
        return recordings_digest(media for _, media in sorted(found, key=lambda each: each[0]) if media)

    async def _change(self, comment_id: int, values: dict[str, Any]) -> None:
        await self._transaction.run(update(transcripts).where(_c.comment_id == comment_id).values(values))


def _values(transcript: Transcript) -> dict[str, Any]:
    return {"words": transcript.words, "machine": transcript.machine, "trouble": transcript.trouble}


def _transcript(row: Row) -> Transcript:
    return Transcript(row.words, row.machine, row.trouble)
