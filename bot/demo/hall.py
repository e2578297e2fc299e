"""The hall of the open hearing: its projector beside the phones, and the page of its chair."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Final

from aiohttp import web

from bot.demo.loopback import LOOPBACK_ADDRESS, address_of, listen, refuse_other_sites, serve
from bot.demo.sample_data import OPEN_MUNICIPALITY, SETUP_ACTOR
from bot.domain.hall import HallDoor
from bot.domain.hall_errors import HallKeyRefused
from bot.domain.people import Caller, Role
from bot.pages_web import hall_pages
from bot.simulator import Person

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.demo.sample_data import SampleData
    from bot.runtime import App
    from bot.services.hall_keys import NewHallKeys
    from bot.simulator import Telegram

CHAIR_ID: Final = 700_201
"""The moderator in whose name the keys are made; their phone is not shown."""
SITTING: Final = 1


class DemoHall:
    """Serves the two pages at an address of their own, which the page of the phones may show within itself.

    ``beside`` is the address of that page.
    """

    def __init__(self, telegram: Telegram, settings: Settings, sample: SampleData, beside: str) -> None:
        self._settings = settings
        self._sample = sample
        self._beside = beside
        self._socket = listen(0)
        self._stack = AsyncExitStack()
        self._app: App | None = None
        self._keys: NewHallKeys | None = None
        Person(telegram, "Алып баруучу", language="ky", id=CHAIR_ID).chat.refusal = None

    @property
    def address(self) -> str:
        """Where the pages are served."""
        return address_of(self._socket)

    def attach(self, app: App) -> None:
        """Give the bot whose hall it is; the pages are served from now on, and its desk gives links to them."""
        self._app = app
        app.parts.application.bot_data.pages_url = self.address
        app.tasks.start(self._serve(app), name="pages of the hall")

    async def close(self) -> None:
        """Serve nothing more."""
        await self._stack.aclose()
        self._socket.close()

    async def links(self, language: str) -> dict[str, str]:
        """The addresses of the projector and of the chair's page in that language; keys are made where none is good."""
        assert self._app is not None, "the bot is not there yet"
        keys = await self._good_keys(self._app)
        code = keys.hearing.code
        return {
            "wall": f"{self.address}/hall/{code}?in={language}#{keys.projector}",
            "chair": f"{self.address}/chair/{code}?in={language}#{keys.chair}",
        }

    async def _good_keys(self, app: App) -> NewHallKeys:
        """The keys that were made last, or new ones: the clock may have been pushed by days."""
        if self._keys is not None:
            try:
                await app.services.hall_keys.enter(HallDoor.CHAIR, self._keys.hearing.code, self._keys.chair)
            except HallKeyRefused:
                self._keys = None
        if self._keys is None:
            municipality = self._sample.get_id(OPEN_MUNICIPALITY)
            chair = await app.services.people.identify(Caller(CHAIR_ID, "ky"))
            if not chair.grants:
                token = await app.services.people.invite(SETUP_ACTOR, municipality, Role.MODERATOR)
                await app.services.people.join(Caller(CHAIR_ID, "ky"), token)
                chair = await app.services.people.identify(Caller(CHAIR_ID, "ky"))
            hearing = self._sample.hearings[municipality]
            self._keys = await app.services.hall_keys.make(chair, hearing.id, SITTING)
        return self._keys

    async def _serve(self, app: App) -> None:
        beside = f"{self._beside} {self._beside.replace(LOOPBACK_ADDRESS, 'localhost')}"
        pages = hall_pages(app.services, app.catalogues, self._settings, framed_by=beside)
        site = web.Application(middlewares=[refuse_other_sites])
        pages.add_routes(site)
        await serve(self._stack, site, self._socket)
