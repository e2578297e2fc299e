"""The worker as a process of its own: killed, stopped, left behind by a bot that was killed."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
import structlog

from bot.app import SystemClock
from bot.domain.errors import StoreUnavailable
from bot.reports.jobs import JobFailed
from bot.worker import process
from bot.worker.process import WorkerProcess
from tests.house.test_imports import FOR_THE_WORKER
from tests.worker.jobs import Hold, Stumble

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

pytestmark = pytest.mark.kills

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def worker(sqlite_url: str) -> AsyncIterator[WorkerProcess]:
    """A worker that has not begun."""
    found = WorkerProcess(sqlite_url, SystemClock(), timezone="Asia/Bishkek")
    yield found
    await found.close()


async def begun(notes: Path, lines: int) -> list[psutil.Process]:
    """Wait until so many jobs have begun; the processes that are left of theirs."""
    async with asyncio.timeout(60):
        while not notes.exists() or len(notes.read_text().splitlines()) < lines:
            await asyncio.sleep(0.01)
    numbers = map(int, notes.read_text().split())
    return [psutil.Process(number) for number in numbers if psutil.pid_exists(number)]


def niceness_of_session(child: psutil.Process) -> int | None:
    """None where Linux does not divide the processor among sessions."""
    shared = Path(f"/proc/{child.pid}/autogroup")
    words = shared.read_text().split() if shared.exists() else []
    return int(words[-1]) if words else None


async def test_a_job_is_done_again_when_its_process_is_killed_and_nothing_but_the_bot_ends_it(
    worker: WorkerProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "LONG_JOB", process.LONGEST_JOB)
    notes = tmp_path / "notes"
    running = asyncio.get_running_loop().create_task(worker.run(Hold(str(notes), 3)))
    waiting = asyncio.get_running_loop().create_task(worker.run(Hold(str(notes), 3)))
    (first,) = await begun(notes, 1)
    first.kill()
    *_, second = await begun(notes, 2)
    for number in (signal.SIGINT, signal.SIGTERM):
        second.send_signal(number)
    with notes.open("a") as more:
        print(second.pid, file=more)
    assert await running == await waiting == worker.pid == second.pid
    assert first.pid != second.pid
    with structlog.testing.capture_logs() as lines, pytest.raises(JobFailed):
        await worker.run(Stumble("what a resident wrote"))
    assert [(line["kind"], "resident wrote" in str(line)) for line in lines] == [("ValueError", False)]
    database = tmp_path / "hearings.db"
    database.rename(tmp_path / "elsewhere.db")
    database.mkdir()  # nothing that can be read
    with pytest.raises(StoreUnavailable):
        await worker.run(Hold(str(notes), 1))
    database.rmdir()
    (tmp_path / "elsewhere.db").rename(database)
    monkeypatch.setattr(process, "LONG_JOB", 0.0)
    count = len(notes.read_text().splitlines())
    long = asyncio.get_running_loop().create_task(worker.run(Hold(str(notes), count + 2)))
    await begun(notes, count + 1)
    assert niceness_of_session(second) in (None, process.SESSION_POLITENESS)
    with notes.open("a") as more:
        print(second.pid, file=more)
    assert await long == second.pid
    assert worker.pid is None  # whoever has given way cannot come forward again
    await asyncio.to_thread(second.wait, 60)


async def test_a_stop_while_the_process_is_being_ended_waits_for_the_end(
    worker: WorkerProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(process, "IDLE_FOR", 0.0)
    number = await worker.run(Hold(str(tmp_path / "notes"), 1))
    async with asyncio.timeout(60):
        while worker.pid is not None:
            await asyncio.sleep(0)
    await worker.close()
    assert not psutil.pid_exists(number)
    assert list(folder.iterdir()) == []


async def test_no_process_is_left_of_a_bot_that_was_killed(sqlite_url: str, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    bot = subprocess.Popen([sys.executable, "-P", "-c", BOT, sqlite_url, str(notes), *sys.path], cwd=ROOT)
    (child,) = await begun(notes, 1)
    bot.kill()
    bot.wait()
    await asyncio.to_thread(child.wait, 60)  # which raises where it goes on


BOT = """
import asyncio, sys
_, url, notes, *sys.path = sys.argv
from bot.worker.process import WorkerProcess
from tests.samples import NOW
from tests.worker.jobs import Hold
class Clock:
    def now(self):
        return NOW
worker = WorkerProcess(url, Clock(), timezone="Asia/Bishkek")
asyncio.run(worker.run(Hold(notes, 99)))
"""


ASKING = """
import asyncio, sys
import bot.running
from bot.app import SystemClock
from bot.reports.picture_jobs import ChartJob
from bot.spreadsheets.stamps import Stamp
from bot.workbook.checking import CheckJob, RecogniseJob, TemplateJob
from bot.workbook.per_head import PerHead
from bot.worker.process import WorkerProcess
from tests import samples

async def ask():
    worker = WorkerProcess(sys.argv[1], SystemClock(), timezone="Asia/Bishkek")
    try:
        content = await worker.run(TemplateJob(("ky",)))
        assert (await worker.run(RecogniseJob(content, "ky"))).stamp is not None
        stamp = Stamp("workbook")
        checked = await worker.run(CheckJob(content, "ky", "Asia/Bishkek", PerHead(0, 1, 2), stamp))
        assert checked.dossier or checked.errors
        assert (await worker.run(ChartJob(samples.dossier(), "ky"))).startswith(b"\\x89PNG")
    finally:
        await worker.close()

asyncio.run(ask())
print(*{name.partition(".")[0] for name in sys.modules})
"""


def test_the_bot_that_has_files_made_and_read_never_imports_their_libraries(sqlite_url: str) -> None:
    asking = [sys.executable, "-c", ASKING, sqlite_url]
    run = subprocess.run(asking, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert not set(run.stdout.split()) & FOR_THE_WORKER
