"""The server on ``PAGES_LISTEN``: the public pages, read-only, to anybody who asks.

Pages are made in a process of their own (``jobs``) and kept in memory for seconds (``kept_pages``): nobody in the chat
waits for them. Nothing is stored, no cookie is set, no address is logged.

To serve something else at the same address, give ``pages_application`` an ``AddRoutes``: a function that is called with
the application before the pages' own route, which takes every other address::

    def add_routes(app: web.Application) -> None:
        app.router.add_get("/hall/{code}", show_hall)
        app.router.add_post("/chair/{code}", press)

    pages_application(pages, limits, proxies=0, folder=None, more=(add_routes,))

The composition (``bot.pages_web``) collects them. For every route there is the bound of requests by address, bodies are
at most ``LARGEST_BODY``, and the headers of ``headers.SECURITY`` stand with the answer unless the handler sets them
itself: a page with a script of its own needs its own ``Content-Security-Policy``. A connection is closed after
``bot.pages_web.REQUEST_WITHIN`` seconds; a response that goes on (an event stream) calls
``request.protocol.stay_open()`` first, and bounds how many of them there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiohttp import web
from aiohttp.helpers import ETag

from bot.domain.errors import StoreUnavailable
from bot.pages import headers, layout
from bot.pages.asked import Asked, asked_at, place_of
from bot.pages.kept_pages import KeptPage, PagesBusy
from bot.pages.reader_limits import MAKING, reader_address
from bot.pages.templating import assets
from bot.reports.jobs import JobFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from aiohttp.typedefs import Handler, Middleware

    from bot.pages.kept_pages import KeptPages
    from bot.pages.reader_limits import ReaderLimits

    AddRoutes = Callable[[web.Application], None]

LARGEST_BODY: Final = 16 * 1024
DEEPEST: Final = 8
"""Folders below the root, in the page for what is not there."""
COME_AGAIN: Final = 5
"""Seconds after which a reader may ask again for what cannot be made now."""


def pages_application(
    pages: KeptPages,
    limits: ReaderLimits,
    *,
    proxies: int,
    folder: Path | None,
    more: Iterable[AddRoutes] = (),
) -> web.Application:
    """Everything that is served at the address.

    ``proxies`` stand before it and say in ``X-Forwarded-For`` who asks; ``folder`` has the kept files.
    """
    app = web.Application(client_max_size=LARGEST_BODY, middlewares=[_bounded(limits, proxies)])
    app.on_response_prepare.append(_secured)
    for add_routes in more:
        add_routes(app)
    app.router.add_get(r"/{path:[\s\S]*}", _PageServer(pages, limits, proxies, folder).serve)
    return app


class _PageServer:
    """Answers one request for a page."""

    def __init__(self, pages: KeptPages, limits: ReaderLimits, proxies: int, folder: Path | None) -> None:
        self._pages = pages
        self._limits = limits
        self._proxies = proxies
        self._folder = folder

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """The page, that it is still the same, that there is none, or that one may come again."""
        place = place_of(request.path)
        asked = asked_at(place)
        if asked is None and asked_at(headers.in_folder(place)) is not None:
            return web.Response(status=308, headers={"Location": f"{place.rpartition('/')[2]}/"})
        if asked is None:
            return await self._missing(place)
        page = _asset(asked.place) if asked.what == "asset" else self._pages.ready(asked)
        if page is None:
            if wait := self._limits.take(_reader(request, self._proxies), MAKING if asked.needs_places else 0):
                return _come_again(429, asked, wait)
            try:
                page = await self._pages.get(asked)
            except (PagesBusy, JobFailed, StoreUnavailable):
                return _come_again(503, asked, COME_AGAIN)
        if page.content is None:
            return await self._missing(place)
        return self._answer(request, asked, page)

    def _answer(self, request: web.Request, asked: Asked, page: KeptPage) -> web.StreamResponse:
        said = headers.of_page(asked)
        if page.kept and self._folder is not None:
            return web.FileResponse(
                self._folder / page.kept, headers={**said, "Content-Type": headers.content_type(asked)}
            )
        response = web.Response(headers=said)
        response.etag = ETag(page.tag)
        if any(each.value in (page.tag, "*") for each in request.if_none_match or ()):
            response.set_status(304)
        else:
            response.headers["Content-Type"] = headers.content_type(asked)
            response.body = page.content
        return response

    async def _missing(self, place: str) -> web.Response:
        """What stands where nothing is, in the language of the address."""
        said = {"Cache-Control": headers.ASK_ALWAYS}
        if place.startswith(layout.API):
            return web.json_response({"error": "not found"}, status=404, headers=said)
        depth, tag = place.count("/"), place.partition("/")[0]
        if depth > DEEPEST:
            return web.Response(text="404\n", status=404, headers=said)
        front = asked_at(f"{tag}/{layout.PAGE}")
        language = front.language if front else ""
        try:
            page = await self._pages.get(
                Asked("missing", f"missing {tag if front else ''} {depth}", language, number=depth)
            )
        except (PagesBusy, JobFailed, StoreUnavailable):
            return web.Response(text="404\n", status=404, headers=said)
        return web.Response(body=page.content, status=404, headers=said, content_type="text/html", charset="utf-8")


def _asset(place: str) -> KeptPage:
    """What pages share, without asking the worker: it is never another, and no page can be read well without it."""
    content = assets().get(place)
    return KeptPage(content, tag=place, until=0.0)


def _bounded(limits: ReaderLimits, proxies: int) -> Middleware:
    """Lets nobody ask for more than ``limits`` allow."""

    @web.middleware
    async def bounded(request: web.Request, handler: Handler) -> web.StreamResponse:
        if wait := limits.take(_reader(request, proxies)):
            return _come_again(429, asked_at(place_of(request.path)), wait)
        return await handler(request)

    return bounded


def _reader(request: web.Request, proxies: int) -> str:
    return reader_address(request.remote or "", request.headers.getall("X-Forwarded-For", ()), proxies=proxies)


def _come_again(status: int, asked: Asked | None, seconds: float) -> web.Response:
    said = {"Retry-After": str(max(1, round(seconds))), "Cache-Control": "no-store"}
    if asked is not None and asked.what.startswith("api"):
        return web.json_response(
            {"error": "too many requests" if status == 429 else "busy"}, status=status, headers=said
        )
    again = {**said, "Refresh": said["Retry-After"]}  # a browser does it by itself
    return web.Response(text=f"{status}\n", status=status, headers=again)


async def _secured(_: web.Request, response: web.StreamResponse) -> None:
    for name, value in headers.SECURITY.items():
        response.headers.setdefault(name, value)
