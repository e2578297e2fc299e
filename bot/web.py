"""The server on ``LISTEN``: Telegram's webhook, and an operator's pages (healthz, readyz, metrics).

With ``METRICS_LISTEN`` the pages have a server of their own, so that a proxy for the webhook exposes nothing.

What serves is imported for a webhook at the start, for the pages when somebody asks first.
"""

from __future__ import annotations

import asyncio
from functools import cache
from typing import TYPE_CHECKING

from bot.addresses import ListeningAddress
from bot.lazy_site import LazySite

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from prometheus_client import CollectorRegistry

    from bot.site import Site
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
        self._sites: list[Site | LazySite] = []

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
        self._stopping = False
        site = self._site(webhook, pages=pages) if webhook is not None else LazySite(self._pages)
        self._sites.append(site)
        try:
            return await site.start(address)
        except OSError:
            await self.stop()
            raise

    def _pages(self) -> Site:
        return self._site(None, pages=True)

    def _site(self, webhook: WebhookReceiver | None, *, pages: bool) -> Site:
        from bot.site import OperatorPages, site_of  # noqa: PLC0415 - nobody may ask

        return site_of(OperatorPages(self._wrong, self._registry) if pages else None, webhook)

    def _wrong(self) -> Mapping[str, str]:
        wrong = {name: reason for name, reason in self._readiness().items() if reason is not None}
        return wrong | {"process": "shutting down"} if self._stopping else wrong
