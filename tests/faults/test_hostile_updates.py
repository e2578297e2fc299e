"""A flood of updates of any shape: no traceback, every good press is answered and counted, and the bot lives on.

``--hostile-updates 100000`` says how many in each way of receiving. How long good presses waited and how much memory
was used is printed (``-rP`` shows it) and judged by nobody: this is no benchmark.
"""

from __future__ import annotations

import asyncio
import sys
from statistics import quantiles
from typing import TYPE_CHECKING

import aiohttp
import psutil
import pytest

from bot.cli import COMMAND_LINE
from bot.domain.people import Caller, Role
from handlers.incoming.webhook import SECRET_HEADER
from tests.faults.hostile_updates import HostileUpdates
from tests.faults.living_process import Setup, scene
from tests.faults.test_webhook import SECRET, free_ports
from tests.scale import hostile_updates, rounds

if TYPE_CHECKING:
    from pathlib import Path

    from bot.simulator.events import Event
    from tests.faults.living_process import Scene

pytestmark = pytest.mark.kills

UPDATES = hostile_updates(few=100)
AT_ONCE = 50
"""Updates between which five good presses come."""
RESIDENT, SECRETARY, STRANGER = 900_001, 900_002, 900_003


class Stopwatch:
    """Seconds between each press and its toast."""

    def __init__(self, town: Scene) -> None:
        self._town, self._time = town, asyncio.get_running_loop().time
        self._pressed: dict[str, float] = {}
        self._answered = asyncio.Event()
        self.seconds: list[float] = []
        town.telegram.listen(self._listen)

    def press(self) -> None:
        """Somebody answers a question."""
        query = self._town.press()
        self._pressed[query.id] = self._time()

    async def answered(self) -> None:
        """Return when every press was answered."""
        while self._pressed:
            self._answered.clear()
            await asyncio.wait_for(self._answered.wait(), 60)

    def _listen(self, event: Event) -> None:
        if event.kind == "toast" and (since := self._pressed.pop(event.query, None)) is not None:
            self.seconds.append(self._time() - since)
            self._answered.set()


async def let_in(town: Scene) -> HostileUpdates:
    """Accounts that mean no good: one has agreed, one has been invited by mistake, one has done nothing yet."""
    place = town.hearing.municipality_id
    await town.services.people.follow(await town.services.people.agree(Caller(RESIDENT, "ky")), place)
    token = await town.services.people.invite(COMMAND_LINE, place, Role.SECRETARY)
    await town.services.people.join(Caller(SECRETARY, "ru"), token)
    return HostileUpdates(town.dice, [RESIDENT, SECRETARY, STRANGER])


async def flood(town: Scene, hostile: HostileUpdates, hook: str) -> Stopwatch:
    """Bring all updates, good presses among them; to a webhook also bodies that are no updates."""
    watch = Stopwatch(town)
    async with aiohttp.ClientSession(headers={SECRET_HEADER: SECRET}) as telegram:
        for _ in range(UPDATES // AT_ONCE):
            good = set(town.dice.sample(range(AT_ONCE), 5))
            for number in range(AT_ONCE):
                if number in good:
                    watch.press()
                town.telegram.offer(hostile.make())
            if hook:
                async with telegram.post(hook, data=hostile.body()) as answer:
                    assert answer.status in {200, 400, 413}
            await watch.answered()
    return watch


@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("way", ["polling", "webhook"][: rounds(2, few=1)])
async def test_a_flood_of_updates_of_any_shape_silences_nobody(sqlite_url: str, tmp_path: Path, way: str) -> None:
    log, (port,) = tmp_path / "log", free_ports(1)
    hook = f"http://127.0.0.1:{port}/hook" if way == "webhook" else ""
    told = {"webhook_url": hook, "webhook_secret": SECRET, "listen": f"127.0.0.1:{port}"}
    async with scene(sqlite_url, setup=Setup(told, log)) as town:
        hostile = await let_in(town)
        memory = psutil.Process(town.bot.pid).memory_info
        before = memory().rss
        watch = await flood(town, hostile, hook)
        await town.telegram.settled()
        after = memory().rss
        assert await town.bot.stop() == 0
        await town.ensure_counted()
    written = log.read_text(encoding="utf-8")
    assert "Traceback" not in written
    assert '"level": "error"' not in written, written
    p99 = quantiles(watch.seconds, n=100)[-1]
    sys.stdout.write(
        f"{way}: {UPDATES} updates, {len(watch.seconds)} good presses answered, p99 {p99:.3f} s, "
        f"memory {before / 2**20:.0f} MiB before, {after / 2**20:.0f} MiB after\n"
    )
