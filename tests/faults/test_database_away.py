"""The database locked, full or read-only: nothing is confirmed, operators are told, and it comes right by itself."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import asynccontextmanager, closing
from typing import TYPE_CHECKING

import aiohttp
import asyncpg
import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.domain.errors import StoreUnavailable
from handlers import presses
from handlers.presses.wire import pack
from storage.addresses import file_of, parse_address
from storage.locks import WRITER_LOCK
from tests.faults.stage import said
from tests.faults.test_twice import comments_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from contextlib import AbstractAsyncContextManager

    from tests.faults.stage import Stage

VOTERS = 8


@asynccontextmanager
async def file_locked(stage: Stage) -> AsyncIterator[None]:
    """Another program writes to the file and does not end."""
    with closing(sqlite3.connect(file_of(parse_address(stage.url)), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@asynccontextmanager
async def server_locked(stage: Stage) -> AsyncIterator[None]:
    """Another program writes to the server's database and does not end."""
    other = await asyncpg.connect(stage.url)
    await other.execute(f"SELECT pg_advisory_lock({WRITER_LOCK})")
    yield
    await other.close()


@asynccontextmanager
async def disk_full(stage: Stage) -> AsyncIterator[None]:
    """Not one page more fits."""
    await _limit_pages(stage, 1)
    with pytest.raises(StoreUnavailable, match="full"):
        await _fill(stage)
    yield
    await _limit_pages(stage, 1_000_000)


async def _fill(stage: Stage) -> None:
    for number in range(1000):
        async with stage.store.writing() as repositories:
            await repositories.housekeeping.keep_setting(f"filler {number}", "x" * 500)


async def _limit_pages(stage: Stage, pages: int) -> None:
    async with stage.store._database.writing() as now:
        await now.rows(text(f"PRAGMA max_page_count={pages}"))


@asynccontextmanager
async def read_only(stage: Stage) -> AsyncIterator[None]:
    """What a disk remounted read-only does, for the connection that writes."""
    await _only_read(stage, on=True)
    yield
    await _only_read(stage, on=False)


async def _only_read(stage: Stage, *, on: bool) -> None:
    async with stage.store._database._writer.connect() as connection:
        await connection.exec_driver_sql(f"PRAGMA query_only={int(on)}")


async def test_a_locked_file_delays_and_loses_nothing(hasty_stage: Stage) -> None:
    await play(hasty_stage, file_locked(hasty_stage), "another program holds the database")


async def test_a_locked_server_delays_and_loses_nothing(hasty_server_stage: Stage) -> None:
    await play(hasty_server_stage, server_locked(hasty_server_stage), "another program holds the database")


async def test_a_full_disk_delays_and_loses_nothing(hasty_stage: Stage) -> None:
    await play(hasty_stage, disk_full(hasty_stage), "the disk is full")


async def test_a_database_that_became_read_only_delays_and_loses_nothing(hasty_stage: Stage) -> None:
    await play(hasty_stage, read_only(hasty_stage), "the database may only be read")


async def play(stage: Stage, outage: AbstractAsyncContextManager[None], reason: str) -> None:
    """People vote and write during an outage; before its end nobody is told that it worked, after it everybody once."""
    hearing = await stage.hearing()
    people = [await stage.resident(f"Тургун {number}") for number in range(VOTERS)]
    writer = people[0]
    await stage.press(writer, "💬 Ask or propose", "💡 A proposal", "🏛 The hearing as a whole")
    port = await stage.app.web.start("127.0.0.1", 0)
    assert await readiness(port) == (200, {})
    with capture_logs() as logs:
        async with outage:
            queries = [person.forge(pack(presses.ChooseOption(hearing.id, 1, 2), "en")) for person in people]
            writer.say("Узун сөз. " * 400)
            async with asyncio.timeout(30):
                while not stage.app.intake.waiting_for_store or not stage.app.intake.counts["retried"]:
                    await asyncio.sleep(0.01)
            await stage.app.ticker.tick()
            status, reasons = await readiness(port)
            await ensure_confirmed_is_stored(stage, hearing.id, [query for query in queries if query.answered])
            assert status == 503
            assert reason in reasons["database"]
            assert "Your number" not in said(writer)
        await stage.quiet()
    assert any(reason in str(entry.get("reason")) for entry in logs if entry["log_level"] == "error")
    await stage.tick()
    assert await readiness(port) == (200, {})
    assert all(query.toast for query in queries)
    assert len((await stage.dump())["votes"]) == VOTERS
    assert len(await comments_of(stage, writer)) == 1
    assert said(writer).count("Your number: № 1") == 1
    assert stage.app.intake.waiting_for_store == 0


async def readiness(port: int) -> tuple[int, dict[str, str]]:
    """What /readyz says."""
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/readyz") as response:
        return response.status, (await response.json())["reasons"]


async def ensure_confirmed_is_stored(stage: Stage, hearing_id: int, confirmed: list[object]) -> None:
    """No more toasts than votes."""
    async with stage.store.reading() as repositories:
        tallies = await repositories.votes.tallies(hearing_id, questions=[1])
    assert len(confirmed) <= (tallies[1].voters if tallies else 0)


async def test_while_the_file_is_locked_pages_are_shown_and_whoever_voted_is_told_that_it_is_not_stored_yet(
    hasty_stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.incoming.intake.SLOW", 0.2)
    stage = hasty_stage
    hearing = await stage.hearing()
    voter, reader = await stage.resident(), await stage.resident("Бермет")
    await stage.tick()
    async with file_locked(stage):
        vote = voter.forge(pack(presses.ChooseOption(hearing.id, 1, 2), "en"))
        await voter.until(lambda: vote.answered)
        assert "Not stored yet" in vote.toast
        reader.forge(pack(presses.OpenQuestion(hearing.id, 1), "en"))
        reader.say("/help")
        await reader.until(lambda: "/mine" in reader.screen.words)
        assert (await stage.dump())["votes"] == []
    await stage.quiet()
    assert len((await stage.dump())["votes"]) == 1
    assert [label for label in voter.labels if label.startswith("✅")] == ["✅ I am against"]
