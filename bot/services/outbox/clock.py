"""A clock that does not go back, for retries and for what is under way when the wall clock is corrected."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.ports import Clock


class MonotonicWallClock:
    """The wall clock while it goes forward; when it is put back, time goes on from where it was.

    Whether it is night and whether a notice comes too late is asked of the wall clock itself. This one only says
    whether what has begun may go on, and when a notice is due again.
    """

    def __init__(self, clock: Clock, monotonic: Callable[[], float]) -> None:
        self._clock = clock
        self._monotonic = monotonic
        self._time = clock.now()
        self._read_at = monotonic()

    def now(self) -> datetime:
        """A moment never earlier than the one before, and never earlier than the wall clock; aware UTC."""
        read_at = self._monotonic()
        self._time = max(self._clock.now(), self._time + timedelta(seconds=read_at - self._read_at))
        self._read_at = read_at
        return self._time
