"""A line of thousands: so many at once, the others in order of arrival, and leaving the line costs nothing.

``asyncio.Semaphore`` looks through the whole line for each who gives up, which with twenty thousand at the end of a
process takes longer than the process has.
"""

from __future__ import annotations

import asyncio


class FairSemaphore:
    """``async with line:`` goes on when fewer than ``most`` are within."""

    def __init__(self, most: int) -> None:
        self._free = most
        self._waiting: dict[asyncio.Future[None], None] = {}

    async def __aenter__(self) -> None:
        if self._free:
            self._free -= 1
            return
        place = asyncio.get_running_loop().create_future()
        self._waiting[place] = None
        try:
            await place
        except asyncio.CancelledError:
            self._waiting.pop(place, None)
            if not place.cancelled():
                self._next()  # our slot had just come
            raise

    async def __aexit__(self, *_: object) -> None:
        self._next()

    def _next(self) -> None:
        """Let the first in line in, who takes the place that is left."""
        while self._waiting:
            place = next(iter(self._waiting))
            del self._waiting[place]
            if not place.done():
                place.set_result(None)
                return
        self._free += 1
