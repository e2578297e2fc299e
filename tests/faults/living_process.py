"""The bot as a real process that can be killed, against the simulator over HTTP."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import random
import signal
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from aiohttp import web

import storage
from bot.app import wire
from bot.config import Settings, load
from bot.i18n import Catalogues
from bot.services.outbox.lease import LEASE
from bot.simulator.people import Person
from bot.simulator.server import application
from bot.simulator.telegram import Telegram
from handlers.presses import ChooseOption
from handlers.presses.wire import pack
from tests import samples
from tests.clocks import SystemClock
from tests.municipality import Municipality

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from datetime import datetime
    from multiprocessing.process import BaseProcess
    from pathlib import Path

    from bot.domain.hearings import Hearing
    from bot.runtime import App
    from bot.services import Services
    from bot.simulator.limits import Limits
    from bot.simulator.world import Query

FORKS = multiprocessing.get_context("forkserver")
"""Processes that have the product imported from their beginning."""
FORKS.set_forkserver_preload(["bot.app", "bot.simulator.telegram", "tests.faults.living_process"])
Catalogues.load()  # read before the fork, so that no process reads them again


@dataclass(frozen=True)
class Haste:
    """What a process under test does not wait as long for as others: for another's claim, and for an answer."""

    takeover: float = LEASE
    read: float = 10.0


@dataclass(frozen=True)
class ShiftedClock:
    """The machine's clock, and so much more."""

    ahead: timedelta

    def now(self) -> datetime:
        """The present moment as this clock has it."""
        return SystemClock().now() + self.ahead


@dataclass(frozen=True)
class Setup:
    """The settings that a process under test has of its own, and the file into which it writes warnings and worse."""

    settings: Mapping[str, str] = field(default_factory=dict)
    log: Path | None = None
    pace: float = 0.0
    """Seconds between two messages to a person; 0: any number of anything leaves."""
    ahead: float = 0.0
    """Seconds by which its clock is ahead of the machine's."""


def noon() -> str:
    """A time zone in which it is about noon now, so that no notice waits for the morning."""
    hours = SystemClock().now().hour - 12
    return f"Etc/GMT{hours:+d}" if hours else "Etc/GMT"


def _serve(url: str, api: str, token: str, haste: Haste, setup: Setup) -> None:
    """The very ``run`` of the command line, in a process of its own."""
    from bot.app import Requests
    from bot.cli.running import until_signalled
    from bot.event_loop import new_event_loop
    from bot.logs import set_up
    from bot.running import run
    from handlers.outgoing.transport import ReqwestRequest

    def hurry(app: App) -> None:
        app.sender._leases._lease = haste.takeover

    async def serve(stop: asyncio.Event) -> None:
        ways = Requests(ReqwestRequest(connections=2), ReqwestRequest(read=haste.read, connect=min(haste.read, 5.0)))
        clock = ShiftedClock(timedelta(seconds=setup.ahead))
        await run(settings, stop=stop, clock=clock, pace=setup.pace, requests=ways, built=hurry)

    if setup.log:
        os.dup2(os.open(setup.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
    set_up(level="WARNING" if setup.log else "ERROR", form="json")
    given = {"bot_token": token, "database_url": url, "telegram_api_url": api, "listen": "127.0.0.1:0"}
    settings = load("", timezone=noon(), **{**given, **setup.settings})
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(until_signalled(serve))


def ended(process: BaseProcess) -> int:
    """Wait for the end of a process; its exit code."""
    process.join(30)
    assert process.exitcode is not None, "the process did not end"
    return process.exitcode


class BotProcess:
    """``hearing-bot run`` that a test starts, kills and starts again."""

    def __init__(self, url: str, api: str, token: str, haste: Haste | None = None, setup: Setup | None = None) -> None:
        self._arguments = (url, api, token, haste or Haste(), setup or Setup())
        self._process: BaseProcess | None = None

    def start(self) -> None:
        """Begin; returns at once."""
        self._process = FORKS.Process(target=_serve, args=self._arguments)
        self._process.start()

    @property
    def pid(self) -> int:
        """Of the running process."""
        assert self._process is not None
        assert self._process.pid is not None
        return self._process.pid

    async def kill(self) -> None:
        """kill -9."""
        os.kill(self.pid, signal.SIGKILL)
        await self._ended()

    async def stop(self) -> int:
        """SIGTERM; the exit code."""
        os.kill(self.pid, signal.SIGTERM)
        return await self._ended()

    async def _ended(self) -> int:
        assert self._process is not None
        code = await asyncio.to_thread(ended, self._process)
        self._process = None
        return code

    def __bool__(self) -> bool:
        return self._process is not None


@dataclass
class Scene:
    """A hearing, people with a screen each, and the bot's process."""

    telegram: Telegram
    bot: BotProcess
    services: Services
    hearing: Hearing
    people: list[Person]
    dice: random.Random
    api: str = ""
    """The address of its Telegram."""
    last: dict[tuple[int, int], tuple[Query, int]] = field(default_factory=dict)
    """The last press of each person on each question, and the option it named."""

    def press(self) -> Query:
        """Somebody answers some question."""
        person = self.dice.choice(self.people)
        question = self.dice.randint(1, 3)
        option = self.dice.randint(1, 3)
        query = person.forge(pack(ChooseOption(self.hearing.id, question, option), "ky"))
        self.last[person.id, question] = (query, option)
        return query

    async def answered(self, presses: int) -> None:
        """Return when so many more presses were answered."""
        enough = asyncio.Event()
        left = presses

        def listen(event: object) -> None:
            nonlocal left
            if getattr(event, "kind", "") == "toast":
                left -= 1
                if left <= 0:
                    enough.set()

        stop = self.telegram.listen(listen)
        if presses > 0:
            await asyncio.wait_for(enough.wait(), 60)
        stop()

    async def handled(self) -> None:
        """Return when the bot lives, Telegram has nothing for it any more, and nothing waits in its inbox."""
        asker = self.people[0]
        before = len(asker.messages)
        asker.say("/help")
        await asker.until(lambda: len(asker.messages) > before, within=60)
        await self.telegram.settled()
        async with asyncio.timeout(60):
            while await self.waiting():
                await asyncio.sleep(0.01)

    async def waiting(self) -> int:
        """How many people's updates wait in the inbox."""
        async with self.services.store.reading() as repositories:
            return sum([await repositories.inbox.waiting(person.id) for person in self.people])

    async def votes(self) -> dict[tuple[int, int], dict[int, int]]:
        """What is stored, by person and question."""
        stored = {}
        async with self.services.store.reading() as repositories:
            for person in self.people:
                resident = await repositories.people.find(person.id)
                assert resident is not None
                for number, vote in (await repositories.votes.of_person(self.hearing.id, resident.id)).items():
                    stored[person.id, number] = dict(vote.answer)
        return stored

    async def ensure_counted(self) -> None:
        """Each last press is the stored answer, nobody is counted twice, the rollup is what a recount gives."""
        assert await self.votes() == {key: {option: 1} for key, (_, option) in self.last.items()}
        async with self.services.store.reading() as repositories:
            rollup = await repositories.votes.rollup(self.hearing.id)
            assert rollup == await repositories.votes.recount(self.hearing.id)
            tallies = await repositories.votes.tallies(self.hearing.id)
        for number in (1, 2, 3):
            voters = {person for person, question in self.last if question == number}
            assert tallies[number].voters == len(voters)


@asynccontextmanager
async def scene(
    url: str,
    *,
    people: int = 12,
    seed: int = 7,
    port: int = 0,
    haste: Haste | None = None,
    setup: Setup | None = None,
    limits: Limits | None = None,
) -> AsyncIterator[Scene]:
    """A hearing that is open, residents who have agreed, a simulator over HTTP, and a bot that is running."""
    clock = SystemClock()
    telegram = Telegram(clock=clock, limits=limits, webhook_retry=0.05)
    runner = web.AppRunner(application(telegram), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    api = f"http://127.0.0.1:{runner.addresses[0][1]}"
    store = await storage.open_store(url)
    wired = wire(Settings(bot_token=telegram.token), store, clock)
    bot = BotProcess(url, api, telegram.token, haste, setup)
    try:
        municipality = await Municipality.load(wired)
        now = clock.now()
        hearing = await municipality.hearing(samples.dossier(opens=now - samples.HOUR, closes=now + samples.HOUR))
        persons = [Person(telegram, f"Resident {number}", language="ky") for number in range(people)]
        for person in persons:
            await municipality.resident(person.id)
        bot.start()
        for person in persons:
            person.start()
        await telegram.settled()
        for person in persons:
            await person.until(lambda person=person: bool(person.messages), within=60)  # type: ignore[misc]
        yield Scene(telegram, bot, wired, hearing, persons, random.Random(seed), api)
    finally:
        if bot:
            await bot.kill()
        await store.close()
        await runner.cleanup()
