"""The bot from its start to its end, over a database that is whole."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import TYPE_CHECKING, Final

import structlog

from bot.app import SystemClock, real_requests
from bot.domain.consent import RETENTION_SETTING
from bot.domain.errors import StoreUnavailable
from bot.runtime import FATAL_ERRORS, App
from bot.web import Web
from bot.worker.process import WorkerProcess
from bot.worker.transcriber import remove_left_sounds
from storage import ensure_sound, open_store, sole_runner

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from prometheus_client import CollectorRegistry

    from bot.app import Requests
    from bot.config import Settings
    from bot.ports import Clock
    from storage import LastStop, Store

log = structlog.get_logger(__name__)

OPENING: Final = "it is being opened and looked through"
"""What ``/readyz`` says of the database until the bot has begun."""


async def run(
    settings: Settings,
    *,
    stop: asyncio.Event,
    clock: Clock | None = None,
    pace: float = 1.0,
    capped: bool = True,
    requests: Requests | None = None,
    built: Callable[[App], None] | None = None,
) -> None:
    """Run the bot until ``stop`` is set; ``built`` is called with it first.

    Raises TokenRefused, StoreUnavailable (where another process runs over the same file, too), OSError.

    ``pace`` and ``capped`` are those of ``bot.app.Parts``.
    """
    async with AsyncExitStack() as until_the_end:
        async with _answering_meanwhile(settings):
            alone = await until_the_end.enter_async_context(sole_runner(settings.database_url))
            await asyncio.to_thread(remove_left_sounds)
            stop_before = await ensure_sound(settings.database_url)
            store = await open_store(settings.database_url)
            await _note_start(store, stop_before, years=settings.retention_years)
        clock = clock or SystemClock()
        worker = WorkerProcess(settings.database_url, clock, timezone=settings.timezone)
        ways = requests or real_requests()
        app = App(settings, store, clock, ways, pace=pace, capped=capped, worker=worker)
        if built is not None:
            built(app)
        try:
            if alone:
                await _take_over(app)
            async with _serving_pages(app, settings, clock):
                await _until(stop, app)
        finally:
            await app.stop()
            with suppress(StoreUnavailable):
                await store.mark_stopped()
            await store.close()


async def _take_over(app: App) -> None:
    """Whoever has claimed a notice is gone: what was on its way leaves again with the first poll, and says so."""
    async with app.services.store.reading() as repositories:
        app.sender.take_over(await repositories.notices.list_claims())


@asynccontextmanager
async def _serving_pages(app: App, settings: Settings, clock: Clock) -> AsyncIterator[None]:
    """Serve the public pages meanwhile, where they are wanted. Raises OSError."""
    if settings.pages_address is None:
        yield
        return
    from bot.pages_web import hall_pages, serving_pages  # noqa: PLC0415 - templates that a bot without pages needs not

    hall = hall_pages(app.services, app.catalogues, settings)
    async with serving_pages(settings, clock, more=(hall.add_routes,)):
        yield


@asynccontextmanager
async def _answering_meanwhile(settings: Settings) -> AsyncIterator[None]:
    """Answer an operator while the database is opened: to look through a large one takes time. Raises OSError."""
    web = Web(readiness=lambda: {"database": OPENING}, registry=_no_metrics)
    if settings.operator_address.port:
        await web.start(*settings.operator_address)
    try:
        yield
    finally:
        await web.stop()


def _no_metrics() -> CollectorRegistry:
    from prometheus_client import CollectorRegistry  # noqa: PLC0415 - nobody may ask

    return CollectorRegistry()


async def _note_start(store: Store, before: LastStop, *, years: int) -> None:
    """Say what a stop that was not clean may have cost; note that the bot runs, and what it promises."""
    if before.lost:
        log.error(
            "the bot was not stopped cleanly, and the database's -wal file is gone: answers that were stored last may"
            " be missing. A copy of the database without that file is none"
        )
    elif not before.clean:
        log.info("the bot was not stopped cleanly; the database was looked through, and is whole")
    async with store.writing() as repositories:  # for files, which another process makes
        await repositories.housekeeping.keep_setting(RETENTION_SETTING, str(years))
    await store.mark_running()


async def _until(stop: asyncio.Event, app: App) -> None:
    waiting = app.tasks.start(stop.wait(), name="waiting for the end")
    living = app.tasks.start(_run_app(app), name="living", expected=FATAL_ERRORS)
    done, _ = await asyncio.wait({waiting, living}, return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        await task


async def _run_app(app: App) -> None:
    await app.start()
    await app.ended()
