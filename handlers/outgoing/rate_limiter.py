"""The one way out for messages: thirty a second over all chats, people who press before bulk.

How many that may be is the arithmetic of ``handlers.outgoing.sliding_window``; here messages wait for it.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import structlog

from handlers.outgoing.circuit_breaker import CircuitBreaker
from handlers.outgoing.sliding_window import SlidingWindow

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from handlers.outgoing.sliding_window import Slot

log = structlog.get_logger(__name__)

MESSAGES_A_SECOND: Final = 30
"""Messages a second that Telegram takes from a bot; edits count, answers to presses do not."""
HOUR: Final = 3600.0
"""A longer pause is told to staff."""
PERMIT_LASTS: Final = 0.01
"""Seconds for which a slot is good: its message leaves at once or needs another."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Time and chance, as arguments."""

    monotonic: Callable[[], float]
    sleep: Callable[[float], Awaitable[None]]
    jitter: Callable[[], float]

    def backoff(self, tries: int) -> float:
        """Seconds before the next try after ``tries`` failed ones: doubling to 5, never two people's at once."""
        return min(0.3 * 2.0**tries, 5.0) * (0.5 + self.jitter() / 2)


class RateLimiter:
    """Where messages wait for their slot: replies in order of arrival, bulk when no reply waits.

    ``on_long_pause(seconds)`` hears of a pause of bulk, or of everything, that lasts longer than an hour.
    """

    def __init__(self, most: int | None, timing: Timing, on_long_pause: Callable[[float], None]) -> None:
        self._timing = timing
        self._on_long_pause = on_long_pause
        self._window = SlidingWindow(most)
        self._breaker = CircuitBreaker()
        self._replies_line = asyncio.Lock()
        self._bulk_line = asyncio.Lock()
        self._replies = 0
        self._no_reply = asyncio.Event()
        self._no_reply.set()
        self._landed = asyncio.Event()

    @property
    def held(self) -> float:
        """Seconds for which no bulk leaves because Telegram said so, 0 where some may."""
        return max(self.paused_for, self._breaker.wait(self._timing.monotonic()))

    @property
    def paused_for(self) -> float:
        """Seconds for which nothing at all leaves, 0 where something may."""
        return max(0.0, self._window.held(self._timing.monotonic()))

    async def reply(self) -> Slot:
        """Return when a reply may leave, which it has to do at once."""
        self._replies += 1
        self._no_reply.clear()
        try:
            async with self._replies_line:
                while (wait := self._window.wait(self._timing.monotonic(), bulk=False)) > 0:
                    await self._timing.sleep(wait)
                return self._window.left(self._timing.monotonic())
        finally:
            self._replies -= 1
            if not self._replies:
                self._no_reply.set()

    async def bulk(self, free: Callable[[], bool]) -> Slot | None:
        """Wait until bulk may leave, which it has to do at once; None where it is not ``free`` to.

        What becomes of it is told by ``settled``.
        """
        async with self._bulk_line:
            while not await self._open_for_bulk():
                pass
            if not free():
                return None
            slot = self._window.left(self._timing.monotonic())
            slot.number = self._breaker.left()
            return slot

    async def _open_for_bulk(self) -> bool:
        """True when bulk may leave now; else some time has passed."""
        if self._replies:
            await self._no_reply.wait()
            return False
        if not self._breaker.open:
            self._landed.clear()
            await self._landed.wait()
            return False
        now = self._timing.monotonic()
        wait = max(self._window.wait(now, bulk=True), self._breaker.wait(now))
        if wait <= 0:
            return True
        await self._timing.sleep(wait)
        return False

    def landed(self, slot: Slot) -> None:
        """The answer to a call is here, whatever it is."""
        self._window.landed(slot, self._timing.monotonic())

    def unused(self, slot: Slot) -> None:
        """Nothing left, and nothing counts."""
        self._window.unused(slot)

    def settled(self, number: int, *, accepted: bool) -> None:
        """What became of bulk: taken, or anything else."""
        if not number:
            return
        self._breaker.landed()
        self._landed.set()
        if accepted:
            self._breaker.accepted(number)

    def refused(self, chat_id: int, seconds: float) -> bool:
        """Bulk was refused by somebody for ``seconds``; True when that stops all bulk."""
        before = self.held
        stopped = self._breaker.refused(chat_id, seconds, self._timing.monotonic())
        self._tell(before)
        return stopped

    def hold(self, seconds: float) -> None:
        """Everything stops for ``seconds``."""
        before = self.held
        self._window.hold(self._timing.monotonic() + seconds)
        self._tell(before)

    def _tell(self, before: float) -> None:
        if before <= HOUR < (held := self.held):
            log.error("telegram takes no bulk for more than an hour", seconds=held)
            self._on_long_pause(held)


class Permit:
    """A slot that was waited for: good for one call at once; ``close`` it when the answer is there.

    Whatever else a message takes (a new message after an edit in vain, a picture that had to wait for its upload)
    waits for a slot of its own: ``another``.
    """

    def __init__(
        self, timing: Timing, limiter: RateLimiter, slot: Slot, another: Callable[[], Awaitable[Slot]]
    ) -> None:
        self._timing = timing
        self._limiter = limiter
        self._slot: Slot | None = slot
        self._used = False
        self._another = another

    async def __call__(self) -> None:
        """Return when the next call may be made, which has to be made at once."""
        now = self._timing.monotonic()
        if self._slot is None or self._used or now - self._slot.left_at > PERMIT_LASTS:
            self.close()
            self._slot = await self._another()
        self._used = True

    def close(self) -> None:
        """The call is over, or there was none."""
        slot, self._slot = self._slot, None
        if slot is not None:
            (self._limiter.landed if self._used else self._limiter.unused)(slot)
