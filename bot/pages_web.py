"""The public pages, served at ``PAGES_LISTEN`` for as long as the bot runs, whether Telegram answers or not."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import structlog

from bot.bot_links import CheckInLinks, links_into_bot
from bot.domain.places import Contact
from bot.pages.hall_doors import WRONG_A_SECOND, WRONG_AT_ONCE, HallDoors
from bot.pages.hall_pages import NOBODY_FRAMES, HallPages
from bot.pages.jobs import SiteTerms
from bot.pages.kept_pages import KeptPages
from bot.pages.reader_limits import ReaderLimits
from bot.pages.server import pages_application
from bot.site import Site
from bot.worker.process import WorkerProcess

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from bot.config import Settings
    from bot.i18n import Catalogues
    from bot.pages.server import AddRoutes
    from bot.ports import Clock
    from bot.services import Services

log = structlog.get_logger(__name__)

REQUEST_WITHIN: Final = 60.0
"""Seconds within which a request has to come whole and is answered: a document on a slow line takes its time."""
FINISHING: Final = 0.5
"""Seconds that pages under way have at the end: the replies of the chat have the rest of the time."""


@asynccontextmanager
async def serving_pages(settings: Settings, clock: Clock, more: Iterable[AddRoutes] = ()) -> AsyncIterator[int | None]:
    """Serve the pages meanwhile, where the settings want it, and what ``more`` adds; gives the port. Raises OSError.

    A process of their own makes them: a stranger's page never stands in the way of a secretary's report.
    """
    address = settings.pages_address
    if address is None:
        yield None
        return
    worker = WorkerProcess(settings.database_url, clock, timezone=settings.timezone)
    pages = KeptPages(worker, site_terms(settings))
    folder = Path(settings.media_folder) if settings.media_folder else None
    app = pages_application(pages, ReaderLimits(), proxies=settings.pages_proxies, folder=folder, more=more)
    site = Site(app, finishing=FINISHING, within=REQUEST_WITHIN)
    try:
        port = await site.start(address)
        log.info("serving public pages", port=port, url=settings.pages_url)
        yield port
    finally:
        await site.stop()
        await pages.close()


def hall_pages(
    services: Services, catalogues: Catalogues, settings: Settings, *, framed_by: str = NOBODY_FRAMES
) -> HallPages:
    """The projector and the chair's page, for the same address; ``framed_by`` is that of ``HallPages``."""
    wrong = ReaderLimits(at_once=WRONG_AT_ONCE, a_second=WRONG_A_SECOND)
    return HallPages(
        services,
        catalogues,
        HallDoors(services.hall_keys, wrong),
        link=CheckInLinks(services.store),
        language=settings.default_language,
        proxies=settings.pages_proxies,
        framed_by=framed_by,
    )


def site_terms(settings: Settings) -> SiteTerms:
    """What the settings say of the pages."""
    return SiteTerms(
        links_into_bot,
        base=settings.pages_url,
        media_folder=settings.media_folder,
        contact=Contact(*settings.contact),
        language=settings.default_language,
    )
