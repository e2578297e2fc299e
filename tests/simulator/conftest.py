"""One Telegram, called by a real python-telegram-bot ``Bot`` in process and over HTTP in turn."""

from __future__ import annotations

import ssl
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Final

import pytest
from aiohttp import web
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.simulator import Limits, Person, SimulatorRequest, Telegram
from bot.simulator.server import application
from tests.clocks import VirtualClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

UNUSED: Final = {"verify": ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)}
"""Over plain HTTP nobody shows a certificate: those that this machine trusts are not read for each bot anew."""


@asynccontextmanager
async def served(telegram: Telegram) -> AsyncIterator[str]:
    """The address of ``telegram`` over HTTP."""
    runner = web.AppRunner(application(telegram), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    try:
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def bot_in_process(telegram: Telegram) -> AsyncIterator[Bot]:
    requests = SimulatorRequest(telegram), SimulatorRequest(telegram)
    async with Bot(telegram.token, request=requests[0], get_updates_request=requests[1]) as bot:
        yield bot


@asynccontextmanager
async def bot_over_http(telegram: Telegram) -> AsyncIterator[Bot]:
    async with (
        served(telegram) as address,
        Bot(
            telegram.token,
            base_url=f"{address}/bot",
            base_file_url=f"{address}/file/bot",
            request=HTTPXRequest(connection_pool_size=8, read_timeout=5, httpx_kwargs=UNUSED),
            get_updates_request=HTTPXRequest(connection_pool_size=4, read_timeout=10, httpx_kwargs=UNUSED),
        ) as bot,
    ):
        yield bot


TRANSPORTS = {"in process": bot_in_process, "over HTTP": bot_over_http}


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
async def telegram(clock: VirtualClock) -> AsyncIterator[Telegram]:
    async with Telegram(clock=clock, webhook_retry=0.01) as telegram:
        yield telegram


@pytest.fixture
async def strict(clock: VirtualClock) -> AsyncIterator[Telegram]:
    """A Telegram with the real limits, on a monotonic clock that a test pushes."""
    async with Telegram(clock=clock, monotonic=clock.monotonic, limits=Limits()) as telegram:
        yield telegram


@pytest.fixture(params=list(TRANSPORTS))
async def bot(request: pytest.FixtureRequest, telegram: Telegram) -> AsyncIterator[Bot]:
    async with AsyncExitStack() as stack:
        yield await stack.enter_async_context(TRANSPORTS[request.param](telegram))


@pytest.fixture
def aigul(telegram: Telegram) -> Person:
    """A person who has started the bot; her /start no longer waits."""
    person = Person(telegram, "Айгүл", username="aigul_kg")
    person.start()
    telegram.world.updates.drop()
    return person
