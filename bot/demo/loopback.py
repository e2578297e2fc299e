"""Only this machine: the chat page answers a browser on it, for the page's own scripts, and no other site."""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

from aiohttp import web

if TYPE_CHECKING:
    from contextlib import AsyncExitStack

PageHandler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LOOPBACK_ADDRESS: Final = "127.0.0.1"
PAGE_HOSTS: Final = frozenset({LOOPBACK_ADDRESS, "localhost", "[::1]"})
SECURITY_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:;"
        " connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


async def add_security_headers(_: web.Request, response: web.StreamResponse) -> None:
    """Add the headers that tell the browser what the page may do, where an answer does not set them itself."""
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)


@web.middleware
async def refuse_other_sites(request: web.Request, handler: PageHandler) -> web.StreamResponse:
    """Answer 403 to another site, which may neither read the page under its own name nor send anything to it."""
    other_host = request.host.rpartition(":")[0] not in PAGE_HOSTS and request.host not in PAGE_HOSTS
    if other_host or (request.method != "GET" and request.headers.get("Origin") != f"http://{request.host}"):
        raise web.HTTPForbidden(text="This page is for this machine only.")
    return await handler(request)


def listen(port: int) -> socket.socket:
    """A socket that listens on this machine only, on any free port for 0; raises OSError where the port is taken."""
    return socket.create_server((LOOPBACK_ADDRESS, port))


def address_of(listening: socket.socket) -> str:
    """The address of a socket that listens, for a browser."""
    return f"http://{LOOPBACK_ADDRESS}:{listening.getsockname()[1]}"


async def serve(stack: AsyncExitStack, app: web.Application, listening: socket.socket) -> None:
    """Serve ``app`` on a socket that listens, until ``stack`` is closed."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.SockSite(runner, listening).start()
