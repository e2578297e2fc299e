"""The worker's stand-in: the same jobs in this process, where a process of its own would be too much."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

import structlog

from bot.domain.errors import NotFound
from bot.reports.jobs import Bench, JobFailed
from bot.reports.typesetting import CannotTypeset

if TYPE_CHECKING:
    from bot.i18n import Catalogues
    from bot.ports import Clock, ReadingStore
    from bot.reports.jobs import Job

Outcome = TypeVar("Outcome")

log = structlog.get_logger(__name__)


class LocalWorker:
    """Does jobs in the caller's loop, one at a time. Everything else waits while a picture is drawn."""

    def __init__(self, store: ReadingStore, catalogues: Catalogues, clock: Clock, *, timezone: str) -> None:
        self._store = store
        self._catalogues = catalogues
        self._clock = clock
        self._timezone = timezone
        self.turn = asyncio.Lock()
        """Held while a job is done."""
        self.done = 0
        """How many jobs were done."""

    async def run(self, job: Job[Outcome]) -> Outcome:
        """Do a job when those before it are done. Raises JobFailed, StoreUnavailable."""
        async with self.turn:
            try:
                result = await job.run(Bench(self._store, self._catalogues, self._timezone, self._clock.now()))
            except (CannotTypeset, NotFound, OSError) as failure:
                log.exception("job failed", job=type(job).__name__, kind=type(failure).__name__)
                raise JobFailed(type(job).__name__) from failure
            self.done += 1
            return result

    async def close(self) -> None:
        """Nothing is left to be given up: jobs are done in the tasks of those who asked for them."""
