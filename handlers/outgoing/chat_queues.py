"""One queue for each chat: its replies in order, and the limits that Telegram sets for one chat.

A reply is a *screen* (a message that the bot edits in place, so that a newer screen replaces one that still waits) or a
message of its own. Bulk, which is what broadcasts send, is not queued here; it leaves while no reply to the chat does.

Nothing here waits or sends; times are seconds of a monotonic clock, given by the caller.
"""

from __future__ import annotations

import heapq
from collections.abc import Awaitable, Callable
from dataclasses import field
from functools import cache
from typing import TYPE_CHECKING, Final

from bot.domain.values import dataclass
from handlers.outgoing.circuit_breaker import NEVER
from handlers.outgoing.sliding_window import MARGIN

if TYPE_CHECKING:
    from handlers.outgoing.fair_semaphore import Priority
    from handlers.views.screen import Screen

MOST_QUEUED: Final = 30
"""Messages that may wait in one queue; nobody reads more."""

AwaitPermit = Callable[[], Awaitable[None]]
"""Awaited before every call that costs a message; the call follows at once."""
SendMessage = Callable[[int, AwaitPermit], Awaitable[int | None]]
"""Sends one message to the chat with that id; returns the message's id, where Telegram tells it."""
DrawScreen = Callable[[], Awaitable["Showing | None"]]
"""Draws a screen when its turn has come; None where there is nothing to show."""


@dataclass(frozen=True, slots=True)
class Showing:
    """A screen, and the message to turn into it (None: a new one); ``otherwise`` where Telegram does not take it.

    ``has_picture`` says whether the message bears one now, ``seen_at`` the date of what was pressed. A new message goes
    to the topic ``thread_id``. ``told`` is called with the message's id once it shows the screen.
    """

    screen: Screen
    message_id: int | None = None
    has_picture: bool = False
    thread_id: int | None = None
    otherwise: Screen | None = None
    seen_at: int = 0
    told: Callable[[int], None] | None = None


@dataclass(frozen=True, slots=True)
class ChatLimit:
    """At most ``most`` messages in any ``window`` seconds; between two screens there are ``interval`` seconds."""

    most: int
    window: float
    interval: float

    @classmethod
    def of(cls, chat_id: int, interval: float) -> ChatLimit:
        """A person: one in ``interval`` seconds, three at once after a rest. A group: 18 a minute of the 20 allowed."""
        return _limit(interval, in_group=chat_id <= 0)


@cache
def _limit(interval: float, *, in_group: bool) -> ChatLimit:
    """One for all chats of a kind: thousands may have a queue."""
    step = interval * MARGIN
    return ChatLimit(18, 60 * step, 3 * step) if in_group else ChatLimit(3, 3 * step, step)


@dataclass(slots=True)
class QueuedMessage:
    """One reply that waits since ``queued_at``; one that is not drawn yet has ``draw`` in place of ``send``.

    ``held`` says whether it counts among those of which only so many may wait. ``otherwise`` is sent in its place where
    Telegram takes it in no attempt.

    ``failures`` counts attempts that failed, ``tries`` those of them in whose time Telegram has answered others.
    """

    send: SendMessage | None
    screen: bool
    priority: Priority
    queued_at: float
    otherwise: SendMessage | None = None
    tries: int = 0
    failures: int = 0
    tried_at: float = NEVER
    draw: DrawScreen | None = None
    held: bool = False


@dataclass(slots=True)
class ChatQueue:
    """The replies that wait for one chat, in order, and when the next message to it may leave.

    ``running``: its replies are being sent, or stand in line since ``in_line_since``. ``bulk_waiting`` counts bulk
    messages to the chat, which wait elsewhere; ``bulk_in_flight``: one of them is on its way.
    """

    chat_id: int
    limit: ChatLimit
    messages: list[QueuedMessage] = field(default_factory=list)
    running: bool = False
    bulk_waiting: int = 0
    bulk_in_flight: bool = False
    in_line_since: float = NEVER
    _sent_at: tuple[float, ...] = ()
    _next_screen_at: float = NEVER
    _paused_until: float = NEVER

    def put(self, message: QueuedMessage) -> QueuedMessage | None:
        """Add ``message`` at the end; returns the older screen that it replaces, so that as many wait as before."""
        older = self._waiting_screen() if message.screen else None
        if older is not None:
            self.messages.remove(older)
        self.messages.append(message)
        return older

    def put_back(self, message: QueuedMessage) -> bool:
        """Add ``message`` in front again; False where a newer screen waits, which replaces it."""
        if message.screen and self._waiting_screen() is not None:
            return False
        self.messages.insert(0, message)
        return True

    @property
    def full(self) -> bool:
        """True when one more would be too many."""
        return len(self.messages) >= MOST_QUEUED

    def wait(self, now: float, *, screen: bool) -> float:
        """Seconds until a message may leave, 0 or less when it may now."""
        at = self._paused_until
        if len(self._sent_at) >= self.limit.most:
            at = max(at, self._sent_at[0] + self.limit.window)
        return (max(at, self._next_screen_at) if screen else at) - now

    def wait_for_reply(self, now: float) -> float:
        """Seconds until the first message in the queue may leave, 0 or less when it may now."""
        return self.wait(now, screen=bool(self.messages) and self.messages[0].screen)

    def wait_for_bulk(self, now: float) -> float:
        """Seconds until a bulk message may leave, 0 or less when it may now: an interval after any other message.

        While another message is on its way only an estimate: after so many seconds the caller has to ask again.
        """
        if not self.limit.interval:
            return self._paused_until - now
        if self.running or self.bulk_in_flight:
            return self.limit.interval
        interval_left = self._sent_at[-1] + self.limit.interval - now if self._sent_at else NEVER
        return max(interval_left, self.wait(now, screen=False))

    def note_sent(self, now: float, *, screen: bool) -> None:
        """A message leaves now."""
        self._sent_at = (*self._sent_at, now)[-self.limit.most :]
        if screen:
            self._next_screen_at = now + self.limit.interval

    def note_answered(self, now: float) -> None:
        """The answer to the message that left last came now: Telegram counts it from now on at the latest."""
        if self._sent_at:
            *before, last = self._sent_at
            self._sent_at = (*before, max(last, now))

    def pause(self, until: float, *, limit_reached: bool) -> None:
        """Let nothing leave before ``until``; a pause that would end earlier than the present one shortens nothing.

        ``limit_reached``: Telegram says that the chat had too many messages, so after the pause they leave one by one,
        not three at once.
        """
        self._paused_until = max(self._paused_until, until)
        if limit_reached:
            step = self.limit.window / self.limit.most
            self._sent_at = tuple(self._paused_until - step * before for before in range(self.limit.most, 0, -1))

    def paused_for(self, now: float) -> float:
        """Seconds until the chat's pause is over; 0 if there is none."""
        return max(0.0, self._paused_until - now)

    @property
    def idle_at(self) -> float:
        """From when on the queue, if nothing is put into it, says the same as a new one."""
        last = self._sent_at[-1] + self.limit.window if self._sent_at else self._paused_until
        return max(last, self._paused_until, self._next_screen_at)

    def _waiting_screen(self) -> QueuedMessage | None:
        return next((message for message in self.messages if message.screen), None)


class ChatQueues:
    """A queue for every chat, forgotten when it is empty and its limits allow everything again."""

    def __init__(self, interval: float, monotonic: Callable[[], float]) -> None:
        self._interval = interval
        self._monotonic = monotonic
        self._queues: dict[int, ChatQueue] = {}
        self._released: list[tuple[float, int]] = []  # a heap of (idle_at, chat)

    def __len__(self) -> int:
        """How many chats have a queue."""
        return len(self._queues)

    def busy(self, chat_id: int) -> bool:
        """True while a reply to this chat waits or is on its way."""
        queue = self._queues.get(chat_id)
        return queue is not None and queue.running

    def remembers(self, chat_id: int) -> bool:
        """True while anything to this chat waits, or its limits still know of what has left."""
        queue = self._queues.get(chat_id)
        return queue is not None and (queue.running or queue.idle_at > self._monotonic())

    def get(self, chat_id: int) -> ChatQueue:
        """The queue of a chat, perhaps a new one; to be given to ``release`` afterwards."""
        queue = self._queues.get(chat_id)
        if queue is None:
            self._forget_idle()
            queue = self._queues[chat_id] = ChatQueue(chat_id, ChatLimit.of(chat_id, self._interval))
        return queue

    def release(self, chat_id: int, queue: ChatQueue) -> None:
        """The caller needs the queue no more; it is forgotten when it is idle."""
        heapq.heappush(self._released, (queue.idle_at, chat_id))

    def _forget_idle(self) -> None:
        now = self._monotonic()
        while self._released and self._released[0][0] <= now:
            _, chat_id = heapq.heappop(self._released)
            queue = self._queues.get(chat_id)
            if queue is not None and not queue.running and not queue.bulk_waiting and queue.idle_at <= now:
                del self._queues[chat_id]
