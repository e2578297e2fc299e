"""What an operator looks at, over real sockets: health, readiness, metrics."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp
import pytest
from prometheus_client import CollectorRegistry, Counter

from bot.web import Web

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
    web = Web(readiness=lambda: reasons, registry=registry)
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
        second = Web(readiness=dict, registry=CollectorRegistry())
        with pytest.raises(OSError, match="address already in use"):
            await second.start("127.0.0.1", port)
        await second.stop()


async def test_without_a_webhook_there_is_none() -> None:
    web = Web(readiness=dict, registry=CollectorRegistry())
    port = await web.start("127.0.0.1", 0)
    async with aiohttp.ClientSession() as session, session.post(f"http://127.0.0.1:{port}/telegram") as response:
        assert response.status == 404
    await web.stop()
