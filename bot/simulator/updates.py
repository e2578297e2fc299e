"""The queue of updates: which wait for the bot, for how long, and when they are confirmed."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.simulator.refusals import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from bot.simulator.messages import Json

PRESS_LIFETIME = 150.0
"""Seconds for which a press waits for the bot, and may be answered."""

UPDATE_LIFETIME = 24 * 3600.0
"""Seconds for which any other update waits."""

LONGEST_POLL = 50
"""Seconds for which a long poll waits at most."""

OPT_IN_UPDATES = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds of update that Telegram sends only to bots that ask for them."""

ANOTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(slots=True, eq=False)
class QueuedUpdate:
    """An update that waits; a webhook gets updates of one ``order_key`` in order; ``expires`` is seconds since 1970."""

    id: int
    serial: int
    update: Json
    order_key: Hashable
    expires: float
    done: bool = False


class UpdateQueue:
    """First in, first out; confirmed from the front by an offset, or one by one by a webhook's 2xx."""

    def __init__(self, *, now: Callable[[], float], monotonic: Callable[[], float]) -> None:
        self.next_id = 100_001
        self.allowed: list[str] = []
        self.arrived: Callable[[QueuedUpdate], None] | None = None
        """Called with every new update instead of ending a long poll, while a webhook is set."""
        self._now, self._monotonic = now, monotonic
        self._queue: deque[QueuedUpdate] = deque()
        self._serial = 0
        self._waiter: asyncio.Future[None] | None = None
        self._awaiting: list[tuple[int, asyncio.Future[None]]] = []
        self._last_poll: tuple[int, float] = (-1, float("-inf"))
        self._next_expiry = float("inf")

    def __len__(self) -> int:
        self.expire()
        return sum(not queued.done for queued in self._queue)

    @property
    def polled(self) -> bool:
        """Whether a long poll is open."""
        return self._waiter is not None

    def waiting(self) -> list[QueuedUpdate]:
        """The updates that are not confirmed, oldest first."""
        self.expire()
        return [queued for queued in self._queue if not queued.done]

    def put(self, kind: str, body: Json, *, order_key: Hashable = None) -> int:
        """Queue ``body`` as an update of ``kind``, where the bot asks for that kind; returns its id."""
        update_id = self.next_id
        self.next_id += 1
        if (kind in self.allowed) if self.allowed else (kind not in OPT_IN_UPDATES):
            lifetime = PRESS_LIFETIME if kind == "callback_query" else UPDATE_LIFETIME
            self._append(update_id, {"update_id": update_id, kind: body}, (kind, order_key), lifetime)
        return update_id

    def put_raw(self, update: Json) -> int:
        """Queue any object as an update; an ``update_id`` is added where there is none."""
        own = update.get("update_id")
        if isinstance(own, int) and not isinstance(own, bool):
            self.next_id = own
        update_id = self.next_id
        self.next_id += 1
        self._append(update_id, {"update_id": update_id, **update}, ("raw", None), UPDATE_LIFETIME)
        return update_id

    def _append(self, update_id: int, update: Json, order_key: Hashable, lifetime: float) -> None:
        self._serial += 1
        queued = QueuedUpdate(update_id, self._serial, update, order_key, self._now() + lifetime)
        self._next_expiry = min(self._next_expiry, queued.expires)
        self._queue.append(queued)
        if self.arrived is not None:
            self.arrived(queued)
        elif self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def poll(self, *, offset: int, limit: int, wait: float) -> list[Json]:
        """The answer of getUpdates, which waits up to ``wait`` seconds; an earlier call that waits is refused with 409.

        The same offset within half a second brings one update; within three seconds it waits at least three.
        """
        self.interrupt(ANOTHER_POLLER)
        self.confirm(offset)
        now, (previous, at) = self._monotonic(), self._last_poll
        self._last_poll = (offset, now)
        if offset == previous and now < at + 0.5:
            limit = 1
        if offset == previous and now < at + 3.0:
            wait = max(wait, 3.0)
        limit = limit if 1 <= limit <= 100 else 100
        if not (ready := self._ready(limit)) and wait > 0:
            await self._wait(min(wait, LONGEST_POLL))
            ready = self._ready(limit)
        return ready

    def interrupt(self, reason: str) -> None:
        """End an open long poll with 409 and ``reason``."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(RefusedError(409, reason))

    async def _wait(self, seconds: float) -> None:
        waiter = self._waiter = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(waiter, seconds)
        except TimeoutError:
            pass
        finally:
            if self._waiter is waiter:
                self._waiter = None

    def _ready(self, limit: int) -> list[Json]:
        self.expire()
        ready = []
        for queued in self._queue:
            if not queued.done:
                ready.append(queued.update)
                if len(ready) == limit:
                    break
        return ready

    def confirm(self, offset: int) -> None:
        """Confirm all below ``offset``; a negative one leaves that many of the newest; one far ahead is ignored."""
        if offset < 0:
            waiting = [queued for queued in self._queue if not queued.done]
            for queued in waiting[:offset]:
                queued.done = True
        elif offset <= self.next_id + 10:
            for queued in self._queue:
                if queued.id >= offset:
                    break
                queued.done = True
        self._tidy()

    def take(self, queued: QueuedUpdate) -> None:
        """Confirm one update, for which a webhook has answered 2xx."""
        queued.done = True
        self._tidy()

    def drop(self) -> None:
        """Confirm everything that waits."""
        for queued in self._queue:
            queued.done = True
        self._tidy()

    def expire(self) -> None:
        """Drop what has waited too long: a press 150 seconds, any other update a day."""
        now = self._now()
        if now < self._next_expiry:
            return
        for queued in self._queue:
            if queued.expires <= now:
                queued.done = True
        self._next_expiry = min((queued.expires for queued in self._queue if not queued.done), default=float("inf"))
        self._tidy()

    async def settled(self) -> None:
        """Return when every update queued so far is confirmed or has expired."""
        self.expire()
        if self._queue:
            future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._awaiting.append((self._serial, future))
            await future

    def _tidy(self) -> None:
        while self._queue and self._queue[0].done:
            self._queue.popleft()
        if not self._awaiting:
            return
        first = self._queue[0].serial if self._queue else self._serial + 1
        left = []
        for serial, future in self._awaiting:
            if first > serial and not future.done():
                future.set_result(None)
            elif not future.done():
                left.append((serial, future))
        self._awaiting = left
