"""The webhook over real sockets: who may knock, and what Telegram is told."""

from __future__ import annotations

import asyncio
import io
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp
import pytest
from prometheus_client import CollectorRegistry

from bot.simulator import Person
from bot.web import Web
from handlers.incoming.webhook import SECRET_HEADER, WebhookReceiver
from tests.handlers.incoming.intake_desk import Desk, press

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SECRET = "s3cret-Token"


@dataclass
class Listening:
    """A webhook that listens, and who posts to it."""

    desk: Desk
    web: Web
    root: str
    session: aiohttp.ClientSession

    async def post(self, body: bytes, secret: str | None = SECRET) -> aiohttp.ClientResponse:
        headers = {SECRET_HEADER: secret} if secret is not None else {}
        async with self.session.post(f"{self.root}/telegram", data=io.BytesIO(body), headers=headers) as response:
            await response.read()
            return response


@asynccontextmanager
async def listening(desk: Desk | None = None, *, patience: float = 5.0) -> AsyncIterator[Listening]:
    desk = desk or Desk()
    webhook = WebhookReceiver("/telegram", SECRET, desk.dispatcher, patience)
    web = Web(readiness=dict, registry=CollectorRegistry, webhook=webhook)
    port = await web.start("127.0.0.1", 0)
    web.open()
    async with desk, aiohttp.ClientSession() as session:
        try:
            yield Listening(desk, web, f"http://127.0.0.1:{port}", session)
        finally:
            await desk.telegram.close()
            await web.stop()


def body(update_id: int, person: int = 7) -> bytes:
    return json.dumps(press(update_id, person)).encode()


async def test_telegram_delivers_to_the_webhook_and_everything_is_handled_once() -> None:
    async with listening() as here:
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
    async with listening(Desk(seconds={1: 0.2})) as here:
        response = await here.post(body(1))
        assert response.status == 200
        assert here.desk.ids() == [1]


async def test_the_same_update_again_is_answered_and_changes_nothing() -> None:
    async with listening() as here:
        statuses = [(await here.post(body(1))).status for _ in range(3)]
        assert statuses == [200, 200, 200]
        assert here.desk.ids() == [1]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "ө"])
async def test_who_does_not_know_the_secret_is_turned_away(secret: str | None) -> None:
    async with listening() as here:
        assert (await here.post(body(1), secret)).status == 403
        assert here.desk.ids() == []


@pytest.mark.parametrize("junk", [b"", b"{", b"[]", b"\xff\xfe", b"null", b"[" * 100_000])
async def test_what_is_no_update_is_kept_aside_and_not_asked_for_again(junk: bytes) -> None:
    async with listening() as here:
        assert (await here.post(junk)).status == 200
        ((number, shape, reason),) = here.desk.aside
        assert (json.loads(shape)["bytes"], reason) == (len(junk), "no JSON object")
        assert number < 0


async def test_a_body_too_large_is_refused() -> None:
    async with listening() as here:
        assert (await here.post(b"x" * (1024 * 1024 + 1))).status == 413
        assert (await here.post(body(2))).status == 200


async def test_while_the_store_is_away_telegram_is_asked_to_come_again_and_then_nothing_is_missing() -> None:
    async with listening(Desk(store_works=False), patience=0.05) as here:
        response = await here.post(body(1))
        assert (response.status, response.headers["Retry-After"]) == (503, "5")
        assert (await here.post(b"{")).status == 503
        here.desk.store_works = True
        assert (await here.post(body(1))).status == 200
        assert here.desk.ids() == [1]


async def test_shutdown_does_not_wait_for_a_store_that_is_away() -> None:
    async with listening(Desk(store_works=False), patience=60.0) as here, asyncio.TaskGroup() as group:
        waiting = group.create_task(here.post(body(1)))
        while not here.desk.intake.waiting_for_store:
            await asyncio.sleep(0.01)
        await here.web.stop()
        assert (await waiting).status == 503
