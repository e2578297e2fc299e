"""The thread that a connection to a SQLite file lives in: what it is asked for is done there, one after the other.

A statement may wait for the disk, or five seconds for another program that writes; the event loop goes on meanwhile.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Outcome = TypeVar("Outcome")

THREAD_NAME: Final = "sqlite"


class Runner(Protocol):
    """Where the calls of one connection run, in the order in which they came."""

    async def run(self, work: Callable[[], Outcome]) -> Outcome:
        """What ``work()`` returns, or raises. Cancelled meanwhile, ``work`` is done all the same."""
        ...

    def post(self, work: Callable[[], object]) -> None:
        """Let ``work()`` be done, and wait for nothing; it must not raise."""
        ...

    def end(self) -> None:
        """Run nothing after what was asked for so far."""
        ...


if TYPE_CHECKING:
    Answer: TypeAlias = "tuple[asyncio.AbstractEventLoop, asyncio.Future[Any]]"
    Job: TypeAlias = "tuple[Callable[[], Any], Answer | None]"


class OwnThread:
    """A thread for one connection."""

    def __init__(self) -> None:
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._thread = Thread(target=_serve, args=(self._jobs,), name=THREAD_NAME, daemon=True)
        self._thread.start()

    async def run(self, work: Callable[[], Outcome]) -> Outcome:
        """What ``work()`` returns, or raises. Cancelled meanwhile, ``work`` is done all the same."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Outcome] = loop.create_future()
        self._jobs.put((work, (loop, answer)))
        return await answer

    def post(self, work: Callable[[], object]) -> None:
        """Let ``work()`` be done, and wait for nothing; it must not raise."""
        self._jobs.put((work, None))

    def end(self) -> None:
        """End the thread after what was asked for so far."""
        self._jobs.put(None)


def _serve(jobs: SimpleQueue[Job | None]) -> None:
    """In the thread. Nothing is kept of a job that is done: rows may be many."""
    while (job := jobs.get()) is not None:
        work, answer = job
        outcome, error = None, None
        try:
            outcome = work()
        except BaseException as failure:  # noqa: BLE001 whoever waits gets it
            error = failure
        if answer is not None:
            loop, future = answer
            with suppress(RuntimeError):  # the loop was closed: nobody waits any more
                loop.call_soon_threadsafe(_settle, future, outcome, error)
            del loop, future
        del job, work, answer, outcome, error


def _settle(future: asyncio.Future[Any], outcome: object, error: BaseException | None) -> None:
    if future.done():  # cancelled
        return
    if error is None:
        future.set_result(outcome)
    else:
        future.set_exception(error)
