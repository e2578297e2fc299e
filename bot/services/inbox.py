"""The inbox of one process: updates that it has stored to be handled later, and its lease on them.

The time of a lease is not in the database, where a wall clock would write it: a process renews its lease every few
seconds, and one that another process sees unchanged for ``LEASE`` seconds of its own monotonic clock is over. Then the
updates are taken over. A process that was held up for so long learns it when it renews, before it handles the next one.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

import structlog

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from bot.domain.inbox import WaitingUpdate
    from bot.ports import Clock, Store

log = structlog.get_logger(__name__)

LEASE: Final = 20.0
"""Seconds."""


class Inbox:
    """Stores updates under the name ``owner``, which is unique to the process. Any call raises StoreUnavailable."""

    def __init__(
        self, store: Store, clock: Clock, owner: str, *, monotonic: Callable[[], float], lease: float = LEASE
    ) -> None:
        self._store = store
        self._clock = clock
        self._owner = owner
        self._monotonic = monotonic
        self._lease = lease
        self._renewed_at = monotonic()
        self._first_seen: dict[tuple[str, int], float] = {}
        self._stored: set[int] = set()
        self._to_hand: dict[int, tuple[WaitingUpdate, str]] = {}
        self._one_at_a_time = asyncio.Lock()
        self.shared = False
        """Other processes hand updates to this one: it has a lease although nothing is stored."""

    @property
    def needs_renewal(self) -> bool:
        """True where something is stored, or may be by others, and the lease was not renewed for half its time."""
        return (bool(self._stored) or self.shared) and self._monotonic() - self._renewed_at > self._lease / 2

    async def write(self, added: Collection[WaitingUpdate] = (), removed: Collection[int] = ()) -> bool:
        """Store updates, delete handled ones, and renew the lease as long as anything is stored, in one commit.

        False where the lease was over: what had been stored before belongs to another process now.
        """
        async with self._one_at_a_time:
            ids = {each.update_id for each in added}
            at = self._monotonic()
            async with self._store.posting() as repositories:
                alive = await repositories.inbox.renew(self._owner) or not self._stored
                left = ((self._stored if alive else set()) | ids) - set(removed)
                await repositories.inbox.add(added, owner=self._owner, at=self._clock.now())
                if removed:
                    await repositories.inbox.remove(removed)
                if not left and not self.shared:
                    await repositories.inbox.release(self._owner)
            self._renewed_at = at
            self._stored = left
        return alive

    async def hand_over(self, update: WaitingUpdate, owner: str) -> None:
        """Store an update for another process, or give it one that is stored; those of a moment in one commit."""
        self._to_hand[update.update_id] = update, owner
        async with self._one_at_a_time:
            if update.update_id not in self._to_hand:  # stored with another one meanwhile
                return
            given, self._to_hand = self._to_hand, {}
            try:
                await self._hand_over(given.values())
            except BaseException:
                del given[update.update_id]
                self._to_hand = given | self._to_hand  # those who wait for the others try it themselves
                raise
            self._stored -= given.keys()

    async def _hand_over(self, given: Collection[tuple[WaitingUpdate, str]]) -> None:
        async with self._store.posting() as repositories:
            for other in {owner for _, owner in given}:
                updates = [each for each, owner in given if owner == other]
                await repositories.inbox.hand_over(updates, owner=other, by=self._owner, at=self._clock.now())

    def renew_soon(self) -> None:
        """Others may have ended the lease: the next renewal is not put off."""
        self._renewed_at = float("-inf")

    def note_handed(self, update_id: int) -> None:
        """What is stored of this update is another process's."""
        self._stored.discard(update_id)

    async def take_handed(self) -> tuple[WaitingUpdate, ...]:
        """What others have stored for this process, and it has not taken yet."""
        async with self._one_at_a_time, self._store.reading() as repositories:
            found = await repositories.inbox.list_of(self._owner)
            new = tuple(each for each in found if each.update_id not in self._stored)
            self._stored |= {each.update_id for each in new}
        return new

    async def has_older(self, person: int, update_id: int) -> bool:
        """True where an older update of the person waits that this process does not know of: one was handed to it."""
        async with self._store.reading() as repositories:
            waiting = await repositories.inbox.ids_of(person)
        return any(each < update_id and each not in self._stored for each in waiting)

    async def take_of(self, person: int) -> tuple[WaitingUpdate, ...]:
        """Take what waits of a person who is this process's now, whoever has stored it."""
        async with self._one_at_a_time, self._store.posting() as repositories:
            await repositories.inbox.renew(self._owner)
            found = await repositories.inbox.take_of(person, by=self._owner)
            new = tuple(each for each in found if each.update_id not in self._stored)
            self._stored |= {each.update_id for each in new}
        return new

    async def take_all(self) -> tuple[WaitingUpdate, ...]:
        """Take whatever waits: for the one process that polls, whose predecessor is gone."""
        async with self._store.reading() as repositories:
            owners = await repositories.inbox.renewals()
        return await self._take({owner: times for owner, times in owners.items() if owner != self._owner})

    async def take_over(self) -> tuple[WaitingUpdate, ...]:
        """Take what waits for processes that are gone, or that have left it."""
        async with self._store.reading() as repositories:
            seen = set((await repositories.inbox.renewals()).items())
            waits = await repositories.inbox.has_unowned()
        now = self._monotonic()
        self._first_seen = {each: self._first_seen.get(each, now) for each in seen if each[0] != self._owner}
        over = dict(each for each, since in self._first_seen.items() if now - since >= self._lease)
        return await self._take(over) if over or waits else ()

    async def release(self) -> None:
        """End the lease: what is left may be taken by others at once."""
        async with self._store.writing() as repositories:
            await repositories.inbox.release(self._owner)
        self._stored.clear()

    async def _take(self, owners: dict[str, int]) -> tuple[WaitingUpdate, ...]:
        async with self._one_at_a_time:
            at = self._monotonic()
            async with self._store.writing() as repositories:
                await repositories.inbox.renew(self._owner)
                taken = await repositories.inbox.take_over(owners, by=self._owner)
                self._stored |= {each.update_id for each in taken}
                if not self._stored and not self.shared:
                    await repositories.inbox.release(self._owner)
            self._renewed_at = at
        if taken:
            log.info("updates that waited are taken up", updates=len(taken))
        return taken
