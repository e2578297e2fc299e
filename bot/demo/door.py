"""Who may use the chat page: a browser on this machine, on the page's own behalf, running the page's own scripts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HOMES: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:;"
        " connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


async def guard(_: web.Request, response: web.StreamResponse) -> None:
    """Tell the browser what this page may do, with every answer."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)


@web.middleware
async def at_home(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse other sites: they may neither read the page under a name of their own nor send anything to it."""
    strange = request.host.rpartition(":")[0] not in HOMES and request.host not in HOMES
    if strange or (request.method != "GET" and request.headers.get("Origin") != f"http://{request.host}"):
        raise web.HTTPForbidden(text="This page is for this machine only.")
    return await handler(request)
