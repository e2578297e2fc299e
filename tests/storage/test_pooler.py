"""PgBouncer between the bot and PostgreSQL: it gives connections to others, and is refused with a sentence."""

from __future__ import annotations

import asyncio
import struct
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

import pytest
from sqlalchemy import make_url

from bot.domain.errors import StoreUnavailable
from storage import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

KEPT: Final = frozenset({b"user", b"database", b"application_name", b"client_encoding"})
"""What PgBouncer passes on of the settings of a connection; of others it complains, or is told to ignore them."""


@asynccontextmanager
async def pooler(url: str, *, ignores: bool) -> AsyncIterator[str]:
    """What PgBouncer does when somebody connects: it refuses settings, or ``ignores`` them. The address behind it."""
    server = make_url(url)
    socket = f"{server.query['host']}/.s.PGSQL.5432"

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        (length,) = struct.unpack("!I", await reader.readexactly(4))
        message = await reader.readexactly(length - 4)
        if length == 8:  # whether the connection can be encrypted
            writer.write(b"N")
            (length,) = struct.unpack("!I", await reader.readexactly(4))
            message = await reader.readexactly(length - 4)
        words = message[4:].rstrip(b"\0").split(b"\0")
        given = dict(zip(words[::2], words[1::2], strict=True))
        if not ignores and (more := given.keys() - KEPT):
            fields = (b"SFATAL", b"VFATAL", b"C08P01", b"Munsupported startup parameter: " + more.pop(), b"")
            answer = b"\0".join(fields) + b"\0"
            writer.write(b"E" + struct.pack("!I", len(answer) + 4) + answer)
            writer.close()
            return
        kept = b"".join(name + b"\0" + given[name] + b"\0" for name in given if name in KEPT) + b"\0"
        here, there = await asyncio.open_unix_connection(socket)
        there.write(struct.pack("!I", len(kept) + 8) + message[:4] + kept)
        await asyncio.gather(_carry(reader, there), _carry(here, writer))

    listening = await asyncio.start_server(connect, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    async with listening:
        yield f"postgresql://{server.username}@127.0.0.1:{port}/{server.database}"


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
    writer.close()


@pytest.mark.parametrize("ignores", [False, True])
async def test_a_pooler_between_is_named_before_anything_is_written(postgresql_url: str, *, ignores: bool) -> None:
    async with pooler(postgresql_url, ignores=ignores) as behind:
        with pytest.raises(StoreUnavailable, match="stands a pooler"):
            await open_store(behind)
