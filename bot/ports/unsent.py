"""The repositories of what people are sending and have not said yet what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from bot.domain.parts import Part
    from bot.domain.unsent import Bundle, CurrentReading, Unsent


class UnsentRepository(Protocol):
    """What came unasked, with all its messages."""

    async def add(self, unsent: Unsent) -> int:
        """Store it with its parts; returns its id."""

    async def add_part(self, unsent_id: int, part: Part) -> None:
        """Store one message more."""

    async def list_of(self, resident_id: int, at: datetime) -> tuple[Unsent, ...]:
        """What the person sent unasked, the oldest first, if it has not expired at that moment."""

    async def find(self, resident_id: int, unsent_id: int, at: datetime) -> Unsent | None:
        """That one, if it is the person's and has not expired at that moment."""

    async def knows(self, source: str) -> bool:
        """True where a part of it, or of a comment, came in that message."""

    async def clear(self, unsent_id: int) -> None:
        """Remove its messages."""

    async def became(self, unsent_id: int, comment_id: int) -> None:
        """Store which comment was made of it."""

    async def remove(self, unsent_id: int) -> None:
        """Remove it with its messages."""

    async def drop(self, resident_id: int) -> None:
        """Remove all that the person sent unasked."""

    async def drop_expired(self, at: datetime) -> None:
        """Remove what has expired at that moment."""


class BundleRepository(Protocol):
    """What each person is sending now, one a person."""

    async def find(self, resident_id: int) -> Bundle | None:
        """The person's bundle, however old; nobody else adds to it until the transaction ends."""

    async def put(self, bundle: Bundle) -> None:
        """Store it, in place of the person's earlier one."""

    async def drop(self, resident_id: int) -> None:
        """Let nothing belong to it any more."""

    async def drop_old(self, before: datetime) -> None:
        """Remove those that began before then."""


class ReadingRepository(Protocol):
    """What the screen is about that each person was shown last."""

    async def find(self, resident_id: int, at: datetime) -> CurrentReading | None:
        """What the person reads, if it has not expired at that moment."""

    async def put_all(self, readings: Collection[CurrentReading]) -> None:
        """Store each in place of the person's earlier one."""

    async def drop(self, resident_id: int) -> None:
        """The person reads nothing that a comment could be about."""

    async def drop_expired(self, at: datetime) -> None:
        """Remove those that have expired at that moment."""
