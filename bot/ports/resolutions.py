"""The repository of the council's resolutions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bot.domain.resolutions import Resolution


class ResolutionRepository(Protocol):
    """At most one resolution of each hearing."""

    async def find(self, hearing_id: int) -> Resolution | None:
        """The resolution on a hearing."""

    async def put(self, resolution: Resolution) -> None:
        """Store it in the place of an earlier one."""
