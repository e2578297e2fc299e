"""Messages owed to somebody. Stored as facts, rendered at delivery in the language the person reads then.

A ``Broadcast`` says that something is owed and to whom; it is written with the change that caused it. Its ``Notice``
rows, one for each recipient, are spread from it in batches and delivered one by one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Final

from bot.domain.people import Reminders

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class NoticeKind(StrEnum):
    """Why somebody is written to."""

    ANNOUNCED = "announced"
    OPENED = "opened"
    CLOSED = "closed"
    """Thanks to those who took part, with their receipts."""
    CHANGED = "changed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    REMINDER = "reminder"
    """Of a sitting."""
    CLOSING = "closing"
    """Of the questions that are left, before answers close."""
    RESULTS = "results"
    DIGEST = "digest"
    """The desk's numbers, each morning, to staff."""
    LONG_PAUSE = "held up"
    """Telegram makes us wait for more than an hour: to staff."""
    POST = "post"
    """What was posted in groups and channels is brought up to date."""


class Audience(StrEnum):
    """To whom a broadcast is owed."""

    FOLLOWERS = "followers"
    TOLD = "told"
    """Who has been written to about the hearing, and who took part in it."""
    PARTICIPANTS = "participants"
    UNFINISHED = "unfinished"
    """Followers with questions left."""
    STAFF = "staff"
    NOBODY = "nobody"
    """No person: groups and channels only."""


class Urgency(IntEnum):
    """What leaves first when much waits."""

    STAFF = 0
    SOON = 1
    NEWS = 2
    AFTERWARDS = 3


class BroadcastStatus(StrEnum):
    """Where a broadcast stands."""

    GOING = "going"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    """By staff."""
    DROPPED = "dropped"
    """By the clock: too late, or something newer took its place; ``reason`` says which."""


class NoticeStatus(StrEnum):
    """What became of a notice."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    UNDELIVERABLE = "undeliverable"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Rule:
    """How a kind of notice goes out. ``night``: it waits for the morning where that is not too late."""

    audience: Audience
    wanted: frozenset[Reminders]
    urgency: Urgency
    rooms: bool = False
    night: bool = True


_ALL: Final = frozenset({Reminders.ALL})
_SOME: Final = frozenset({Reminders.ALL, Reminders.DAYS})

RULES: Final[Mapping[NoticeKind, Rule]] = {
    NoticeKind.ANNOUNCED: Rule(Audience.FOLLOWERS, _ALL, Urgency.NEWS, rooms=True),
    NoticeKind.OPENED: Rule(Audience.FOLLOWERS, _ALL, Urgency.NEWS),
    NoticeKind.CLOSED: Rule(Audience.PARTICIPANTS, _SOME, Urgency.AFTERWARDS),
    NoticeKind.CHANGED: Rule(Audience.TOLD, _SOME, Urgency.SOON),
    NoticeKind.POSTPONED: Rule(Audience.TOLD, _SOME, Urgency.SOON, rooms=True),
    NoticeKind.CANCELLED: Rule(Audience.TOLD, _SOME, Urgency.SOON, rooms=True),
    NoticeKind.REMINDER: Rule(Audience.FOLLOWERS, _ALL, Urgency.SOON),
    NoticeKind.CLOSING: Rule(Audience.UNFINISHED, _ALL, Urgency.SOON),
    NoticeKind.RESULTS: Rule(Audience.PARTICIPANTS, _SOME, Urgency.AFTERWARDS),
    NoticeKind.DIGEST: Rule(Audience.STAFF, _SOME, Urgency.NEWS),
    NoticeKind.LONG_PAUSE: Rule(Audience.STAFF, _SOME, Urgency.STAFF, night=False),
    NoticeKind.POST: Rule(Audience.NOBODY, frozenset(), Urgency.NEWS, rooms=True, night=False),
}


@dataclass(frozen=True, slots=True)
class Planned:
    """Something that will be owed from ``due_at`` on (aware UTC).

    ``edition`` and ``step`` tell it from everything else of its kind: the hearing's version, the moment (in minutes
    since 1970) or the day it is about; and which sitting and how many minutes before. The four together are owed once.
    """

    hearing_id: int
    kind: NoticeKind
    edition: int
    due_at: datetime
    step: int = 0
    facts: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def key(self) -> tuple[NoticeKind, int, int]:
        """What is owed once for a hearing."""
        return self.kind, self.step, self.edition


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One message to many. ``fanned_out``: every notice is written; ``completed``: none waits any more."""

    id: int
    planned: Planned
    status: BroadcastStatus
    made_at: datetime
    fanned_out: bool = False
    completed: bool = False
    reason: str = ""

    @property
    def kind(self) -> NoticeKind:
        """Why it is sent."""
        return self.planned.kind

    @property
    def rule(self) -> Rule:
        """How it goes out."""
        return RULES[self.planned.kind]

    @property
    def wanted(self) -> frozenset[Reminders]:
        """Who wants it: on the day of the hearing also those who want nothing but that day."""
        return wanted(self.planned)


def wanted(planned: Planned) -> frozenset[Reminders]:
    """The choices of residents who get it."""
    return _SOME if planned.facts.get("on_day") else RULES[planned.kind].wanted


@dataclass(frozen=True, slots=True)
class Recipients:
    """Whom a broadcast is spread to, for the shelf that knows them all.

    ``first`` are villages whose people come first; ``only`` villages leave out people of other villages (not those who
    have named none). ``questions`` is how many answers make a person finished.
    """

    hearing_id: int
    municipality_id: int
    audience: Audience
    wanted: frozenset[Reminders]
    rooms: bool = False
    first: tuple[int, ...] = ()
    only: tuple[int, ...] = ()
    questions: int = 0


@dataclass(frozen=True, slots=True)
class Reach:
    """How many a broadcast will reach."""

    people: int
    rooms: int = 0


@dataclass(frozen=True, slots=True)
class Notice:
    """A message owed to one resident or to one room. ``doubtful``: an earlier try may have arrived unseen by us."""

    id: int
    broadcast_id: int
    recipient_id: int | None
    room_id: int | None
    attempts: int = 0
    claims: int = 1
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Completion:
    """What became of a claimed notice: ``delivery`` for good, or WAITING until ``due_at`` for another try."""

    notice_id: int
    delivery: NoticeStatus
    reason: str = ""
    due_at: datetime | None = None
    tried: bool = True
    """Counts as an attempt."""
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """Who holds a notice: unchanged for longer than anybody may hold one, it belongs to nobody."""

    notice_id: int
    by: str
    claims: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Notices of a broadcast by what became of them; ``doubtful`` of the delivered may have arrived twice."""

    delivered: int = 0
    undeliverable: int = 0
    dropped: int = 0
    waiting: int = 0
    doubtful: int = 0

    @property
    def total(self) -> int:
        """All that are written so far."""
        return self.delivered + self.undeliverable + self.dropped + self.waiting
