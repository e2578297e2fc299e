"""A semaphore that lets waiters in by priority, of the same priority in the order in which they came.

A waiter leaves it at no cost: ``asyncio.Semaphore`` looks through all waiters for each one that is cancelled, which
with twenty thousand at the end of a process takes longer than the process has.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class Priority(IntEnum):
    """Which replies go first: the smaller number."""

    ONLY_ANSWER = 0
    """Nothing else has told the person that their message has arrived: a receipt, the answer to /start, an apology."""
    AFTER_TOAST = 1
    """The screen of a press, whose toast has said that it counts."""
    UNASKED = 2
    """A screen that nobody has asked for: it turned by itself, as everybody's does in a hall."""


class FairSemaphore:
    """``async with semaphore.entered(priority):`` goes on when fewer than ``most`` are within."""

    def __init__(self, most: int) -> None:
        self._free = most
        self._waiters: dict[Priority, dict[asyncio.Future[None], None]] = {priority: {} for priority in Priority}

    @asynccontextmanager
    async def entered(self, priority: Priority) -> AsyncIterator[None]:
        """Within it until the block ends."""
        await self._enter(self._waiters[priority])
        try:
            yield
        finally:
            self._release()

    async def _enter(self, waiters: dict[asyncio.Future[None], None]) -> None:
        if self._free:
            self._free -= 1
            return
        waiter = asyncio.get_running_loop().create_future()
        waiters[waiter] = None
        try:
            await waiter
        except asyncio.CancelledError:
            waiters.pop(waiter, None)
            if not waiter.cancelled():
                self._release()  # it had just been let in
            raise

    def _release(self) -> None:
        """Let the first waiter in; without one, one more is free."""
        for waiters in self._waiters.values():
            while waiters:
                waiter = next(iter(waiters))
                del waiters[waiter]
                if not waiter.done():
                    waiter.set_result(None)
                    return
        self._free += 1
