"""What staff see of broadcasts, and how they pause them, let them go on, or call them off."""

from __future__ import annotations

import math
from dataclasses import field, replace
from typing import TYPE_CHECKING, Final

from bot.domain.journal import Act, about_hearing
from bot.domain.notice_rules import TO_ROOMS, UNCOUNTED
from bot.domain.notices import BroadcastStatus, NoticeStatus, Progress, Shortfall
from bot.domain.permissions import Permission, ensure, may
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.domain.hearings import Hearing
    from bot.domain.notices import Broadcast
    from bot.domain.people import Actor
    from bot.ports import Clock, Repositories, Store
    from bot.services.places import PlaceDirectory

BULK_A_MINUTE: Final = 29.6 * 60
"""Notices that leave in a minute while no reply does."""


@dataclass(frozen=True, slots=True)
class BroadcastReport:
    """The broadcasts of a hearing, newest first, each with its progress.

    ``ahead`` notices of all hearings wait; in ``paused_for`` seconds Telegram accepts bulk again (0: it does now).
    """

    hearing: Hearing
    zone: ZoneInfo
    now: datetime
    lines: tuple[tuple[Broadcast, Progress], ...]
    ahead: int
    paused_for: float
    may_prepare: bool
    rooms: Mapping[int, Progress] = field(default_factory=dict)
    """The notices of groups and channels among them, by the broadcast's id."""
    shortfalls: tuple[Shortfall, ...] = ()
    """Who did not get it, and why; only where one broadcast is reported."""

    def to_rooms(self, broadcast: Broadcast) -> Progress:
        """How far its posts in groups and channels are."""
        return self.rooms.get(broadcast.id, Progress())

    @property
    def minutes_left(self) -> int:
        """Minutes until all notices that wait now, those of other hearings too, have left."""
        return math.ceil(self.ahead / BULK_A_MINUTE + self.paused_for / 60)


class Broadcasts:
    """Progress, pause and cancel. ``paused_for()`` is the courier's."""

    def __init__(
        self, store: Store, clock: Clock, directory: PlaceDirectory, *, paused_for: Callable[[], float]
    ) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory
        self._paused_for = paused_for

    @property
    def paused_for(self) -> float:
        """Seconds until Telegram accepts bulk again; 0 if it does now."""
        return self._paused_for()

    async def report(self, actor: Actor, hearing_id: int) -> BroadcastReport:
        """All broadcasts of a hearing, but those that had no recipient."""
        async with self._store.reading() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            ensure(actor, Permission.READ_DESK, hearing.municipality_id)
            return await self._report(repositories, actor, hearing, await repositories.broadcasts.list_of(hearing_id))

    async def report_of(self, actor: Actor, broadcast_id: int) -> BroadcastReport:
        """The same for one of them."""
        return await self._report_of(actor, broadcast_id, Permission.READ_DESK)

    async def report_to_change(self, actor: Actor, broadcast_id: int) -> BroadcastReport:
        """The same for those who may call it off; raises Forbidden for others of its staff too."""
        return await self._report_of(actor, broadcast_id, Permission.PREPARE)

    async def _report_of(self, actor: Actor, broadcast_id: int, permission: Permission) -> BroadcastReport:
        async with self._store.reading() as repositories:
            broadcast = await repositories.broadcasts.get(broadcast_id)
            hearing = await repositories.hearings.get(broadcast.planned.hearing_id)
            ensure(actor, permission, hearing.municipality_id)
            report = await self._report(repositories, actor, hearing, (broadcast,))
            return replace(report, shortfalls=await _shortfalls(repositories, hearing, broadcast))

    async def pause(self, actor: Actor, broadcast_id: int) -> Broadcast:
        """Let no more of its notices leave until ``resume``; those on their way arrive."""
        return await self._set_status(
            actor, broadcast_id, BroadcastStatus.PAUSED, Act.BROADCAST_PAUSED, {BroadcastStatus.GOING}
        )

    async def resume(self, actor: Actor, broadcast_id: int) -> Broadcast:
        """Go on after a pause."""
        return await self._set_status(
            actor, broadcast_id, BroadcastStatus.GOING, Act.BROADCAST_RESUMED, {BroadcastStatus.PAUSED}
        )

    async def cancel(self, actor: Actor, broadcast_id: int) -> Broadcast:
        """Send no more of its notices, for good."""
        going = {BroadcastStatus.GOING, BroadcastStatus.PAUSED}
        return await self._set_status(actor, broadcast_id, BroadcastStatus.CANCELLED, Act.BROADCAST_CANCELLED, going)

    async def _set_status(
        self, actor: Actor, broadcast_id: int, status: BroadcastStatus, act: Act, among: set[BroadcastStatus]
    ) -> Broadcast:
        """Change the status where it is one of ``among``; pressing twice changes nothing."""
        async with self._store.writing() as repositories:
            broadcast = await repositories.broadcasts.get(broadcast_id)
            hearing = await repositories.hearings.get(broadcast.planned.hearing_id)
            ensure(actor, Permission.PREPARE, hearing.municipality_id)
            if broadcast.status not in among or broadcast.completed:
                return broadcast
            reason = "called off" if status is BroadcastStatus.CANCELLED else ""
            await repositories.broadcasts.set_status(broadcast_id, status, reason=reason)
            data = {"broadcast": broadcast_id, "kind": broadcast.kind.value}
            entry = about_hearing(hearing.id, act, at=self._clock.now(), by=actor.resident_id, data=data)
            await repositories.journal.add(entry)
            return await repositories.broadcasts.get(broadcast_id)

    async def _report(
        self, repositories: Repositories, actor: Actor, hearing: Hearing, broadcasts: tuple[Broadcast, ...]
    ) -> BroadcastReport:
        progress = await told_progress(repositories, hearing.id)
        places = await self._directory.tree()
        found = [(each, progress.get(each.id, Progress())) for each in broadcasts]
        shown = tuple(
            (each, of) for each, of in found if of.total or not each.completed or each.reason or each.kind in UNCOUNTED
        )
        ahead = await repositories.notices.ahead()
        prepare = may(actor, Permission.PREPARE, hearing.municipality_id)
        zone = places.zone(hearing.municipality_id)
        rooms = await repositories.notices.room_progress(hearing.id)
        now, paused_for = self._clock.now(), self._paused_for()
        return BroadcastReport(hearing, zone, now, shown, ahead, paused_for, prepare, rooms)


async def _shortfalls(repositories: Repositories, hearing: Hearing, broadcast: Broadcast) -> tuple[Shortfall, ...]:
    """Who did not get it; also rooms that the bot had left before, for which no notice was written."""
    if broadcast.kind in UNCOUNTED:
        return ()
    found = await repositories.notices.shortfalls(broadcast.id)
    if broadcast.kind not in TO_ROOMS:
        return found
    linked = await repositories.rooms.list_linked(hearing.municipality_id)
    left = (room for room in linked if room.left_at is not None and room.left_at <= broadcast.made_at)
    return (*found, *(Shortfall("thrown out", room=room.title) for room in left))


async def told_progress(repositories: Repositories, hearing_id: int) -> Mapping[int, Progress]:
    """How far each broadcast of a hearing is, without those whose numbers nobody is told."""
    found = await repositories.notices.progress(hearing_id)
    uncounted = {each.id for each in await repositories.broadcasts.list_of(hearing_id) if each.kind in UNCOUNTED}
    return {number: progress for number, progress in found.items() if number not in uncounted}


def totals(progress: Iterable[Progress]) -> Mapping[NoticeStatus, int]:
    """The progress of several broadcasts as one count for each status that any notice has."""
    counts = dict.fromkeys(NoticeStatus, 0)
    for each in progress:
        counts[NoticeStatus.DELIVERED] += each.delivered
        counts[NoticeStatus.UNDELIVERABLE] += each.undeliverable
        counts[NoticeStatus.DROPPED] += each.dropped
        counts[NoticeStatus.WAITING] += each.waiting
    return {status: n for status, n in counts.items() if n}
