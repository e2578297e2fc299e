"""What staff see of everything that is sent to many, and how they pause it, let it go on, or call it off."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.domain.journal import Act, about_hearing
from bot.domain.notices import BroadcastStatus, NoticeStatus, Progress
from bot.domain.permissions import Permission, ensure, may

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.domain.hearings import Hearing
    from bot.domain.notices import Broadcast
    from bot.domain.people import Actor
    from bot.ports import Clock, Repositories, Store
    from bot.services.places import PlaceDirectory

A_MINUTE: Final = 29.6 * 60
"""Messages that leave in a minute when nobody presses anything."""


@dataclass(frozen=True, slots=True)
class BroadcastReport:
    """The broadcasts of a hearing, newest first; ``paused_for`` seconds pass until Telegram accepts bulk again."""

    hearing: Hearing
    zone: ZoneInfo
    now: datetime
    lines: tuple[tuple[Broadcast, Progress], ...]
    ahead: int
    paused_for: float
    may_prepare: bool

    @property
    def minutes_left(self) -> int:
        """Until everything that waits now, here and elsewhere, has left."""
        return math.ceil(self.ahead / A_MINUTE + self.paused_for / 60)


class Broadcasts:
    """Progress, pause and cancel."""

    def __init__(
        self, store: Store, clock: Clock, directory: PlaceDirectory, *, paused_for: Callable[[], float]
    ) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory
        self._paused_for = paused_for

    @property
    def paused_for(self) -> float:
        """Seconds for which Telegram wants no bulk from us."""
        return self._paused_for()

    async def totals(self, hearing_id: int) -> Mapping[NoticeStatus, int]:
        """Every notice of a hearing by what became of it; for who has looked up the hearing already."""
        async with self._store.reading() as repositories:
            return totals((await repositories.notices.progress(hearing_id)).values())

    async def report(self, actor: Actor, hearing_id: int) -> BroadcastReport:
        """All broadcasts of a hearing that go to somebody or were dropped."""
        async with self._store.reading() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            ensure(actor, Permission.READ_DESK, hearing.municipality_id)
            return await self._report(repositories, actor, hearing, await repositories.broadcasts.list_of(hearing_id))

    async def report_of(self, actor: Actor, broadcast_id: int) -> BroadcastReport:
        """The same for one of them."""
        async with self._store.reading() as repositories:
            broadcast = await repositories.broadcasts.get(broadcast_id)
            hearing = await repositories.hearings.get(broadcast.planned.hearing_id)
            ensure(actor, Permission.READ_DESK, hearing.municipality_id)
            return await self._report(repositories, actor, hearing, (broadcast,))

    async def pause(self, actor: Actor, broadcast_id: int) -> Broadcast:
        """Let nothing more leave until ``resume``; what is on its way arrives."""
        return await self._steer(
            actor, broadcast_id, BroadcastStatus.PAUSED, Act.BROADCAST_PAUSED, {BroadcastStatus.GOING}
        )

    async def resume(self, actor: Actor, broadcast_id: int) -> Broadcast:
        """Go on after a pause."""
        return await self._steer(
            actor, broadcast_id, BroadcastStatus.GOING, Act.BROADCAST_RESUMED, {BroadcastStatus.PAUSED}
        )

    async def cancel(self, actor: Actor, broadcast_id: int) -> Broadcast:
        """Call off what has not left yet, for good."""
        going = {BroadcastStatus.GOING, BroadcastStatus.PAUSED}
        return await self._steer(actor, broadcast_id, BroadcastStatus.CANCELLED, Act.BROADCAST_CANCELLED, going)

    async def _steer(
        self, actor: Actor, broadcast_id: int, status: BroadcastStatus, act: Act, among: set[BroadcastStatus]
    ) -> Broadcast:
        """Change the status where that still means something; pressing twice changes nothing."""
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
        progress = await repositories.notices.progress(hearing.id)
        places = await self._directory.tree()
        town = hearing.municipality_id
        lines = [(each, progress.get(each.id, Progress())) for each in broadcasts]
        shown = tuple(line for line in lines if line[1].total or not line[0].completed or line[0].reason)
        ahead = await repositories.notices.ahead()
        prepare = may(actor, Permission.PREPARE, town)
        return BroadcastReport(hearing, places.zone(town), self._clock.now(), shown, ahead, self._paused_for(), prepare)


def totals(progress: Iterable[Progress]) -> Mapping[NoticeStatus, int]:
    """Several broadcasts' progress as one count for each outcome; outcomes that nobody met are left out."""
    counts = dict.fromkeys(NoticeStatus, 0)
    for each in progress:
        counts[NoticeStatus.DELIVERED] += each.delivered
        counts[NoticeStatus.UNDELIVERABLE] += each.undeliverable
        counts[NoticeStatus.DROPPED] += each.dropped
        counts[NoticeStatus.WAITING] += each.waiting
    return {delivery: n for delivery, n in counts.items() if n}
