"""Claimed notices are made into letters: a letter says what is true now, not what was when its broadcast was stored."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING, Final

from bot.domain.decisions import moment_of
from bot.domain.errors import NotFound
from bot.domain.hearings import Phase
from bot.domain.notice_rules import NOTICE_RULES, wanted
from bot.domain.notices import Audience, Completion, NoticeKind, NoticeStatus
from bot.domain.permissions import ROLES_THAT_MAY, Permission
from bot.domain.sittings import Venues
from bot.domain.values import dataclass
from bot.services.counting import count
from bot.services.disclosing import shown_tallies
from bot.services.outbox.enqueue import SUPERSEDED, unsendable_reason

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.domain.notices import Broadcast, Notice
    from bot.domain.numbers import Numbers
    from bot.domain.people import Resident
    from bot.domain.places import Place, PlaceTree
    from bot.domain.resolutions import Resolution
    from bot.domain.rooms import GroupPost, Room
    from bot.ports import Repositories

SAYING_WHAT_IS_ANSWERED: Final = (
    *(NoticeKind.ANNOUNCED, NoticeKind.OPENED, NoticeKind.CHANGED, NoticeKind.POSTPONED),
    *(NoticeKind.CLOSING, NoticeKind.REMINDER, NoticeKind.CLOSED),
)
"""Kinds of letters that say how many questions their recipient has answered."""
HEARINGS_IN_A_DIGEST: Final = 4
OPEN_HEARINGS_JOINED: Final = 40
"""Of a municipality's open hearings, those whose numbers may come in one message; further ones have their own."""
"""Beside the one that brings it: a message has an end."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice with all that is needed to render it.

    It goes to ``recipient`` or to ``room``, one of the two; ``hearing`` is as it is stored now.
    """

    notice: Notice
    broadcast: Broadcast
    hearing: Hearing
    municipality: Place
    zone: ZoneInfo
    now: datetime
    recipient: Resident | None = None
    room: Room | None = None
    post: GroupPost | None = None
    """The message about this hearing that stands in the room already."""
    answered: int = 0
    """How many questions the recipient has answered."""
    receipts: tuple[Comment, ...] = ()
    """The recipient's comments, oldest first."""
    numbers: Numbers | None = None
    """For results, with the tallies that residents may see, and for digests."""
    others: tuple[tuple[Hearing, Numbers], ...] = ()
    """For digests: the other hearings of the municipality that take answers; their numbers come in the same message."""
    comment: Comment | None = None
    """The comment it is about, while others may read it."""
    undecided: int = 0
    """For a reminder of answers that are due: how many comments have no decision."""
    decided: tuple[Comment, ...] = ()
    """The recipient's comments, and those they support, that were decided on; of the council's letter, their own."""
    resolution: Resolution | None = None
    """What the council made of the hearing."""
    villages: tuple[Place, ...] = ()
    """The villages of the municipality."""

    @property
    def venues(self) -> Venues:
        """The sittings beside the villages for which they are."""
        return Venues.of(self.hearing.dossier.sittings, self.villages)

    @property
    def village_id(self) -> int:
        """The recipient's village; 0 where none is known."""
        return (self.recipient and self.recipient.village_id) or 0

    @property
    def preliminary(self) -> bool:
        """True where results are told while more is still to be entered."""
        return self.hearing.is_preliminary(self.now)


@dataclass
class LetterWriter:
    """Makes letters within one transaction: each hearing is looked up once, and its numbers are counted once."""

    repositories: Repositories
    places: PlaceTree
    now: datetime
    _hearings: dict[int, Hearing] = field(default_factory=dict)
    _numbers: dict[tuple[int, NoticeKind], Numbers] = field(default_factory=dict)

    async def write(
        self, notices: Collection[Notice], broadcasts: Mapping[int, Broadcast]
    ) -> Mapping[int, Letter | Completion]:
        """By the id of each notice its letter, or how it is completed unsent. ``broadcasts`` are theirs, by id."""
        ids = {broadcast.planned.hearing_id for broadcast in broadcasts.values()}
        self._hearings = dict(await self.repositories.hearings.get_many(ids))
        people = await self.repositories.people.get_many(
            {n.recipient_id for n in notices if n.recipient_id is not None}
        )
        return {
            notice.id: await self._write_one(
                notice, broadcasts[notice.broadcast_id or 0], people.get(notice.recipient_id or 0)
            )
            for notice in notices
        }

    async def _write_one(self, notice: Notice, broadcast: Broadcast, person: Resident | None) -> Letter | Completion:
        """What one notice lacks (its municipality was merged into another, say) does not stop the others."""
        try:
            if person is not None:
                return await self._to_person(notice, broadcast, person)
            return await self._to_room(notice, broadcast)
        except NotFound:
            return _dropped(notice, "gone")

    async def _to_person(self, notice: Notice, broadcast: Broadcast, person: Resident) -> Letter | Completion:
        if person.blocked_at is not None and person.telegram_id is not None:
            return Completion(notice.id, NoticeStatus.UNDELIVERABLE, "blocked")
        hearing = self._hearings[broadcast.planned.hearing_id]
        if reason := await self._reason_not_to_write(broadcast, person, hearing):
            return _dropped(notice, reason)
        answered = await self._answered(broadcast, person)
        if broadcast.kind is NoticeKind.CLOSING and answered >= len(hearing.dossier.questions):
            return _dropped(notice, "finished")
        undecided = await self._undecided(broadcast)
        if broadcast.kind is NoticeKind.ANSWERS_DUE and not undecided:
            return _dropped(notice, "finished")
        decided = await self._decided(broadcast, person)
        if broadcast.kind in (NoticeKind.DECIDED, NoticeKind.DONE) and not decided:
            return _dropped(notice, SUPERSEDED)  # decided otherwise since, of which another letter tells
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
            others=await self._others(broadcast, hearing),
            comment=await self._comment(broadcast, hearing),
            undecided=undecided,
            decided=decided,
            villages=self.places.villages(hearing.municipality_id),
            resolution=await self._resolution(broadcast),
        )

    async def _to_room(self, notice: Notice, broadcast: Broadcast) -> Letter | Completion:
        room = await self.repositories.rooms.get(notice.room_id or 0)
        hearing = self._hearings[broadcast.planned.hearing_id]
        if room.left_at is not None:
            return Completion(notice.id, NoticeStatus.UNDELIVERABLE, "thrown out")
        held_in = self.places.get(hearing.municipality_id)
        if room.municipality_id not in (held_in.id, self.places.present(held_in).id):
            return _dropped(notice, "not linked any more")
        if reason := unsendable_reason(broadcast.planned, hearing, self.now):
            return _dropped(notice, reason)
        post = await self.repositories.rooms.find_post(room.id, hearing.id)
        place, zone = self.places.get(hearing.municipality_id), self.places.zone(hearing.municipality_id)
        villages = self.places.villages(hearing.municipality_id)
        return Letter(notice, broadcast, hearing, place, zone, self.now, room=room, post=post, villages=villages)

    async def _reason_not_to_write(self, broadcast: Broadcast, person: Resident, hearing: Hearing) -> str:
        """Why the person does not get it, though they could; ``""`` where they do."""
        if person.telegram_id is None:
            return "forgotten"
        if person.reminders not in wanted(broadcast.planned):
            return "not wanted any more"
        if reason := unsendable_reason(broadcast.planned, hearing, self.now):
            return reason
        if NOTICE_RULES[broadcast.kind].audience is Audience.STAFF and not await self._is_staff(person, hearing):
            return "not staff any more"
        return await self._reason_by_kind(broadcast, person, hearing)

    async def _reason_by_kind(self, broadcast: Broadcast, person: Resident, hearing: Hearing) -> str:
        match broadcast.kind:
            case NoticeKind.VILLAGE:
                return "took part" if await self._took_part(person, hearing) else ""
            case NoticeKind.ANSWERS_DUE:
                return "" if await self._decides(person, hearing) else "decides nothing"
            case NoticeKind.DIGEST if not person.wants_numbers:
                return "not wanted any more"
            case NoticeKind.DIGEST:
                beside = await self._open_beside(broadcast, hearing)
                return "in another message" if any(other.id < hearing.id for other in beside) else ""
        return ""

    async def _took_part(self, person: Resident, hearing: Hearing) -> bool:
        return hearing.id in await self.repositories.participants.hearings_of(person.id)

    async def _open_beside(self, broadcast: Broadcast, hearing: Hearing) -> tuple[Hearing, ...]:
        """The other hearings of the municipality whose numbers are due with those of this one."""
        due = broadcast.planned.due_at
        of = hearing.municipality_id
        found = await self.repositories.hearings.list_some(of, (Phase.OPEN,), most=OPEN_HEARINGS_JOINED)
        return tuple(each for each in found if each.id != hearing.id and each.dossier.opens_at < due < each.closes_at)

    async def _others(self, broadcast: Broadcast, hearing: Hearing) -> tuple[tuple[Hearing, Numbers], ...]:
        if broadcast.kind is not NoticeKind.DIGEST:
            return ()
        beside = await self._open_beside(broadcast, hearing)
        return tuple([(each, await self._counted(NoticeKind.DIGEST, each)) for each in beside[:HEARINGS_IN_A_DIGEST]])

    async def _is_staff(self, person: Resident, hearing: Hearing) -> bool:
        grants = await self.repositories.people.list_grants(person.id)
        return any(grant.municipality_id == hearing.municipality_id for grant in grants)

    async def _decides(self, person: Resident, hearing: Hearing) -> bool:
        grants = await self.repositories.people.list_grants(person.id)
        roles = {grant.role for grant in grants if grant.municipality_id == hearing.municipality_id}
        return bool(roles & ROLES_THAT_MAY[Permission.DECIDE])

    async def _undecided(self, broadcast: Broadcast) -> int:
        if broadcast.kind is not NoticeKind.ANSWERS_DUE:
            return 0
        return await self.repositories.comments.count_undecided(broadcast.planned.hearing_id)

    async def _answered(self, broadcast: Broadcast, person: Resident) -> int:
        if broadcast.kind not in SAYING_WHAT_IS_ANSWERED:
            return 0
        return len(await self.repositories.votes.of_person(broadcast.planned.hearing_id, person.id))

    async def _receipts(self, broadcast: Broadcast, person: Resident) -> tuple[Comment, ...]:
        if broadcast.kind is not NoticeKind.CLOSED:
            return ()
        wrote = await self.repositories.comments.list_of(person.id, hearing_id=broadcast.planned.hearing_id)
        return tuple(comment for comment in reversed(wrote) if comment.withdrawn_at is None)

    async def _comment(self, broadcast: Broadcast, hearing: Hearing) -> Comment | None:
        if broadcast.kind is not NoticeKind.COMMENT_CHANGED:
            return None
        comment = await self.repositories.comments.get(int(broadcast.planned.facts.get("comment", 0)))
        return comment if comment.is_public(hearing) else None

    async def _decided(self, broadcast: Broadcast, person: Resident) -> tuple[Comment, ...]:
        planned = broadcast.planned
        if broadcast.kind is NoticeKind.COUNCIL:
            wrote = await self.repositories.comments.list_of(person.id, hearing_id=planned.hearing_id)
            return tuple(each for each in reversed(wrote) if each.decision and each.withdrawn_at is None)
        if broadcast.kind is NoticeKind.DONE:
            behind = await self.repositories.answers.list_behind(int(planned.facts.get("comment", 0)), person.id)
            return tuple(each for each in behind if each.decision is not None and each.decision.is_done)
        if broadcast.kind is not NoticeKind.DECIDED:
            return ()
        moment = moment_of(planned.edition)
        return await self.repositories.comments.list_concerned(planned.hearing_id, person.id, moment)

    async def _resolution(self, broadcast: Broadcast) -> Resolution | None:
        if broadcast.kind is not NoticeKind.COUNCIL:
            return None
        return await self.repositories.resolutions.find(broadcast.planned.hearing_id)

    async def _count(self, broadcast: Broadcast, hearing: Hearing) -> Numbers | None:
        if broadcast.kind not in (NoticeKind.RESULTS, NoticeKind.DIGEST):
            return None
        return await self._counted(broadcast.kind, hearing)

    async def _counted(self, kind: NoticeKind, hearing: Hearing) -> Numbers:
        key = hearing.id, kind
        if key not in self._numbers:
            numbers = await count(self.repositories, hearing)
            if kind is NoticeKind.RESULTS:
                numbers = replace(numbers, tallies=await shown_tallies(self.repositories, hearing, self.now))
            self._numbers[key] = numbers
        return self._numbers[key]


def _dropped(notice: Notice, reason: str) -> Completion:
    return Completion(notice.id, NoticeStatus.DROPPED, reason)
