"""What decisions promise: what was accepted is to be done, until a day; and staff say that it is done."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.domain.comments import PROMISING
from bot.domain.errors import DayOutside, NothingPromised
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from datetime import date, datetime, tzinfo

    from bot.domain.comments import Comment, Decision
    from bot.domain.media import Media

PHOTO_WITHIN: Final = timedelta(minutes=30)
"""How long a photo, or a typed day, is taken for what is done."""


@dataclass(frozen=True, slots=True)
class DoneWork:
    """What was promised is done: the day, and perhaps a photo of it. ``noted_at`` is when staff said so."""

    day: date
    noted_at: datetime
    photo: Media | None = None


def done_work(decision: Decision | None) -> DoneWork | None:
    """What is done of what the decision promises; None where nothing is, or its day is not known."""
    if decision is None or not decision.is_done or decision.done_at is None or decision.done_on is None:
        return None
    return DoneWork(decision.done_on, decision.done_at, decision.done_photo)


class AnswerFilter(StrEnum):
    """To which of the commission's answers a list is narrowed, in wire order (append only)."""

    ALL = "all"
    ACCEPTED = "accepted"
    PARTLY = "partly"
    REJECTED = "rejected"
    NOTED = "noted"
    ANSWERED = "answered"
    DONE = "done"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class PromiseCounts:
    """How many decisions of a hearing promise something, and how far that is."""

    promised: int = 0
    done: int = 0
    overdue: int = 0


def is_overdue(decision: Decision, today: date) -> bool:
    """True where its day has passed and what it promises is not done."""
    promising = decision.outcome in PROMISING and not decision.is_done
    return promising and decision.due is not None and decision.due < today


def ensure_promised(comment: Comment) -> Decision:
    """The decision that promises something. Raises AlreadyWithdrawn and NothingPromised."""
    comment.ensure_not_withdrawn()
    if comment.decision is None or comment.decision.outcome not in PROMISING:
        raise NothingPromised
    return comment.decision


def ensure_done_day(day: date, decision: Decision, *, now: datetime, zone: tzinfo) -> None:
    """Raise DayOutside unless it was done after it was decided, and not in the future."""
    last = now.astimezone(zone).date()
    first = decision.decided_at.astimezone(zone).date() if decision.decided_at else last
    if not first <= day <= last:
        raise DayOutside(first, last)
