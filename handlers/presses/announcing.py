"""Presses about publishing, postponing, cancelling a hearing, and when people are reminded."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.hearings import SetbackReason
from handlers.presses.press import AboutDates, Press


@dataclass(frozen=True, slots=True)
class PublishHearing(Press):
    """Announce a draft hearing: sure?"""

    hearing: int
    sure: bool = False


@dataclass(frozen=True, slots=True)
class PickPublishDay(AboutDates):
    """Publish by itself: on which day?"""


@dataclass(frozen=True, slots=True)
class PickPublishHour(AboutDates):
    """Publish by itself on this day: at which hour?"""

    day: int


@dataclass(frozen=True, slots=True)
class PublishAt(AboutDates):
    """Publish by itself then, or (day 0) not any more: sure?"""

    day: int = 0
    minute: int = 0
    sure: bool = False


@dataclass(frozen=True, slots=True)
class PickPostponeDay(AboutDates):
    """Postpone to which day? A page of two weeks."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class PickPostponeHour(AboutDates):
    """Postpone to this day: at which time?"""

    day: int


@dataclass(frozen=True, slots=True)
class PickPostponeReason(AboutDates):
    """Postpone to then: why?"""

    day: int
    minute: int


@dataclass(frozen=True, slots=True)
class PostponeHearing(AboutDates):
    """Postpone to then, for this reason: sure?"""

    day: int
    minute: int
    why: SetbackReason
    sure: bool = False


@dataclass(frozen=True, slots=True)
class PickCancelReason(AboutDates):
    """Cancel the hearing: why?"""


@dataclass(frozen=True, slots=True)
class CancelHearing(AboutDates):
    """Cancel the hearing for this reason: sure?"""

    why: SetbackReason
    sure: bool = False


@dataclass(frozen=True, slots=True)
class WriteReason(AboutDates):
    """Say why in one's own words: to postpone to then, or (day 0) to cancel."""

    day: int = 0
    minute: int = 0


@dataclass(frozen=True, slots=True)
class ChooseReminderTimes(AboutDates):
    """When people are reminded of this hearing."""


@dataclass(frozen=True, slots=True)
class ToggleReminder(AboutDates):
    """A reminder so many minutes before each sitting, on or off."""

    minutes: int
    on: bool


@dataclass(frozen=True, slots=True)
class ToggleClosingReminder(AboutDates):
    """Remind of unanswered questions so many minutes before answers close; 0 is never."""

    minutes: int


@dataclass(frozen=True, slots=True)
class OpenDates(AboutDates):
    """The dates of a hearing and what is sent about it."""
