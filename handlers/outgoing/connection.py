"""Whether Telegram answers at all: while it does not, no try is spent, and what waits leaves when it is back."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from handlers.outgoing.telegram_errors import Judgement, Verdict, attempt

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from handlers.outgoing.telegram_errors import Accepted

LOST_AFTER: Final = 5
"""Failures in a row, of any calls, after which Telegram is taken to be away."""
PROBE_AFTER: Final = 5.0
"""Seconds after which a message is tried although nothing says that Telegram is back: something has to find out."""


class Connection:
    """The connection to Telegram, as all calls of the process have seen it.

    A failure is a call without an answer, or with a 5xx. ``when_back()`` is called when Telegram answers again after
    it was away.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._failures = 0
        self._answered_at = float("-inf")
        self._waiters: dict[asyncio.Future[None], float] = {}
        self.when_back: Callable[[], None] = _nothing

    @property
    def lost(self) -> bool:
        """True while Telegram is away."""
        return self._failures >= LOST_AFTER

    async def attempt(self, call: Awaitable[int | None]) -> Accepted | Judgement:
        """Await one call; returns its result or what the refusal means."""
        outcome = await attempt(call)
        if isinstance(outcome, Judgement) and outcome.verdict is Verdict.AGAIN:
            self.note_failed()
        else:
            self.note_answered()
        return outcome

    def note_failed(self) -> None:
        """A call has failed."""
        self._failures += 1

    def note_answered(self) -> None:
        """Telegram has answered a call, whatever it says."""
        self._answered_at = self._monotonic()
        lost, self._failures = self.lost, 0
        if not lost:
            return
        waiters, self._waiters = self._waiters, {}
        for waiter in sorted(waiters, key=waiters.__getitem__):
            if not waiter.done():
                waiter.set_result(None)
        self.when_back()

    def answered_since(self, moment: float) -> bool:
        """True where Telegram has answered any call after that moment: a call that failed since is a try spent."""
        return self._answered_at > moment

    async def back(self, owed_since: float) -> None:
        """Return when Telegram is back, at the latest after ``PROBE_AFTER`` seconds; at once where it is not away.

        Of those that wait, what has been owed longest goes on first.
        """
        if not self.lost:
            return
        waiter = asyncio.get_running_loop().create_future()
        self._waiters[waiter] = owed_since
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(PROBE_AFTER):
                    await waiter
        finally:
            self._waiters.pop(waiter, None)


def _nothing() -> None:
    pass
