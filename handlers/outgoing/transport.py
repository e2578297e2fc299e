"""HTTP to Telegram over pyreqwest: one client, many connections, and errors in python-telegram-bot's own words.

python-telegram-bot talks through whatever implements ``BaseRequest``; its own, over httpx, gets slower with every
connection it holds. The long poll needs an instance of its own, so that it never waits for a free connection.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import orjson
from pyreqwest.client import ClientBuilder
from pyreqwest.exceptions import PyreqwestError, RequestTimeoutError
from pyreqwest.multipart import FormBuilder, PartBuilder
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest

from handlers.outgoing.network_words import NO_ADDRESS, is_unsent, network_words

if TYPE_CHECKING:
    from pyreqwest.client import Client
    from pyreqwest.request import RequestBuilder
    from telegram.request import RequestData

KEEP_ALIVE: Final = timedelta(seconds=45)  # Telegram closes an idle connection after about a minute; ours goes first
COMPACT_JSON: Final = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))
NOT_GIVEN: Final = BaseRequest.DEFAULT_NONE
FOR_EVER: Final = timedelta(days=1)
PROBES: Final = (timedelta(seconds=5), timedelta(seconds=2), 3)
"""TCP keep-alive: after which silence, how often, how many; a connection cut without a word is noticed in seconds."""


class NotSent(NetworkError):
    """The request never left, so Telegram cannot have done what it asks."""


class UnreadableAnswer(NetworkError):
    """A whole answer came that cannot be read: no JSON, or nested too deep. ``payload`` has it."""

    def __init__(self, payload: bytes) -> None:
        super().__init__("The answer is not JSON")
        self.payload = payload


class ReqwestRequest(BaseRequest):
    """The HTTP client of python-telegram-bot's bot; all times in seconds.

    An answer may take ``read``, with a file ``upload`` more; a connection may take ``connect``, as may the waiting for
    one of so many ``connections`` that is free.

    ``HTTPS_PROXY``, ``ALL_PROXY`` and ``NO_PROXY`` are respected as they stand when it is opened.
    """

    def __init__(
        self, *, connections: int = 256, read: float = 10.0, upload: float = 120.0, connect: float = 5.0
    ) -> None:
        self._connections = connections
        self._read = read
        self._upload = upload
        self._connect = connect
        self._client: Client | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds that an answer without a file may take."""
        return self._read

    async def initialize(self) -> None:
        """Open the client; a second call does nothing."""
        if self._client is None:
            idle, interval, times = PROBES
            self._client = (
                ClientBuilder()
                .max_connections(self._connections)
                .pool_timeout(timedelta(seconds=self._connect))
                .pool_idle_timeout(KEEP_ALIVE)
                .connect_timeout(timedelta(seconds=self._connect))
                .timeout(timedelta(seconds=self._read + self._connect))
                .tcp_keepalive(idle)
                .tcp_keepalive_interval(interval)
                .tcp_keepalive_retries(times)
                .follow_redirects(enable=False)
                .user_agent(self.USER_AGENT)
                .build()
            )

    async def shutdown(self) -> None:
        """Close every connection; a second call does nothing."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

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
        if self._client is None:
            raise NotSent("The connection to Telegram is closed")
        try:
            request = self._client.request(method, url)
        except ValueError:
            raise NotSent(NO_ADDRESS) from None
        within = self._within(request_data, read_timeout, write_timeout, connect_timeout)
        if within is not None:
            request = request.timeout(within)
        try:
            answer = await _filled(request, request_data).build().send()
            return answer.status, (await answer.bytes()).to_bytes()
        except PyreqwestError as error:
            words = network_words(error, url)
            if is_unsent(error):
                raise NotSent(words) from None
            if isinstance(error, RequestTimeoutError):
                raise TimedOut(words) from None
            raise NetworkError(words) from None

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

    def _within(self, data: RequestData | None, read: Any, write: Any, connect: Any) -> timedelta | None:
        """What a request may take altogether; None where that is the client's own."""
        files = data is not None and data.contains_files
        if not files and read is NOT_GIVEN and connect is NOT_GIVEN:
            return None
        read = self._read if read is NOT_GIVEN else read
        connect = self._connect if connect is NOT_GIVEN else connect
        upload = 0.0 if not files else self._upload if write is NOT_GIVEN else write
        if read is None or connect is None or upload is None:
            return FOR_EVER
        return timedelta(seconds=read + connect + upload)


def _filled(request: RequestBuilder, data: RequestData | None) -> RequestBuilder:
    """With JSON where there is no file (a third of the work of a form), multipart where there is."""
    if data is None:
        return request
    if not data.contains_files:
        return request.header("Content-Type", "application/json").body_bytes(_written(data.parameters))
    form = FormBuilder()
    for name, value in data.json_parameters.items():
        form = form.text(name, value.encode(errors="replace").decode())
    for name, (filename, content, mime) in data.multipart_data.items():
        whole = content if isinstance(content, bytes) else content.read()
        in_one_line = "".join(letter if letter.isprintable() else " " for letter in filename)
        form = form.part(name, PartBuilder.from_bytes(whole).file_name(in_one_line).mime(mime))
    return request.multipart(form)


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
