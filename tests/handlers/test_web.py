"""The listening side over real sockets: Telegram's webhook, and what an operator looks at."""

from __future__ import annotations

import asyncio
import io
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import aiohttp
import pytest
from prometheus_client import CollectorRegistry, Counter

from bot.simulator import Person
from bot.web import Web
from handlers.incoming.webhook import SECRET_HEADER, WebhookReceiver
from tests.handlers.intake_desk import Desk, press

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SECRET = "s3cret-Token"


@dataclass
class Street:
    """The bot's door, and who knocks."""

    desk: Desk
    web: Web
    root: str
    session: aiohttp.ClientSession
    reasons: dict[str, str | None] = field(default_factory=dict)

    async def post(self, body: bytes, secret: str | None = SECRET) -> aiohttp.ClientResponse:
        headers = {SECRET_HEADER: secret} if secret is not None else {}
        async with self.session.post(f"{self.root}/telegram", data=io.BytesIO(body), headers=headers) as response:
            await response.read()
            return response

    async def get(self, path: str) -> tuple[int, str]:
        async with self.session.get(self.root + path) as response:
            return response.status, await response.text()


@asynccontextmanager
async def street(desk: Desk | None = None, *, patience: float = 5.0) -> AsyncIterator[Street]:
    desk = desk or Desk()
    registry = CollectorRegistry()
    Counter("votes", "Votes taken", registry=registry).inc(3)
    reasons: dict[str, str | None] = {"database": None, "polling": None}
    webhook = WebhookReceiver("/telegram", SECRET, desk.intake, patience)
    web = Web(readiness=lambda: reasons, registry=registry, webhook=webhook)
    port = await web.start("127.0.0.1", 0)
    async with desk, aiohttp.ClientSession() as session:
        try:
            yield Street(desk, web, f"http://127.0.0.1:{port}", session, reasons)
        finally:
            await desk.telegram.close()
            await web.stop()


def body(update_id: int, person: int = 7) -> bytes:
    return json.dumps(press(update_id, person)).encode()


async def test_telegram_delivers_to_the_webhook_and_everything_is_handled_once() -> None:
    async with street() as here:
        aigul = Person(here.desk.telegram, "Айгүл")
        answer = await here.desk.telegram.call("setWebhook", {"url": f"{here.root}/telegram", "secret_token": SECRET})
        assert answer.status == 200, answer.body
        aigul.start()
        aigul.say("сунуш")
        async with asyncio.timeout(10):
            await here.desk.telegram.settled()
        texts = [update.message.text for update in here.desk.updates if update.message]
    assert texts == ["/start", "сунуш"]


async def test_two_hundred_is_said_only_after_the_commit() -> None:
    async with street(Desk(seconds={1: 0.2})) as here:
        response = await here.post(body(1))
        assert response.status == 200
        assert here.desk.ids() == [1]


async def test_the_same_update_again_is_answered_and_changes_nothing() -> None:
    async with street() as here:
        statuses = [(await here.post(body(1))).status for _ in range(3)]
        assert statuses == [200, 200, 200]
        assert here.desk.ids() == [1]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "ө"])
async def test_who_does_not_know_the_secret_is_turned_away(secret: str | None) -> None:
    async with street() as here:
        assert (await here.post(body(1), secret)).status == 403
        assert here.desk.ids() == []


@pytest.mark.parametrize("junk", [b"", b"{", b"[]", b"\xff\xfe", b"null", b"[" * 100_000])
async def test_what_is_no_update_is_kept_aside_and_not_asked_for_again(junk: bytes) -> None:
    async with street() as here:
        assert (await here.post(junk)).status == 200
        assert [(raw, reason) for _, raw, reason in here.desk.aside] == [
            (junk.decode(errors="replace"), "no JSON object")
        ]


async def test_a_body_too_large_is_refused() -> None:
    async with street() as here:
        assert (await here.post(b"x" * (1024 * 1024 + 1))).status == 413
        assert (await here.post(body(2))).status == 200


async def test_while_the_store_is_away_telegram_is_asked_to_come_again_and_then_nothing_is_missing() -> None:
    async with street(Desk(store_works=False), patience=0.05) as here:
        response = await here.post(body(1))
        assert (response.status, response.headers["Retry-After"]) == (503, "5")
        assert (await here.post(b"{")).status == 503
        here.desk.store_works = True
        assert (await here.post(body(1))).status == 200
        assert here.desk.ids() == [1]


async def test_shutdown_does_not_wait_for_a_store_that_is_away() -> None:
    async with street(Desk(store_works=False), patience=60.0) as here, asyncio.TaskGroup() as group:
        waiting = group.create_task(here.post(body(1)))
        while not here.desk.intake.waiting_for_store:
            await asyncio.sleep(0.01)
        await here.web.stop()
        assert (await waiting).status == 503


async def test_a_process_that_lives_is_healthy() -> None:
    async with street() as here:
        assert await here.get("/healthz") == (200, "ok\n")


async def test_readiness_names_every_reason_against_it() -> None:
    async with street() as here:
        status, text = await here.get("/readyz")
        assert (status, json.loads(text)) == (200, {"ready": True, "reasons": {}})
        here.reasons["database"] = "the disk is full"
        status, text = await here.get("/readyz")
        assert (status, json.loads(text)) == (503, {"ready": False, "reasons": {"database": "the disk is full"}})


async def test_metrics_are_there_for_prometheus() -> None:
    async with street() as here:
        status, text = await here.get("/metrics")
        assert status == 200
        assert "votes_total 3.0" in text


async def test_an_address_that_is_taken_is_an_error_and_leaves_nothing_open() -> None:
    async with street() as here:
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
