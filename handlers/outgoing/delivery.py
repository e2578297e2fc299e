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
        world: Timing,
        *,
        gate: RateLimiter,
        lanes: ChatQueues,
        links: ChatListeners,
        counts: Counter[str],
        in_flight: int,
        waiting: int,
    ) -> None:
        self._tasks = tasks
        self._world = world
        self._gate = gate
        self._lanes = lanes
        self._links = links
        self._counts = counts
        self._in_flight = in_flight
        self._slots = FairSemaphore(in_flight)
        self._room = asyncio.Semaphore(waiting)
        self._under_way = 0
        self._line_free = asyncio.Event()
        self._line_free.set()
        self._halt = Pause()
        self.waiting = 0
        """How many messages are queued or on their way."""

    async def put(self, chat_id: int, job: QueuedMessage) -> None:
        """Queue ``job``; waits while too much is on its way or queued."""
        await self._line_free.wait()
        await self._room.acquire()
        self.waiting += 1
        lane = self._lanes.lane(chat_id)
        if lane.full and not job.screen:
            self._gone()
            self._counts["dropped"] += 1
            log.warning("too many messages for one chat")
            return
        if not lane.put(job):
            self._gone()
            self._counts["replaced"] += 1
        if not lane.running:
            lane.running = True
            self._tasks.start(self._run(chat_id, lane), name="replies")

    async def _run(self, key: int, lane: ChatQueue) -> None:
        """Send what the lane holds until it is empty."""
        try:
            while lane.jobs:
                await self._wait_for(lane)
                async with self._slots:
                    turn = await self._gate.reply()
                    if lane.wait_to_answer(self._world.monotonic()) > 0:
                        self._gate.unused(turn)  # paused meanwhile, by what bulk was told
                    else:
                        await self._first(lane, turn)
        finally:
            for _ in lane.jobs:
                self._gone()
            lane.jobs.clear()
            lane.running = False
            self._lanes.rest(key, lane)

    async def _wait_for(self, lane: ChatQueue) -> None:
        while (wait := lane.wait_to_answer(self._world.monotonic())) > 0:
            await self._world.sleep(wait)

    async def _first(self, lane: ChatQueue, turn: Slot) -> None:
        """Deliver the first job of the lane, which is chosen only now: a screen that waited may have had successors."""
        job = lane.jobs.popleft()
        kept = False
        try:
            kept = await self._deliver(lane, job, turn)
        finally:
            if not kept:
                self._gone()

    async def _deliver(self, lane: ChatQueue, job: QueuedMessage, turn: Slot) -> bool:
        """One try; True when the job is in line again."""
        lane.left(self._world.monotonic(), screen=job.screen)
        outcome = await self._try(lane, job, turn)
        if isinstance(outcome, Accepted):
            self._counts["sent"] += 1
            return False
        self._counts[outcome.verdict.name.lower()] += 1
        match outcome.verdict:
            case Verdict.WAIT:
                self._pause(lane, outcome.seconds)
            case Verdict.AGAIN:
                job.tries += 1
                if job.tries >= (SCREEN_TRIES if job.screen else TRIES):
                    self._counts["dropped"] += 1
                    log.warning("given up", tries=job.tries)
                    return False
                lane.pause(self._world.monotonic() + self._world.backoff(job.tries - 1), spent=False)
            case Verdict.MOVED:
                self._links.moved(lane.chat_id, outcome.chat_id)
                lane.chat_id = outcome.chat_id
            case Verdict.GONE:
                self._abandon(lane)
                return False
            case _:
                return False
        return lane.put_back(job)

    async def _try(self, lane: ChatQueue, job: QueuedMessage, turn: Slot) -> Accepted | Judgement:
        ticket = Permit(self._world, self._gate, turn, partial(self._another, lane))
        self._under_way += 1
        if self._under_way >= self._in_flight:
            self._line_free.clear()
        try:
            return await attempt(job.work(lane.chat_id, ticket))
        finally:
            self._under_way -= 1
            self._line_free.set()
            ticket.close()
            lane.landed(self._world.monotonic())

    async def _another(self, lane: ChatQueue) -> Slot:
        """A turn for one more call of the same message; the chat counts it too."""
        while (wait := lane.wait(self._world.monotonic(), screen=False)) > 0:
            await self._world.sleep(wait)
        turn = await self._gate.reply()
        lane.left(self._world.monotonic(), screen=False)
        return turn

    def _pause(self, lane: ChatQueue, seconds: float) -> None:
        now = self._world.monotonic()
        lane.pause(now + seconds, spent=True)
        (log.error if seconds > HOUR else log.warning)("telegram says too fast", seconds=seconds)
        if (all_for := self._halt.refused(lane.chat_id, seconds, now)) > 0:
            self._counts["halted"] += 1
            self._gate.hold(all_for)

    def _gone(self) -> None:
        self.waiting -= 1
        self._room.release()

    def _abandon(self, lane: ChatQueue) -> None:
        """Nobody is there: what was meant for them goes."""
        for _ in lane.jobs:
            self._gone()
        lane.jobs.clear()
        self._links.blocked(lane.chat_id)
