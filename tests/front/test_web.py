"""What an operator looks at, over real sockets: health, readiness, metrics."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import aiohttp
import pytest
from prometheus_client import CollectorRegistry, Counter
from structlog.testing import capture_logs

from bot.addresses import ListeningAddress
from bot.web import Web
from bot.web_connections import connections, most_connections
from handlers.incoming.webhook import SECRET_HEADER, WebhookReceiver
from tests.handlers.incoming.intake_desk import Desk, press

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@dataclass
class Listening:
    """The listening side, and an operator who asks."""

    root: str
    session: aiohttp.ClientSession
    reasons: dict[str, str | None]

    async def get(self, path: str) -> tuple[int, str]:
        async with self.session.get(self.root + path) as response:
            return response.status, await response.text()


@asynccontextmanager
async def listening() -> AsyncIterator[Listening]:
    registry = CollectorRegistry()
    Counter("votes", "Votes taken", registry=registry).inc(3)
    reasons: dict[str, str | None] = {"database": None, "polling": None}
    web = Web(readiness=lambda: reasons, registry=lambda: registry)
    port = await web.start("127.0.0.1", 0)
    try:
        async with aiohttp.ClientSession() as session:
            yield Listening(f"http://127.0.0.1:{port}", session, reasons)
    finally:
        await web.stop()


async def test_a_process_that_lives_is_healthy() -> None:
    async with listening() as here:
        assert await here.get("/healthz") == (200, "ok\n")


async def test_readiness_names_every_reason_against_it() -> None:
    async with listening() as here:
        status, text = await here.get("/readyz")
        assert (status, json.loads(text)) == (200, {"ready": True, "reasons": {}})
        here.reasons["database"] = "the disk is full"
        status, text = await here.get("/readyz")
        assert (status, json.loads(text)) == (503, {"ready": False, "reasons": {"database": "the disk is full"}})


async def test_metrics_are_there_for_prometheus() -> None:
    async with listening() as here:
        status, text = await here.get("/metrics")
        assert status == 200
        assert "votes_total 3.0" in text


async def test_an_address_that_is_taken_is_an_error_and_leaves_nothing_open() -> None:
    async with listening() as here:
        port = int(here.root.rpartition(":")[2])
        second = Web(readiness=dict, registry=CollectorRegistry)
        with pytest.raises(OSError, match="address already in use"):
            await second.start("127.0.0.1", port)
        await second.stop()


async def test_without_a_webhook_there_is_none() -> None:
    web = Web(readiness=dict, registry=CollectorRegistry)
    port = await web.start("127.0.0.1", 0)
    async with aiohttp.ClientSession() as session, session.post(f"http://127.0.0.1:{port}/telegram") as response:
        assert response.status == 404
    await web.stop()


async def test_with_an_address_for_the_operator_the_webhooks_shows_nothing_but_the_webhook() -> None:
    desk = Desk()
    webhook = WebhookReceiver("/telegram", "s3cret", desk.dispatcher)
    web = Web(readiness=dict, registry=CollectorRegistry, webhook=webhook)
    anywhere = ListeningAddress("127.0.0.1", 0)
    public, pages = await web.start_apart(anywhere, anywhere)
    web.open()
    async with desk, aiohttp.ClientSession() as session:
        for path in ("/healthz", "/readyz", "/metrics"):
            for port, status in ((public, 404), (pages, 200)):
                async with session.get(f"http://127.0.0.1:{port}{path}") as response:
                    assert response.status == status
        for port, status in ((public, 200), (pages, 404)):
            headers, body = {SECRET_HEADER: "s3cret"}, json.dumps(press(1))
            async with session.post(f"http://127.0.0.1:{port}/telegram", data=body, headers=headers) as response:
                assert response.status == status
        await desk.telegram.close()
        await web.stop()
    alone = Web(readiness=dict, registry=CollectorRegistry)
    assert (await alone.start_apart(anywhere, anywhere))[0] is None  # who polls listens to nobody else
    await alone.stop()


async def test_all_who_ask_before_there_is_what_answers_are_answered() -> None:
    async with listening() as here:
        assert await asyncio.gather(*(here.get("/healthz") for _ in range(10))) == [(200, "ok\n")] * 10


async def test_where_what_answers_is_not_installed_the_log_says_so_and_the_next_one_is_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with listening() as here:
        with monkeypatch.context() as broken, capture_logs() as logs:
            broken.setitem(sys.modules, "bot.site", None)
            assert await sent(int(here.root.rpartition(":")[2]), b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n") == b""
        assert [entry["event"] for entry in logs if "installed" in entry["event"]]
        assert await here.get("/healthz") == (200, "ok\n")


async def test_who_came_last_is_let_go_when_the_bot_stops() -> None:
    web = Web(readiness=dict, registry=CollectorRegistry)
    reader, writer = await asyncio.open_connection("127.0.0.1", await web.start("127.0.0.1", 0))
    await asyncio.sleep(0)
    await web.stop()
    async with asyncio.timeout(10):
        assert await gone(reader) == b""
    writer.close()


async def sent(port: int, raw: bytes, *, close: bool = False) -> bytes:
    """What comes back for bytes of any kind, until the other side closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(raw)
    await writer.drain()
    if close:
        writer.transport.abort()
        return b""
    answer = await gone(reader)
    writer.close()
    return answer


STRANGE = (
    b"POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Encoding: br\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc",
    b"POST /healthz HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"GET /" + b"a" * 65_536 + b" HTTP/1.1\r\n\r\n",
    b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: " + b"a" * 65_536 + b"\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc",
    b"EHLO mail\r\n\r\n",
)


@pytest.mark.parametrize("raw", STRANGE)
async def test_strangers_write_no_traceback_into_the_log_and_learn_no_version(
    raw: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    async with listening() as here:
        with capture_logs() as logs:
            answer = await sent(int(here.root.rpartition(":")[2]), raw)
    assert b"Server" not in answer
    assert b"Python" not in answer
    assert not [entry for entry in logs if entry["log_level"] != "debug"]
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


async def test_no_answer_tells_a_version() -> None:
    async with listening() as here:
        for path in ("/healthz", "/readyz", "/metrics", "/nothing"):
            async with here.session.get(here.root + path) as response:
                assert "Server" not in response.headers


async def test_who_sends_half_a_request_or_nothing_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.site.connections", partial(connections, within=0.05))
    async with listening() as here:
        port = int(here.root.rpartition(":")[2])
        halves = (
            b"",
            b"GET /healthz HTTP/1.1\r\nHost:",
            b"POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n",
        )
        async with asyncio.timeout(30):
            assert not any(b"200" in answer for answer in [await sent(port, half) for half in halves])
        assert await here.get("/healthz") == (200, "ok\n")


async def test_a_crowd_of_idle_connections_leaves_room_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.web_connections.MOST_CONNECTIONS", 20)
    async with listening() as here:
        port = int(here.root.rpartition(":")[2])
        idle = [await asyncio.open_connection("127.0.0.1", port) for _ in range(60)]
        closed = [reader for reader, _ in idle[25:]]
        async with asyncio.timeout(30):
            assert [await gone(reader) for reader in closed] == [b""] * len(closed)
        for _, writer in idle:
            writer.close()
        await asyncio.gather(*(writer.wait_closed() for _, writer in idle), return_exceptions=True)
        async with asyncio.timeout(30):
            while True:
                try:
                    assert await here.get("/healthz") == (200, "ok\n")
                except aiohttp.ClientError:  # the last of the crowd is still being let go
                    continue
                break


async def gone(reader: asyncio.StreamReader) -> bytes:
    """What was read until the connection was closed or cut."""
    try:
        return await reader.read()
    except ConnectionError:
        return b""


def test_connections_leave_descriptors_for_the_database() -> None:
    assert 8 <= most_connections() <= 256
