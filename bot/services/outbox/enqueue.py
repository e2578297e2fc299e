"""What is owed to many: begun with the change that caused it, addressed, made into letters from what is true then."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bot.domain.errors import NotFound
from bot.domain.notices import RULES, BroadcastStatus, NoticeKind, NoticeStatus, Recipients, wanted
from bot.domain.places import PlaceTree, named_in
from bot.domain.timetable import deadline, is_off
from bot.services.counting import count
from bot.services.outbox.letters import Letter

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.domain.notices import Broadcast, Notice, Planned
    from bot.domain.numbers import Numbers
    from bot.domain.people import Resident
    from bot.ports import Repositories

TOO_LATE: Final = "too late"
SUPERSEDED: Final = "superseded"

OF_DATES: Final = frozenset(
    {NoticeKind.REMINDER, NoticeKind.CLOSING, NoticeKind.CHANGED, NoticeKind.POSTPONED, NoticeKind.POST}
)
"""Kinds that say when and where: newer dates take their place."""

EVERY: Final = frozenset(NoticeKind)

NoLetter = tuple[NoticeStatus, str]
"""What becomes of a notice without being sent, and why."""


async def enqueue(
    repositories: Repositories, planned: Planned, hearing: Hearing, *, at: datetime, dropped: str = ""
) -> int | None:
    """Begin a broadcast in the caller's transaction; None where this edition is owed already.

    What comes too late, or is ``dropped`` for a reason, is begun as dropped: the desk tells what became of it.
    """
    reason = dropped or is_off(planned, hearing) or (TOO_LATE if at >= deadline(planned, hearing) else "")
    status = BroadcastStatus.DROPPED if reason else BroadcastStatus.GOING
    return await repositories.broadcasts.begin(planned, at=at, status=status, reason=reason)


async def drop(
    repositories: Repositories, hearing_id: int, reason: str, *, kinds: Collection[NoticeKind] = EVERY
) -> None:
    """Whatever still waits of these kinds is not sent any more; the rows are settled in batches afterwards."""
    for broadcast in await repositories.broadcasts.list_of(hearing_id):
        live = broadcast.status in (BroadcastStatus.GOING, BroadcastStatus.PAUSED) and not broadcast.completed
        if live and broadcast.kind in kinds:
            await repositories.broadcasts.set_status(broadcast.id, BroadcastStatus.DROPPED, reason=reason)


def address(planned: Planned, hearing: Hearing, places: PlaceTree) -> Recipients:
    """Whom it is spread to; the people of the villages where it is held come first."""
    texts = [text for sitting in hearing.dossier.sittings for text in (sitting.place, sitting.address)]
    rule = RULES[planned.kind]
    return Recipients(
        hearing.id,
        hearing.municipality_id,
        rule.audience,
        wanted(planned),
        rooms=rule.rooms,
        first=named_in(places.villages(hearing.municipality_id), texts),
        only=tuple(map(int, str(planned.facts.get("villages", "")).split())),
        questions=len(hearing.dossier.questions),
    )


@dataclass
class LetterWriter:
    """Makes letters within one look at the store: each hearing is looked up once, and its numbers counted once."""

    repositories: Repositories
    places: PlaceTree
    now: datetime
    _hearings: dict[int, Hearing] = field(default_factory=dict)
    _numbers: dict[int, Numbers] = field(default_factory=dict)

    async def write(
        self, notices: Collection[Notice], broadcasts: Mapping[int, Broadcast]
    ) -> Mapping[int, Letter | NoLetter]:
        """A letter for each notice, by its id, or what becomes of it unsent."""
        ids = {broadcast.planned.hearing_id for broadcast in broadcasts.values()}
        self._hearings = dict(await self.repositories.hearings.get_many(ids))
        people = await self.repositories.people.get_many(
            {n.recipient_id for n in notices if n.recipient_id is not None}
        )
        return {
            notice.id: await self._write_one(
                notice, broadcasts[notice.broadcast_id], people.get(notice.recipient_id or 0)
            )
            for notice in notices
        }

    async def _write_one(self, notice: Notice, broadcast: Broadcast, person: Resident | None) -> Letter | NoLetter:
        """Nothing that one notice lacks (a municipality that was merged away, say) stops the others."""
        try:
            if person is not None:
                return await self._to_person(notice, broadcast, person)
            return await self._to_room(notice, broadcast)
        except NotFound:
            return NoticeStatus.DROPPED, "gone"

    async def _to_person(self, notice: Notice, broadcast: Broadcast, person: Resident) -> Letter | NoLetter:
        if person.telegram_id is None:
            return NoticeStatus.DROPPED, "forgotten"
        if person.blocked_at is not None:
            return NoticeStatus.UNDELIVERABLE, "blocked"
        if person.reminders not in broadcast.wanted:
            return NoticeStatus.DROPPED, "not wanted any more"
        hearing = self._hearings[broadcast.planned.hearing_id]
        if reason := self._unsendable(broadcast, hearing):
            return NoticeStatus.DROPPED, reason
        answered = await self._answered(broadcast, person)
        if broadcast.kind is NoticeKind.CLOSING and answered >= len(hearing.dossier.questions):
            return NoticeStatus.DROPPED, "finished"
        return Letter(
            notice,
            broadcast,
            hearing,
            self.places.get(hearing.municipality_id),
            self.places.zone(hearing.municipality_id),
            self.now,
            recipient=person,
            answered=answered,
            receipts=await self._receipts(broadcast, person),
            numbers=await self._count(broadcast, hearing),
        )

    async def _to_room(self, notice: Notice, broadcast: Broadcast) -> Letter | NoLetter:
        room = await self.repositories.rooms.get(notice.room_id or 0)
        hearing = self._hearings[broadcast.planned.hearing_id]
        if room.left_at is not None:
            return NoticeStatus.UNDELIVERABLE, "thrown out"
        if room.municipality_id != hearing.municipality_id:
            return NoticeStatus.DROPPED, "not linked any more"
        if reason := self._unsendable(broadcast, hearing):
            return NoticeStatus.DROPPED, reason
        town = hearing.municipality_id
        post = await self.repositories.rooms.find_post(room.id, hearing.id)
        place, zone = self.places.get(town), self.places.zone(town)
        return Letter(notice, broadcast, hearing, place, zone, self.now, room=room, post=post)

    def _unsendable(self, broadcast: Broadcast, hearing: Hearing) -> str:
        late = TOO_LATE if self.now >= deadline(broadcast.planned, hearing) else ""
        return is_off(broadcast.planned, hearing) or late

    async def _answered(self, broadcast: Broadcast, person: Resident) -> int:
        if broadcast.kind is not NoticeKind.CLOSING:
            return 0
        return len(await self.repositories.votes.of_person(broadcast.planned.hearing_id, person.id))

    async def _receipts(self, broadcast: Broadcast, person: Resident) -> tuple[Comment, ...]:
        if broadcast.kind is not NoticeKind.CLOSED:
            return ()
        wrote = await self.repositories.comments.list_of(person.id, hearing_id=broadcast.planned.hearing_id)
        return tuple(comment for comment in reversed(wrote) if comment.withdrawn_at is None)

    async def _count(self, broadcast: Broadcast, hearing: Hearing) -> Numbers | None:
        if broadcast.kind not in (NoticeKind.RESULTS, NoticeKind.DIGEST):
            return None
        if hearing.id not in self._numbers:
            self._numbers[hearing.id] = await count(self.repositories, hearing)
        return self._numbers[hearing.id]
