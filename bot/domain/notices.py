"""Messages that the bot sends unasked. Stored as facts, rendered at delivery in the language the person reads then.

- A *broadcast* is one message to many; it is stored in the transaction of the change that causes it.
- A *notice* is that message to one *recipient*, a resident or a room (a group or channel): a row of the outbox.
- To *fan out* a broadcast is to write its notices, a batch at a time.
- A *claim* marks a notice as one process's own while that process sends it.
- To *complete* a claimed notice is to record what came of it and to end the claim.
- An *owed reply* is a notice without a broadcast: it answers one message of one person (see ``owed_replies``).
- A notice is *doubtful* when an earlier attempt may have delivered it without the bot's knowing: the message says so.
"""

from __future__ import annotations

from dataclasses import field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Final

from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.domain.owed_replies import ReplyKind
    from bot.domain.people import Reminders

MAKING: Final = "/making"
"""Stands behind the name of a process that makes the file of a notice: nothing can have left yet."""


class NoticeKind(StrEnum):
    """What a notice tells. Its rule is in ``notice_rules``, its words are in ``handlers.views``."""

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
    """Telegram makes the bot wait for more than an hour: to staff."""
    ASKED_AGAIN = "asked again"
    """What people have answered has another meaning by now: their answers were put aside."""
    COMMENT_CHANGED = "comment changed"
    """A comment has other words by now than those that people supported."""
    VILLAGE = "village"
    """To people of one village who have not taken part: staff ask for it, at most once a day a village."""
    ANSWERS_DUE = "answers due"
    """Comments have no decision, and the day by which answers are promised is near or over: to who decides."""
    DECIDED = "decided"
    """The commission has decided on comments: to those who wrote or support them."""
    DONE = "done"
    """What was promised on a comment is done: to its author and supporters, once."""
    COUNCIL = "council"
    """What the council made of the hearing: to everybody who took part, once."""
    POST = "post"
    """What was posted in groups and channels is brought up to date."""


class Audience(StrEnum):
    """The residents a broadcast goes to."""

    FOLLOWERS = "followers"
    TOLD = "told"
    """Who has been written to about the hearing, and who took part in it."""
    PARTICIPANTS = "participants"
    UNFINISHED = "unfinished"
    """Followers with questions left."""
    STAFF = "staff"
    UNHEARD = "unheard"
    """Followers in the villages ``Recipients.only`` who have not taken part."""
    FORMER_VOTERS = "former voters"
    """Whose answers were put aside, as given to ``Recipients.version`` of the dossier."""
    FORMER_SUPPORTERS = "former supporters"
    """Who supported other words of ``Recipients.comment`` than it has now."""
    CONCERNED = "concerned"
    """Who wrote or supports a comment that was decided on at ``Recipients.decided_at``."""
    BEHIND = "behind"
    """Who wrote or supports ``Recipients.comment``."""
    NOBODY = "nobody"
    """No person: groups and channels only."""


class Urgency(IntEnum):
    """The order in which broadcasts leave when several wait: the smallest number first."""

    STAFF = 0
    SOON = 1
    NEWS = 2
    AFTERWARDS = 3


class BroadcastStatus(StrEnum):
    """Whether a broadcast's notices leave."""

    GOING = "going"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    """By staff."""
    DROPPED = "dropped"
    """By the clock: too late, or something newer took its place; ``reason`` says which."""


class NoticeStatus(StrEnum):
    """How far a notice is: waiting (also while it is claimed), or completed in one of three ways."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    UNDELIVERABLE = "undeliverable"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Planned:
    """A broadcast before it is stored; it may leave from ``due_at`` on (aware UTC).

    ``edition`` and ``step`` tell it from every other broadcast of its kind: ``edition`` is the hearing's version, or
    the moment (in minutes since 1970) or the day it is about; ``step`` says which sitting and how many minutes before.
    One hearing has one broadcast of the same kind, step and edition.
    """

    hearing_id: int
    kind: NoticeKind
    edition: int
    due_at: datetime
    step: int = 0
    facts: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def key(self) -> tuple[NoticeKind, int, int]:
        """What one hearing has once."""
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
        """What it tells."""
        return self.planned.kind


@dataclass(frozen=True, slots=True)
class Recipients:
    """The recipients of a broadcast, as a query for the repository that looks them up.

    The people of the villages ``first`` get it first. Where ``only`` names villages, people of other villages do not
    get it; people without a village do where it is for them too (``anywhere``). ``questions`` is how many answers make
    a person finished. ``version``, ``comment`` and ``decided_at`` are what the audience is about, if about one.
    """

    hearing_id: int
    municipality_id: int
    audience: Audience
    wanted: frozenset[Reminders]
    rooms: bool = False
    first: tuple[int, ...] = ()
    only: tuple[int, ...] = ()
    anywhere: bool = True
    questions: int = 0
    version: int = 0
    comment: int = 0
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """How many a broadcast will reach."""

    people: int
    rooms: int = 0


@dataclass(frozen=True, slots=True)
class Notice:
    """A broadcast's message to one resident or one room, or a reply that is owed to one resident.

    It has a ``broadcast_id``, or a ``reply`` with its ``facts``. ``attempts`` counts attempts that failed, ``claims``
    how often it was claimed. ``doubtful``: an earlier attempt may have delivered it without the bot's knowing.
    """

    id: int
    broadcast_id: int | None
    recipient_id: int | None
    room_id: int | None
    attempts: int = 0
    claims: int = 1
    doubtful: bool = False
    reply: ReplyKind | None = None
    facts: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Completion:
    """What is recorded of a claimed notice when its claim ends.

    ``status`` is final, or WAITING: then the notice is due again at ``due_at``. ``tried`` adds one to its attempts.
    """

    notice_id: int
    status: NoticeStatus
    reason: str = ""
    due_at: datetime | None = None
    tried: bool = True
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A claimed notice, the process ``by`` which it is claimed, and how often it was claimed or renewed so far."""

    notice_id: int
    by: str
    claims: int

    @property
    def owner(self) -> str:
        """The name of the process, whether it makes the notice's file or sends it."""
        return self.by.removesuffix(MAKING)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many notices of a broadcast have each status; the ``doubtful`` of the delivered may have arrived twice."""

    delivered: int = 0
    undeliverable: int = 0
    dropped: int = 0
    waiting: int = 0
    doubtful: int = 0

    @property
    def total(self) -> int:
        """All notices written so far."""
        return self.delivered + self.undeliverable + self.dropped + self.waiting

    def without(self, part: Progress) -> Progress:
        """The notices that are not among those of ``part``."""
        return Progress(
            self.delivered - part.delivered,
            self.undeliverable - part.undeliverable,
            self.dropped - part.dropped,
            self.waiting - part.waiting,
            self.doubtful - part.doubtful,
        )


NO_TOPIC: Final = "no topic"
"""The reason of a post that stands beside its topic, which is gone; any other reason is of one that did not arrive."""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Notices of a broadcast that did not arrive as they should: those of so many ``people``, or of one ``room``."""

    reason: str
    people: int = 0
    room: str = ""
