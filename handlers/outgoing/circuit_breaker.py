"""How far a 429 reaches: one chat, all bulk (what broadcasts send), or everything.

A 429 is Telegram's answer "too many requests, retry after so many seconds". It does not say whether the chat or the bot
as a whole was too fast. The chat is paused in any case, by its queue; here is decided what else is.

Nothing here waits or sends; times are seconds of a monotonic clock, given by the caller.
"""

from __future__ import annotations

from collections import deque
from typing import Final

NEVER: Final = float("-inf")
"""A moment before every other."""


class RefusedAnswers:
    """Decides whether the 429s that answers have got are single chats' or the bot's, for which everything pauses.

    They are the bot's where ``CHATS`` chats are refused within seconds and nothing that left later is accepted; or
    where of a second's answers so many are refused that chance or single chats explain it no more.
    """

    CHATS: Final = 3
    WITHIN: Final = 5.0
    """Seconds."""
    PART: Final = 0.1
    FEWEST: Final = 5
    """Refused answers of a second, and which part of all: at least."""

    def __init__(self) -> None:
        self._refused: dict[int, tuple[float, int]] = {}  # chat: when it got its 429, and which message
        self._told: dict[int, float] = {}  # chat: until when it is paused
        self._answered: deque[tuple[float, int]] = deque()  # when, and the chat where it was refused, else 0

    def note_accepted(self, number: int, now: float) -> None:
        """Telegram has accepted that message: what left before it was refused for its chat's sake."""
        for chat in [chat for chat, (_, refused) in self._refused.items() if refused < number]:
            del self._refused[chat]
        self._note(now, 0)

    def note_refused(self, chat_id: int, number: int, retry_after: float, now: float) -> float:
        """An answer to this chat got a 429; returns for how many seconds everything has to pause, 0 for not at all."""
        self._refused = {chat: each for chat, each in self._refused.items() if now - each[0] < self.WITHIN}
        self._refused[chat_id] = (now, number)
        self._told = {chat: until for chat, until in self._told.items() if until > now}
        self._told[chat_id] = max(now + retry_after, self._told.get(chat_id, NEVER))
        self._note(now, chat_id)
        chats = set(self._refused)
        if len(chats) < self.CHATS:
            chats = {chat for _, chat in self._answered if chat}
            if len(chats) < max(self.FEWEST, self.PART * len(self._answered)):
                return 0.0
        return max(self._told.get(chat, now) for chat in chats) - now

    def forget(self) -> None:
        """Everything has paused: what comes next is judged anew."""
        self._refused.clear()
        self._answered.clear()

    def _note(self, now: float, chat: int) -> None:
        self._answered.append((now, chat))
        while self._answered[0][0] < now - 1.0:
            self._answered.popleft()


class CircuitBreaker:
    """Decides whether bulk may leave, by the 429s that bulk has got.

    - *Closed*, as at first: bulk leaves as fast as the rate limiter lets it.
    - *Half-open*, after a 429: one message at a time, the next when the answer to the last has come. A message accepted
      that left after the 429 closes it.
    - *Open*, after a 429 to another chat while half-open: no bulk for as long as the longest ``retry_after`` told. Then
      it is half-open again, and from then on one 429 opens it at once.
    """

    def __init__(self) -> None:
        self._paused_until: dict[int, float] = {}  # by chat, as its 429 told
        self._open_until = NEVER
        self._half_open = False
        self._has_opened = False
        self._sent = 0
        self._sent_before_refusal = 0
        self._in_flight = 0

    def wait(self, now: float) -> float:
        """Seconds until the breaker is no longer open, 0 or less when it is not."""
        return self._open_until - now

    def open_until(self, moment: float) -> None:
        """Another process was told by Telegram to wait with bulk until then."""
        self._open_until = max(self._open_until, moment)

    @property
    def allows_next(self) -> bool:
        """False while it is half-open and a message is in flight."""
        return not (self._half_open and self._in_flight)

    def note_sent(self) -> int:
        """A bulk message leaves; returns its number, to be given to ``note_accepted``."""
        self._in_flight += 1
        self._sent += 1
        return self._sent

    def note_answered(self) -> None:
        """A bulk message is no longer in flight, whatever Telegram's answer."""
        self._in_flight -= 1

    def note_accepted(self, number: int) -> None:
        """Telegram has accepted that message: if it left after the last 429, the breaker closes."""
        if number > self._sent_before_refusal:
            self._half_open = self._has_opened = False
            self._paused_until.clear()

    def note_refused(self, chat_id: int, retry_after: float, now: float) -> bool:
        """Telegram has answered a bulk message to this chat with a 429; returns whether that opens the breaker."""
        self._sent_before_refusal = self._sent
        self._half_open = True
        self._paused_until[chat_id] = now + retry_after
        if len(self._paused_until) < 2 and not self._has_opened:
            return False
        self._open_until = max(self._open_until, *self._paused_until.values())
        self._has_opened = True
        self._paused_until.clear()
        return True
