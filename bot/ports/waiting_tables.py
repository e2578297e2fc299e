"""The repository of tables of decisions that were read and wait for their senders to apply them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.decision_table import WaitingTable


class WaitingTableRepository(Protocol):
    """Waiting tables, one of each sender and hearing."""

    async def put(self, table: WaitingTable) -> int:
        """Store it in place of the sender's earlier one of that hearing; returns its id, which no other has had."""

    async def find(self, table_id: int, sender_id: int, at: datetime) -> WaitingTable | None:
        """The sender's table, if it has not expired at that moment."""

    async def remove(self, table_id: int) -> bool:
        """Remove a table; False where it is gone already."""

    async def drop(self, sender_id: int) -> None:
        """Remove every table of a sender."""

    async def drop_expired(self, at: datetime) -> int:
        """Remove those that have expired at that moment; returns how many."""
