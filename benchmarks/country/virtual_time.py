"""A year that takes as long as its work: where nothing is to be done, the time of the loop moves to what is due next.

To be imported before the product, which then takes ``time.monotonic`` from here: whatever waits, waits in this time.
While the database or a thread has something to do, time stands still, so that a slow machine makes nothing late.
"""

from __future__ import annotations

import asyncio
import selectors
import time
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from bot.ports import WriteScope
    from storage import Store
    from storage.repositories import Repositories

Outcome = TypeVar("Outcome")

RESOLUTION: Final = 1e-6
"""Seconds: what is due within them is due. The loop's own nanosecond is lost in a number of seconds of 194 days."""
LONGEST_WORK: Final = 600.0
"""Seconds that something outside of the loop may take: longer, and it waits for a time that does not come."""
_passed = 0.0
"""Seconds of virtual time since the process began."""


def monotonic() -> float:
    """Seconds of virtual time."""
    return _passed


time.monotonic = monotonic


class Busy:
    """What is being done outside of the loop."""

    def __init__(self) -> None:
        self.works = 0

    @contextmanager
    def working(self) -> Iterator[None]:
        """Let time stand still meanwhile."""
        self.works += 1
        try:
            yield
        finally:
            self.works -= 1


class VirtualSelector(selectors.DefaultSelector):
    """Where the loop would wait, time moves, unless something is ``busy``."""

    def __init__(self, busy: Busy) -> None:
        super().__init__()
        self._busy = busy

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What is ready; where nothing is, the time moves by ``timeout`` seconds."""
        global _passed  # noqa: PLW0603 - ``time.monotonic`` has no arguments
        if (ready := super().select(0)) or timeout == 0:
            return ready
        if self._busy.works or timeout is None:
            if not (ready := super().select(LONGEST_WORK)):
                raise RuntimeError("whatever everything waits for does not come")
            return ready
        _passed += timeout
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """A loop in virtual time; ``busy`` says what it has to wait for."""

    def __init__(self) -> None:
        self.busy = Busy()
        super().__init__(VirtualSelector(self.busy))
        self._clock_resolution = RESOLUTION

    def run_in_executor(self, executor: Any, func: Any, *args: Any) -> asyncio.Future[Any]:  # type: ignore[override]
        """As always; time stands still until it is done."""
        self.busy.works += 1
        future = super().run_in_executor(executor, func, *args)
        future.add_done_callback(self._end)
        return future

    def _end(self, _: asyncio.Future[Any]) -> None:
        self.busy.works -= 1


class YearClock:
    """A wall clock that goes with virtual time, from ``start`` on."""

    def __init__(self, start: datetime) -> None:
        self._start = start - timedelta(seconds=_passed)

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        return self._start + timedelta(seconds=_passed)

    async def until(self, moment: datetime) -> None:
        """Wait until then."""
        if (wait := (moment - self.now()).total_seconds()) > 0:
            await asyncio.sleep(wait)

    def at(self, seconds: float) -> datetime:
        """The moment so many seconds after 1970."""
        return datetime.fromtimestamp(seconds, UTC)


class SameThread:
    """A ``storage.threads.Runner`` without a thread: a year has no time for trips to others."""

    async def run(self, work: Callable[[], Outcome]) -> Outcome:
        """What ``work()`` returns, or raises, when other tasks have had their turn."""
        await asyncio.sleep(0)
        return work()

    def post(self, work: Callable[[], object]) -> None:
        """Do ``work()``."""
        work()

    def end(self) -> None:
        """Nothing to end."""


class StandingStill:
    """A store in whose transactions time stands still."""

    def __init__(self, store: Store, busy: Busy) -> None:
        self._store = store
        self._busy = busy

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Repositories]:
        """As ``Store.reading``."""
        with self._busy.working():
            async with self._store.reading() as repositories:
                yield repositories

    @asynccontextmanager
    async def writing(self, scope: WriteScope | None = None) -> AsyncIterator[Repositories]:
        """As ``Store.writing``."""
        with self._busy.working():
            async with self._store.writing(scope) as repositories:
                yield repositories

    @asynccontextmanager
    async def posting(self) -> AsyncIterator[Repositories]:
        """As ``Store.posting``."""
        with self._busy.working():
            async with self._store.posting() as repositories:
                yield repositories

    async def health(self) -> str | None:
        """As ``Store.health``."""
        with self._busy.working():
            return await self._store.health()

    async def scrub(self) -> bool:
        """As ``Store.scrub``."""
        with self._busy.working():
            return await self._store.scrub()
