"""The one place where background tasks are started: none crashes unseen and none outlives the process."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog

if TYPE_CHECKING:
    from collections.abc import Coroutine

log = structlog.get_logger(__name__)


class Tasks:
    """Background tasks with one owner: a crash is logged, ``close`` cancels what is left and waits for it."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    def __len__(self) -> int:
        return len(self._running)

    def start(
        self, work: Coroutine[Any, Any, Any], *, name: str, expected: tuple[type[Exception], ...] = ()
    ) -> asyncio.Task[Any]:
        """Run ``work`` beside everything else; its exception, if any, goes to the log under ``name``.

        An ``expected`` one does not: it is for the code that awaits the task.
        """
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._running.add(task)
        task.add_done_callback(partial(self._finished, expected))
        return task

    async def join(self) -> None:
        """Return when nothing runs any more."""
        while self._running:
            await asyncio.wait(self._running)

    async def close(self) -> None:
        """Cancel everything and wait until it has ended."""
        while self._running:
            for task in self._running:
                task.cancel()
            await asyncio.wait(self._running)

    def _finished(self, expected: tuple[type[Exception], ...], task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None and not isinstance(error, expected):
            log.error("task crashed", task=task.get_name(), exc_info=error)
