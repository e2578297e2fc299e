"""A file asked for at the desk arrives, whatever ends the process that makes it, and no process is left behind."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import psutil
import pytest

from handlers.presses import DownloadFormat, DownloadRecord
from handlers.presses.wire import pack
from tests.faults.living_process import Haste, scene
from tests.municipality import Municipality

if TYPE_CHECKING:
    from bot.simulator.people import Person
    from tests.faults.living_process import Scene

pytestmark = pytest.mark.kills


async def ask(town: Scene, person: Person, form: DownloadFormat) -> psutil.Process:
    """Press for a record; returns the process that is about to make it."""
    asked = person.forge(pack(DownloadRecord(town.hearing.id, form), "ky"))
    await person.until(lambda: bool(asked.answered), within=60)
    bot = psutil.Process(town.bot.pid)
    async with asyncio.timeout(60):
        while not (made_by := bot.children()):
            await asyncio.sleep(0.01)
    return made_by[0]


def files(person: Person) -> list[str]:
    """The kinds of the files in a person's chat."""
    return [(message.file_name or "").rpartition(".")[2] for message in person.messages if message.content.file]


async def test_a_file_arrives_once_after_a_kill_and_none_is_lost_by_a_stop(sqlite_url: str) -> None:
    async with scene(sqlite_url, people=1, haste=Haste(takeover=1.0)) as town:
        (member,) = town.people
        await Municipality(town.services, {"bagysh": town.hearing.municipality_id}).staff(member.id)
        made_by = await ask(town, member, DownloadFormat.XLSX)
        await town.bot.kill()
        await asyncio.to_thread(made_by.wait, 60)  # which raises where it goes on
        town.bot.start()
        await member.until(lambda: files(member) == ["xlsx"], within=60)
        made_by = await ask(town, member, DownloadFormat.CSV)
        assert await town.bot.stop() == 0
        await asyncio.to_thread(made_by.wait, 60)
        town.bot.start()
        await member.until(lambda: "csv" in files(member), within=60)
        assert files(member)[:2] == ["xlsx", "csv"]
