"""The updates that were fetched and are not confirmed yet: which are handled, and from where to fetch on."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

import structlog

from handlers.incoming.intake import Intake, Unfinished

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.tasks import Tasks

    Json = dict[str, Any]

log = structlog.get_logger(__name__)

BATCH_PATIENCE: Final = 1.0
"""Seconds after which what follows is fetched beside updates that are not finished."""
SLOW_BATCH: Final = 30.0
"""Seconds after which updates that are not finished are written about in the log."""


class UpdatesUnderWay:
    """Fetched updates from ``offset`` on, in order, finished or not; a falsy one has none.

    The offset moves over what is finished, up to the first update that is not: what lies below it is confirmed by the
    next fetch. What a fetch brings again is known by its number.
    """

    def __init__(self, intake: Intake, tasks: Tasks, monotonic: Callable[[], float]) -> None:
        self.offset = 0
        self._intake = intake
        self._tasks = tasks
        self._monotonic = monotonic
        self._works: dict[int, asyncio.Task[bool]] = {}
        self._slowest: tuple[int | None, float] = (None, 0.0)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._works)

    def begin(self, batch: Sequence[Json]) -> int:
        """Start to handle what is new in the batch; returns how many are."""
        number, new = self.offset - 1, 0
        for raw in batch:
            update_id = raw.get("update_id")
            number = update_id if type(update_id) is int else number + 1  # ids follow one another
            if number not in self._works:
                self._works[number] = self._tasks.start(self._finished(raw), name="update")
                new += 1
        return new

    async def wait(self) -> None:
        """Return when all are finished, or when what follows can wait no longer for them; then move the offset."""
        if works := set(self._works.values()):
            _, left = await asyncio.wait(works, timeout=BATCH_PATIENCE)
            self._note_slow(next(iter(self._works)) if left else None)
        self.move()

    async def end(self, grace: float) -> None:
        """Give what is not finished ``grace`` seconds, cancel what is left, and move the offset."""
        if not self._works:
            return
        _, left = await asyncio.wait(set(self._works.values()), timeout=grace)
        if left:
            log.warning("left before all updates were handled")
            for work in left:
                work.cancel()
            await asyncio.wait(left)
        self.move()

    def move(self) -> None:
        """Move the offset over what is finished; one that was refused is fetched again."""
        for number, work in list(self._works.items()):
            if not work.done():
                return
            del self._works[number]
            if not _is_finished(work):
                self.offset = number
                return
            self.offset = number + 1

    def pass_over(self, number: int) -> None:
        """Go on behind an update that cannot be read."""
        self.offset = number + 1

    def begin_anew(self) -> None:
        """Fetch from the head of Telegram's queue: ids start anew after a quiet week; nothing is lost by it."""
        self._works.clear()
        self.offset = 0

    async def _finished(self, raw: Json) -> bool:
        try:
            await self._intake.take(raw)
        except Unfinished:
            return False
        return True

    def _note_slow(self, first: int | None) -> None:
        """Write to the log, once, when the same update is the first that is not finished for long."""
        if first is None or first != self._slowest[0]:
            self._slowest = (first, self._monotonic())
        elif self._monotonic() - self._slowest[1] > SLOW_BATCH:
            self._slowest = (first, float("inf"))
            log.error("updates take too long; slow work belongs to Tasks", updates=len(self))


def _is_finished(work: asyncio.Task[bool]) -> bool:
    """False for what was cancelled or refused; a crash outside the handlers (logged) must not block the queue."""
    if work.cancelled():
        return False
    return work.exception() is not None or work.result()
