"""Telegram's limits on how much a bot may send, and the meter that enforces them."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.simulator.refusals import too_many_requests

if TYPE_CHECKING:
    from collections.abc import Callable

COUNTED_METHODS = frozenset(
    {
        "sendMessage",
        "sendPhoto",
        "sendDocument",
        "sendVoice",
        "sendAudio",
        "sendVideo",
        "sendAnimation",
        "sendVideoNote",
        "sendVenue",
        "sendLocation",
        "sendMediaGroup",
        "editMessageText",
        "editMessageMedia",
        "editMessageReplyMarkup",
    }
)
"""Methods that count against the limits: edits do, answers to presses do not."""


def whole_seconds(wait: float) -> int:
    """The wait in whole seconds, at least one, as Telegram states it."""
    return max(1, math.ceil(wait))


@dataclass(frozen=True, slots=True)
class Limits:
    """30 messages a second over all chats, one a second in a chat with a burst of three, 20 a minute in a group.

    ``overall`` None: as many over all chats as come.
    ``retry_after`` turns the seconds that are missing into the seconds of the answer.
    """

    overall: int | None = 30
    chat_rate: float = 1.0
    chat_burst: int = 3
    group_minute: int = 20
    retry_after: Callable[[float], int] = whole_seconds


class _SlidingCount:
    """At most ``most`` messages in any ``window`` seconds; once refused, none before ``shut_until``."""

    __slots__ = ("most", "shut_until", "times", "window")

    def __init__(self, most: int, window: float) -> None:
        self.most, self.window = most, window
        self.times: deque[float] = deque()
        self.shut_until = -math.inf

    def missing(self, now: float) -> float:
        """Seconds until one more message is accepted; 0 if it is now."""
        while self.times and self.times[0] <= now - self.window:
            self.times.popleft()
        if now < self.shut_until:
            return self.shut_until - now
        return self.times[0] + self.window - now if len(self.times) >= self.most else 0.0


class Meter:
    """Counts sent messages on a monotonic clock."""

    def __init__(self, limits: Limits, monotonic: Callable[[], float]) -> None:
        self._limits = limits
        self._monotonic = monotonic
        self._overall = None if limits.overall is None else _SlidingCount(limits.overall, 1.0)
        self._chats: dict[int, _SlidingCount] = {}
        self._groups: dict[int, _SlidingCount] = {}

    def count(self, chat_id: int, *, grouped: bool) -> None:
        """Count one message to a chat; raises 429 where a limit is reached, and counts nothing then."""
        now = self._monotonic()
        counts = [self._count_of(chat_id, grouped=grouped), *([self._overall] if self._overall else [])]
        for count in counts:
            if (missing := count.missing(now)) > 0:
                told = self._limits.retry_after(missing)
                count.shut_until = max(count.shut_until, now + told)
                raise too_many_requests(told)
        for count in counts:
            count.times.append(now)

    def _count_of(self, chat_id: int, *, grouped: bool) -> _SlidingCount:
        counts = self._groups if grouped else self._chats
        if chat_id not in counts:
            if len(counts) > 100_000:
                counts.clear()
            burst, minute = self._limits.chat_burst, self._limits.group_minute
            counts[chat_id] = (
                _SlidingCount(minute, 60.0) if grouped else _SlidingCount(burst, burst / self._limits.chat_rate)
            )
        return counts[chat_id]
