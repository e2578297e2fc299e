"""The owed replies of the outbox: claimed and sent before and beside broadcasts, also while the process ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.services.outbox.reply_letters import ReplyLetterWriter

if TYPE_CHECKING:
    from datetime import datetime

    from bot.ports import Clock, Store
    from bot.services.outbox.deliveries import Deliveries
    from bot.services.outbox.lease import Leases
    from bot.services.places import PlaceDirectory

REPLIES_IN_FLIGHT: Final = 32
"""Owed replies that one process has claimed at once, beside the notices of broadcasts."""


class OwedReplySending:
    """Claims owed replies and hands their letters to the deliveries."""

    def __init__(
        self, store: Store, clock: Clock, directory: PlaceDirectory, leases: Leases, deliveries: Deliveries
    ) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory
        self._leases = leases
        self._deliveries = deliveries

    async def hasten(self) -> None:
        """Let what waits for more parts of a message be due now."""
        async with self._store.writing() as repositories:
            await repositories.owed_replies.hasten(self._clock.now())

    async def send(self, *, due_by: datetime) -> bool:
        """Claim what may be in flight and start its delivery; returns whether it claimed any."""
        free = REPLIES_IN_FLIGHT - self._leases.replies
        if free < REPLIES_IN_FLIGHT // 4:
            return False
        claimed = await self._leases.claim_replies(due_by=due_by, limit=free)
        letters = None
        try:
            places = await self._directory.tree()
            async with self._store.reading() as repositories:
                letters = await ReplyLetterWriter(repositories, places, self._clock.now()).write(claimed)
        finally:
            if letters is None:
                self._deliveries.give_back(claimed)
        self._deliveries.start(claimed, letters)
        return bool(claimed)
