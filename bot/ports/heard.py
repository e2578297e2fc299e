"""The repository of what messages said, by which an edit that changes nothing is told from others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime


class HeardRepository(Protocol):
    """Digests of messages and of what they said."""

    async def note(self, source: str, resident_id: int, said: str, *, commented: bool, at: datetime) -> None:
        """Store what a message says; of one that is noted already, nothing."""

    async def note_edit(self, source: str, said: str) -> bool | None:
        """Store what a message says by now; None where that is the same, or where the message is not noted.

        Else True where it became a comment, or changed one, False where it did neither.
        """

    async def expire(self, before: datetime) -> int:
        """Delete what was noted before; returns how many."""

    async def drop(self, resident_id: int) -> None:
        """Delete what a person said, who is being forgotten."""
