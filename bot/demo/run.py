"""The demo: a Telegram of one's own, the bot as it always runs, a sample town, and a phone in the browser."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import webbrowser
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import click
from aiohttp import web

from bot import config
from bot.app import SystemClock, wire
from bot.demo import chat, municipality
from bot.demo.chat import DemoPerson
from bot.domain.people import Actor, Caller, Role
from bot.i18n import Catalogues
from bot.runtime import run
from bot.simulator import Limits, Person, Telegram, server
from bot.workbook.places import read_places
from bot.workbook.reader import read
from handlers import presses
from handlers.desk import link
from handlers.presses.wire import pack
from storage import open_store

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.config import Settings
    from bot.domain.hearings import Dossier, Hearing
    from bot.domain.places import PlaceTree
    from bot.runtime import App
    from bot.services import Services

LOOPBACK: Final = "127.0.0.1"
setup_actor: Final = Actor(telegram_id=0, language="en", administrator=True)
ZONE: Final = ZoneInfo(municipality.TIMEZONE)
OPEN_MUNICIPALITY: Final = "beshik-jon"
"""Where the secretary works; people answer here from the first minute."""
COMING_MUNICIPALITY: Final = "lenin"
"""Nothing is known of this hearing until a day before it opens: whoever follows the place hears the announcement."""
OTHER_MUNICIPALITY: Final = "yrys"
AFTER_CLOSING: Final = timedelta(minutes=1)
THURSDAY: Final = 3


class DemoClock:
    """The wall clock, pushed forward."""

    def __init__(self) -> None:
        self._wall = SystemClock()
        self._ahead = timedelta()

    def now(self) -> datetime:
        """The moment in the town, aware, UTC."""
        return self._wall.now() + self._ahead

    def push(self, moment: datetime) -> None:
        """Let it be ``moment`` now; it is never put back."""
        self._ahead += max(moment - self.now(), timedelta())


@dataclass(frozen=True, slots=True)
class SampleData:
    """The town once its places and hearings are stored; hearings by their municipality."""

    places: PlaceTree
    hearings: Mapping[int, Hearing]
    invitation: str
    """The token that makes somebody the secretary of ``OPEN_IN``."""

    def get_id(self, code: str) -> int:
        """The id of a place."""
        place = self.places.find_code(code)
        assert place is not None, f"the sample town has no {code}"
        return place.id


class ClockControls:
    """The chips of the page: the clock goes where they say, and the bot looks at it at once."""

    def __init__(self, clock: DemoClock, founded: SampleData) -> None:
        self._clock, self._founded = clock, founded
        self._app: App | None = None

    def meet(self, app: App) -> None:
        """This is the bot that looks at the clock."""
        self._app = app

    def now(self) -> datetime:
        """The time in the town."""
        return self._clock.now().astimezone(ZONE)

    async def list_moves(self, person: Person) -> Mapping[str, datetime]:
        """Around the hearing of the person's municipality (of the secretary's, while they have chosen none)."""
        now, dossier = self._clock.now(), (await self._hearing_of(person)).dossier
        begins = dossier.opens_at if dossier.opens_at > now else dossier.sittings[0].starts_at
        moves = {"before": begins - timedelta(days=1), "opens": begins, "closes": dossier.closes_at + AFTER_CLOSING}
        return {name: at for name, at in moves.items() if at > now} | {"hour": now + timedelta(hours=1)}

    async def move(self, name: str, person: Person) -> None:
        """Push the clock; announce what is due, open and close, deliver. Nobody was away meanwhile."""
        moment = (await self.list_moves(person))[name]
        if self._app is None:
            self._clock.push(moment)
            return
        async with self._app.services.store.writing() as repositories:
            await repositories.housekeeping.beat(moment)
        self._clock.push(moment)
        hearing = self._founded.hearings[self._founded.get_id(COMING_MUNICIPALITY)]
        if moment >= hearing.dossier.opens_at - timedelta(days=1):
            await self._app.services.announcements.publish(setup_actor, hearing.id)
        await self._app.ticker.tick()

    async def _hearing_of(self, person: Person) -> Hearing:
        home = self._founded.get_id(OPEN_MUNICIPALITY)
        if self._app is not None:
            actor = await self._app.services.people.identify(Caller(person.id, person.language))
            home = (actor.resident.municipality_id if actor.resident else None) or home
        return self._founded.hearings[home]


async def demo(*, port: int, open_browser: bool, stop: asyncio.Event) -> None:
    """Play until ``stop`` is set; nothing stays behind. Raises OSError where the port is taken."""
    door = socket.create_server((LOOPBACK, port))
    async with AsyncExitStack() as stack:
        stack.callback(door.close)
        folder = stack.enter_context(TemporaryDirectory(prefix="hearing-bot-", ignore_cleanup_errors=True))
        clock = DemoClock()
        telegram = await stack.enter_async_context(Telegram(clock=clock, limits=Limits()))
        behind = socket.create_server((LOOPBACK, 0))
        await _serve(stack, server.application(telegram), behind)
        settings = _settings(telegram, Path(folder), _address(behind))
        click.echo("Building the sample town ...", err=True)
        founded = await _found(settings, clock, stop)
        if stop.is_set():
            return
        conductor = ClockControls(clock, founded)
        await _serve(stack, chat.application(telegram, _people(telegram, founded), conductor), door)
        click.echo(f"Open {_address(door)} in a browser. Ctrl-C ends the demo.")
        if open_browser and _has_screen():
            await asyncio.to_thread(webbrowser.open, _address(door))
        await run(settings, stop=stop, clock=clock, built=conductor.meet)


def _has_screen() -> bool:
    """False on a server: a browser for the terminal would take it over and keep the bot from beginning."""
    return sys.platform in ("darwin", "win32") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def _address(door: socket.socket) -> str:
    return f"http://{LOOPBACK}:{door.getsockname()[1]}"


async def _serve(stack: AsyncExitStack, app: web.Application, door: socket.socket) -> None:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.SockSite(runner, door).start()


def _settings(telegram: Telegram, folder: Path, address: str) -> Settings:
    """The demo's own, whatever the environment says."""
    return config.load(
        _env_file=None,
        bot_token=telegram.token,
        admin_ids=(),
        database_url=f"sqlite:///{folder / 'demo.db'}",
        telegram_api_url=address,
        webhook_url="",
        webhook_secret="",
        listen=f"{LOOPBACK}:0",
        timezone=municipality.TIMEZONE,
        default_language="ky",
        log_level="WARNING",
        log_format="console",
    )


async def _found(settings: Settings, clock: DemoClock, stop: asyncio.Event) -> SampleData:
    """Load places and hearings the way an operator does (until ``stop``), and write the secretary's invitation."""
    store = await open_store(settings.database_url)
    try:
        wired = wire(settings, store, clock)
        await wired.directory.load(read_places(municipality.places_csv()).places)
        places = await wired.directory.tree()
        hearings = {}
        for code in municipality.codes():
            if stop.is_set():
                break
            place = places.find_code(code)
            assert place is not None
            hearings[place.id] = await _load(wired, code, place.id)
        home = places.find_code(OPEN_MUNICIPALITY)
        assert home is not None
        invitation = await wired.people.invite(setup_actor, home.id, Role.SECRETARY)
    finally:
        await store.close()
    return SampleData(places, hearings, invitation)


async def _load(wired: Services, code: str, municipality_id: int) -> Hearing:
    """One municipality's workbook: answers are taken since yesterday, except where the hearing is still to come."""
    now = wired.clock.now()
    starts, opens = (10, 3) if code == COMING_MUNICIPALITY else (6, -1)
    dossier = await asyncio.to_thread(
        _dossier, code, starts=_morning(now, starts, hour=10), opens=_morning(now, opens, hour=9), now=now
    )
    return await wired.hearings.load(setup_actor, municipality_id, dossier, publish=code != COMING_MUNICIPALITY)


def _morning(now: datetime, days: int, *, hour: int) -> datetime:
    """That many days from ``now``, or the Monday after, where people would not come on that day or the next."""
    day = now.astimezone(ZONE).date() + timedelta(days=days)
    while days > 0 and day.weekday() > THURSDAY:
        day += timedelta(days=1)
    return datetime.combine(day, time(hour), ZONE)


def _dossier(code: str, *, starts: datetime, opens: datetime, now: datetime) -> Dossier:
    content = municipality.workbook(code, starts=starts, opens=opens)
    reading = read(content, catalogues=Catalogues.load(), municipality_timezone=municipality.TIMEZONE, now=now)
    assert reading.dossier is not None, reading.errors
    return reading.dossier


def _people(telegram: Telegram, founded: SampleData) -> Sequence[DemoPerson]:
    """Three residents of three municipalities, and the secretary, who holds an invitation."""
    villages = founded.places.villages(founded.get_id(COMING_MUNICIPALITY))
    poster = f"https://t.me/{telegram.username}?start={pack(presses.OpenPlace(villages[0].id))}"
    return (
        DemoPerson(Person(telegram, "Айгүл", language="ky"), place=_name(founded, OPEN_MUNICIPALITY, "ky")),
        DemoPerson(
            Person(telegram, "Сергей", language="ru"), place=_name(founded, COMING_MUNICIPALITY, "ru"), link=poster
        ),
        DemoPerson(Person(telegram, "Dilnoza", language="uz"), place=_name(founded, OTHER_MUNICIPALITY, "uz")),
        DemoPerson(
            Person(telegram, "Бакыт", language="ky"),
            role="secretary",
            place=_name(founded, OPEN_MUNICIPALITY, "ky"),
            link=link(telegram.username, founded.invitation),
        ),
    )


def _name(founded: SampleData, code: str, language: str) -> str:
    return str(Catalogues.load()[language].text(founded.places.get(founded.get_id(code)).name).words)
