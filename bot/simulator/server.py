"""The model over HTTP: ``/bot<token>/<method>`` and ``/file/bot<token>/<path>``, answered as Telegram does."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from aiohttp import web

from bot.simulator.files import UPLOAD_LIMIT, Upload
from bot.simulator.refusals import RefusedError

if TYPE_CHECKING:
    from bot.simulator.telegram import Answer, Telegram

TOKEN_PATTERN = re.compile(r"\d+:[A-Za-z0-9_-]+")

Fields = dict[str, Any]


def application(telegram: Telegram) -> web.Application:
    """An aiohttp application that answers as this Telegram; more routes may be added to it."""
    app = web.Application(client_max_size=UPLOAD_LIMIT + 1024 * 1024)
    add_routes(app, telegram)
    return app


def add_routes(app: web.Application, telegram: Telegram) -> None:
    """Add the routes of the Bot API; when the application shuts down, ``telegram`` is closed with it."""
    bot_api = BotApiServer(telegram)

    async def close(_: web.Application) -> None:
        await telegram.close()

    app.on_shutdown.append(close)
    app.router.add_route("*", "/bot{token}/{method}", bot_api.call)
    app.router.add_get("/file/bot{token}/{path:.+}", bot_api.download)


class BotApiServer:
    """Requests in, answers in Telegram's bytes out."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram

    def _wrong_token(self, request: web.Request) -> web.Response | None:
        """The refusal of another token: 401, or 404 where it has not the form of one; None for the right token."""
        token = request.match_info["token"]
        if token == self._telegram.token:
            return None
        return _refusal(RefusedError(401 if TOKEN_PATTERN.fullmatch(token) else 404))

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Answer one method."""
        if (refusal := self._wrong_token(request)) is not None:
            return refusal
        try:
            fields, uploads = await _read(request)
        except RefusedError as refused:
            return _refusal(refused)
        except web.HTTPRequestEntityTooLarge:
            return _refusal(RefusedError(413))
        answer = await self._telegram.call(request.match_info["method"], fields, uploads)
        if answer.broken is not None:
            return await self._break(request, answer)
        body = answer.raw if answer.raw is not None else _bytes(answer.body)
        return web.Response(status=answer.status, body=body, content_type="application/json")

    async def _break(self, request: web.Request, answer: Answer) -> web.StreamResponse:
        """Break the connection at once, after a silence, or in the middle of the answer."""
        if answer.broken == "silence":
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._telegram.closing.wait(), answer.seconds)
        response = web.StreamResponse(status=answer.status or 200)
        transport = request.transport
        if answer.broken == "half" and transport is not None:
            body = _bytes(answer.body)
            response.content_length = len(body)
            await response.prepare(request)
            await response.write(body[: len(body) // 2])
            transport.close()
        elif transport is not None:
            transport.abort()
        return response

    async def download(self, request: web.Request) -> web.StreamResponse:
        """Answer with one file."""
        if (refusal := self._wrong_token(request)) is not None:
            return refusal
        content = self._telegram.download(request.match_info["path"])
        if content is None:
            return _refusal(RefusedError(404))
        return web.Response(body=content, content_type="application/octet-stream")


def _bytes(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=True, separators=(",", ":")).encode()


def _refusal(refusal: RefusedError) -> web.Response:
    return web.Response(status=refusal.status, body=_bytes(refusal.as_json()), content_type="application/json")


async def _read(request: web.Request) -> tuple[Fields, dict[str, Upload]]:
    """Fields from the query, then from the body, in any of the four encodings that Telegram accepts."""
    fields: Fields = dict(request.query) if request.query_string else {}
    if not request.can_read_body:
        return fields, {}
    kind = request.content_type
    if kind == "multipart/form-data":
        return await _multipart(request, fields)
    body = await request.read()
    if kind == "application/json":
        fields.update(_object(body))
    elif kind == "application/x-www-form-urlencoded":
        fields.update(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    return fields, {}


def _object(body: bytes) -> Fields:
    try:
        given = json.loads(body or b"{}")
    except ValueError:
        raise RefusedError(400, "can't parse request: it is not JSON") from None
    if not isinstance(given, dict):
        raise RefusedError(400, "can't parse request: object expected")
    return given


async def _multipart(request: web.Request, fields: Fields) -> tuple[Fields, dict[str, Upload]]:
    uploads: dict[str, Upload] = {}
    form = await request.post()
    for name, value in form.items():
        if isinstance(value, web.FileField):
            content = await asyncio.to_thread(value.file.read)
            uploads[name] = Upload(value.filename, content, value.content_type)
        else:
            fields[name] = value if isinstance(value, str) else value.decode()
    return fields, uploads
