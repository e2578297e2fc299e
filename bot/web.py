"""The server on ``LISTEN``: Telegram's webhook, and the operator's pages (healthz, readyz, metrics).

aiohttp serves it, since it makes the requests to Telegram already (docs/decisions/0009-aiohttp.md).
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.web_connections import connections
from handlers.incoming.webhook import LARGEST_BODY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from prometheus_client import CollectorRegistry

    from handlers.incoming.webhook import WebhookReceiver


class Web:
    """The server of the bot.

    ``readiness()`` gives each check by name with what is wrong, or None where nothing is.
    """

    def __init__(
        self,
        *,
        readiness: Callable[[], Mapping[str, str | None]],
        registry: CollectorRegistry,
        webhook: WebhookReceiver | None = None,
    ) -> None:
        self._readiness = readiness
        self._registry = registry
        self._webhook = webhook
        self._stopping = False
        self._runner: web.AppRunner | None = None
        self._listening: asyncio.Server | None = None

    async def start(self, host: str, port: int) -> int:
        """Listen; returns the port, which the system chose where ``port`` is 0.

        Raises:
            OSError: the address is taken or not ours.
        """
        app = web.Application(client_max_size=LARGEST_BODY)
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/readyz", self._readyz)
        app.router.add_get("/metrics", self._metrics)
        if self._webhook is not None:
            self._webhook.start(app)
        self._stopping = False
        app.on_response_prepare.append(_without_version)
        runner = self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=3.0)
        await runner.setup()
        assert runner.server is not None
        try:
            self._listening = await asyncio.get_running_loop().create_server(connections(runner.server), host, port)
        except OSError:
            await self.stop()
            raise
        taken: int = self._listening.sockets[0].getsockname()[1]
        return taken

    def open(self) -> None:
        """Let Telegram's updates in: before this they are asked for again."""
        if self._webhook is not None:
            self._webhook.open()

    async def stop(self) -> None:
        """Take nothing new (Telegram is told to come again), finish what is under way within 3 s, close."""
        self._stopping = True
        if self._webhook is not None:
            self._webhook.stop()
        listening, self._listening = self._listening, None
        if listening is not None:
            listening.close()
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    async def _healthz(self, _: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def _readyz(self, _: web.Request) -> web.Response:
        wrong = {name: reason for name, reason in self._readiness().items() if reason is not None}
        if self._stopping:
            wrong["process"] = "shutting down"
        body = {"ready": not wrong, "reasons": wrong}
        return web.json_response(body, status=503 if wrong else 200)

    async def _metrics(self, _: web.Request) -> web.Response:
        return web.Response(body=generate_latest(self._registry), headers={"Content-Type": CONTENT_TYPE_LATEST})


async def _without_version(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.popall("Server", None)
