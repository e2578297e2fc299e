"""A second ``run`` on the same file is refused with what to do, and does nothing to the first."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import PIPE
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from storage.addresses import file_of, parse_address
from storage.running_lock import lock_of
from tests.faults.living_process import Haste, scene
from tests.faults.test_broadcast_kill import mailing
from tests.front.shell import HOUSE, SETTINGS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.faults.living_process import Scene

pytestmark = pytest.mark.kills

PRESSES = 20
HOOK = {"WEBHOOK_URL": "https://hearings.example/hook", "WEBHOOK_SECRET": "only-telegram-knows"}


@dataclass(frozen=True)
class Refused:
    """What the second process left."""

    code: int
    words: str


async def start_second(town: Scene, url: str, folder: Path, more: Mapping[str, str]) -> Refused:
    """``hearing-bot run`` in a process and a folder of its own, on another port, to its end."""
    around = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    given = {
        "BOT_TOKEN": town.telegram.token,
        "TELEGRAM_API_URL": town.api,
        "DATABASE_URL": url,
        "LISTEN": "127.0.0.1:0",
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        env={**around, "PYTHONPATH": str(HOUSE), **given, **more},
        cwd=folder,
        stdout=PIPE,
        stderr=PIPE,
    )
    out, words = await asyncio.wait_for(process.communicate(), 60)
    assert out == b""
    assert process.returncode is not None
    return Refused(process.returncode, words.decode())


async def test_a_second_poller_or_webhook_is_refused_and_the_first_goes_on(sqlite_url: str, tmp_path: Path) -> None:
    """By the file's own name and by another one; after a kill the next starts at once."""
    file = file_of(parse_address(sqlite_url)).absolute()
    (tmp_path / "same.db").symlink_to(file)
    async with scene(sqlite_url) as town:
        before = Counter(call.method for call in town.telegram.calls)
        for url, more in ((sqlite_url, {}), ("sqlite:///same.db", HOOK)):
            refused = await start_second(town, url, tmp_path, more)
            assert refused.code == 1
            (line,) = refused.words.splitlines()
            assert f"already (process {town.bot.pid} on " in line
            assert "DATABASE_URL of its own" in line
        since = Counter(call.method for call in town.telegram.calls) - before
        assert not {"getMe", "deleteWebhook", "setWebhook"} & since.keys()
        for _ in range(PRESSES):
            town.press()
        await town.answered(PRESSES)
        await town.bot.kill()
        for _ in range(PRESSES):
            town.press()
        town.bot.start()
        await town.handled()
        assert await town.bot.stop() == 0
        await town.ensure_counted()
    assert lock_of(file).exists()


async def test_what_a_killed_bot_had_claimed_in_a_file_leaves_when_it_begins_again(sqlite_url: str) -> None:
    """No lease ends here: it would last an hour."""
    async with mailing(sqlite_url, 150) as town:
        bot = town.bot(Haste(takeover=3600.0))
        await town.started(1)
        await town.publish()
        await town.arrived(40)
        await bot.kill()
        bot.start()
        await town.settled()
        assert await bot.stop() == 0
        await town.ensure_accounted()
        rows = await town.rows()
        assert all(rows[number].doubtful for number, messages in town.received().items() if messages > 1)
