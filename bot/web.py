"""What listens on ``LISTEN``: Telegram's webhook, and what an operator looks at (healthz, readyz, metrics).

aiohttp serves it, since it is in the house for the way out already.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from handlers.incoming.intake import Intake, Unfinished

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from prometheus_client import CollectorRegistry

log = structlog.get_logger(__name__)

LARGEST_BODY: Final = 1024 * 1024
"""Bytes; Telegram's largest updates are a tenth of it."""
PATIENCE: Final = 5.0
"""Seconds that an update may wait for the store before Telegram is asked to bring it again."""
RETRY_AFTER: Final = "5"
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of it


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram posts updates, and the secret that proves it is Telegram."""

    path: str
    secret: str
    intake: Intake
    patience: float = PATIENCE


class Web:
    """The listening side of the bot.

    ``readiness()`` gives each check by name with what is wrong, or None where nothing is.
    """

    def __init__(
        self,
        *,
        readiness: Callable[[], Mapping[str, str | None]],
        registry: CollectorRegistry,
        webhook: Webhook | None = None,
    ) -> None:
        self._readiness = readiness
        self._registry = registry
        self._webhook = webhook
        self._leaving = False
        self._runner: web.AppRunner | None = None

    async def start(self, host: str, port: int) -> int:
        """Listen; the port that was taken (of interest where ``port`` is 0).

        Raises:
            OSError: the address is taken or not ours.
        """
        app = web.Application(client_max_size=LARGEST_BODY)
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/readyz", self._readyz)
        app.router.add_get("/metrics", self._metrics)
        if self._webhook is not None:
            app.router.add_post(self._webhook.path, self._take)
        self._leaving = False
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=3.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        try:
            await site.start()
        except OSError:
            await self.stop()
            raise
        taken: int = self._runner.addresses[0][1]
        return taken

    async def stop(self) -> None:
        """Take nothing new (Telegram is told to come again), finish what is under way for at most 3 s, close."""
        self._leaving = True
        if self._webhook is not None:
            self._webhook.intake.stop()
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        """200 only after the commit; Telegram brings again whatever got another answer."""
        webhook = self._webhook
        if webhook is None or not _is_telegram(request, webhook.secret):
            return web.Response(status=403)
        if self._leaving:
            return _later()
        body = await request.read()
        try:
            await _hand_over(webhook, body)
        except Unfinished:
            return _later()
        return web.Response()

    async def _healthz(self, _: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def _readyz(self, _: web.Request) -> web.Response:
        wrong = {name: reason for name, reason in self._readiness().items() if reason is not None}
        if self._leaving:
            wrong["process"] = "shutting down"
        body = {"ready": not wrong, "reasons": wrong}
        return web.json_response(body, status=503 if wrong else 200)

    async def _metrics(self, _: web.Request) -> web.Response:
        return web.Response(body=generate_latest(self._registry), headers={"Content-Type": CONTENT_TYPE_LATEST})


def _is_telegram(request: web.Request, secret: str) -> bool:
    given = request.headers.get(SECRET_HEADER, "")
    return hmac.compare_digest(given.encode(errors="replace"), secret.encode())


def _later() -> web.Response:
    return web.Response(status=503, headers={"Retry-After": RETRY_AFTER})


async def _hand_over(webhook: Webhook, body: bytes) -> None:
    """What is no JSON object is kept aside: an answer other than 2xx would bring it again for ever."""
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        raw = None
    if isinstance(raw, dict):
        await webhook.intake.take(raw, patience=webhook.patience)
    else:
        await webhook.intake.set_aside(body.decode(errors="replace"), "no JSON object", patience=webhook.patience)
