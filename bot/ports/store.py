"""The database, as transactions that give all repositories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bot.domain.values import dataclass

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from bot.ports.repositories import Repositories


@dataclass(frozen=True, slots=True)
class WriteScope:
    """What a transaction may change: rows of these hearings (by id), and rows of these people (by Telegram id)."""

    hearings: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()

    @classmethod
    def of_person(cls, telegram_id: int) -> WriteScope:
        """Of one person alone."""
        return cls(people=frozenset({telegram_id}))


class ReadingStore(Protocol):
    """The database, for those who only read. Each transaction may raise StoreUnavailable."""

    def reading(self) -> AbstractAsyncContextManager[Repositories]:
        """A consistent view; nothing can be written in it."""


class Store(ReadingStore, Protocol):
    """The database. None of its transactions may stay open across a call to Telegram.

    Each may raise StoreUnavailable, at its beginning, within it or at its end: then nothing of it is stored.
    """

    def writing(self, scope: WriteScope | None = None) -> AbstractAsyncContextManager[Repositories]:
        """The one transaction that writes: committed, durably, when the block ends; rolled back when it raises.

        With a ``scope``, where the database can lock less than everything, others that change nothing in it write at
        the same time. Such a block decides by rows of its scope alone, and by what only blocks without one change.
        """

    async def scrub(self) -> bool:
        """Take from the disk what the database keeps of deleted rows beside its tables.

        False where somebody is reading now and it has to be done later. Raises StoreUnavailable.
        """

    def posting(self) -> AbstractAsyncContextManager[Repositories]:
        """As ``writing``, for outbox and inbox alone: where the database can lock rows, beside the one that writes."""
