"""What is said in the voice messages of a comment, written down by staff, or by a program and confirmed by staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.errors import CommentChanged, NotFound, NothingExpected
from bot.domain.journal import Act, about_comment, digest_of_words
from bot.domain.message_text import checked
from bot.domain.pending_input import PendingInput, PendingInputKind
from bot.domain.permissions import Permission, ensure, ensure_known
from bot.domain.transcripts import TRANSCRIBING_LASTS, Transcript, recordings_digest
from bot.services.comments import CommentView

if TYPE_CHECKING:
    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.ports import Clock, Repositories, Store


def words_mark(transcript: Transcript | None) -> int:
    """Which words of a transcript were read, in a press; 0 where there are none."""
    return int(digest_of_words(transcript.words), 16) if transcript and transcript.words else 0


class Transcripts:
    """What staff do with transcripts. Every method raises Forbidden for whoever is not staff of the municipality.

    NotFound where a comment has no voice message, AlreadyWithdrawn where its author has taken it back.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def begin(self, actor: Actor, comment_id: int) -> CommentView:
        """Take the actor's next text for what is said in the comment's voice messages."""
        resident = ensure_known(actor)
        async with self._store.writing() as repositories:
            comment, hearing = await _spoken(repositories, actor, comment_id)
            pending = PendingInput(
                resident.id,
                PendingInputKind.TRANSCRIPT,
                self._clock.now() + TRANSCRIBING_LASTS,
                hearing.id,
                comment_id=comment.id,
                text=recordings_digest(comment.attachments),
            )
            await repositories.pending_inputs.put(pending)
        return CommentView(comment, hearing, staff=True)

    async def write(self, actor: Actor, text: str) -> CommentView:
        """Store what was typed, in place of what stood there. Raises TextEmpty, TextTooLong, NothingExpected.

        CommentChanged where the comment has other voice messages than were heard.
        """
        resident, words = ensure_known(actor), checked(text)
        async with self._store.writing() as repositories:
            pending = await repositories.pending_inputs.find(resident.id, self._clock.now())
            if pending is None or pending.kind is not PendingInputKind.TRANSCRIPT:
                raise NothingExpected
            comment, hearing = await _spoken(repositories, actor, pending.comment_id)
            if recordings_digest(comment.attachments) != pending.text:
                raise CommentChanged
            await repositories.pending_inputs.drop(resident.id)
            await self._put(repositories, actor, comment, Transcript(words), Act.TRANSCRIBED)
            comment = await repositories.comments.get(comment.id)
        return CommentView(comment, hearing, staff=True)

    async def confirm(self, actor: Actor, comment_id: int, *, seen: int) -> CommentView:
        """Confirm the words of a program as they stand. Raises CommentChanged unless they are those ``seen``."""
        async with self._store.writing() as repositories:
            comment, hearing = await _spoken(repositories, actor, comment_id)
            found = comment.transcript
            if found is None or not found.words or words_mark(found) != seen:
                raise CommentChanged
            if found.machine:
                await self._put(repositories, actor, comment, Transcript(found.words), Act.TRANSCRIPT_CONFIRMED)
                comment = await repositories.comments.get(comment.id)
        return CommentView(comment, hearing, staff=True)

    async def find(self, actor: Actor, comment_id: int) -> CommentView:
        """A comment with voice messages, as whoever writes them down reads it."""
        async with self._store.reading() as repositories:
            comment, hearing = await _spoken(repositories, actor, comment_id)
        return CommentView(comment, hearing, staff=True)

    async def remove(self, actor: Actor, comment_id: int) -> CommentView:
        """Remove a transcript: it was of something else. No program writes it anew."""
        async with self._store.writing() as repositories:
            comment, hearing = await _spoken(repositories, actor, comment_id)
            if comment.transcript is not None and comment.transcript.words:
                await repositories.transcripts.drop(comment.id)
                data = {"digest": digest_of_words(comment.transcript.words)}
                entry = about_comment(
                    comment.id, Act.TRANSCRIPT_REMOVED, at=self._clock.now(), by=actor.resident_id, data=data
                )
                await repositories.journal.add(entry)
                comment = await repositories.comments.get(comment.id)
        return CommentView(comment, hearing, staff=True)

    async def _put(
        self, repositories: Repositories, actor: Actor, comment: Comment, transcript: Transcript, act: Act
    ) -> None:
        now = self._clock.now()
        await repositories.transcripts.put(comment.id, recordings_digest(comment.attachments), transcript, now)
        data = {"digest": digest_of_words(transcript.words)}
        await repositories.journal.add(about_comment(comment.id, act, at=now, by=actor.resident_id, data=data))


async def _spoken(repositories: Repositories, actor: Actor, comment_id: int) -> tuple[Comment, Hearing]:
    """A comment with voice messages, and its hearing, for staff of its municipality."""
    comment = await repositories.comments.get(comment_id)
    hearing = await repositories.hearings.get(comment.hearing_id)
    ensure(actor, Permission.TRANSCRIBE, hearing.municipality_id)
    if not comment.has_voice:
        raise NotFound("recording", comment_id)
    comment.ensure_not_withdrawn()
    return comment, hearing
