"""The repository of appeals against the hiding of comments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.appeals import Appeal, AppealCounts
    from bot.domain.comments import Comment


class AppealRepository(Protocol):
    """Appeals, by the comment they are about."""

    async def add(self, appeal: Appeal) -> Appeal:
        """Store a new one; returns it with its id."""

    async def get(self, appeal_id: int) -> Appeal:
        """The appeal. Raises NotFound."""

    async def find(self, comment: Comment) -> Appeal | None:
        """The appeal against the hiding of the comment as it is hidden now."""

    async def judge(self, appeal_id: int, *, lifted: bool, by: int | None, at: datetime) -> None:
        """Note what was decided about it, and by whom."""

    async def list_waiting(self, municipality_id: int, *, limit: int) -> tuple[Appeal, ...]:
        """The appeals that wait in a municipality, the longest first."""

    async def count_waiting(self, municipality_id: int) -> int:
        """How many appeals wait in a municipality."""

    async def counts(self, hearing_id: int) -> AppealCounts:
        """The appeals of a hearing, counted."""

    async def list_of(self, author_id: int) -> tuple[Appeal, ...]:
        """The appeals of a person, the oldest first."""

    async def forget(self, author_id: int) -> None:
        """Take a person's words from what was decided, and what waits for good."""
