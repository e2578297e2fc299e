"""Fan-out: a broadcast's notices are written, put off for the night, and expired where the broadcast is called off."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.notice_rules import NOTICE_RULES
from bot.domain.notices import BroadcastStatus, NoticeKind, Planned
from bot.domain.timetable import after_night, deadline
from bot.services.outbox.enqueue import TOO_LATE, enqueue, recipients_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.domain.hearings import Hearing
    from bot.domain.notices import Broadcast
    from bot.ports import Clock, Store
    from bot.services.places import PlaceDirectory

NOTICES_A_BATCH: Final = 2_000
"""Rows changed in one transaction, so that presses never wait long behind a broadcast."""


class FanOut:
    """Writes and expires the notices of broadcasts. Safe in several processes at once."""

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory

    async def advance(self, opened: Sequence[Broadcast], *, at: datetime) -> tuple[bool, tuple[Broadcast, ...]]:
        """Take each broadcast that is due by ``at`` one batch further, in the order given.

        ``opened`` are broadcasts that are not completed. Returns whether there may be another batch to do at once, and
        the broadcasts whose notices may be sent now.
        """
        more, ready = False, []
        for broadcast in opened:
            if broadcast.status in (BroadcastStatus.CANCELLED, BroadcastStatus.DROPPED):
                more |= await self._expire(broadcast)
            elif broadcast.status is BroadcastStatus.GOING and broadcast.planned.due_at <= at:
                hearing = await self._hearing(broadcast)
                if await self._dropped_as_late(broadcast, hearing) or await self._put_off_for_night(broadcast, hearing):
                    continue
                if not broadcast.fanned_out:
                    await self._write_batch(broadcast, hearing, due_at=at)
                    more = True
                ready.append(broadcast)
        return more, tuple(ready)

    async def tell_of_long_pause(self, seconds: float) -> None:
        """Tell the staff of every municipality with a broadcast going that Telegram pauses bulk for ``seconds``."""
        now = self._clock.now()
        until = int((now + timedelta(seconds=seconds)).timestamp())
        async with self._store.writing() as repositories:
            opened = await repositories.broadcasts.list_open()
            ids = {each.planned.hearing_id for each in opened if each.status is BroadcastStatus.GOING}
            for hearing in (await repositories.hearings.get_many(ids)).values():
                planned = Planned(hearing.id, NoticeKind.LONG_PAUSE, until // 3600, now, facts={"until": until})
                await enqueue(repositories, planned, hearing, at=now)

    async def _expire(self, broadcast: Broadcast) -> bool:
        """Mark a batch of the waiting notices of a broadcast that was called off as dropped.

        True where there may be more; else the broadcast is completed.
        """
        async with self._store.posting() as repositories:
            expired = await repositories.notices.expire(
                broadcast.id, reason=broadcast.reason, at=self._clock.now(), limit=NOTICES_A_BATCH
            )
            if not expired:
                await repositories.broadcasts.complete(broadcast.id)
        return expired > 0

    async def _hearing(self, broadcast: Broadcast) -> Hearing:
        async with self._store.reading() as repositories:
            return await repositories.hearings.get(broadcast.planned.hearing_id)

    async def _dropped_as_late(self, broadcast: Broadcast, hearing: Hearing) -> bool:
        """Drop it where it comes too late; returns whether it does."""
        if self._clock.now() < deadline(broadcast.planned, hearing):
            return False
        async with self._store.posting() as repositories:
            await repositories.broadcasts.set_status(broadcast.id, BroadcastStatus.DROPPED, reason=TOO_LATE)
        return True

    async def _put_off_for_night(self, broadcast: Broadcast, hearing: Hearing) -> bool:
        """Make it due in the morning where it is night and it can wait; returns whether it waits."""
        if not NOTICE_RULES[broadcast.kind].waits_for_morning:
            return False
        now, planned = self._clock.now(), broadcast.planned
        zone = (await self._directory.tree()).zone(hearing.municipality_id)
        morning = after_night(now, zone, until=deadline(planned, hearing))
        if morning <= now:
            return False
        async with self._store.posting() as repositories:
            await repositories.broadcasts.put_off(broadcast.id, morning)
        return True

    async def _write_batch(self, broadcast: Broadcast, hearing: Hearing, *, due_at: datetime) -> None:
        """Write the notices of its next recipients."""
        recipients = recipients_of(broadcast.planned, hearing, await self._directory.tree())
        async with self._store.posting() as repositories:
            await repositories.notices.fan_out(broadcast.id, recipients, due_at=due_at, limit=NOTICES_A_BATCH)
