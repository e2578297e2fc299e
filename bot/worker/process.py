"""The worker as a process of its own: begun with the first job, ended when nothing was asked for in a while."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import structlog

from bot.domain.errors import HearingBotError, StoreUnavailable
from bot.reports.jobs import JobFailed
from bot.tasks import Tasks
from bot.worker import frames
from bot.worker.frames import Assignment, Done, Failed, Greeting, StoreAway

if TYPE_CHECKING:
    from asyncio.subprocess import Process

    from bot.ports import Clock
    from bot.reports.jobs import Job

Outcome = TypeVar("Outcome")

log = structlog.get_logger(__name__)

IDLE_FOR: Final = 60.0
"""Seconds without a job after which the process ends, and gives its memory back."""
TRIES: Final = 2
"""How often a job is begun whose process dies in the middle of it, or does not answer."""
LONGEST_JOB: Final = 600.0
"""Seconds within which a job is done: a record of 200,000 comments takes 40 where nothing else has to be done."""
LONG_JOB: Final = 5.0
"""Seconds after which a job is a long one: no screen waits so long for its picture."""
READ_AT_ONCE: Final = 1 << 20
"""Bytes of an answer that wait in the pipe's buffer."""
POLITENESS: Final = 10
"""The process's niceness: people are answered first."""
SESSION_POLITENESS: Final = 5
"""That of its session in a long job: a third of what others get, so that the job comes to its end on a busy machine."""
SECRETS_IN_THE_ENVIRONMENT: Final = frozenset({"BOT_TOKEN", "WEBHOOK_SECRET"})


class WorkerDied(HearingBotError):
    """The process ended in the middle of a job, or did not answer in time."""


class WorkerProcess:
    """Does jobs in one process beside this one, over a connection to the database of its own."""

    def __init__(self, database_url: str, clock: Clock, *, timezone: str) -> None:
        self._database_url = database_url
        self._clock = clock
        self._timezone = timezone
        self._turn = asyncio.Lock()
        self._child: _Child | None = None
        self._tasks = Tasks()
        self._endings = Tasks()
        self._resting: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """The number of the process, while there is one."""
        return None if self._child is None else self._child.pid

    async def run(self, job: Job[Outcome]) -> Outcome:
        """Do a job when those before it are done; once more where the process dies meanwhile.

        Raises JobFailed, StoreUnavailable. Cancelled, the job is given up and its process ended.
        """
        async with self._turn:
            if self._resting is not None:
                self._resting.cancel()
            answer = await self._answer(job)
            self._resting = self._tasks.start(self._rest(), name="worker at rest")
        match answer:
            case Done(result):
                done: Outcome = result
                return done
            case StoreAway(reason):
                raise StoreUnavailable(reason)
            case Failed(kind, trace):
                log.error("job failed", job=type(job).__name__, kind=kind, trace=trace)
        raise JobFailed(type(job).__name__)

    async def close(self) -> None:
        """End the process, in the middle of a job too."""
        await self._tasks.close()
        await self._end()
        await self._endings.join()

    async def _answer(self, job: Job[Any]) -> Any:
        for _ in range(TRIES):
            try:
                return await self._ask(job)
            except WorkerDied:
                log.warning("the worker's process died", job=type(job).__name__)
        return None

    async def _ask(self, job: Job[Any]) -> Any:
        """Let the process do a job; it is ended where it does not answer, or nobody waits for the answer any more.

        It is ended after a long job as well: who has given way cannot come forward again.
        """
        goes_on = False
        try:
            child = self._child = self._child or await _Child.start(self._database_url, self._timezone)
            giving_way = asyncio.get_running_loop().call_later(LONG_JOB, child.give_way)
            try:
                async with asyncio.timeout(LONGEST_JOB):
                    answer = await child.ask(Assignment(job, self._clock.now()))
            finally:
                giving_way.cancel()
            goes_on = not child.gave_way
        except (EOFError, OSError) as gone:  # a TimeoutError is an OSError
            raise WorkerDied from gone
        finally:
            if not goes_on:
                await self._end()
        return answer

    async def _rest(self) -> None:
        await asyncio.sleep(IDLE_FOR)
        async with self._turn:
            await self._end()

    async def _end(self) -> None:
        """End the process; what has begun to end is ended to its end, also where nobody waits for it any more."""
        child, self._child = self._child, None
        if child is not None:
            await asyncio.shield(self._endings.start(child.end(), name="end of the worker"))


class _Child:
    """The running process, and the folder that it writes into."""

    def __init__(self, process: Process, folder: str) -> None:
        self._process = process
        self._folder = folder
        self.gave_way = False

    @property
    def pid(self) -> int:
        return self._process.pid

    @classmethod
    async def start(cls, database_url: str, timezone: str) -> _Child:
        """Begin a process, of a session of its own. Raises OSError.

        So Ctrl-C is for the bot alone, and where Linux divides the processor among sessions the bot keeps its part.
        """
        folder = await asyncio.to_thread(tempfile.mkdtemp, prefix="hearing-bot-")
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "bot.worker.child", folder),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=READ_AT_ONCE,
            env=_environment(),
            start_new_session=True,
        )
        with suppress(AttributeError, OSError):
            os.setpriority(os.PRIO_PROCESS, process.pid, POLITENESS)
        child = cls(process, folder)
        assert process.stdin is not None
        process.stdin.write(frames.framed(Greeting(database_url, timezone)))
        return child

    async def ask(self, assignment: Assignment) -> Any:
        """Hand over an assignment and wait for the answer. Raises EOFError, OSError where the process dies."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(frames.framed(assignment))
        await self._process.stdin.drain()
        return await frames.receive(self._process.stdout)

    def give_way(self) -> None:
        """Let everybody else go first.

        Where Linux divides the processor among sessions ("autogroup"), the process's own niceness counts within its
        session alone, and it would take half of a busy processor: a session has a niceness of its own.
        """
        self.gave_way = True
        with suppress(OSError):
            Path(f"/proc/{self.pid}/autogroup").write_text(f"{SESSION_POLITENESS}\n", "ascii")

    async def end(self) -> None:
        """End the process now, and remove what it has written."""
        with suppress(ProcessLookupError):
            self._process.kill()
        if self._process.stdin is not None:
            self._process.stdin.close()
        await self._process.communicate()  # which closes its pipes
        await asyncio.to_thread(shutil.rmtree, self._folder, ignore_errors=True)


def _environment() -> dict[str, str]:
    """The child finds what this process finds, and no secrets."""
    kept = {name: value for name, value in os.environ.items() if name.upper() not in SECRETS_IN_THE_ENVIRONMENT}
    return kept | {"PYTHONPATH": os.pathsep.join(os.path.abspath(path) for path in sys.path)}  # noqa: PTH100
