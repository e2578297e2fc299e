"""What the secretary tells people: when a hearing becomes public, moves or is called off, and how messages fare.

Days travel as proleptic ordinals, times as minutes of the municipal day; a day of 0 is none.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.hearings import Why
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class Dates(Press):
    """The dates of a hearing and what is sent about it."""

    hearing: int


@dataclass(frozen=True, slots=True)
class PublishDay(Press):
    """Publish by itself: on which day?"""

    hearing: int


@dataclass(frozen=True, slots=True)
class PublishHour(Press):
    """Publish by itself on this day: at which hour?"""

    hearing: int
    day: int


@dataclass(frozen=True, slots=True)
class PublishAt(Press):
    """Publish by itself then, or (day 0) not any more: sure?"""

    hearing: int
    day: int = 0
    minute: int = 0
    sure: bool = False


@dataclass(frozen=True, slots=True)
class PostponeDay(Press):
    """Postpone to which day? A page of two weeks."""

    hearing: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class PostponeHour(Press):
    """Postpone to this day: at which time?"""

    hearing: int
    day: int


@dataclass(frozen=True, slots=True)
class PostponeWhy(Press):
    """Postpone to then: why?"""

    hearing: int
    day: int
    minute: int


@dataclass(frozen=True, slots=True)
class PostponeSure(Press):
    """Postpone to then, for this reason: sure?"""

    hearing: int
    day: int
    minute: int
    why: Why
    sure: bool = False


@dataclass(frozen=True, slots=True)
class CancelWhy(Press):
    """Cancel the hearing: why?"""

    hearing: int


@dataclass(frozen=True, slots=True)
class CancelSure(Press):
    """Cancel the hearing for this reason: sure?"""

    hearing: int
    why: Why
    sure: bool = False


@dataclass(frozen=True, slots=True)
class OwnReason(Press):
    """Say why in one's own words: to postpone to then, or (day 0) to cancel."""

    hearing: int
    day: int = 0
    minute: int = 0


@dataclass(frozen=True, slots=True)
class ReminderTimes(Press):
    """When people are reminded of this hearing."""

    hearing: int


@dataclass(frozen=True, slots=True)
class ToggleReminder(Press):
    """A reminder so many minutes before each sitting, on or off."""

    hearing: int
    minutes: int
    on: bool


@dataclass(frozen=True, slots=True)
class ToggleClosing(Press):
    """Remind of unanswered questions so many minutes before answers close; 0 is never."""

    hearing: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Messages(Press):
    """What was sent about a hearing, and how far it is; a page of it."""

    hearing: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class MessagesOf(Press):
    """One broadcast."""

    broadcast: int


@dataclass(frozen=True, slots=True)
class PauseBroadcast(Press):
    """Send no more of it for now."""

    broadcast: int


@dataclass(frozen=True, slots=True)
class ResumeBroadcast(Press):
    """Go on sending it."""

    broadcast: int


@dataclass(frozen=True, slots=True)
class CancelBroadcast(Press):
    """Send no more of it at all: sure?"""

    broadcast: int
    sure: bool = False
