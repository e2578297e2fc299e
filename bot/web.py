"""The server on ``LISTEN``: Telegram's webhook, and an operator's pages (healthz, readyz, metrics).

With ``METRICS_LISTEN`` the pages have a server of their own, so that a proxy for the webhook exposes nothing.

aiohttp serves it (docs/decisions/0009-aiohttp.md).
"""

from __future__ import annotations

import asyncio
from functools import cache
from typing import TYPE_CHECKING

from aiohttp import web

from bot.addresses import ListeningAddress
from bot.web_connections import connections
from handlers.incoming.webhook import LARGEST_BODY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from prometheus_client import CollectorRegistry

    from handlers.incoming.webhook import WebhookReceiver


class Web:
    """The servers of the bot: one for everything, or one for the webhook and another for an operator.

    ``readiness()`` gives each check by name with what is wrong, or None where nothing is. ``registry()`` is called when
    somebody asks for metrics first.
    """

    def __init__(
        self,
        *,
        readiness: Callable[[], Mapping[str, str | None]],
        registry: Callable[[], CollectorRegistry],
        webhook: WebhookReceiver | None = None,
    ) -> None:
        self._readiness = readiness
        self._registry = cache(registry)
        self._webhook = webhook
        self._stopping = False
        self._sites: list[Site] = []

    async def start(self, host: str, port: int) -> int:
        """Serve webhook and pages at one address; returns the port, which the system chose where ``port`` is 0.

        Raises:
            OSError: the address is taken or not ours.
        """
        return await self._listen(ListeningAddress(host, port), pages=True, webhook=self._webhook)

    async def start_apart(self, public: ListeningAddress, pages: ListeningAddress) -> tuple[int | None, int]:
        """Serve the webhook alone at ``public``, where there is one, and the pages at another address.

        Returns both ports. Raises OSError.
        """
        pages_port = await self._listen(pages, pages=True, webhook=None)
        if self._webhook is None:
            return None, pages_port
        return await self._listen(public, pages=False, webhook=self._webhook), pages_port

    def open(self) -> None:
        """Let Telegram's updates in: before this they are asked for again."""
        if self._webhook is not None:
            self._webhook.open()

    async def stop(self) -> None:
        """Take nothing new (Telegram is told to come again), finish what is under way within 3 s, close."""
        self._stopping = True
        if self._webhook is not None:
            self._webhook.stop()
        sites, self._sites = self._sites, []
        await asyncio.gather(*(site.stop() for site in sites))

    async def _listen(self, address: ListeningAddress, *, pages: bool, webhook: WebhookReceiver | None) -> int:
        app = web.Application(client_max_size=LARGEST_BODY)
        if pages:
            app.router.add_get("/healthz", self._healthz)
            app.router.add_get("/readyz", self._readyz)
            app.router.add_get("/metrics", self._metrics)
        if webhook is not None:
            webhook.start(app)
        self._stopping = False
        site = Site(app)
        self._sites.append(site)
        try:
            return await site.start(address)
        except OSError:
            await self.stop()
            raise

    async def _healthz(self, _: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def _readyz(self, _: web.Request) -> web.Response:
        wrong = {name: reason for name, reason in self._readiness().items() if reason is not None}
        if self._stopping:
            wrong["process"] = "shutting down"
        body = {"ready": not wrong, "reasons": wrong}
        return web.json_response(body, status=503 if wrong else 200)

    async def _metrics(self, _: web.Request) -> web.Response:
        from prometheus_client import CONTENT_TYPE_LATEST, generate_latest  # noqa: PLC0415 - nobody may ask

        return web.Response(body=generate_latest(self._registry()), headers={"Content-Type": CONTENT_TYPE_LATEST})


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
        await self._runner.setup()
        assert self._runner.server is not None
        taking = connections(self._runner.server, **self._within)
        self._listening = await asyncio.get_running_loop().create_server(taking, address.host, address.port)
        taken: int = self._listening.sockets[0].getsockname()[1]
        return taken

    async def stop(self) -> None:
        """Take no connection more, and close those that there are."""
        if self._listening is not None:
            self._listening.close()
        await self._runner.cleanup()


async def _without_version(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.popall("Server", None)
