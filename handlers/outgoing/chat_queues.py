"""When a message may leave: each chat in its own queue.

Nothing here waits or sends; times are seconds of a monotonic clock, given by the caller.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final

from handlers.outgoing.circuit_breaker import NEVER
from handlers.outgoing.sliding_window import MARGIN

LONGEST: Final = 30
"""Messages that may wait in one queue; nobody reads more."""

AwaitPermit = Callable[[], Awaitable[None]]
"""Awaited before every call that costs a message; the call follows at once."""
SendMessage = Callable[[int, AwaitPermit], Awaitable[int | None]]
"""Sends one message to a chat; its id, where Telegram tells it."""


@dataclass(frozen=True, slots=True)
class ChatLimit:
    """At most ``most`` messages in any ``window`` seconds, of which screens keep ``interval`` seconds between them."""

    most: int
    window: float
    interval: float

    @classmethod
    def of(cls, chat_id: int, interval: float) -> ChatLimit:
        """A person: one in ``interval`` seconds, three at once after a rest. A group: 18 a minute of the 20 allowed."""
        step = interval * MARGIN
        return cls(3, 3 * step, step) if chat_id > 0 else cls(18, 60 * step, 3 * step)


@dataclass(slots=True)
class QueuedMessage:
    """One message to be. A screen gives way to a newer screen."""

    work: SendMessage
    screen: bool
    tries: int = 0


@dataclass(slots=True)
class ChatQueue:
    """What one chat is owed, in order. ``bulk`` counts what is not in line: it leaves when nobody is answered here."""

    chat_id: int
    pace: ChatLimit
    messages: deque[QueuedMessage] = field(default_factory=deque)
    running: bool = False
    bulk: int = 0
    bulk_on_the_way: bool = False
    _left: deque[float] = field(default_factory=deque)
    _next_screen: float = NEVER
    _paused: float = NEVER

    def put(self, message: QueuedMessage) -> bool:
        """Add ``message``; False where it took the place of an older screen, so that as many wait as before."""
        if message.screen and (older := self._waiting_screen()) is not None:
            self.messages.remove(older)
            self.messages.append(message)
            return False
        self.messages.append(message)
        return True

    def put_back(self, message: QueuedMessage) -> bool:
        """The message first in line again; False where a newer screen has made it needless."""
        if message.screen and self._waiting_screen() is not None:
            return False
        self.messages.appendleft(message)
        return True

    @property
    def full(self) -> bool:
        """True when one more would be too many."""
        return len(self.messages) >= LONGEST

    def wait(self, now: float, *, screen: bool) -> float:
        """Seconds until a message may leave, 0 or less when it may now."""
        at = self._paused
        if len(self._left) >= self.pace.most:
            at = max(at, self._left[0] + self.pace.window)
        return (max(at, self._next_screen) if screen else at) - now

    def wait_to_answer(self, now: float) -> float:
        """Seconds until the first message may leave."""
        return self.wait(now, screen=bool(self.messages) and self.messages[0].screen)

    def wait_for_bulk(self, now: float) -> float:
        """Seconds until it is worth another look: bulk keeps an interval from whatever is said here."""
        if not self.pace.interval:
            return self._paused - now
        if self.running or self.bulk_on_the_way:
            return self.pace.interval
        rested = self._left[-1] + self.pace.interval - now if self._left else NEVER
        return max(rested, self.wait(now, screen=False))

    def left(self, now: float, *, screen: bool) -> None:
        """A message leaves now."""
        self._left.append(now)
        if len(self._left) > self.pace.most:
            self._left.popleft()
        if screen:
            self._next_screen = now + self.pace.interval

    def landed(self, now: float) -> None:
        """The answer to what left last is here: that is when Telegram has had it at the latest."""
        if self._left:
            self._left[-1] = max(self._left[-1], now)

    def pause(self, until: float, *, spent: bool) -> None:
        """Nothing leaves before ``until``; with all patience ``spent``, then only one after another."""
        self._paused = max(self._paused, until)
        if spent:
            step = self.pace.window / self.pace.most
            self._left = deque(self._paused - step * before for before in range(self.pace.most, 0, -1))

    def paused(self, now: float) -> float:
        """Seconds for which Telegram wants nothing here, 0 where it takes something."""
        return max(0.0, self._paused - now)

    @property
    def rested_at(self) -> float:
        """From when on the queue remembers nothing that matters."""
        last = self._left[-1] + self.pace.window if self._left else self._paused
        return max(last, self._paused, self._next_screen)

    def _waiting_screen(self) -> QueuedMessage | None:
        return next((message for message in self.messages if message.screen), None)


class ChatQueues:
    """A queue for every chat, remembered only as long as its pace matters: memory follows the present, not the past."""

    def __init__(self, interval: float, monotonic: Callable[[], float]) -> None:
        self._interval = interval
        self._monotonic = monotonic
        self._queues: dict[int, ChatQueue] = {}
        self._resting: list[tuple[float, int]] = []

    def __len__(self) -> int:
        return len(self._queues)

    def busy(self, chat_id: int) -> bool:
        """True while a reply waits for or is on its way to this chat."""
        queue = self._queues.get(chat_id)
        return queue is not None and queue.running

    def queue(self, chat_id: int) -> ChatQueue:
        """The queue of a chat. Whoever lets go of it says so with ``rest``."""
        queue = self._queues.get(chat_id)
        if queue is None:
            self._forget_rested()
            queue = self._queues[chat_id] = ChatQueue(chat_id, ChatLimit.of(chat_id, self._interval))
        return queue

    def rest(self, chat_id: int, queue: ChatQueue) -> None:
        """Nothing more is to be said in this queue for now."""
        heapq.heappush(self._resting, (queue.rested_at, chat_id))

    def _forget_rested(self) -> None:
        now = self._monotonic()
        while self._resting and self._resting[0][0] <= now:
            _, key = heapq.heappop(self._resting)
            queue = self._queues.get(key)
            if queue is not None and not queue.running and not queue.bulk and queue.rested_at <= now:
                del self._queues[key]
