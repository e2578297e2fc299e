"""Replies at work: when a message leaves, what happens when Telegram refuses it, and how much may wait."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import structlog

from handlers.outgoing.circuit_breaker import Pause
from handlers.outgoing.fair_semaphore import FairSemaphore
from handlers.outgoing.rate_limiter import HOUR, Permit
from handlers.outgoing.telegram_errors import Accepted, Judgement, Verdict, attempt

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable

    from bot.tasks import Tasks
    from handlers.outgoing.chat_queues import ChatQueue, ChatQueues, QueuedMessage
    from handlers.outgoing.rate_limiter import RateLimiter, Timing
    from handlers.outgoing.sliding_window import Slot

log = structlog.get_logger(__name__)

SCREEN_TRIES: Final = 6
"""A screen is had again by a press."""
TRIES: Final = 12
"""About a minute: a receipt is not had again."""


@dataclass(frozen=True, slots=True)
class ChatListeners:
    """Who hears of chats that are gone or have moved."""

    blocked: Callable[[int], None]
    moved: Callable[[int, int], None]


class Delivery:
    """Replies to chats: in order and at a pace within each, ``in_flight`` at once over all, ``waiting`` at most."""

    def __init__(
        self,
        tasks: Tasks,
        timing: Timing,
        *,
        limiter: RateLimiter,
        queues: ChatQueues,
        links: ChatListeners,
        counts: Counter[str],
        in_flight: int,
        waiting: int,
    ) -> None:
        self._tasks = tasks
        self._timing = timing
        self._limiter = limiter
        self._queues = queues
        self._links = links
        self._counts = counts
        self._in_flight = in_flight
        self._slots = FairSemaphore(in_flight)
        self._room = asyncio.Semaphore(waiting)
        self._under_way = 0
        self._line_free = asyncio.Event()
        self._line_free.set()
        self._pauses = Pause()
        self.waiting = 0
        """How many messages are queued or on their way."""

    async def put(self, chat_id: int, message: QueuedMessage) -> None:
        """Queue ``message``; waits while too much is on its way or queued."""
        await self._line_free.wait()
        await self._room.acquire()
        self.waiting += 1
        queue = self._queues.queue(chat_id)
        if queue.full and not message.screen:
            self._gone()
            self._counts["dropped"] += 1
            log.warning("too many messages for one chat")
            return
        if not queue.put(message):
            self._gone()
            self._counts["replaced"] += 1
        if not queue.running:
            queue.running = True
            self._tasks.start(self._run(chat_id, queue), name="replies")

    async def _run(self, key: int, queue: ChatQueue) -> None:
        """Send what the queue holds until it is empty."""
        try:
            while queue.messages:
                await self._wait_for(queue)
                async with self._slots:
                    slot = await self._limiter.reply()
                    if queue.wait_to_answer(self._timing.monotonic()) > 0:
                        self._limiter.unused(slot)  # paused meanwhile, by what bulk was told
                    else:
                        await self._first(queue, slot)
        finally:
            for _ in queue.messages:
                self._gone()
            queue.messages.clear()
            queue.running = False
            self._queues.rest(key, queue)

    async def _wait_for(self, queue: ChatQueue) -> None:
        while (wait := queue.wait_to_answer(self._timing.monotonic())) > 0:
            await self._timing.sleep(wait)

    async def _first(self, queue: ChatQueue, slot: Slot) -> None:
        """Try to deliver the first message of the queue, chosen only now: a newer screen may stand in its place."""
        message = queue.messages.popleft()
        kept = False
        try:
            kept = await self._deliver(queue, message, slot)
        finally:
            if not kept:
                self._gone()

    async def _deliver(self, queue: ChatQueue, message: QueuedMessage, slot: Slot) -> bool:
        """One try; True when the message is in line again."""
        queue.left(self._timing.monotonic(), screen=message.screen)
        outcome = await self._try(queue, message, slot)
        if isinstance(outcome, Accepted):
            self._counts["sent"] += 1
            return False
        self._counts[outcome.verdict.name.lower()] += 1
        match outcome.verdict:
            case Verdict.WAIT:
                self._pause(queue, outcome.seconds)
            case Verdict.AGAIN:
                message.tries += 1
                if message.tries >= (SCREEN_TRIES if message.screen else TRIES):
                    self._counts["dropped"] += 1
                    log.warning("given up", tries=message.tries)
                    return False
                queue.pause(self._timing.monotonic() + self._timing.backoff(message.tries - 1), spent=False)
            case Verdict.MOVED:
                self._links.moved(queue.chat_id, outcome.chat_id)
                queue.chat_id = outcome.chat_id
            case Verdict.GONE:
                self._abandon(queue)
                return False
            case _:
                return False
        return queue.put_back(message)

    async def _try(self, queue: ChatQueue, message: QueuedMessage, slot: Slot) -> Accepted | Judgement:
        permit = Permit(self._timing, self._limiter, slot, partial(self._another, queue))
        self._under_way += 1
        if self._under_way >= self._in_flight:
            self._line_free.clear()
        try:
            return await attempt(message.work(queue.chat_id, permit))
        finally:
            self._under_way -= 1
            self._line_free.set()
            permit.close()
            queue.landed(self._timing.monotonic())

    async def _another(self, queue: ChatQueue) -> Slot:
        """A slot for one more call of the same message; the chat counts it too."""
        while (wait := queue.wait(self._timing.monotonic(), screen=False)) > 0:
            await self._timing.sleep(wait)
        slot = await self._limiter.reply()
        queue.left(self._timing.monotonic(), screen=False)
        return slot

    def _pause(self, queue: ChatQueue, seconds: float) -> None:
        now = self._timing.monotonic()
        queue.pause(now + seconds, spent=True)
        (log.error if seconds > HOUR else log.warning)("telegram says too fast", seconds=seconds)
        if (all_for := self._pauses.refused(queue.chat_id, seconds, now)) > 0:
            self._counts["paused_for"] += 1
            self._limiter.hold(all_for)

    def _gone(self) -> None:
        self.waiting -= 1
        self._room.release()

    def _abandon(self, queue: ChatQueue) -> None:
        """Nobody is there: what was meant for them goes."""
        for _ in queue.messages:
            self._gone()
        queue.messages.clear()
        self._links.blocked(queue.chat_id)
