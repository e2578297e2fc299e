"""Presses that publish, postpone and cancel a hearing and set when people are reminded."""

from __future__ import annotations

from bot.domain.setbacks import SetbackReason
from bot.domain.values import dataclass
from handlers.presses.press import AboutDates, Press


@dataclass(frozen=True, slots=True)
class PublishHearing(Press):
    """Asks whether to announce a draft now; announces it where ``sure``, if it has the ``version`` that was shown."""

    hearing: int
    sure: bool = False
    version: int = 1


@dataclass(frozen=True, slots=True)
class PickPublishDay(AboutDates):
    """Asks on which day a draft publishes itself."""


@dataclass(frozen=True, slots=True)
class PickPublishHour(AboutDates):
    """Asks at which hour of ``day`` a draft publishes itself."""

    day: int


@dataclass(frozen=True, slots=True)
class PublishAt(AboutDates):
    """Asks whether a draft publishes itself then, or (day 0) not any more; does so where ``sure``.

    It has to have the ``version`` that was shown.
    """

    day: int = 0
    minute: int = 0
    sure: bool = False
    version: int = 1


@dataclass(frozen=True, slots=True)
class PickPostponeDay(AboutDates):
    """Asks to which day a hearing is postponed, or one ``sitting`` of it alone; a page has two weeks.

    Where there are several sittings, and it was not ``asked`` yet, it asks which one.
    """

    page: int = 0
    sitting: int = 0
    asked: bool = False


@dataclass(frozen=True, slots=True)
class PickPostponeHour(AboutDates):
    """Asks to which time of ``day`` a hearing is postponed, or one ``sitting`` of it."""

    day: int
    sitting: int = 0


@dataclass(frozen=True, slots=True)
class PickPostponeReason(AboutDates):
    """Asks why a hearing is postponed to that moment, or one ``sitting`` of it."""

    day: int
    minute: int
    sitting: int = 0


@dataclass(frozen=True, slots=True)
class PostponeHearing(AboutDates):
    """Asks whether to postpone a hearing, or one ``sitting``, to that moment for this reason; where ``sure`` does."""

    day: int
    minute: int
    why: SetbackReason
    sure: bool = False
    sitting: int = 0


@dataclass(frozen=True, slots=True)
class PickCancelReason(AboutDates):
    """Asks why a hearing is cancelled."""


@dataclass(frozen=True, slots=True)
class CancelHearing(AboutDates):
    """Asks whether to cancel a hearing for this reason; cancels it where ``sure``."""

    why: SetbackReason
    sure: bool = False


@dataclass(frozen=True, slots=True)
class WriteReason(AboutDates):
    """Asks for a reason in the secretary's own words: to postpone to that moment, or (day 0) to cancel."""

    day: int = 0
    minute: int = 0
    sitting: int = 0


@dataclass(frozen=True, slots=True)
class ChooseReminderTimes(AboutDates):
    """Opens the choice of when people are reminded of each sitting, or of the end of answers (``closing``)."""

    closing: bool = False


@dataclass(frozen=True, slots=True)
class ToggleReminder(AboutDates):
    """Turns the reminder so many minutes before each sitting on or off."""

    minutes: int
    on: bool


@dataclass(frozen=True, slots=True)
class ToggleClosingReminder(AboutDates):
    """Sets the reminder of unanswered questions to so many minutes before answers close; 0 is never."""

    minutes: int


@dataclass(frozen=True, slots=True)
class OpenDates(AboutDates):
    """Opens the dates of a hearing and what is sent about it."""
