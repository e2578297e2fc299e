"""HTTP to Telegram over aiohttp: one session, many connections, and errors in python-telegram-bot's own words.

python-telegram-bot talks through whatever implements ``BaseRequest``; its own, over httpx, gets slower with every
connection it holds. The long poll needs an instance of its own, so that it never waits for a free connection.
"""

from __future__ import annotations

import io
import json
import socket
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import orjson
import structlog
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest

from handlers.outgoing.network_words import network_words

if TYPE_CHECKING:
    from telegram.request import RequestData

log = structlog.get_logger(__name__)

KEEP_ALIVE: Final = 45.0  # Telegram closes an idle connection after about a minute; ours goes first
JSON_HEADERS: Final = {"Content-Type": "application/json"}
COMPACT_JSON: Final = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))
NOT_GIVEN: Final = BaseRequest.DEFAULT_NONE
ADDRESSES_REMEMBERED: Final = 64
"""Addresses of which it is remembered whether a proxy leads there: one for each method, and files."""
NO_CONNECTION: Final = (
    *(aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError),
    *(aiohttp.ClientHttpProxyError, aiohttp.InvalidURL),
)
"""Errors without a connection (no such host, no listener, no handshake, no time): nothing was sent over it."""


class NotSent(NetworkError):
    """The request never left, so Telegram cannot have done what it asks."""


class UnreadableAnswer(NetworkError):
    """A whole answer came that cannot be read: no JSON, or nested too deep. ``payload`` has it."""

    def __init__(self, payload: bytes) -> None:
        super().__init__("The answer is not JSON")
        self.payload = payload


class AiohttpRequest(BaseRequest):
    """The HTTP client of python-telegram-bot's bot; all times in seconds.

    An answer may take ``read``, with a file ``upload`` more; a connection may take ``connect``.

    ``HTTPS_PROXY`` and ``NO_PROXY`` are respected as they stand when an address is first asked: aiohttp's own
    ``trust_env`` looks at them, and for a file of passwords, in a thread, twice for each request.
    """

    def __init__(
        self, *, connections: int = 256, read: float = 10.0, upload: float = 120.0, connect: float = 5.0
    ) -> None:
        self._connections = connections
        self._read = read
        self._upload = upload
        self._connect = connect
        self._timeout = _client_timeout(read, connect)
        self._session: aiohttp.ClientSession | None = None
        self._proxy_for = lru_cache(ADDRESSES_REMEMBERED)(_proxy_for)

    @property
    def read_timeout(self) -> float:
        """Seconds that an answer without a file may take."""
        return self._read

    async def initialize(self) -> None:
        """Open the session; a second call does nothing."""
        if self._session is None:
            connector = aiohttp.TCPConnector(
                limit=self._connections,
                keepalive_timeout=KEEP_ALIVE,
                ttl_dns_cache=60,
                socket_factory=_keepalive_socket,
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=self._timeout,
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close every connection; a second call does nothing."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(  # noqa: PLR0917 - the shape is python-telegram-bot's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = NOT_GIVEN,
        write_timeout: Any = NOT_GIVEN,
        connect_timeout: Any = NOT_GIVEN,
        pool_timeout: Any = NOT_GIVEN,  # noqa: ARG002 - waiting for a free connection is part of connecting here
    ) -> tuple[int, bytes]:
        """Make one request; returns the status and the whole body.

        Raises:
            NotSent: there was no connection.
            TimedOut: nothing came in time; Telegram may or may not have done what was asked.
            NetworkError: the connection broke before the answer was complete; the same holds.
        """
        if self._session is None:
            raise NotSent("The connection to Telegram is closed")
        timeout = self._timeout_for(request_data, read_timeout, write_timeout, connect_timeout)
        body, headers = _body(request_data)
        try:
            async with self._session.request(
                method,
                url,
                data=body,
                headers=headers,
                timeout=timeout,
                allow_redirects=False,
                proxy=self._proxy_for(url),
            ) as answer:
                return answer.status, await answer.read()
        except NO_CONNECTION as error:
            raise NotSent(network_words(error)) from None
        except TimeoutError as error:
            raise TimedOut(network_words(error)) from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(network_words(error)) from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Telegram's answer as a dict; half an answer is a network error like any other, and is not logged.

        Raises:
            UnreadableAnswer: it is no JSON.
            NetworkError: what came is not an answer of the Bot API.
        """
        try:
            answer = _read(payload)
        except (ValueError, RecursionError):
            raise UnreadableAnswer(payload) from None
        if not isinstance(answer, dict) or ("result" not in answer and answer.get("ok") is not False):
            raise NetworkError("The answer is not one of the Bot API")
        return answer

    def _timeout_for(self, data: RequestData | None, read: Any, write: Any, connect: Any) -> aiohttp.ClientTimeout:
        files = data is not None and data.contains_files
        if not files and read is NOT_GIVEN and connect is NOT_GIVEN:
            return self._timeout
        read = self._read if read is NOT_GIVEN else read
        if files and read is not None:
            extra = self._upload if write is NOT_GIVEN else write
            read = None if extra is None else read + extra
        return _client_timeout(read, self._connect if connect is NOT_GIVEN else connect)


def _proxy_for(address: str) -> str | None:
    """The proxy that the machine has for an address; one that itself speaks TLS is passed over."""
    try:
        found = urlsplit(address)
    except ValueError:  # aiohttp says so
        return None
    proxy = None if proxy_bypass(found.hostname or "") else getproxies().get(found.scheme)
    if proxy and proxy.startswith("https:"):
        log.warning("a proxy that speaks TLS is not supported, and passed over")
        return None
    return proxy


def _client_timeout(read: float | None, connect: float | None) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(
        total=None if read is None or connect is None else read + connect,
        connect=connect,
        sock_connect=connect,
        ceil_threshold=60.0,
    )


def _body(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str] | None]:
    """JSON where there is no file (a third of the work of a form), multipart where there is."""
    if data is None:
        return None, None
    if not data.contains_files:
        return _written(data.parameters), JSON_HEADERS
    form = aiohttp.FormData(quote_fields=False)  # else a Kyrgyz file name arrives as percent signs
    for name, value in data.json_parameters.items():
        form.add_field(name, value.encode(errors="replace").decode())
    for name, (filename, content, mime) in data.multipart_data.items():
        body = io.BytesIO(content) if isinstance(content, bytes) else content  # aiohttp sends a file piece by piece
        form.add_field(name, body, filename=filename, content_type=mime)
    return form, None


def _read(payload: bytes) -> Any:
    """JSON as it was sent: orjson takes a third of the time, and does not take half a letter pair, for one."""
    try:
        return orjson.loads(payload)
    except orjson.JSONDecodeError:
        return json.loads(payload)


def _written(fields: dict[str, Any]) -> bytes:
    """JSON with a question mark for half a letter pair."""
    try:
        return orjson.dumps(fields)
    except orjson.JSONEncodeError:
        return COMPACT_JSON.encode(fields).encode(errors="replace")


def _keepalive_socket(address: tuple[Any, ...]) -> socket.socket:
    """A socket with TCP keep-alive, so that a connection cut without a word is noticed in seconds."""
    family, kind, protocol = address[:3]
    made = socket.socket(family=family, type=kind, proto=protocol)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, seconds in (("TCP_KEEPIDLE", 5), ("TCP_KEEPINTVL", 2), ("TCP_KEEPCNT", 3)):
        if hasattr(socket, option):  # not everywhere but on Linux
            made.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), seconds)
    return made
