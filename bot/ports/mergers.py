"""The repository of mergers: what belongs to a former place becomes that of its successor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime


class MergerRepository(Protocol):
    """Moves people, roles and groups from one place to another, many at once."""

    async def move(self, former_id: int, successor_id: int, *, at: datetime, due_at: datetime) -> int:
        """Make the followers of a municipality those of another, and owe each a message, due then.

        Roles are given there too, open invitations and linked groups go there. Returns how many people are told.
        """

    async def move_village(self, former_id: int, successor_id: int) -> None:
        """Make the people of a village those of another."""
