"""The repository of files that staff have sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.received_files import ReceivedFile


class ReceivedFileRepository(Protocol):
    """Files of staff that wait for a choice, and those that are awaited."""

    async def add(self, file: ReceivedFile, *, source: str | None = None) -> ReceivedFile:
        """Store it under a number; ``source`` names the message that it came in."""

    async def find_source(self, resident_id: int, source: str) -> ReceivedFile | None:
        """The person's file that came in that message."""

    async def list_of(self, resident_id: int, at: datetime) -> tuple[ReceivedFile, ...]:
        """The person's files that have not expired at that moment, the newest first."""

    async def save(self, file: ReceivedFile) -> None:
        """Store what it is for and what became of it."""

    async def drop(self, file_id: int) -> None:
        """Remove it."""

    async def drop_all(self, resident_id: int) -> None:
        """Remove the person's files."""

    async def drop_expired(self, at: datetime) -> None:
        """Remove what has expired at that moment."""
