"""Streams of what is so now: the page's script reads them with ``fetch``, so that its key stands in a header.

Each stream looks at the database once a second and sends what has changed. There is no other state: two servers may
serve the pages of one hall, and a stream that broke is begun anew at either.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web

from bot.domain.errors import StoreUnavailable
from bot.domain.hall_errors import HallKeyRefused

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    Look = Callable[[], Awaitable[tuple[object, Callable[[], dict[str, Any]]]]]
    """Looks once: what is so, and what makes words of it where it is another thing than before."""

MOST_STREAMS: Final = 64
"""Of one process: each asks the database once a second."""
BETWEEN_LOOKS: Final = 1.0
LOOKS_BETWEEN_SIGNS: Final = 5
"""Looks without news after which a line says that the connection lives."""
_HEADERS: Final = {"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class HallStreams:
    """The streams of this process, until it ends."""

    def __init__(self) -> None:
        self._open = 0
        self._ending = asyncio.Event()

    async def close(self, _: web.Application) -> None:
        """End every stream: the pages come again."""
        self._ending.set()

    async def send(self, request: web.Request, look: Look) -> web.StreamResponse:
        """Answer with what ``look`` sees, and then with what becomes of it, until either side closes.

        Where its key opens nothing any more, the last event says so. Raises HTTPServiceUnavailable where there are
        too many, and what the first look raises.
        """
        if self._open >= MOST_STREAMS:
            raise web.HTTPServiceUnavailable(headers={"Retry-After": "5"})
        seen, words = await look()
        with self._counted():
            if (stay_open := getattr(request.protocol, "stay_open", None)) is not None:
                stay_open()  # where connections are bounded in time: in the demo they are not
            response = web.StreamResponse(headers=_HEADERS)
            await response.prepare(request)
            with suppress(ConnectionResetError, StoreUnavailable):
                await response.write(_event("state", words()))
                await self._go_on(response, look, seen)
        return response

    async def _go_on(self, response: web.StreamResponse, look: Look, seen: object) -> None:
        quiet = 0
        while not self._ending.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), BETWEEN_LOOKS)
                return
            try:
                now, words = await look()
            except HallKeyRefused:
                await response.write(_event("refused", {}))
                return
            quiet = 0 if now != seen else quiet + 1
            if now != seen:
                seen = now
                await response.write(_event("state", words()))
            elif quiet >= LOOKS_BETWEEN_SIGNS:
                quiet = 0
                await response.write(b": still here\n\n")

    @contextmanager
    def _counted(self) -> Iterator[None]:
        self._open += 1
        try:
            yield
        finally:
            self._open -= 1


def _event(name: str, data: dict[str, Any]) -> bytes:
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"event: {name}\ndata: {body}\n\n".encode("utf-8", "replace")
