"""The repository of transcripts, and the program that writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bot.domain.errors import HearingBotError

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.transcripts import Transcript, TranscriptTask, TranscriptTrouble


class NotTranscribed(HearingBotError):
    """Nothing was written down; ``trouble`` says why."""

    def __init__(self, trouble: TranscriptTrouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


class Transcriber(Protocol):
    """Something that listens and writes."""

    async def words_of(self, sound: bytes, *, language: str) -> str:
        """What is said in a sound file, in ``language`` where that is known. Raises NotTranscribed."""


class TranscriptRepository(Protocol):
    """Transcripts, one a comment; none outlives the voice messages that it is of."""

    async def find(self, comment_id: int) -> Transcript | None:
        """The transcript of a comment."""

    async def put(self, comment_id: int, recordings: str, transcript: Transcript, at: datetime) -> None:
        """Store what staff have written, in place of everything else; nothing waits for a program any more."""

    async def drop(self, comment_id: int) -> None:
        """Remove it; no program writes it anew."""

    async def discover(self, at: datetime, *, limit: int) -> int:
        """Let a program write down the voice messages of comments that have no transcript; returns how many."""

    async def claim(self, at: datetime, until: datetime) -> TranscriptTask | None:
        """The comment that is due longest, with one attempt more: until then nobody else claims it."""

    async def settle(self, task: TranscriptTask, transcript: Transcript, at: datetime, due: datetime | None) -> None:
        """Store what came of a task; nothing where staff have written meanwhile, or other voice messages came."""
