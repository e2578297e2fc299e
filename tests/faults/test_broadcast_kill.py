"""A broadcast through kill -9 and a bad network: everybody is accounted for, whoever may have it twice is marked."""

from __future__ import annotations

import asyncio
import random
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, cast

import pytest
from aiohttp import web
from sqlalchemy import text

import storage
from bot.app import wire
from bot.cli import COMMAND_LINE
from bot.config import Settings
from bot.domain.sittings import Sitting
from bot.services.outbox.sender import IN_FLIGHT
from bot.simulator.faults import PlannedFault
from bot.simulator.people import BLOCKED_BY_USER, CHAT_NOT_FOUND, USER_DEACTIVATED, Person
from bot.simulator.server import application
from bot.simulator.telegram import Telegram
from tests import samples
from tests.clocks import SystemClock
from tests.faults.living_process import BotProcess, Haste
from tests.municipality import Municipality
from tests.scale import kills, rounds

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.domain.hearings import Hearing
    from bot.services import Services

pytestmark = pytest.mark.kills

RECIPIENTS = rounds(2_000, few=250)
STOPPED_RECIPIENTS = rounds(2_000, few=200)
"""Of a broadcast that is stopped when a hundred have it."""
KILLS = kills(10, few=2)
RECIPIENTS_OF_KILLED = kills(2_000, few=250)
PATIENCE = kills(90, few=90)
"""Seconds until a broadcast is over."""
READ = 1.0
"""Seconds that the bot waits for a connection, and again for an answer."""
LEAVE = 10.0
"""Seconds for five on a busy machine: less than the bot would wait for an answer of Telegram's."""
FAULTS = (
    *(PlannedFault(parameters={"retry_after": 1}, status=429),) * 2,
    *(PlannedFault(status=status, performed=performed) for status in (500, 502) for performed in (False, True)),
    *(PlannedFault(broken="reset", performed=performed) for performed in (False, True)),
    PlannedFault(broken="half", performed=True),
    *(PlannedFault(broken="silence", seconds=READ * 4, performed=performed) for performed in (False, True)),
)


@dataclass
class Weather:
    """One message in thirty meets a fault, the same ones with the same seed."""

    dice: random.Random
    performed: int = 0
    """Messages that arrived though the bot was told something else."""

    def __call__(self, method: str, _chat: int | str | None) -> PlannedFault | None:
        if method != "sendMessage" or self.dice.random() > 1 / 30:
            return None
        fault = self.dice.choice(FAULTS)
        self.performed += fault.performed
        return fault


@dataclass(frozen=True)
class Row:
    """What the database says of one recipient."""

    state: str
    reason: str
    doubtful: bool


@dataclass
class Mailing:
    """A town of followers, a hearing that nobody has been told of, and the address of its Telegram."""

    telegram: Telegram
    services: Services
    hearing: Hearing
    url: str
    api: str
    people: dict[int, Person]
    gone: set[int]
    bots: list[BotProcess] = field(default_factory=list)

    def bot(self, haste: Haste | None = None) -> BotProcess:
        """Another process of the bot, running."""
        bot = BotProcess(self.url, self.api, self.telegram.token, haste)
        self.bots.append(bot)
        bot.start()
        return bot

    async def publish(self) -> None:
        """The secretary's act."""
        await self.services.announcements.publish(COMMAND_LINE, self.hearing.id)

    async def arrived(self, messages: int) -> None:
        """Return when so many more messages have arrived."""
        enough, left = asyncio.Event(), messages

        def listen(event: object) -> None:
            nonlocal left
            left -= getattr(event, "kind", "") == "new"
            if left <= 0:
                enough.set()

        stop = self.telegram.listen(listen)
        await asyncio.wait_for(enough.wait(), 60)
        stop()

    async def started(self, processes: int) -> None:
        """Return when so many processes have met Telegram."""
        async with asyncio.timeout(60):
            while sum(call.method == "deleteWebhook" for call in self.telegram.calls) < processes:
                await asyncio.sleep(0.02)

    async def held_by(self, processes: int) -> None:
        """Return when so many processes have been seen to hold a notice."""
        senders: set[str] = set()
        async with asyncio.timeout(PATIENCE):
            while len(senders) < processes:
                async with self.services.store.reading() as repositories:
                    senders |= {claim.by for claim in await repositories.notices.list_claims()}
                await asyncio.sleep(0.02)

    async def settled(self) -> None:
        """Return when nothing waits any more."""
        async with asyncio.timeout(PATIENCE):
            while True:
                async with self.services.store.reading() as repositories:
                    broadcasts = await repositories.broadcasts.list_of(self.hearing.id)
                if all(broadcast.completed for broadcast in broadcasts):
                    return
                await asyncio.sleep(0.05)

    async def rows(self) -> dict[int, Row]:
        """Every notice, by the Telegram id of its recipient."""
        query = "SELECT telegram_id, state, reason, doubtful FROM notices JOIN residents ON residents.id = recipient_id"
        async with cast("storage.Store", self.services.store)._database.reading() as now:
            return {who: Row(state, reason, bool(doubt)) for who, state, reason, doubt in await now.rows(text(query))}

    def received(self) -> dict[int, int]:
        """How many messages of the bot each person's phone shows."""
        return {number: len(person.messages) for number, person in self.people.items()}

    async def ensure_accounted(self) -> None:
        """Everybody has it, or there is a reason why not; and what is recorded is what phones show."""
        rows, received = await self.rows(), self.received()
        assert rows.keys() == self.people.keys()
        for number, row in rows.items():
            assert row.state == ("undeliverable" if number in self.gone else "delivered"), (number, row)
            assert bool(row.reason) == (number in self.gone)
            assert bool(received[number]) == (number not in self.gone)


@asynccontextmanager
async def mailing(url: str, recipients: int = RECIPIENTS) -> AsyncIterator[Mailing]:
    """Followers, one in fifty gone, and a draft of a hearing."""
    telegram = Telegram(clock=SystemClock())
    runner = web.AppRunner(application(telegram), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    store = await storage.open_store(url)
    wired = wire(Settings(bot_token=telegram.token), store, SystemClock())
    people = {person.id: person for person in (Person(telegram, f"Resident {n}") for n in range(recipients))}
    numbers = sorted(people)
    for number in numbers:
        people[number].chat.refusal = None
    gone = numbers[::50]
    for place, number in enumerate(gone):
        people[number].chat.refusal = (BLOCKED_BY_USER, USER_DEACTIVATED, CHAT_NOT_FOUND)[place % 3]
    try:
        hearing = await _draft(wired)
        await _follow(store, hearing.municipality_id, numbers)
        api = f"http://127.0.0.1:{runner.addresses[0][1]}"
        town = Mailing(telegram, wired, hearing, url, api, people, set(gone))
        yield town
    finally:
        for bot in town.bots:
            if bot:
                await bot.kill()
        await store.close()
        await runner.cleanup()


async def _draft(wired: Services) -> Hearing:
    municipality = await Municipality.load(wired)
    now = wired.clock.now()
    dossier = samples.dossier(opens=now - samples.HOUR, closes=now + timedelta(days=3))
    dossier = replace(dossier, sittings=(Sitting(now + timedelta(days=2)),))
    return await municipality.hearing(dossier, publish=False)


async def _follow(store: storage.Store, municipality_id: int, numbers: list[int]) -> None:
    """All of them agree and follow the municipality, at once."""
    now = int(SystemClock().now().timestamp() * 1_000_000)
    statement = (
        f"WITH RECURSIVE numbers(n) AS (SELECT {numbers[0]} UNION ALL SELECT n + 1 FROM numbers"
        f" WHERE n < {numbers[-1]})"
        " INSERT INTO residents (telegram_id, language, municipality_id, gender, age_band, reminders, consented_at,"
        f" asked_about_self, added_at) SELECT n, 'ky', {municipality_id}, '-', '-', 'all', {now}, true, {now}"
        " FROM numbers"
    )
    async with store._database.writing() as transaction:
        await transaction.run(text(statement))


async def test_kills_and_a_bad_network_lose_nobody_and_repeat_only_what_is_marked(database_url: str) -> None:
    dice = random.Random(3)
    async with mailing(database_url, RECIPIENTS_OF_KILLED) as town:
        weather = town.telegram.faults.policy = Weather(random.Random(11))
        bot = town.bot(Haste(takeover=1.0, read=READ))
        await town.started(1)
        await town.publish()
        for _ in range(KILLS):
            await town.arrived(dice.randint(1, 150))
            await bot.kill()
            bot.start()
        await town.settled()
        assert await bot.stop() == 0
        await town.ensure_accounted()
        rows = await town.rows()
        repeated = [number for number, messages in town.received().items() if messages > 1]
        assert len(repeated) <= KILLS * IN_FLIGHT + weather.performed
        assert all(rows[number].doubtful for number in repeated)
        assert any(rows[number].doubtful for number in rows)


def _later(method: str, _chat: int | str | None) -> PlannedFault | None:
    again = "Too Many Requests: retry after 1"
    return PlannedFault(429, again, {"retry_after": 1}) if method == "sendMessage" else None


async def test_two_senders_at_once_write_to_nobody_twice(postgresql_url: str) -> None:
    """Two that poll, which Telegram lets in turn: on a file the second would not start."""
    async with mailing(postgresql_url) as town:
        bots = [town.bot(), town.bot()]
        await town.started(2)
        town.telegram.faults.policy = _later
        await town.publish()
        await town.held_by(2)
        town.telegram.faults.clear()
        await town.settled()
        assert [await bot.stop() for bot in bots] == [0, 0]
        await town.ensure_accounted()
        assert set(town.received().values()) == {0, 1}
        assert not any(row.doubtful for row in (await town.rows()).values())


async def test_sigterm_in_a_broadcast_doubts_only_what_telegram_has_not_answered(database_url: str) -> None:
    async with mailing(database_url, STOPPED_RECIPIENTS) as town:
        unanswered: list[object] = []

        def silent(method: str, chat: int | str | None) -> PlannedFault | None:
            if method != "sendMessage":
                return None
            unanswered.append(chat)
            return PlannedFault(broken="silence")

        bot = town.bot()
        await town.started(1)
        await town.publish()
        await town.arrived(100)
        town.telegram.faults.policy = silent
        async with asyncio.timeout(30):
            while len(unanswered) < IN_FLIGHT:
                await asyncio.sleep(0.01)
        async with asyncio.timeout(LEAVE):
            assert await bot.stop() == 0
        town.telegram.faults.clear()
        doubted = {number for number, row in (await town.rows()).items() if row.doubtful}
        assert doubted == set(unanswered)
        bot.start()
        await town.settled()
        assert await bot.stop() == 0
        await town.ensure_accounted()
        assert set(town.received().values()) == {0, 1}
        assert {number for number, row in (await town.rows()).items() if row.doubtful} == doubted
