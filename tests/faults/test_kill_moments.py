"""kill -9 at chosen moments: between commit and confirmation, in a checkpoint, while a record is written."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import openpyxl
import pytest

import storage
from bot.cli import main
from bot.domain.comments import Channel, CommentKind, Submission
from bot.domain.questions import About
from bot.simulator.faults import PlannedFault
from storage.addresses import file_of, parse_address
from tests import samples
from tests.clocks import SystemClock
from tests.faults.living_process import FORKS, ended, scene
from tests.faults.stage import multiply_comments
from tests.municipality import Municipality
from tests.scale import rounds

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess
    from pathlib import Path

    from tests.faults.living_process import Scene

pytestmark = pytest.mark.kills

COMMENTS = rounds(8_000, few=4_000)
SILENCE = PlannedFault(broken="silence")


async def test_a_vote_that_was_stored_but_not_confirmed_is_counted_once_and_told_of_after_the_restart(
    database_url: str,
) -> None:
    async with scene(database_url) as town:
        await _polling(town)
        town.telegram.faults.policy = lambda _method, _chat: SILENCE
        for _ in town.people:
            town.press()
        await _stored(town)
        await town.bot.kill()
        assert not any(query.answered for query, _ in town.last.values())
        assert len(town.telegram.world.updates.waiting()) == len(town.people)
        town.telegram.faults.clear()
        town.bot.start()
        await town.handled()
        await town.people[0].until(lambda: all(query.toast for query, _ in town.last.values()))
        await town.ensure_counted()


async def _polling(town: Scene) -> None:
    """The bot waits for the next update."""
    async with asyncio.timeout(30):
        while not town.telegram.world.updates.polled:
            await asyncio.sleep(0.01)


async def _stored(town: Scene) -> None:
    """Everything pressed is in the database."""
    async with asyncio.timeout(30):
        while await town.votes() != {key: {option: 1} for key, (_, option) in town.last.items()}:
            await asyncio.sleep(0.01)


async def test_a_kill_in_a_checkpoint_of_a_long_log_loses_nothing(sqlite_url: str) -> None:
    file = file_of(parse_address(sqlite_url))
    async with scene(sqlite_url) as town:
        for number in range(rounds(5, few=2)):
            with closing(sqlite3.connect(file, isolation_level=None)) as reader:
                reader.execute("BEGIN")
                reader.execute("SELECT count(*) FROM settings").fetchone()
                async with town.services.store.writing() as repositories:  # a checkpoint has to wait for the reader
                    await repositories.housekeeping.keep_setting(f"filler {number}", "x" * 6_000_000)
                assert file.with_name(f"{file.name}-wal").stat().st_size > 6_000_000
            for _ in range(20):
                town.press()
            await town.answered(number)
            await town.bot.kill()
            with closing(sqlite3.connect(file)) as after:
                assert after.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            stored = await town.votes()
            for key, (query, option) in town.last.items():
                assert not query.toast or stored[key] == {option: 1}
            town.bot.start()
        await town.handled()
        assert await town.bot.stop() == 0
        await town.ensure_counted()


async def test_a_record_that_is_killed_half_way_never_bears_its_name(sqlite_url: str, tmp_path: Path) -> None:
    code = await _a_hearing_of_many_words(sqlite_url)
    file = tmp_path / "record.xlsx"
    file.write_bytes(b"the record of last week")
    await _killed_while_writing(sqlite_url, code, file)
    assert file.read_bytes() == b"the record of last week"
    file.unlink()
    await _killed_while_writing(sqlite_url, code, file)
    assert not file.exists()
    assert await asyncio.to_thread(ended, _reporting(sqlite_url, code, file)) == 0
    with closing(openpyxl.load_workbook(file, read_only=True)) as book:
        assert max(sum(1 for _ in sheet.iter_rows(max_col=1)) for sheet in book) > COMMENTS


async def _a_hearing_of_many_words(url: str) -> str:
    """The code of a hearing with so many comments that its record takes a while."""
    store = await storage.open_store(url)
    municipality = await Municipality.over(store, SystemClock())
    hearing = await municipality.hearing()
    author = (await municipality.resident(7)).resident
    assert author is not None
    async with store.writing() as repositories:
        submission = Submission(CommentKind.PROPOSAL, About(), "Көпүрө керек", "ky", source="1")
        await repositories.comments.add(hearing.id, submission, author=author, channel=Channel.TELEGRAM, at=samples.NOW)
    await store.close()
    multiply_comments(url, COMMENTS)
    return hearing.code


async def _killed_while_writing(url: str, code: str, file: Path) -> None:
    """kill -9 as soon as there is half a file."""
    process = _reporting(url, code, file)
    async with asyncio.timeout(60):
        while not any(part.stat().st_size for part in file.parent.glob(".report-*/*")):
            await asyncio.sleep(0.002)
    process.kill()
    assert await asyncio.to_thread(ended, process) == -signal.SIGKILL


def _reporting(url: str, code: str, file: Path) -> BaseProcess:
    """``hearing-bot report`` in a process of its own."""
    words = ["report", code, "--format", "xlsx", "--language", "en", "-o", str(file)]
    process = FORKS.Process(target=_type, args=(url, words))
    process.start()
    return process


def _type(url: str, words: list[str]) -> None:
    os.environ["DATABASE_URL"] = url
    main(words, prog_name="hearing-bot")
