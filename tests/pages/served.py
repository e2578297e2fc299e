"""The pages as a server gives them out, over a municipality that a test goes on with."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import aiohttp

from bot.addresses import ListeningAddress
from bot.pages.jobs import SiteTerms
from bot.pages.kept_pages import KeptPages
from bot.pages.reader_limits import ReaderLimits
from bot.pages.server import pages_application
from bot.site import Site
from bot.worker.local import LocalWorker
from tests.clocks import VirtualClock
from tests.pages.sites import BASE, CATALOGUES, Links

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.pages.jobs import LinksReader
    from bot.pages.links import BotLinks
    from bot.pages.server import AddRoutes
    from bot.ports import ReadingStore
    from tests.municipality import Municipality

ANYWHERE = ListeningAddress("127.0.0.1", 0)


async def read_links(_: ReadingStore) -> BotLinks:
    """The links of the tests."""
    return Links()


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Server:
    """A server of pages and somebody who asks it; ``clock`` is that of what it keeps."""

    root: str
    session: aiohttp.ClientSession
    worker: LocalWorker
    clock: VirtualClock = field(default_factory=VirtualClock)

    async def ask(self, place: str, method: str = "GET", **headers: str) -> Reply:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        url = f"{self.root}/{place}"
        async with self.session.request(method, url, headers=named, allow_redirects=False) as answer:
            found = {name.lower(): value for name, value in answer.headers.items()}
            return Reply(answer.status, found, await answer.read())

    async def words(self, place: str) -> str:
        return (await self.ask(place)).body.decode()

    def forget(self) -> None:
        """Let so much time pass that every page is asked for anew."""
        self.clock.forward(hours=1)


@asynccontextmanager
async def serving(
    municipality: Municipality,
    *,
    folder: Path | None = None,
    limits: ReaderLimits | None = None,
    proxies: int = 0,
    more: tuple[AddRoutes, ...] = (),
    port: int = 0,
    links: LinksReader = read_links,
) -> AsyncIterator[Server]:
    """Serve the municipality's pages; many requests are let through unless the ``limits`` say otherwise."""
    services, clock = municipality.services, VirtualClock()
    worker = LocalWorker(services.store, CATALOGUES, services.clock, timezone=services.directory.timezone)
    terms = SiteTerms(links, base=BASE, media_folder=str(folder or ""))
    pages = KeptPages(worker, terms, monotonic=clock.monotonic)
    limits = limits or ReaderLimits(at_once=100_000, monotonic=clock.monotonic)
    site = Site(pages_application(pages, limits, proxies=proxies, folder=folder, more=more))
    port = await site.start(ListeningAddress(ANYWHERE.host, port))
    try:
        async with aiohttp.ClientSession() as session:
            yield Server(f"http://127.0.0.1:{port}", session, worker, clock)
    finally:
        await site.stop()
        await pages.close()
