"""Alarms: what is wrong with the bot itself, told to administrators once, and once more when it is over.

What lasts for a moment is no alarm, and what comes back within minutes is the same one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.values import dataclass

CALM: Final = timedelta(minutes=2)
"""After so long without it an alarm is over."""
LONGEST_CAUSE: Final = 200
"""Characters of the log's words that are told."""


class Alarm(StrEnum):
    """What can be wrong with the bot itself."""

    DATABASE = "database"
    """It takes nothing, or does not answer."""
    CLOCK = "clock"
    """Hearings do not open and close."""
    POST = "post"
    """Notices do not leave."""
    DISK = "disk"
    """A disk is nearly full."""
    BACKUP = "backup"
    """The night's copy was not made."""
    MEDIA = "media"
    """The folder for kept files cannot be used."""
    SECOND_POLLER = "second poller"
    """Another process takes the updates."""
    HELD_UP = "held up"
    """Telegram makes the bot wait for more than an hour."""


STANDS_FOR: Final = {
    Alarm.DATABASE: timedelta(seconds=10),
    Alarm.CLOCK: timedelta(seconds=10),
    Alarm.POST: timedelta(seconds=10),
    Alarm.DISK: timedelta(),
    Alarm.BACKUP: timedelta(),
    Alarm.MEDIA: timedelta(),
    Alarm.SECOND_POLLER: timedelta(minutes=1),
    Alarm.HELD_UP: timedelta(),
}
"""How long each is seen before it is told: another program may hold the database for a moment, and when the bot is
replaced by a newer one, both may poll for some seconds."""


class AlarmNews(StrEnum):
    """What is told of an alarm."""

    BEGUN = "begun"
    OVER = "over"
    PAST = "past"
    """It has come and gone while nobody could be told."""


@dataclass(frozen=True, slots=True)
class AlarmState:
    """An alarm from its first sign until everybody knows that it is over.

    ``stood`` is how long it was seen, ``fine_since`` from when on it is not seen any more. ``told`` and ``told_over``
    are digests of administrators.
    """

    alarm: Alarm
    cause: str
    since: datetime
    seen_at: datetime
    stood: timedelta = timedelta()
    fine_since: datetime | None = None
    told: frozenset[str] = frozenset()
    told_over: frozenset[str] = frozenset()

    @property
    def is_due(self) -> bool:
        """Whether it has stood for so long that it is told."""
        return self.stood >= STANDS_FOR[self.alarm]

    def is_over(self, now: datetime) -> bool:
        """Whether it was not seen for so long that it is over."""
        return self.fine_since is not None and now - self.fine_since >= CALM

    def news_for(self, person: str, now: datetime) -> AlarmNews | None:
        """What an administrator, by their digest, is still to be told; None for nothing."""
        if not self.is_due:
            return None
        if not self.is_over(now):
            return None if person in self.told else AlarmNews.BEGUN
        if person in self.told_over:
            return None
        return AlarmNews.OVER if person in self.told else AlarmNews.PAST

    def after_telling(self, person: str, news: AlarmNews) -> AlarmState:
        """The same when somebody has been told."""
        if news is AlarmNews.BEGUN:
            return replace(self, told=self.told | {person})
        return replace(self, told_over=self.told_over | {person})


def after_look(state: AlarmState | None, alarm: Alarm, cause: str | None, now: datetime) -> AlarmState | None:
    """The state after a look that found this ``cause``, or None; None where there is nothing to remember."""
    if cause is not None:
        cause = cause[:LONGEST_CAUSE]
        if state is None or state.is_over(now):
            return AlarmState(alarm, cause, now, now)
        stood = state.stood if state.fine_since else state.stood + max(now - state.seen_at, timedelta())
        return replace(state, cause=cause, seen_at=now, stood=stood, fine_since=None)
    if state is None:
        return None
    fine = replace(state, seen_at=now, fine_since=state.fine_since or now)
    return None if fine.is_over(now) and not fine.is_due else fine
