"""Connections to ``LISTEN``: how many there may be, how long each may take, and what strangers can write into the log.

aiohttp waits an hour for the next request, as long as a peer likes for the rest of one, and logs a traceback for what
no browser would send. Where the address can be reached from outside, anybody could use up the process's descriptors.
"""

from __future__ import annotations

import asyncio
import importlib.util
import sys
from typing import TYPE_CHECKING, Any, Final

import structlog
from aiohttp import http_exceptions, web

if TYPE_CHECKING:
    from collections.abc import Callable

log = structlog.get_logger(__name__)

MOST_CONNECTIONS: Final = 256
"""Connections at once; where the process may have few descriptors, a quarter of them: the rest is for the database and
Telegram."""
REQUEST_WITHIN: Final = 20.0
"""Seconds within which a request has to come whole and is answered, and after which an idle connection is closed."""
_REFUSAL: Final = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_STRANGE: Final = (http_exceptions.HttpProcessingError, web.RequestPayloadError, ConnectionError, asyncio.TimeoutError)
"""What a peer does to us, not what is wrong with us."""


def most_connections() -> int:
    """How many connections this process takes at once."""
    allowed = _descriptors()
    return MOST_CONNECTIONS if allowed is None else max(8, min(MOST_CONNECTIONS, allowed // 4))


def _descriptors() -> int | None:
    """How many descriptors this process may have; None where there is no limit, as on Windows."""
    if importlib.util.find_spec("resource") is None:
        return None
    resource = importlib.import_module("resource")
    allowed: int = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return None if allowed == resource.RLIM_INFINITY else allowed


class BoundedConnection(web.RequestHandler):
    """One connection: closed when there are ``most`` others, or when it takes longer than ``within`` seconds."""

    __slots__ = ("_deadline", "_most", "_server", "_within")

    def __init__(self, server: web.Server, *, most: int, within: float, **options: Any) -> None:
        super().__init__(server, loop=asyncio.get_running_loop(), **options)
        self._server, self._most, self._within = server, most, within
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take it, unless there are too many."""
        super().connection_made(transport)
        if len(self._server.connections) > self._most:
            log.debug("too many connections")
            self._abort()
        else:
            self._set_deadline()

    def connection_lost(self, exc: BaseException | None) -> None:
        """It is closed, by whomever."""
        if self._deadline is not None:
            self._deadline.cancel()
        super().connection_lost(exc)

    async def finish_response(self, *arguments: Any) -> Any:
        """Answer; the next request has as long as this one had."""
        answered = await super().finish_response(*arguments)
        self._set_deadline()
        return answered

    def stay_open(self) -> None:
        """Let this connection go on for as long as its response does; who calls it bounds how many there are."""
        if self._deadline is not None:
            self._deadline.cancel()

    def handle_error(self, request: Any, status: int = 500, exc: Any = None, message: str | None = None) -> Any:
        """Refuse what is no HTTP in a line, without the header that tells aiohttp's version."""
        if status >= 500:
            return super().handle_error(request, status, exc, message)
        log.debug("no request", error=type(exc).__name__)
        if self.transport is not None:
            self.transport.write(_REFUSAL)
            self.transport.close()
        raise ConnectionResetError

    def log_exception(self, *arguments: Any, **named: Any) -> None:
        """A line at debug for what a peer did; a traceback for what is wrong with us."""
        error = named.get("exc_info") or sys.exc_info()[1]
        if isinstance(error, _STRANGE):
            log.debug("a request was broken off", error=type(error).__name__)
        else:
            super().log_exception(*arguments, **named)

    def _set_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = asyncio.get_running_loop().call_later(self._within, self._abort)

    def _abort(self) -> None:
        if self.transport is not None:
            self.transport.abort()


def connections(server: web.Server, *, within: float = REQUEST_WITHIN) -> Callable[[], BoundedConnection]:
    """What makes the protocol of each new connection to ``server``."""
    most = most_connections()

    def connect() -> BoundedConnection:
        # nothing is unpacked: Telegram packs nothing, and strangers would choose the codec
        return BoundedConnection(server, most=most, within=within, access_log=None, auto_decompress=False)

    return connect
