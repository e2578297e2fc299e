"""The face over HTTP: ``/bot<token>/<method>`` and ``/file/bot<token>/<path>``, answered as Telegram does."""

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

TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")

Fields = dict[str, Any]
Uploads = dict[str, Upload]


def application(telegram: Telegram) -> web.Application:
    """An aiohttp application that is this Telegram; more routes may be added to it."""
    app = web.Application(client_max_size=UPLOAD_LIMIT + 1024 * 1024)
    add_routes(app, telegram)
    return app


def add_routes(app: web.Application, telegram: Telegram) -> None:
    """Put the Bot API on an application; when that shuts down, ``telegram`` is closed with it."""
    face = BotApiServer(telegram)

    async def close(_: web.Application) -> None:
        await telegram.close()

    app.on_shutdown.append(close)
    app.router.add_route("*", "/bot{token}/{method}", face.call)
    app.router.add_get("/file/bot{token}/{path:.+}", face.download)


class BotApiServer:
    """Requests in, Telegram's bytes out."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram

    def _stranger(self, request: web.Request) -> web.Response | None:
        """401 for a token that could be one, 404 for what never was a token."""
        token = request.match_info["token"]
        if token == self._telegram.token:
            return None
        return _refusal(RefusedError(401 if TOKEN.fullmatch(token) else 404))

    async def call(self, request: web.Request) -> web.StreamResponse:
        """One method."""
        if (stranger := self._stranger(request)) is not None:
            return stranger
        try:
            fields, uploads = await _read(request)
        except RefusedError as refusal:
            return _refusal(refusal)
        except web.HTTPRequestEntityTooLarge:
            return _refusal(RefusedError(413))
        answer = await self._telegram.call(request.match_info["method"], fields, uploads)
        if answer.broken is not None:
            return await self._break(request, answer)
        body = answer.raw if answer.raw is not None else _bytes(answer.body)
        return web.Response(status=answer.status, body=body, content_type="application/json")

    async def _break(self, request: web.Request, answer: Answer) -> web.StreamResponse:
        """Close the connection at once, after a silence, or in the middle of the answer."""
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
        """One file."""
        if (stranger := self._stranger(request)) is not None:
            return stranger
        content = self._telegram.download(request.match_info["path"])
        if content is None:
            return _refusal(RefusedError(404))
        return web.Response(body=content, content_type="application/octet-stream")


def _bytes(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=True, separators=(",", ":")).encode()


def _refusal(refusal: RefusedError) -> web.Response:
    return web.Response(status=refusal.status, body=_bytes(refusal.as_json()), content_type="application/json")


async def _read(request: web.Request) -> tuple[Fields, Uploads]:
    """Fields from the query, then from the body, in any of the four ways Telegram takes them."""
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


async def _multipart(request: web.Request, fields: Fields) -> tuple[Fields, Uploads]:
    uploads: Uploads = {}
    form = await request.post()
    for name, value in form.items():
        if isinstance(value, web.FileField):
            content = await asyncio.to_thread(value.file.read)
            uploads[name] = Upload(value.filename, content, value.content_type)
        else:
            fields[name] = value if isinstance(value, str) else value.decode()
    return fields, uploads
