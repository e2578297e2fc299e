"""The repository of the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.domain.journal import JournalEntry, JournalLine


class JournalRepository(Protocol):
    """Acts and who did them; entries are added and never changed, and removed by whole years alone."""

    async def add(self, entry: JournalEntry) -> None:
        """Append an entry."""

    async def add_each(self, entries: Sequence[JournalEntry]) -> None:
        """Append entries."""

    async def list_about(self, subject: str, *, limit: int = 100) -> tuple[JournalEntry, ...]:
        """The entries about a subject, newest first."""

    async def page(self, municipality_id: int, *, offset: int, limit: int) -> tuple[JournalLine, ...]:
        """The lines of a municipality, newest first."""

    async def count(self, municipality_id: int) -> int:
        """How many lines a municipality has."""

    async def first_year(self) -> int | None:
        """The year (UTC) of the oldest line; None of an empty journal."""

    async def drop_year(self, year: int, at: datetime, *, limit: int) -> int:
        """Remove at most so many lines of a year (UTC) that is over; returns how many."""
