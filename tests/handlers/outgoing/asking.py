"""A request to a server of a test, and a server that answers it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from handlers.outgoing.transport import ReqwestRequest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ANSWER: Final = b'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{"ok":true}'


@asynccontextmanager
async def opened(**how: Any) -> AsyncIterator[ReqwestRequest]:
    request = ReqwestRequest(**{"connect": 2.0, **how})
    await request.initialize()
    try:
        yield request
    finally:
        await request.shutdown()


async def ask(root: str) -> None:
    async with opened() as request:
        await request.do_request(f"{root}/bot1:SECRET/getMe", "POST")


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(asyncio.IncompleteReadError, ConnectionError):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(ANSWER)
        await writer.drain()
    writer.close()
