"""The repository of the figures of hearings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bot.domain.figures import HearingCounts


class FigureRepository(Protocol):
    """Counts of many hearings at once."""

    async def of_hearings(self, hearing_ids: Collection[int]) -> Mapping[int, HearingCounts]:
        """What can be counted of each of these hearings."""
