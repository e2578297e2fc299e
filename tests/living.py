"""The whole application in a test: real handlers, services and database, talking to the shipped simulator."""

from __future__ import annotations

import asyncio
import shutil
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import pytest

import storage
from bot.app import Requests
from bot.cli import COMMAND_LINE
from bot.config import load
from bot.domain.languages import OWN_NAMES
from bot.domain.people import Role
from bot.domain.unsent import PART_FOLLOWS_WITHIN
from bot.runtime import App
from bot.simulator.people import Person
from bot.simulator.request import SimulatorRequest
from bot.simulator.telegram import Telegram
from handlers import presses
from handlers.presses.links import deep_link
from tests.clocks import VirtualClock
from tests.databases import made_once
from tests.municipality import Municipality
from tests.same_thread import opened
from tests.servers import shared_folder

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from pathlib import Path

    from bot.domain.hearings import Dossier, Hearing
    from bot.simulator.limits import Limits
    from bot.simulator.messages import Message
    from storage import Store


@dataclass
class Town:
    """A municipality with a bot: people press and type, ``quiet`` waits until the bot has said all it has to say."""

    telegram: Telegram
    app: App
    store: Store
    clock: VirtualClock
    url: str
    """The address of its database."""
    places: Mapping[str, int]
    """Ids by code."""

    async def stop(self) -> None:
        """The bot is gone; Telegram keeps what people do."""
        await self.app.stop()

    async def begin(self) -> None:
        """A new process of the bot, as far as memory goes: another application over the same store."""
        self.app = self.another_app(self.store)
        await self.app.start(listen=False, ticking=False)

    def another_app(self, store: Store, *, pace: float = 0.0, **more: str) -> App:
        """An application that is not started yet, with settings as given."""
        return _app(self.telegram, store, self.clock, self.url, pace=pace, **more)

    async def quiet(self) -> None:
        """Everything sent was handled, committed and answered; receipts no longer wait for more parts."""
        await self.handled()
        if await self._waits():
            self.clock.forward(seconds=PART_FOLLOWS_WITHIN.total_seconds())
            await self.app.idle()

    async def handled(self) -> None:
        """Everything sent was handled, committed and answered, without any time passing."""
        await self.telegram.settled()
        await self.app.idle()

    async def _waits(self) -> bool:
        async with self.store.reading() as repositories:
            now = self.clock.now()
            later = now + PART_FOLLOWS_WITHIN
            return await repositories.owed_replies.due(later) and not await repositories.owed_replies.due(now)

    async def tick(self) -> None:
        """The clock is looked at."""
        await self.app.ticker.tick()
        await self.app.question_poster.post_questions()
        await self.app.parts.hall_screens.look()
        await self.app.sender.drain()
        await self.quiet()

    async def say(self, person: Person, text: str) -> Message:
        """Type; the newest screen afterwards."""
        person.say(text)
        await self.quiet()
        return person.screen

    async def press(self, person: Person, *labels: str) -> Message:
        """Press one button after the other; the newest screen afterwards."""
        for label in labels:
            person.press(label)
            await self.quiet()
        return person.screen

    async def start(self, person: Person, payload: str = "") -> Message:
        """Open the bot, by a link where there is a payload."""
        person.start(payload)
        await self.quiet()
        return person.screen

    def person(self, name: str = "Айгүл", *, language: str = "en") -> Person:
        """Somebody who has not met the bot yet; ``language`` is Telegram's guess."""
        return Person(self.telegram, name, language=language)

    async def resident(self, name: str = "Айгүл", *, tongue: str = "English", place: str = "bagysh") -> Person:
        """Somebody who has agreed in a language, found their municipality, and has its screen.

        How one comes so far is told in ``tests/handlers/test_a_residents_way.py``; here it goes by the services.
        """
        person = self.person(name)
        language = next(code for code, own_name in OWN_NAMES.items() if own_name == tongue)
        await Municipality(self.app.services, self.places).resident(person.id, language=language, place=place)
        await self.start(person)
        return person

    async def actor(self, person: Person):  # type: ignore[no-untyped-def]  # noqa: ANN201
        """The actor behind a person."""
        from bot.domain.people import Caller

        return await self.app.services.people.identify(Caller(person.id, person.language or "ky"))

    async def secretary(self, place: str = "bagysh", role: Role = Role.SECRETARY, *, tongue: str = "English") -> Person:
        """Somebody who has opened an invitation."""
        person = await self.resident("Гүлнара", tongue=tongue, place=place)
        token = await self.app.services.people.invite(COMMAND_LINE, self.places[place], role)
        person.follow(deep_link(self.telegram.username, presses.AcceptInvitation(token)))
        await self.quiet()
        return person

    async def hearing(self, content: Dossier | None = None, *, place: str = "bagysh", publish: bool = True) -> Hearing:
        """A hearing, announced unless ``publish`` is False."""
        found = await Municipality(self.app.services, self.places).hearing(content, place=place, publish=publish)
        await self.tick()
        return found


AnyTown = TypeVar("AnyTown", bound=Town)


@asynccontextmanager
async def living(
    url: str,
    kind: type[AnyTown],
    *,
    pace: float = 0.0,
    limits: Limits | None = None,
    threads: bool = True,
) -> AsyncIterator[AnyTown]:
    """A running bot over the database at ``url`` with three municipalities and no hearing yet.

    It is stopped even where the test fails; a tick that crashed is a failure of its own. Without ``threads`` the
    database is asked in the loop's own.
    """
    store = await storage.open_store(url) if threads else opened(url)
    clock = VirtualClock()
    telegram = Telegram(clock=clock, limits=limits)
    app = _app(telegram, store, clock, url, pace=pace)
    town = kind(telegram, app, store, clock, url, places={})
    try:
        town.places = (await Municipality.load(app.services)).places
        await app.start(listen=False, ticking=False)
        yield town
        assert not town.app.ticker.crashes
    finally:
        await town.app.stop()
        await store.close()


async def run_once(url: str) -> None:
    """Let a bot run over the database at ``url``: then it has its places, and Telegram its profile."""
    async with living(url, Town, threads=False):
        pass


def _app(telegram: Telegram, store: Store, clock: VirtualClock, url: str, *, pace: float, **more: str) -> App:
    settings = load("", bot_token=telegram.token, database_url=url, **more)
    ways = Requests(SimulatorRequest(telegram), SimulatorRequest(telegram))
    return App(settings, store, clock, ways, pace=pace, monotonic=clock.monotonic)


@pytest.fixture(scope="session")
def town_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file to be copied: a bot has run over it, has loaded its places and has shown Telegram its profile."""

    def make(path: Path) -> None:
        shutil.copy(sqlite_template, path)
        asyncio.run(run_once(f"sqlite:///{path}"))

    return made_once(shared_folder(tmp_path_factory) / "town.db", make)


@pytest.fixture
def town_url(tmp_path: Path, town_template: Path) -> str:
    """The address of a SQLite database with three municipalities and no hearing yet."""
    return f"sqlite:///{shutil.copy(town_template, tmp_path / 'hearings.db')}"


@pytest.fixture
async def town(town_url: str) -> AsyncIterator[Town]:
    """A running bot with three municipalities and no hearing yet."""
    async with living(town_url, Town, threads=False) as here:
        yield here
