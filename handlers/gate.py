"""The one way out for messages: thirty a second over all chats, people who press before bulk.

Telegram counts what it gets in sliding seconds. We count thirty in a little more than a second, because a network
delays one message more than the next. ``Allowance`` is the arithmetic, ``Gate`` is where messages wait for it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import structlog

from handlers.holds import NEVER, Caution

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

log = structlog.get_logger(__name__)

OVERALL: Final = 30
"""Messages a second that Telegram takes from a bot; edits count, answers to presses do not."""
MARGIN: Final = 1.015
"""How much longer than Telegram's our windows are."""
HOUR: Final = 3600.0
"""A longer pause is told to staff."""
AT_ONCE: Final = 0.01
"""Seconds for which a turn is good: its message leaves at once or needs another."""


@dataclass(frozen=True, slots=True)
class World:
    """Time and chance, as arguments."""

    monotonic: Callable[[], float]
    sleep: Callable[[float], Awaitable[None]]
    jitter: Callable[[], float]

    def backoff(self, tries: int) -> float:
        """Seconds before the next try after ``tries`` failed ones: doubling to 5, never two people's at once."""
        return min(0.3 * 2.0**tries, 5.0) * (0.5 + self.jitter() / 2)


class Allowance:
    """At most ``most`` messages in any ``MARGIN`` seconds; None allows any number.

    Bulk leaves in even steps, and every message, bulk or not, puts the next of bulk off by a step: so the log never
    fills up in lumps, and whoever comes between bulk waits one step, not a second.
    """

    def __init__(self, most: int | None) -> None:
        self._most = most
        self._left: deque[float] = deque(maxlen=most or 0)
        self._step = MARGIN / most if most else 0.0
        self._bulk_at = NEVER
        self._until = NEVER

    def wait(self, now: float, *, bulk: bool) -> float:
        """Seconds until one more may leave, 0 or less when it may now."""
        at = max(self._until, self._bulk_at) if bulk else self._until
        if self._left and len(self._left) == self._most:
            at = max(at, self._left[0] + MARGIN)
        return at - now

    def left(self, now: float) -> None:
        """One leaves now. Who was woken a little late does not put off the next, or the mean would sink."""
        self._left.append(now)
        on_time = now - self._bulk_at < self._step / 2
        self._bulk_at = (self._bulk_at if on_time else now) + self._step

    def hold(self, until: float) -> None:
        """Nothing leaves before ``until``; then one after another, as if the second before had been a full one."""
        self._until = max(self._until, until)
        if self._most:
            each = MARGIN / self._most
            full = [self._until - each * before for before in range(self._most, 0, -1)]
            real = [NEVER] * (self._most - len(self._left)) + list(self._left)
            self._left.extend(max(pair) for pair in zip(full, real, strict=True))

    def held(self, now: float) -> float:
        """Seconds for which nothing leaves at all, 0 or less when something may."""
        return self._until - now


class Gate:
    """Where messages wait for their turn: replies in order of arrival, bulk when no reply waits.

    ``on_long_pause(seconds)`` hears of a pause of bulk, or of everything, that lasts longer than an hour.
    """

    def __init__(self, most: int | None, world: World, on_long_pause: Callable[[float], None]) -> None:
        self._world = world
        self._on_long_pause = on_long_pause
        self._allowance = Allowance(most)
        self._caution = Caution()
        self._replies_line = asyncio.Lock()
        self._bulk_line = asyncio.Lock()
        self._replies = 0
        self._no_reply = asyncio.Event()
        self._no_reply.set()
        self._landed = asyncio.Event()

    @property
    def held(self) -> float:
        """Seconds for which no bulk leaves because Telegram said so, 0 where some may."""
        return max(self.halted, self._caution.wait(self._world.monotonic()))

    @property
    def halted(self) -> float:
        """Seconds for which nothing at all leaves, 0 where something may."""
        return max(0.0, self._allowance.held(self._world.monotonic()))

    async def reply(self) -> None:
        """Return when a reply may leave, which it has to do at once."""
        self._replies += 1
        self._no_reply.clear()
        try:
            async with self._replies_line:
                while (wait := self._allowance.wait(self._world.monotonic(), bulk=False)) > 0:
                    await self._world.sleep(wait)
                self._allowance.left(self._world.monotonic())
        finally:
            self._replies -= 1
            if not self._replies:
                self._no_reply.set()

    async def bulk(self, free: Callable[[], bool]) -> int | None:
        """Wait until bulk may leave: the number of what has to leave at once, None where it is not ``free`` to.

        Every number is handed back by ``landed``.
        """
        async with self._bulk_line:
            while not await self._open_for_bulk():
                pass
            if not free():
                return None
            self._allowance.left(self._world.monotonic())
            return self._caution.left()

    async def _open_for_bulk(self) -> bool:
        """True when bulk may leave now; else some time has passed."""
        if self._replies:
            await self._no_reply.wait()
            return False
        if not self._caution.open:
            self._landed.clear()
            await self._landed.wait()
            return False
        now = self._world.monotonic()
        wait = max(self._allowance.wait(now, bulk=True), self._caution.wait(now))
        if wait <= 0:
            return True
        await self._world.sleep(wait)
        return False

    def landed(self, number: int, *, accepted: bool) -> None:
        """What became of a numbered one: taken, or anything else."""
        self._caution.landed()
        self._landed.set()
        if accepted:
            self._caution.accepted(number)

    def refused(self, chat_id: int, seconds: float) -> bool:
        """Bulk was refused by somebody for ``seconds``; True when that stops all bulk."""
        before = self.held
        stopped = self._caution.refused(chat_id, seconds, self._world.monotonic())
        self._tell(before)
        return stopped

    def hold(self, seconds: float) -> None:
        """Everything stops for ``seconds``."""
        before = self.held
        self._allowance.hold(self._world.monotonic() + seconds)
        self._tell(before)

    def _tell(self, before: float) -> None:
        if before <= HOUR < (held := self.held):
            log.error("telegram takes no bulk for more than an hour", seconds=held)
            self._on_long_pause(held)


class Ticket:
    """A turn that was waited for: good for one call at once.

    Whatever else a message takes (a new message after an edit in vain, a picture that had to wait for its upload)
    waits for a turn of its own: ``another``.
    """

    def __init__(self, world: World, another: Callable[[], Awaitable[None]]) -> None:
        self._world = world
        self._another = another
        self._good_until = world.monotonic() + AT_ONCE

    async def __call__(self) -> None:
        """Return when the next call may be made, which has to be made at once."""
        good_until, self._good_until = self._good_until, NEVER
        if self._world.monotonic() > good_until:
            await self._another()
