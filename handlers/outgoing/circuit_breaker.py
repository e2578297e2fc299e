"""What a refusal says beyond the one chat: when everything has to stop, and when only bulk.

Nothing here waits or sends; times are seconds of a monotonic clock, given by the caller.
"""

from __future__ import annotations

NEVER = float("-inf")


class Pause:
    """Too fast as a whole: several people's answers are refused within seconds."""

    CHATS = 3
    WITHIN = 5.0

    def __init__(self) -> None:
        self._refused: dict[int, tuple[float, float]] = {}  # chat: when, and until when

    def refused(self, chat_id: int, seconds: float, now: float) -> float:
        """A reply was refused for ``seconds``; the seconds for which all must stop, 0 while it may be that chat."""
        self._refused = {chat: told for chat, told in self._refused.items() if now - told[0] < self.WITHIN}
        self._refused[chat_id] = (now, now + seconds)
        if len(self._refused) < self.CHATS:
            return 0.0
        return max(until for _, until in self._refused.values()) - now


class CircuitBreaker:
    """Bulk after a refusal: one at a time; when the next chat refuses too, not at all for as long as the longest told.

    After such a pause it is one at a time again, and whoever refuses then holds it up at once.
    """

    def __init__(self) -> None:
        self._told: dict[int, float] = {}  # chat: until when
        self._until = NEVER
        self._careful = False
        self._stopped = False
        self._sent = 0
        self._proven_from = 0
        self._under_way = 0

    def wait(self, now: float) -> float:
        """Seconds until bulk may go on, 0 or less when nothing holds it."""
        return self._until - now

    @property
    def open(self) -> bool:
        """False while one is under way and the next must wait for what becomes of it."""
        return not (self._careful and self._under_way)

    def left(self) -> int:
        """One leaves; its number, for what becomes of it."""
        self._under_way += 1
        self._sent += 1
        return self._sent

    def landed(self) -> None:
        """One is no longer under way."""
        self._under_way -= 1

    def accepted(self, number: int) -> None:
        """Telegram took one; if it left after the last refusal, all is well again."""
        if number > self._proven_from:
            self._careful = self._stopped = False
            self._told.clear()

    def refused(self, chat_id: int, seconds: float, now: float) -> bool:
        """A chat was refused for ``seconds``; True when that stops bulk as a whole."""
        self._proven_from = self._sent  # what has left before proves nothing any more
        self._careful = True
        self._told[chat_id] = now + seconds
        if len(self._told) < 2 and not self._stopped:
            return False
        self._until = max(self._until, *self._told.values())
        self._stopped = True
        self._told.clear()
        return True
