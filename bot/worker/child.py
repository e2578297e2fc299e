"""What runs in the worker's process: one job after the other, until the bot is gone.

The process has no token and writes nothing into the database. It ends when its standard input does: the system closes
that pipe whatever ends the bot.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
import tempfile
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any

from bot.domain.errors import StoreUnavailable
from bot.i18n import Catalogues
from bot.logs import discreet
from bot.reports.jobs import Bench
from bot.worker import frames
from bot.worker.frames import Done, Failed, StoreAway
from storage import open_for_reading

if TYPE_CHECKING:
    from typing import BinaryIO

    from bot.worker.frames import Assignment, Greeting


def main() -> None:
    """Do what is asked for on standard input; answer on standard output. The argument is the folder for files."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # the bot decides when this process ends
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing but answers among the answers
    tempfile.tempdir = sys.argv[1]
    heard: SimpleQueue[Any] = SimpleQueue()
    Thread(target=_listen, args=(sys.stdin.buffer, heard, sys.argv[1]), daemon=True).start()
    greeting, catalogues = heard.get(), Catalogues.load()
    while True:
        answer = asyncio.run(_answer(heard.get(), greeting, catalogues))
        answers.write(frames.framed(answer))
        answers.flush()
        del answer


def _listen(pipe: BinaryIO, heard: SimpleQueue[Any], folder: str) -> None:
    """Queue what the bot says; when it can say nothing any more, end the process, in the middle of a job too."""
    try:
        while True:
            heard.put(frames.read(pipe))
    except EOFError:
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os._exit(0)


async def _answer(assignment: Assignment, greeting: Greeting, catalogues: Catalogues) -> Done | Failed | StoreAway:
    """Do a job over a connection of its own."""
    store = open_for_reading(greeting.database_url)
    bench = Bench(store, catalogues, greeting.timezone, assignment.now)
    results: tuple[Any, ...] = await asyncio.gather(assignment.job.run(bench), return_exceptions=True)
    await store.close()
    return _told(results[0])


def _told(result: Any) -> Done | Failed | StoreAway:
    match result:
        case StoreUnavailable():
            return StoreAway(result.reason)
        case BaseException():
            return Failed(type(result).__name__, discreet((type(result), result, result.__traceback__)))
        case _:
            return Done(result)


if __name__ == "__main__":
    main()
