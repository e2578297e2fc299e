"""python-telegram-bot over the model in the same process, without a socket: for tests."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.simulator.files import Upload

if TYPE_CHECKING:
    from bot.simulator.telegram import Answer, Telegram

DEFAULT_TIMEOUT = BaseRequest.DEFAULT_NONE


class SimulatorRequest(BaseRequest):
    """Give one of these to ``Bot(request=..., get_updates_request=...)``.

    A planned fault raises at once what a network raises in the end: ``TimedOut`` for silence, ``NetworkError`` for a
    reset or half an answer.
    """

    __slots__ = ("_telegram",)

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram

    @property
    def read_timeout(self) -> float | None:
        """The library adds this many seconds to the timeout of a long poll, which ends by itself here."""
        return 5.0

    async def initialize(self) -> None:
        """Do nothing: there is no connection to open."""

    async def shutdown(self) -> None:
        """Do nothing: there is no connection to close."""

    async def do_request(  # noqa: PLR0917 - the signature is the library's
        self,
        url: str,
        method: str,  # noqa: ARG002 - GET and POST are alike here
        request_data: RequestData | None = None,
        read_timeout: Any = DEFAULT_TIMEOUT,  # noqa: ARG002 - nothing here takes time but a long poll
        write_timeout: Any = DEFAULT_TIMEOUT,  # noqa: ARG002
        connect_timeout: Any = DEFAULT_TIMEOUT,  # noqa: ARG002
        pool_timeout: Any = DEFAULT_TIMEOUT,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """The status and the bytes with which Telegram would answer a call of ``url``."""
        folder, _, rest = url.partition("/bot")
        token, _, name = unquote(rest).partition("/")
        if token != self._telegram.token:
            return 401, _bytes({"ok": False, "error_code": 401, "description": "Unauthorized"})
        if folder.endswith("/file"):
            content = self._telegram.download(name)
            missing = {"ok": False, "error_code": 404, "description": "Not Found"}
            return (404, _bytes(missing)) if content is None else (200, content)
        fields = request_data.parameters if request_data else {}
        await asyncio.sleep(0)  # a network never answers without letting others run
        answer = await self._telegram.call(name, fields, _uploads(request_data))
        return answer.status, _delivered(answer)


def _delivered(answer: Answer) -> bytes:
    if answer.broken == "silence":
        raise TimedOut
    if answer.broken is not None:
        raise NetworkError(f"the connection broke: {answer.broken}")
    return answer.raw if answer.raw is not None else _bytes(answer.body)


def _bytes(body: dict[str, Any]) -> bytes:
    return json.dumps(body).encode()


def _uploads(data: RequestData | None) -> dict[str, Upload]:
    if data is None or not data.contains_files:
        return {}
    uploads = {}
    for field, (name, content, mime) in data.multipart_data.items():
        raw = content if isinstance(content, bytes) else content.read()
        uploads[field] = Upload(name, raw, mime)
    return uploads
