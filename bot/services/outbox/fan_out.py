"""From a broadcast to its notices: spread a batch at a time, put off for the night, swept where it was called off."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.notices import BroadcastStatus, NoticeKind, Planned
from bot.domain.timetable import after_night, deadline
from bot.services.outbox.enqueue import TOO_LATE, address, enqueue

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.domain.hearings import Hearing
    from bot.domain.notices import Broadcast
    from bot.ports import Clock, Store
    from bot.services.places import PlaceDirectory

BATCH: Final = 2_000
"""Rows written in one transaction, so that presses never wait long behind a broadcast."""


class FanOut:
    """Writes and sweeps the notices of broadcasts. Safe in several processes at once."""

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory

    async def advance(self, opened: Sequence[Broadcast], *, at: datetime) -> tuple[bool, tuple[Broadcast, ...]]:
        """One step for each broadcast due by ``at``: may another step follow at once, and whose notices may leave?"""
        further, ready = False, []
        for broadcast in opened:
            if broadcast.status in (BroadcastStatus.CANCELLED, BroadcastStatus.DROPPED):
                further |= await self._expire(broadcast)
            elif broadcast.status is BroadcastStatus.GOING and broadcast.planned.due_at <= at:
                spread = await self._begin(broadcast, at)
                if spread is not None:
                    further |= spread
                    ready.append(broadcast)
        return further, tuple(ready)

    async def tell_of_long_pause(self, seconds: float) -> None:
        """Owe the staff of every municipality with a broadcast under way the news that Telegram makes it wait."""
        now = self._clock.now()
        until = int((now + timedelta(seconds=seconds)).timestamp())
        async with self._store.writing() as repositories:
            opened = await repositories.broadcasts.list_open()
            ids = {each.planned.hearing_id for each in opened if each.status is BroadcastStatus.GOING}
            for hearing in (await repositories.hearings.get_many(ids)).values():
                planned = Planned(hearing.id, NoticeKind.LONG_PAUSE, until // 3600, now, facts={"until": until})
                await enqueue(repositories, planned, hearing, at=now)

    async def _expire(self, broadcast: Broadcast) -> bool:
        async with self._store.posting() as repositories:
            swept = await repositories.notices.expire(
                broadcast.id, reason=broadcast.reason, at=self._clock.now(), limit=BATCH
            )
            if not swept:
                await repositories.broadcasts.complete(broadcast.id)
        return swept > 0

    async def _begin(self, broadcast: Broadcast, at: datetime) -> bool | None:
        """Spread it a batch further: whether a batch was written. None where nothing of it may leave now."""
        now = self._clock.now()
        async with self._store.reading() as repositories:
            hearing = await repositories.hearings.get(broadcast.planned.hearing_id)
        if now >= deadline(broadcast.planned, hearing):
            async with self._store.posting() as repositories:
                await repositories.broadcasts.set_status(broadcast.id, BroadcastStatus.DROPPED, reason=TOO_LATE)
            return None
        if await self._sleeps(broadcast, hearing):
            return None
        if not broadcast.fanned_out:
            to = address(broadcast.planned, hearing, await self._directory.tree())
            async with self._store.posting() as repositories:
                await repositories.notices.fan_out(broadcast.id, to, due_at=at, limit=BATCH)
        return not broadcast.fanned_out

    async def _sleeps(self, broadcast: Broadcast, hearing: Hearing) -> bool:
        """Put off until the morning where it is night and the notice can wait."""
        if not broadcast.rule.night:
            return False
        now, planned = self._clock.now(), broadcast.planned
        zone = (await self._directory.tree()).zone(hearing.municipality_id)
        morning = after_night(now, zone, until=deadline(planned, hearing))
        if morning <= now:
            return False
        async with self._store.posting() as repositories:
            await repositories.broadcasts.put_off(broadcast.id, morning)
        return True
