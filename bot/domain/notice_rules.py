"""How each kind of notice goes out: to whom, how urgently, and until when it is worth sending. One row a kind."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from bot.domain.exhaustive import exhaustive
from bot.domain.notices import Audience, NoticeKind, Urgency
from bot.domain.people import Reminders
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.notices import Planned


class Milestone(Enum):
    """A date in the life of a hearing, at which a notice may stop being useful."""

    SITTING = auto()
    """A sitting begins: for a notice, the sitting whose beginning is its edition."""
    CLOSING = auto()
    """Answers close."""
    END = auto()
    """Answers are closed and the last sitting has begun."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How a kind of notice goes out, and until when it is worth sending.

    ``wanted`` are the reminder settings of the residents who get it. ``rooms``: it is posted in the municipality's
    groups and channels too.

    ``useful`` is the date of the hearing from which on it comes too late, or how long after ``due_at`` it does.
    ``edition_names`` is the date that its edition is: once the hearing has another one, the notice is void.
    ``superseded``: what still waits is dropped when the hearing gets other dates, as a newer notice tells them.
    ``after_cancellation``: it is sent although the hearing is cancelled.

    ``waits_for_morning``: at night it waits for the morning where that is not too late.
    """

    audience: Audience
    wanted: frozenset[Reminders]
    urgency: Urgency
    useful: Milestone | timedelta
    rooms: bool = False
    edition_names: Milestone | None = None
    superseded: bool = False
    after_cancellation: bool = False
    waits_for_morning: bool = True


LONG_PAUSE: Final = 3600.0
"""Seconds: a pause of bulk that lasts longer is told to staff, by a notice, and to operators."""

_ALL: Final = frozenset({Reminders.ALL})
_SOME: Final = frozenset({Reminders.ALL, Reminders.DAYS})

NOTICE_RULES: Final[Mapping[NoticeKind, Rule]] = exhaustive(
    NoticeKind,
    {
        NoticeKind.ANNOUNCED: Rule(Audience.FOLLOWERS, _ALL, Urgency.NEWS, Milestone.END, rooms=True),
        NoticeKind.OPENED: Rule(Audience.FOLLOWERS, _ALL, Urgency.NEWS, Milestone.CLOSING),
        NoticeKind.CLOSED: Rule(Audience.PARTICIPANTS, _SOME, Urgency.AFTERWARDS, timedelta(days=7)),
        NoticeKind.CHANGED: Rule(Audience.TOLD, _SOME, Urgency.SOON, Milestone.END, superseded=True),
        NoticeKind.POSTPONED: Rule(Audience.TOLD, _SOME, Urgency.SOON, Milestone.END, rooms=True, superseded=True),
        NoticeKind.CANCELLED: Rule(
            Audience.TOLD, _SOME, Urgency.SOON, Milestone.END, rooms=True, after_cancellation=True
        ),
        NoticeKind.REMINDER: Rule(
            Audience.FOLLOWERS,
            _ALL,
            Urgency.SOON,
            Milestone.SITTING,
            edition_names=Milestone.SITTING,
            superseded=True,
        ),
        NoticeKind.CLOSING: Rule(
            Audience.UNFINISHED,
            _ALL,
            Urgency.SOON,
            Milestone.CLOSING,
            edition_names=Milestone.CLOSING,
            superseded=True,
        ),
        NoticeKind.RESULTS: Rule(Audience.PARTICIPANTS, _SOME, Urgency.AFTERWARDS, timedelta(days=30)),
        NoticeKind.DIGEST: Rule(Audience.STAFF, _SOME, Urgency.NEWS, timedelta(hours=12)),
        NoticeKind.LONG_PAUSE: Rule(Audience.STAFF, _SOME, Urgency.STAFF, timedelta(hours=3), waits_for_morning=False),
        NoticeKind.ASKED_AGAIN: Rule(Audience.FORMER_VOTERS, _SOME, Urgency.SOON, Milestone.CLOSING),
        NoticeKind.COMMENT_CHANGED: Rule(Audience.FORMER_SUPPORTERS, _SOME, Urgency.NEWS, timedelta(days=7)),
        NoticeKind.VILLAGE: Rule(Audience.UNHEARD, _ALL, Urgency.SOON, Milestone.CLOSING),
        NoticeKind.ANSWERS_DUE: Rule(Audience.STAFF, _SOME, Urgency.NEWS, timedelta(hours=12)),
        NoticeKind.DECIDED: Rule(Audience.CONCERNED, _SOME, Urgency.NEWS, timedelta(days=30)),
        NoticeKind.DONE: Rule(Audience.BEHIND, _SOME, Urgency.NEWS, timedelta(days=30)),
        NoticeKind.COUNCIL: Rule(Audience.PARTICIPANTS, _SOME, Urgency.AFTERWARDS, timedelta(days=30)),
        NoticeKind.POST: Rule(
            Audience.NOBODY,
            frozenset(),
            Urgency.NEWS,
            timedelta(days=30),
            rooms=True,
            superseded=True,
            after_cancellation=True,
            waits_for_morning=False,
        ),
    },
)

UNCOUNTED: Final = frozenset({NoticeKind.VILLAGE})
"""Kinds of which nobody is told how many got them: that number is of one village, and tells who took part since."""
TO_PEOPLE: Final = frozenset(kind for kind, rule in NOTICE_RULES.items() if rule.audience is not Audience.NOBODY)
"""Kinds that are sent to residents, as letters."""
TO_ROOMS: Final = frozenset(kind for kind, rule in NOTICE_RULES.items() if rule.rooms)
"""Kinds that are posted in groups and channels."""
SUPERSEDED_BY_NEW_DATES: Final = frozenset(kind for kind, rule in NOTICE_RULES.items() if rule.superseded)
"""Kinds that say when and where: newer dates take their place."""


def wanted(planned: Planned) -> frozenset[Reminders]:
    """The reminder settings of the residents who get it: on the day of the hearing also ``DAYS``."""
    return _SOME if planned.facts.get("on_day") else NOTICE_RULES[planned.kind].wanted
