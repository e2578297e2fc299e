from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web
from telegram.error import BadRequest

from bot.simulator import Person, Telegram
from bot.simulator.webhooks import WEBHOOK_SECRET_HEADER

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from telegram import Bot

    from tests.clocks import VirtualClock


class Hook:
    """A bot's web server: records what is posted, answers with planned statuses, and can delay its answer."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.statuses: list[int] = []
        self.reply: dict[str, Any] | None = None
        self.busy = 0
        self.most_busy = 0
        self.open = asyncio.Event()
        self.open.set()
        self.entered = asyncio.Event()

    @property
    def texts(self) -> list[str]:
        return [body["message"]["text"] for body in self.bodies]

    async def take(self, request: web.Request) -> web.Response:
        self.bodies.append(await request.json())
        self.secrets.append(request.headers.get(WEBHOOK_SECRET_HEADER))
        self.busy += 1
        self.most_busy = max(self.most_busy, self.busy)
        self.entered.set()
        await self.open.wait()
        self.busy -= 1
        status = self.statuses.pop(0) if self.statuses else 200
        if self.reply is not None:
            return web.json_response(self.reply, status=status)
        return web.Response(status=status, headers={"Retry-After": "0"} if status == 429 else {})


@asynccontextmanager
async def listening(hook: Hook) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/hook", hook.take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    try:
        yield f"http://{host}:{port}/hook"
    finally:
        hook.open.set()
        await runner.cleanup()


@pytest.fixture
def hook() -> Hook:
    return Hook()


@pytest.fixture
async def address(hook: Hook, telegram: Telegram) -> AsyncIterator[str]:
    async with listening(hook) as address:
        yield address
        await telegram.close()


async def test_updates_are_posted_with_the_secret(
    bot: Bot, telegram: Telegram, aigul: Person, hook: Hook, address: str
) -> None:
    aigul.say("илгери")
    await bot.set_webhook(address, secret_token="s3cret_-")
    aigul.say("кийин")
    await telegram.settled()
    assert hook.texts == ["илгери", "кийин"]
    assert hook.secrets == ["s3cret_-", "s3cret_-"]
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count, info.last_error_message) == (address, 0, None)


@pytest.mark.parametrize("failure", [500, 429, 403])
async def test_an_update_comes_again_until_it_is_taken(
    telegram: Telegram, aigul: Person, hook: Hook, address: str, failure: int
) -> None:
    hook.statuses = [failure, failure, 200, 200]
    await telegram.call("setWebhook", {"url": address})
    aigul.say("бир")
    aigul.say("эки")
    await telegram.settled()
    assert hook.texts == ["бир", "бир", "бир", "эки"]
    info = await telegram.call("getWebhookInfo")
    assert str(failure) in info.body["result"]["last_error_message"]


async def test_a_press_is_not_posted_after_150_seconds(
    telegram: Telegram, aigul: Person, clock: VirtualClock, hook: Hook, address: str
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
    await telegram.call("sendMessage", {"chat_id": aigul.id, "text": "?", "reply_markup": keyboard})
    aigul.press("a")
    aigul.say("сөз")
    clock.forward(seconds=151)
    await telegram.call("setWebhook", {"url": address})
    await telegram.settled()
    assert hook.texts == ["сөз"]


async def test_one_person_is_posted_one_at_a_time_and_others_meanwhile(
    telegram: Telegram, aigul: Person, hook: Hook, address: str
) -> None:
    bakyt = Person(telegram, "Бакыт")
    await telegram.call("setWebhook", {"url": address})
    hook.open.clear()
    for text in ("1", "2", "3"):
        aigul.say(text)
    await hook.entered.wait()
    hook.entered.clear()
    bakyt.say("башка")
    await hook.entered.wait()
    assert hook.texts == ["1", "башка"]
    hook.open.set()
    await telegram.settled()
    assert hook.texts == ["1", "башка", "2", "3"]
    assert hook.most_busy == 2


async def test_max_connections_is_respected(telegram: Telegram, hook: Hook, address: str) -> None:
    people = [Person(telegram, str(number)) for number in range(8)]
    await telegram.call("setWebhook", {"url": address, "max_connections": 3})
    for person in people:
        person.say("салам")
    await telegram.settled()
    assert len(hook.bodies) == 8
    assert hook.most_busy <= 3


async def test_a_webhook_may_answer_with_a_call(telegram: Telegram, aigul: Person, hook: Hook, address: str) -> None:
    hook.reply = {"method": "sendMessage", "chat_id": aigul.id, "text": "жооп"}
    await telegram.call("setWebhook", {"url": address})
    aigul.say("салам")
    await telegram.settled()
    assert [message.text for message in aigul.messages] == ["жооп"]


async def test_nothing_is_posted_once_the_webhook_is_gone(
    bot: Bot, telegram: Telegram, aigul: Person, hook: Hook, address: str
) -> None:
    await bot.set_webhook(address)
    await bot.delete_webhook()
    aigul.say("сурап ал")
    assert len(await bot.get_updates(timeout=1)) == 1
    assert hook.bodies == []


async def test_what_waits_can_be_dropped(bot: Bot, telegram: Telegram, aigul: Person, hook: Hook, address: str) -> None:
    aigul.say("эски")
    await bot.set_webhook(address, drop_pending_updates=True, allowed_updates=["message"])
    assert (await bot.get_webhook_info()).allowed_updates == ("message",)
    aigul.say("жаңы")
    await telegram.settled()
    assert hook.texts == ["жаңы"]


async def test_a_webhook_that_nobody_answers_is_told_of(
    bot: Bot, telegram: Telegram, aigul: Person, hook: Hook, address: str
) -> None:
    await bot.set_webhook("http://127.0.0.1:9/")
    aigul.say("бир")
    while not telegram.world.webhook.last_error:
        await asyncio.sleep(0.001)
    info = await bot.get_webhook_info()
    assert "Connection failed" in str(info.last_error_message)
    assert info.pending_update_count == 1
    await bot.set_webhook(address)
    await telegram.settled()
    assert hook.texts == ["бир"]


async def test_a_webhook_needs_https_and_a_plain_secret(bot: Bot) -> None:
    with pytest.raises(BadRequest, match=r"(?i)an https url must be provided"):
        await bot.set_webhook("http://example.org/hook")
    with pytest.raises(BadRequest, match=r"(?i)secret token contains unallowed characters"):
        await bot.set_webhook("https://example.org/hook", secret_token="ачык сыр")
