"""Voice messages written down by a program: in the background, one at a time, until staff confirm its words."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

import structlog

from bot.domain.errors import StoreUnavailable
from bot.domain.transcripts import (
    LONGEST_RUN,
    LONGEST_TRANSCRIPT,
    Transcript,
    TranscriptTrouble,
    next_attempt,
    recordings_digest,
    tidied_transcript,
)
from bot.ports.kept_files import FileNotFetched
from bot.ports.transcripts import NotTranscribed

if TYPE_CHECKING:
    from bot.domain.comments import Comment
    from bot.domain.media import Media
    from bot.domain.transcripts import TranscriptTask
    from bot.ports import Clock, Store, Transcriber
    from bot.services.kept_files import KeptFiles

log = structlog.get_logger(__name__)

FOUND_AT_ONCE: Final = 50
"""Comments that one transaction puts into the queue."""


class Transcribing:
    """Lets ``transcriber`` listen; without one every method does nothing."""

    def __init__(self, store: Store, clock: Clock, kept_files: KeptFiles) -> None:
        self.transcriber: Transcriber | None = None
        """The program; the composition says which, where one is wanted."""
        self._store, self._clock, self._kept_files = store, clock, kept_files
        self._working = asyncio.Lock()

    async def work(self) -> None:
        """Write down what is due; called every minute, at any time."""
        if self.transcriber is None or self._working.locked():
            return
        async with self._working:
            try:
                async with self._store.writing() as repositories:
                    await repositories.transcripts.discover(self._clock.now(), limit=FOUND_AT_ONCE)
                while await self._write_next():
                    pass
            except StoreUnavailable as failure:
                log.warning("voice messages are written down later", reason=failure.reason)

    async def _write_next(self) -> bool:
        """Write down one comment's voice messages; False where none is due."""
        now = self._clock.now()
        async with self._store.writing() as repositories:
            task = await repositories.transcripts.claim(now, now + 2 * LONGEST_RUN)
            comment = await repositories.comments.get(task.comment_id) if task else None
        if task is None or comment is None:
            return False
        made = await self._listen(task, comment)
        now = self._clock.now()
        due = next_attempt(task, now) if made.trouble else None
        async with self._store.writing() as repositories:
            await repositories.transcripts.settle(task, made, now, due)
        return True

    async def _listen(self, task: TranscriptTask, comment: Comment) -> Transcript:
        if recordings_digest(comment.attachments) != task.recordings or comment.withdrawn_at is not None:
            return Transcript()
        try:
            said = [
                await self._words(media, comment.language) for media in comment.attachments if media.kind.is_recording
            ]
        except NotTranscribed as failure:
            log.warning("a voice message was not written down", comment=comment.id, reason=failure.trouble.value)
            return Transcript(trouble=failure.trouble)
        words = "\n".join(filter(None, said))[:LONGEST_TRANSCRIPT].strip()
        return Transcript(words, machine=True) if words else Transcript(trouble=TranscriptTrouble.NOTHING)

    async def _words(self, media: Media, language: str) -> str:
        assert self.transcriber is not None
        sound = await self._kept_files.content(media.unique_id)
        if sound is None and self._kept_files.source is not None:
            try:
                sound = await self._kept_files.source.fetch_whole(media.file_id)
            except FileNotFetched:
                sound = None
        if sound is None:
            raise NotTranscribed(TranscriptTrouble.NO_SOUND)
        return tidied_transcript(await self.transcriber.words_of(sound, language=language))
