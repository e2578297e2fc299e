"""The disk under the database hangs, fills up, may only be read; its newest file is lost: what was stored is there.

Each with the bot in a process of its own. What needs a disk that can be mounted runs with ``--full`` where root may.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import aiohttp
import pytest

from tests.faults.disks import Disk, new_disk
from tests.faults.living_process import Setup, scene
from tests.front.shell import Shell, settled, shell, silent_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.faults.living_process import Scene

__all__ = ["settled", "shell"]

pytestmark = pytest.mark.kills

PRESSES = 20
FIRST_PERSON = "1001"
"""The Telegram id of the first of a scene, who runs the bot."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with new_disk(tmp_path) as here:
        yield here


async def readiness(port: int) -> tuple[int, str]:
    """What /readyz says."""
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/readyz") as response:
        return response.status, await response.text()


async def until(port: int, status: int) -> str:
    """Wait until /readyz answers so; what it says then."""
    async with asyncio.timeout(60):
        while (said := await readiness(port))[0] != status:
            await asyncio.sleep(0.05)
    return said[1]


def lines(log: Path) -> list[str]:
    """The events in a log."""
    return [json.loads(line)["event"] for line in log.read_text().splitlines()]


async def press(town: Scene) -> None:
    for _ in range(PRESSES):
        town.press()


async def count(town: Scene) -> None:
    """Everything is handled, and is what was pressed last."""
    await town.handled()
    assert await town.bot.stop() == 0
    await town.ensure_counted()


@pytest.mark.disks
async def test_a_disk_that_hangs_is_named_and_nothing_is_lost(disk: Disk, tmp_path: Path) -> None:
    port, log = silent_port(), tmp_path / "log"
    setup = Setup({"listen": f"127.0.0.1:{port}", "admin_ids": FIRST_PERSON}, log)
    async with scene(f"sqlite:///{disk.folder / 'hearings.db'}", setup=setup) as town:
        administrator = town.people[0]
        assert str(administrator.id) == FIRST_PERSON
        await until(port, 200)
        with disk.hanging():
            await press(town)
            said = await until(port, 503)
            await administrator.until(lambda: "Маалымат базасы эч нерсе" in administrator.messages[-1].words, within=60)
        assert "the database has not answered for" in said
        await until(port, 200)
        await count(town)
    assert lines(log).count("the database does not answer. Does its disk hang?") == 1
    assert not [
        line for line in lines(log) if "maximum number of running instances" in line or "belongs to Tasks" in line
    ]


@pytest.mark.disks
async def test_a_disk_that_is_full_takes_nothing_and_loses_nothing(disk: Disk, tmp_path: Path) -> None:
    port = silent_port()
    setup = Setup({"listen": f"127.0.0.1:{port}"}, tmp_path / "log")
    async with scene(f"sqlite:///{disk.folder / 'hearings.db'}", setup=setup) as town:
        await until(port, 200)
        with disk.full():
            await press(town)
            assert "the disk is full" in await until(port, 503)
        await until(port, 200)
        await count(town)


@pytest.mark.disks
async def test_of_a_disk_that_may_only_be_read_a_copy_can_be_had(disk: Disk, shell: Shell) -> None:
    file = disk.folder / "hearings.db"
    address = {"DATABASE_URL": f"sqlite:///{file}"}
    async with scene(address["DATABASE_URL"]) as town:
        await press(town)
        await count(town)
    with disk.only_read():
        assert (await shell.beside("backup", "copy.db", **address)).code == 0
        checked = await shell.beside("check", **address)
        assert f"✗ database: {file}: the folder {disk.folder} may only be read" in checked.stdout
    assert (await shell.beside("status", DATABASE_URL="sqlite:///copy.db")).code == 0


@pytest.mark.full
async def test_a_log_of_the_database_that_is_lost_after_a_kill_is_said_at_the_start(
    sqlite_url: str, tmp_path: Path
) -> None:
    log, file = tmp_path / "log", tmp_path / "hearings.db"
    async with scene(sqlite_url, setup=Setup(log=log)) as town:
        await press(town)
        await town.handled()
        await town.bot.kill()
        assert not lines(log)
        for name in ("hearings.db-wal", "hearings.db-shm"):
            file.with_name(name).unlink()
        town.bot.start()
        async with asyncio.timeout(60):
            while not [line for line in lines(log) if "the database's -wal file is gone" in line]:
                await asyncio.sleep(0.05)
