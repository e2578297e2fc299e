"""The lanes at work: when a message leaves, what happens when Telegram refuses it, and how much may wait."""

from __future__ import annotations

import asyncio
import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import structlog
from telegram.error import TelegramError

from handlers.lanes import Halt, Job, Lane, Pace
from handlers.refusals import Judgement, Verdict, judge

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Awaitable, Callable

    from bot.tasks import Tasks

log = structlog.get_logger(__name__)

SCREEN_TRIES: Final = 6
"""A screen is had again by a press."""
TRIES: Final = 12
"""About a minute: a receipt is not had again."""
HOUR: Final = 3600.0


@dataclass(frozen=True, slots=True)
class World:
    """Time and chance, as arguments."""

    monotonic: Callable[[], float]
    sleep: Callable[[float], Awaitable[None]]
    jitter: Callable[[], float]

    def backoff(self, tries: int) -> float:
        """Seconds before the next try after ``tries`` failed ones: doubling to 5, never two people's at once."""
        return min(0.3 * 2.0**tries, 5.0) * (0.5 + self.jitter() / 2)


@dataclass(frozen=True, slots=True)
class Links:
    """Who hears of chats that are gone or have moved."""

    blocked: Callable[[int], None]
    moved: Callable[[int, int], None]


async def attempt(call: Awaitable[Any]) -> Judgement | None:
    """One try; None when Telegram accepted, else what it meant. Its words go to the log, ours never do."""
    try:
        await call
    except TelegramError as refused:
        error = refused
    else:
        return None
    judgement = judge(error)
    if judgement.verdict is Verdict.WRONG:
        # what stands in quotation marks may be a person's words
        log.error("telegram refused", error=type(error).__name__, words=error.message.partition('"')[0])
    else:
        log.debug("telegram refused", verdict=judgement.verdict.name, error=type(error).__name__)
    return judgement


class Dispatch:
    """Messages to chats: in order and at a pace within each, ``in_flight`` at once over all, ``waiting`` at most."""

    def __init__(
        self,
        tasks: Tasks,
        world: World,
        links: Links,
        counts: Counter[str],
        *,
        interval: float,
        in_flight: int,
        waiting: int,
    ) -> None:
        self._tasks = tasks
        self._world = world
        self._links = links
        self._counts = counts
        self._interval = interval
        self._slots = asyncio.Semaphore(in_flight)
        self._room = asyncio.Semaphore(waiting)
        self._lanes: dict[int, Lane] = {}
        self._resting: list[tuple[float, int]] = []
        self._halt = Halt()
        self.waiting = 0
        """How many messages are queued or on their way."""

    def __len__(self) -> int:
        """How many chats are remembered."""
        return len(self._lanes)

    def busy(self, chat_id: int) -> bool:
        """True while something waits for or is on its way to this chat."""
        lane = self._lanes.get(chat_id)
        return lane is not None and lane.running

    async def put(self, chat_id: int, job: Job) -> None:
        """Queue ``job``; waits while too much is on its way or queued."""
        if self._slots.locked():
            async with self._slots:
                pass
        await self._room.acquire()
        self.waiting += 1
        lane = self._lane(chat_id)
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

    def _lane(self, chat_id: int) -> Lane:
        lane = self._lanes.get(chat_id)
        if lane is None:
            self._forget_rested()
            lane = self._lanes[chat_id] = Lane(chat_id, Pace.of(chat_id, self._interval))
        return lane

    def _forget_rested(self) -> None:
        """Lanes are remembered only as long as their pace matters, so memory follows the present, not the past."""
        now = self._world.monotonic()
        while self._resting and self._resting[0][0] <= now:
            _, key = heapq.heappop(self._resting)
            lane = self._lanes.get(key)
            if lane is not None and not lane.running and lane.rested_at <= now:
                del self._lanes[key]

    async def _run(self, key: int, lane: Lane) -> None:
        """Send what the lane holds until it is empty."""
        try:
            while lane.jobs:
                await self._wait_for_turn(lane)
                job = lane.jobs.popleft()
                kept = False
                try:
                    kept = await self._deliver(lane, job)
                finally:
                    if not kept:
                        self._gone()
        finally:
            for _ in lane.jobs:
                self._gone()
            lane.jobs.clear()
            lane.running = False
            heapq.heappush(self._resting, (lane.rested_at, key))

    async def _wait_for_turn(self, lane: Lane) -> None:
        while True:
            while (wait := self._wait(lane)) > 0:
                await self._world.sleep(wait)
            if (turn := self._halt.turn(self._world.monotonic())) <= 0:
                return
            await self._world.sleep(turn)
            if self._wait(lane) <= 0:
                return

    def _wait(self, lane: Lane) -> float:
        now = self._world.monotonic()
        return max(lane.wait(now), self._halt.wait(now))

    async def _deliver(self, lane: Lane, job: Job) -> bool:
        """One try; True when the job is in line again."""
        async with self._slots:
            lane.left(job, self._world.monotonic())
            refused = await attempt(job.work(lane.chat_id))
        if refused is None:
            self._counts["sent"] += 1
            return False
        self._counts[refused.verdict.name.lower()] += 1
        match refused.verdict:
            case Verdict.WAIT:
                self._pause(lane, refused.seconds)
            case Verdict.AGAIN:
                job.tries += 1
                if job.tries >= (SCREEN_TRIES if job.screen else TRIES):
                    self._counts["dropped"] += 1
                    log.warning("given up", tries=job.tries)
                    return False
                lane.pause(self._world.monotonic() + self._world.backoff(job.tries - 1), spent=False)
            case Verdict.MOVED:
                self._links.moved(lane.chat_id, refused.chat_id)
                lane.chat_id = refused.chat_id
            case Verdict.GONE:
                self._abandon(lane)
                return False
            case _:
                return False
        return lane.put_back(job)

    def _pause(self, lane: Lane, seconds: float) -> None:
        now = self._world.monotonic()
        lane.pause(now + seconds, spent=True)
        if self._halt.refused(lane.chat_id, seconds, now):
            self._counts["halted"] += 1
        (log.error if seconds > HOUR else log.warning)("telegram says too fast", seconds=seconds)

    def _gone(self) -> None:
        self.waiting -= 1
        self._room.release()

    def _abandon(self, lane: Lane) -> None:
        """Nobody is there: what was meant for them goes."""
        for _ in lane.jobs:
            self._gone()
        lane.jobs.clear()
        self._links.blocked(lane.chat_id)
