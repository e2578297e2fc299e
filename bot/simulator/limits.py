"""Telegram's figures for how much a bot may send, and the meter that holds it to them."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.simulator.refusals import too_many

if TYPE_CHECKING:
    from collections.abc import Callable

COUNTED = frozenset(
    {
        "sendMessage",
        "sendPhoto",
        "sendDocument",
        "sendVoice",
        "sendVenue",
        "sendLocation",
        "sendMediaGroup",
        "copyMessage",
        "editMessageText",
        "editMessageCaption",
        "editMessageMedia",
        "editMessageReplyMarkup",
    }
)
"""Methods that cost a message: edits do, answers to presses do not."""


def whole_seconds(wait: float) -> int:
    """The wait in whole seconds, at least one: how Telegram tells it."""
    return max(1, math.ceil(wait))


@dataclass(frozen=True, slots=True)
class Limits:
    """30 messages a second over all chats, one a second in a chat with a burst of three, 20 a minute in a group.

    ``retry_after`` turns the seconds that are missing into the seconds that the bot is told.
    """

    overall: int = 30
    chat_rate: float = 1.0
    chat_burst: int = 3
    group_minute: int = 20
    retry_after: Callable[[float], int] = whole_seconds


class _SlidingCount:
    """No more than ``most`` in any ``window`` seconds; who comes while it is shut hears how long it stays shut."""

    __slots__ = ("most", "shut_until", "times", "window")

    def __init__(self, most: int, window: float) -> None:
        self.most, self.window = most, window
        self.times: deque[float] = deque()
        self.shut_until = -math.inf

    def missing(self, now: float) -> float:
        """Seconds until one more fits, 0 when it fits now."""
        while self.times and self.times[0] <= now - self.window:
            self.times.popleft()
        if now < self.shut_until:
            return self.shut_until - now
        return self.times[0] + self.window - now if len(self.times) >= self.most else 0.0


class Meter:
    """Counts what is sent, on a monotonic clock."""

    def __init__(self, limits: Limits, monotonic: Callable[[], float]) -> None:
        self._limits = limits
        self._monotonic = monotonic
        self._overall = _SlidingCount(limits.overall, 1.0)
        self._chats: dict[int, _SlidingCount] = {}
        self._groups: dict[int, _SlidingCount] = {}

    def count(self, chat_id: int, *, grouped: bool) -> None:
        """Count one message to a chat; raises 429 where a lane is full, and counts nothing then."""
        now = self._monotonic()
        lanes = [self._lane(chat_id, grouped=grouped), self._overall]
        for lane in lanes:
            if (missing := lane.missing(now)) > 0:
                told = self._limits.retry_after(missing)
                lane.shut_until = max(lane.shut_until, now + told)
                raise too_many(told)
        for lane in lanes:
            lane.times.append(now)

    def _lane(self, chat_id: int, *, grouped: bool) -> _SlidingCount:
        lanes = self._groups if grouped else self._chats
        if chat_id not in lanes:
            if len(lanes) > 100_000:
                lanes.clear()
            burst, minute = self._limits.chat_burst, self._limits.group_minute
            lanes[chat_id] = (
                _SlidingCount(minute, 60.0) if grouped else _SlidingCount(burst, burst / self._limits.chat_rate)
            )
        return lanes[chat_id]
