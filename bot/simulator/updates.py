"""The queue of updates: what waits for the bot, for how long, and when it counts as taken."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.simulator.refusals import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

Json = dict[str, Any]

PRESS_WAITS = 150.0
UPDATE_WAITS = 24 * 3600.0
HELD_AT_MOST = 50
OPTIONAL = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds that Telegram sends only to bots that ask for them."""

ANOTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(slots=True, eq=False)
class QueuedUpdate:
    """An update that waits; ``lane`` names whose it is, ``expires`` is in seconds of the wall clock."""

    id: int
    serial: int
    update: Json
    lane: Hashable
    expires: float
    done: bool = False


class UpdateQueue:
    """First in, first out; confirmed from the front by an offset, or one by one by a webhook's 2xx."""

    def __init__(self, *, now: Callable[[], float], monotonic: Callable[[], float]) -> None:
        self.next_id = 100_001
        self.allowed: list[str] = []
        self.arrived: Callable[[QueuedUpdate], None] | None = None
        """Told of every new update: the webhook, where one is set."""
        self._now, self._monotonic = now, monotonic
        self._queue: deque[QueuedUpdate] = deque()
        self._serial = 0
        self._waiter: asyncio.Future[None] | None = None
        self._settling: list[tuple[int, asyncio.Future[None]]] = []
        self._last_poll: tuple[int, float] = (-1, float("-inf"))
        self._soonest = float("inf")

    def __len__(self) -> int:
        self.expire()
        return sum(not queued.done for queued in self._queue)

    @property
    def held(self) -> bool:
        """Whether a long poll waits at this moment."""
        return self._waiter is not None

    def waiting(self) -> list[QueuedUpdate]:
        """What is not taken yet, oldest first."""
        self.expire()
        return [queued for queued in self._queue if not queued.done]

    def put(self, kind: str, body: Json, *, lane: Hashable = None) -> int:
        """Queue ``body`` as an update of ``kind``, unless the bot did not ask for that kind; returns its id."""
        update_id = self.next_id
        self.next_id += 1
        if (kind in self.allowed) if self.allowed else (kind not in OPTIONAL):
            waits = PRESS_WAITS if kind == "callback_query" else UPDATE_WAITS
            self._append(
                QueuedUpdate(update_id, 0, {"update_id": update_id, kind: body}, (kind, lane), self._now() + waits)
            )
        return update_id

    def put_raw(self, update: Json) -> int:
        """Queue anything at all; an ``update_id`` is added where there is none."""
        own = update.get("update_id")
        if isinstance(own, int) and not isinstance(own, bool):
            self.next_id = own
        update_id = self.next_id
        self.next_id += 1
        self._append(
            QueuedUpdate(update_id, 0, {"update_id": update_id, **update}, ("raw", None), self._now() + UPDATE_WAITS)
        )
        return update_id

    def _append(self, queued: QueuedUpdate) -> None:
        self._serial += 1
        queued.serial = self._serial
        self._soonest = min(self._soonest, queued.expires)
        self._queue.append(queued)
        if self.arrived is not None:
            self.arrived(queued)
        elif self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def poll(self, *, offset: int, limit: int, hold: float) -> list[Json]:
        """What getUpdates answers; an earlier call that still waits is refused with 409.

        Repeating an offset within half a second brings one update, within three seconds waits as long for the first.
        """
        self.interrupt(ANOTHER_POLLER)
        self.confirm(offset)
        now, (previous, at) = self._monotonic(), self._last_poll
        self._last_poll = (offset, now)
        if offset == previous and now < at + 0.5:
            limit = 1
        if offset == previous and now < at + 3.0:
            hold = max(hold, 3.0)
        limit = limit if 1 <= limit <= 100 else 100
        if not (ready := self._ready(limit)) and hold > 0:
            await self._wait(min(hold, HELD_AT_MOST))
            ready = self._ready(limit)
        return ready

    def interrupt(self, reason: str) -> None:
        """End a call that waits, if there is one, with 409."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(RefusedError(409, reason))

    async def _wait(self, hold: float) -> None:
        waiter = self._waiter = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(waiter, hold)
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
        """Forget all below ``offset``; a negative one keeps that many of the newest; one from the future is ignored."""
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
        """A webhook has answered for this one."""
        queued.done = True
        self._tidy()

    def drop(self) -> None:
        """Forget everything that waits."""
        for queued in self._queue:
            queued.done = True
        self._tidy()

    def expire(self) -> None:
        """Forget what has waited too long: a press 150 seconds, anything else a day."""
        now = self._now()
        if now < self._soonest:
            return
        for queued in self._queue:
            if queued.expires <= now:
                queued.done = True
        self._soonest = min((queued.expires for queued in self._queue if not queued.done), default=float("inf"))
        self._tidy()

    async def settled(self) -> None:
        """Return when everything queued so far is taken or has expired."""
        self.expire()
        if self._queue:
            future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._settling.append((self._serial, future))
            await future

    def _tidy(self) -> None:
        while self._queue and self._queue[0].done:
            self._queue.popleft()
        if not self._settling:
            return
        first = self._queue[0].serial if self._queue else self._serial + 1
        left = []
        for serial, future in self._settling:
            if first > serial and not future.done():
                future.set_result(None)
            elif not future.done():
                left.append((serial, future))
        self._settling = left
