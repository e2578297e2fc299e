"""A site that is made when the first connection comes; until then it only listens.

Nobody asks a bot on a small server how it is, and aiohttp takes a tenth of its memory (docs/decisions/0062-*).
"""

from __future__ import annotations

import asyncio
import importlib
from typing import TYPE_CHECKING, Final, cast

import structlog

from bot.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.addresses import ListeningAddress
    from bot.site import Site

log = structlog.get_logger(__name__)

MOST_WAITING: Final = 64
"""Connections that wait while it is made, for a tenth of a second; more are closed."""
SERVING: Final = "bot.site"
"""The module that it needs; it is imported beside the loop, which handles presses meanwhile."""


class LazySite:
    """Listens at an address; ``make()`` is called once, for the first connection.

    Where it fails a line says why, and who came is let go; the next tries again.
    """

    def __init__(self, make: Callable[[], Site]) -> None:
        self._make = make
        self._tasks = Tasks()
        self._waiting: dict[PendingConnection, asyncio.Transport] = {}
        self._opening: asyncio.Task[None] | None = None
        self._site: Site | None = None
        self._serving: Callable[[], asyncio.Protocol] | None = None
        self._listening: asyncio.Server | None = None

    async def start(self, address: ListeningAddress) -> int:
        """Listen; returns the port. Raises OSError."""
        loop = asyncio.get_running_loop()
        self._listening = await loop.create_server(self._connect, address.host, address.port)
        taken: int = self._listening.sockets[0].getsockname()[1]
        return taken

    async def stop(self) -> None:
        """Take no connection more, and close those that there are."""
        if self._listening is not None:
            self._listening.close()
        await self._tasks.close()
        self._let_go()
        if self._site is not None:
            await self._site.stop()

    def come(self, waiting: PendingConnection, transport: asyncio.Transport) -> None:
        """Somebody is there: serve them as soon as that is possible."""
        if len(self._waiting) == MOST_WAITING:
            transport.abort()
            return
        self._waiting[waiting] = transport
        if self._opening is None or self._opening.done():
            self._opening = self._tasks.start(self._open(), name="serving")

    def leave(self, waiting: PendingConnection) -> None:
        """Who waited has gone."""
        self._waiting.pop(waiting, None)

    def _connect(self) -> asyncio.Protocol:
        return PendingConnection(self) if self._serving is None else self._serving()

    async def _open(self) -> None:
        try:
            await asyncio.to_thread(importlib.import_module, SERVING)
            self._site = self._make()
            self._serving = await self._site.open()
            come, self._waiting = self._waiting, {}
            for waiting, transport in come.items():
                waiting.hand_over(transport, self._serving())
        except ImportError:
            log.exception("nobody can be told how the bot is: it is not installed whole")
        finally:
            self._let_go()

    def _let_go(self) -> None:
        for transport in tuple(self._waiting.values()):
            transport.abort()
        self._waiting.clear()


class PendingConnection(asyncio.Protocol):
    """A connection until there is what serves it: what comes first is kept, and nothing more is read."""

    def __init__(self, site: LazySite) -> None:
        self._site = site
        self._transport: asyncio.Transport | None = None
        self._first = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait."""
        self._transport = cast("asyncio.Transport", transport)
        self._site.come(self, self._transport)

    def data_received(self, data: bytes) -> None:
        """Keep it, and let the rest stay where it is."""
        self._first += data
        if self._transport is not None:
            self._transport.pause_reading()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the shape is asyncio's
        """It is closed, by whomever."""
        self._site.leave(self)

    def hand_over(self, transport: asyncio.Transport, serving: asyncio.Protocol) -> None:
        """Let that protocol go on as if it had been there from the start."""
        transport.set_protocol(serving)
        serving.connection_made(transport)
        if self._first and not transport.is_closing():
            transport.resume_reading()
            serving.data_received(self._first)
