"""The inbox, as a repository."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from bot.domain.inbox import WaitingUpdate


class InboxRepository(Protocol):
    """Updates that wait. Each belongs to one process, its owner, which renews its lease as long as it lives."""

    async def add(self, updates: Collection[WaitingUpdate], *, owner: str, at: datetime) -> None:
        """Store updates for ``owner``; one that is stored already stays as it is."""

    async def hand_over(self, updates: Collection[WaitingUpdate], *, owner: str, by: str, at: datetime) -> None:
        """Store updates for ``owner``; those that are stored for ``by`` are the owner's from now on."""

    async def list_of(self, owner: str) -> tuple[WaitingUpdate, ...]:
        """What is stored for ``owner``, in order."""

    async def ids_of(self, telegram_id: int) -> Sequence[int]:
        """What waits of a person, whoever has it: the numbers of the updates, in order."""

    async def take_of(self, telegram_id: int, *, by: str) -> tuple[WaitingUpdate, ...]:
        """Make ``by`` the owner of all that waits of a person; returns it in order."""

    async def renew(self, owner: str) -> bool:
        """Renew the owner's lease. True where it had one; one that had none (any more) gets it now."""

    async def renewals(self) -> Mapping[str, int]:
        """How often each owner has renewed its lease."""

    async def has_unowned(self) -> bool:
        """True where an update waits that belongs to no lease."""

    async def take_over(self, owners: Mapping[str, int], *, by: str) -> tuple[WaitingUpdate, ...]:
        """End the leases of ``owners`` that have not been renewed meanwhile, and take what belongs to no lease.

        Returns all that was taken, in Telegram's order.
        """

    async def remove(self, update_ids: Collection[int]) -> None:
        """Delete updates that were handled."""

    async def release(self, owner: str) -> None:
        """End the owner's lease: what it leaves may be taken at once."""

    async def count(self) -> int:
        """How many updates wait, of everybody."""

    async def waiting(self, telegram_id: int) -> int:
        """How many updates of a person wait."""

    async def drop(self, telegram_id: int) -> None:
        """Delete the updates of a person, who is being forgotten."""

    async def expire(self, before: datetime) -> int:
        """Delete what has been waiting since ``before``; returns how many."""
