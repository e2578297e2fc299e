"""A projector on the wall while phones vote: its page is served by another process than the bot, over the same file."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from typing import TYPE_CHECKING, Any, Final, Self

import aiohttp

from benchmarks import town
from bot.addresses import ListeningAddress
from bot.app import SystemClock, wire
from bot.cli import COMMAND_LINE
from bot.domain.people import Caller, Role
from bot.i18n import Catalogues
from bot.pages.hall_pages import KEY_HEADER
from bot.pages.kept_pages import KeptPages
from bot.pages.reader_limits import ReaderLimits
from bot.pages.server import pages_application
from bot.pages_web import hall_pages, site_terms
from bot.site import Site
from bot.worker.local import LocalWorker

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from bot.services import Services

KEEPER: Final = 990_000_001
"""The moderator in whose name the keys are made."""
LATEST: Final = 30.0
"""Seconds that a change is waited for."""


class Wall:
    """Shows the hall of a town; ``seen`` are moments (monotonic) with what stood there from then on."""

    def __init__(self, place: town.Town) -> None:
        self._place = place
        self._thread = threading.Thread(target=lambda: asyncio.run(self._show()), name="the wall")
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop = asyncio.Event()
        self._changed = threading.Condition()
        self.seen: list[tuple[float, dict[str, Any]]] = []

    def __enter__(self) -> Self:
        self._thread.start()
        self.behind(time.monotonic(), bool)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def behind(self, since: float, shows: Callable[[dict[str, Any]], bool]) -> float:
        """Seconds from then until the wall ``shows`` it; ``LATEST`` where it never did."""
        ends = time.monotonic() + LATEST
        with self._changed:
            while True:
                found = next((at for at, shown in self.seen if shows(shown)), None)
                if found is not None:
                    return max(0.0, found - since)
                if not self._thread.is_alive() or not self._changed.wait(ends - time.monotonic()):
                    return LATEST

    async def _show(self) -> None:
        self._loop = asyncio.get_running_loop()
        settings, clock = town.settings(self._place.url), SystemClock()
        store = await town.opened(self._place)
        services, catalogues = wire(settings, store, clock), Catalogues.load()
        pages = KeptPages(LocalWorker(store, catalogues, clock, timezone=settings.timezone), site_terms(settings))
        routes = hall_pages(services, catalogues, settings).add_routes
        site = Site(pages_application(pages, ReaderLimits(), proxies=0, folder=None, more=(routes,)))
        try:
            port = await site.start(ListeningAddress("127.0.0.1", 0))
            code, key = await self._key(services)
            async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None)) as session:
                watching = asyncio.create_task(self._watch(session, f"http://127.0.0.1:{port}/hall/{code}/events", key))
                stopping = asyncio.create_task(self._stop.wait())
                await asyncio.wait({watching, stopping}, return_when=asyncio.FIRST_COMPLETED)
                watching.cancel()
                stopping.cancel()
        finally:
            await site.stop()
            await pages.close()
            await store.close()

    async def _key(self, services: Services) -> tuple[str, str]:
        token = await services.people.invite(COMMAND_LINE, self._place.municipality_id, Role.MODERATOR)
        await services.people.join(Caller(KEEPER, "ky"), token)
        keeper = await services.people.identify(Caller(KEEPER, "ky"))
        made = await services.hall_keys.make(keeper, self._place.hearing_id, 1)
        return made.hearing.code, made.projector

    async def _watch(self, session: aiohttp.ClientSession, address: str, key: str) -> None:
        async with session.get(address, headers={KEY_HEADER: key}) as answer:
            async for line in answer.content:
                if line.startswith(b"data: "):
                    with self._changed:
                        self.seen.append((time.monotonic(), json.loads(line[6:])))
                        self._changed.notify_all()
