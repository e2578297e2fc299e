"""Where an update is handled, as several processes share the work: here, where its person is, or behind older ones."""

from __future__ import annotations

import asyncio
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from bot.domain.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.domain.inbox import WaitingUpdate
    from bot.services.held_people import HeldPeople
    from bot.services.inbox import Inbox
    from handlers.incoming.incoming_update import IncomingUpdate

TRIED_AGAIN: Final = 0.5
"""Seconds until it is asked again whose an update is that is stored here."""


class Handling(Enum):
    """Where an update is handled."""

    HERE = auto()
    HANDED_OVER = auto()
    """By the process whose its person is: it is stored for that one."""
    BEHIND = auto()
    """Here, after updates that another process has left."""


class Elsewhere:
    """Asks whose each update's person is. ``on_handed(owner)`` tells a process that something is stored for it."""

    def __init__(self, people: HeldPeople, inbox: Inbox, on_handed: Callable[[str], Awaitable[None]]) -> None:
        self._people = people
        self._inbox = inbox
        self._on_handed = on_handed

    async def place_of(self, update: IncomingUpdate) -> Handling:
        """Where it is to be handled; where HERE, ``let_go`` has to be called afterwards. Raises StoreUnavailable."""
        if (person := update.person) is None:
            return Handling.HERE
        shared = self._people.shares(person)
        try:
            owner = await self._people.hold(person)
        except StoreUnavailable:
            if update.stored:
                await asyncio.sleep(TRIED_AGAIN)
            raise
        if owner:
            return await self._handed_over(update, person, owner)
        if self._people.waits(person) or (shared and await self._was_handed(update, person)):
            self._people.let_go(person)
            return Handling.BEHIND
        return Handling.HERE

    async def _was_handed(self, update: IncomingUpdate, person: int) -> bool:
        """Whether an older one was handed to this process of which it has not heard yet: that is confirmed already."""
        if update.stored or update.secured.done():
            return False
        try:
            return await self._inbox.has_older(person, update.number)
        except StoreUnavailable:
            self._people.let_go(person)
            raise

    async def _handed_over(self, update: IncomingUpdate, person: int, owner: str) -> Handling:
        if (waiting := update.as_waiting()) is None:  # nothing that could be stored: it has no order to keep
            self._people.hold_anyhow(person)
            return Handling.HERE
        await self._inbox.hand_over(waiting, owner)
        await self._on_handed(owner)
        return Handling.HANDED_OVER

    async def left_behind(self, update: IncomingUpdate) -> tuple[WaitingUpdate, ...]:
        """What another process has left of the update's person, for this one. Raises StoreUnavailable."""
        person = update.person or 0
        left = await self._inbox.take_of(person)
        self._people.note_taken(person)
        return left

    def let_go(self, update: IncomingUpdate) -> None:
        """An update that was to be handled here is done with."""
        if update.person is not None:
            self._people.let_go(update.person)
