"""A semaphore that lets waiters in in the order in which they came, and from which a waiter leaves at no cost.

``asyncio.Semaphore`` looks through all waiters for each one that is cancelled, which with twenty thousand at the end of
a process takes longer than the process has.
"""

from __future__ import annotations

import asyncio


class FairSemaphore:
    """``async with semaphore:`` goes on when fewer than ``most`` are within."""

    def __init__(self, most: int) -> None:
        self._free = most
        self._waiters: dict[asyncio.Future[None], None] = {}

    async def __aenter__(self) -> None:
        if self._free:
            self._free -= 1
            return
        waiter = asyncio.get_running_loop().create_future()
        self._waiters[waiter] = None
        try:
            await waiter
        except asyncio.CancelledError:
            self._waiters.pop(waiter, None)
            if not waiter.cancelled():
                self._release()  # it had just been let in
            raise

    async def __aexit__(self, *_: object) -> None:
        self._release()

    def _release(self) -> None:
        """Let the first waiter in; without one, one more is free."""
        while self._waiters:
            waiter = next(iter(self._waiters))
            del self._waiters[waiter]
            if not waiter.done():
                waiter.set_result(None)
                return
        self._free += 1
