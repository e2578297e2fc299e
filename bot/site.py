"""What is served at an address, and an operator's pages (healthz, readyz, metrics).

aiohttp serves it (docs/decisions/0009-aiohttp.md), so that who imports this has 10 MB more.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from aiohttp import web

from bot.web_connections import connections

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from prometheus_client import CollectorRegistry

    from bot.addresses import ListeningAddress
    from handlers.incoming.webhook import WebhookReceiver

LARGEST_BODY: Final = 1024 * 1024
"""Bytes; Telegram's largest updates are a tenth of it."""


class Site:
    """What is served at one address; ``within`` is that of ``connections``, where it is another.

    At the end what is under way has ``finishing`` seconds.
    """

    def __init__(self, app: web.Application, *, finishing: float = 3.0, **within: float) -> None:
        self._within = within
        app.on_response_prepare.append(_without_version)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=finishing)
        self._listening: asyncio.Server | None = None

    async def start(self, address: ListeningAddress) -> int:
        """Listen; returns the port. Raises OSError."""
        taking = await self.open()
        self._listening = await asyncio.get_running_loop().create_server(taking, address.host, address.port)
        taken: int = self._listening.sockets[0].getsockname()[1]
        return taken

    async def open(self) -> Callable[[], asyncio.Protocol]:
        """Serve connections that somebody else takes; what is returned makes the protocol of each."""
        await self._runner.setup()
        assert self._runner.server is not None
        return connections(self._runner.server, **self._within)

    async def stop(self) -> None:
        """Take no connection more, and close those that there are."""
        if self._listening is not None:
            self._listening.close()
        await self._runner.cleanup()


class OperatorPages:
    """``/healthz``, ``/readyz``, ``/metrics``; ``wrong()`` says what is, ``registry()`` has what is counted."""

    def __init__(self, wrong: Callable[[], Mapping[str, str]], registry: Callable[[], CollectorRegistry]) -> None:
        self._wrong = wrong
        self._registry = registry

    def add_to(self, app: web.Application) -> None:
        """Answer at the three paths."""
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/readyz", self._readyz)
        app.router.add_get("/metrics", self._metrics)

    async def _healthz(self, _: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def _readyz(self, _: web.Request) -> web.Response:
        wrong = self._wrong()
        body = {"ready": not wrong, "reasons": wrong}
        return web.json_response(body, status=503 if wrong else 200)

    async def _metrics(self, _: web.Request) -> web.Response:
        from prometheus_client import CONTENT_TYPE_LATEST, generate_latest  # noqa: PLC0415 - nobody may ask

        return web.Response(body=generate_latest(self._registry()), headers={"Content-Type": CONTENT_TYPE_LATEST})


def site_of(pages: OperatorPages | None, webhook: WebhookReceiver | None) -> Site:
    """Pages, webhook or both at one address."""
    app = web.Application(client_max_size=LARGEST_BODY)
    if pages is not None:
        pages.add_to(app)
    if webhook is not None:
        webhook.start(app)
    return Site(app)


async def _without_version(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.popall("Server", None)
