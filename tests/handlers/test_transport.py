"""AiohttpRequest against the simulator over real sockets."""

from __future__ import annotations

import asyncio
import socket
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from telegram import Bot, InputFile
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.simulator import Person, Telegram
from bot.simulator.server import application
from handlers.outgoing.telegram_errors import Judgement, Verdict, judge
from handlers.outgoing.transport import AiohttpRequest, NotSent
from tests.handlers.wall import WallClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@dataclass
class Line:
    """A bot on one end of a real connection, Telegram on the other."""

    telegram: Telegram
    bot: Bot
    request: AiohttpRequest
    aigul: Person


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    telegram = Telegram(clock=WallClock())
    runner = web.AppRunner(application(telegram), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    root = f"http://127.0.0.1:{runner.addresses[0][1]}"
    request = AiohttpRequest(read=5.0, connect=1.0)
    bot = Bot(
        telegram.token,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=request,
        get_updates_request=AiohttpRequest(connections=1),
    )
    aigul = Person(telegram, "Айгүл")
    aigul.start()
    async with bot:
        yield Line(telegram, bot, request, aigul)
    await runner.cleanup()


async def test_a_message_arrives_letter_by_letter(line: Line) -> None:
    words = "Ө ү ң ғ қ ҳ ў ʻ — «Колдойм» & < 🏔"
    sent = await line.bot.send_message(line.aigul.id, words)
    assert line.aigul.screen.words == words
    assert sent.text == words


async def test_buttons_arrive_as_buttons(line: Line) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Колдойм", "callback_data": "1v"}]]}
    fields = {"chat_id": line.aigul.id, "text": "?", "reply_markup": keyboard}
    await line.bot.do_api_request("send_Message", fields)
    assert line.aigul.labels == ["Колдойм"]


async def test_a_file_travels_there_and_back(line: Line) -> None:
    content = bytes(range(256)) * 8000
    sent = await line.bot.send_document(line.aigul.id, InputFile(content, "протокол.docx"), caption="Мына")
    assert sent.document is not None
    assert sent.document.file_name == "протокол.docx"
    stored = await line.bot.get_file(sent.document.file_id)
    assert bytes(await stored.download_as_bytearray()) == content
    assert line.aigul.messages[-1].words == "Мына"


async def test_half_a_letter_pair_is_sent_as_a_question_mark(line: Line) -> None:
    await line.bot.send_message(line.aigul.id, "a\ud83db")
    assert line.aigul.screen.words == "a?b"


@pytest.mark.parametrize("broken", ["reset", "half"])
async def test_a_broken_connection_is_a_network_error_and_the_next_call_works(line: Line, broken: str) -> None:
    line.telegram.faults.next(method="sendMessage", broken=broken)  # type: ignore[arg-type]
    with pytest.raises(NetworkError) as caught:
        await line.bot.send_message(line.aigul.id, "one")
    assert not isinstance(caught.value, TimedOut | NotSent)
    await line.bot.send_message(line.aigul.id, "two")
    assert line.aigul.screen.words == "two"


async def test_silence_ends_in_a_timeout(line: Line) -> None:
    line.telegram.faults.next(method="sendMessage", broken="silence")
    with pytest.raises(TimedOut) as caught:
        await line.bot.send_message(line.aigul.id, "one", read_timeout=0.05, connect_timeout=0.05)
    assert judge(caught.value) == Judgement(Verdict.AGAIN)


@pytest.mark.parametrize("root", ["http://127.0.0.1:1/bot", "http://no-such-host.invalid/bot"])
async def test_without_a_connection_nothing_was_sent(root: str) -> None:
    bot = Bot("100:T", base_url=root, request=AiohttpRequest(connect=2.0), get_updates_request=AiohttpRequest())
    await bot.request.initialize()
    with pytest.raises(NotSent) as caught:
        await bot.do_api_request("get_Me")
    await bot.request.shutdown()
    assert judge(caught.value) == Judgement(Verdict.AGAIN, unsent=True)


async def test_a_telegram_that_does_not_pick_up_was_sent_nothing() -> None:
    with closing(socket.socket()) as deaf, ExitStack() as stack:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        for _ in range(4):  # who comes first fills the queue of those to be picked up
            caller = stack.enter_context(closing(socket.socket()))
            caller.settimeout(0)
            caller.connect_ex(deaf.getsockname())
        root = f"http://127.0.0.1:{deaf.getsockname()[1]}/bot"
        bot = Bot("100:T", base_url=root, request=AiohttpRequest(connect=0.2), get_updates_request=AiohttpRequest())
        await bot.request.initialize()
        with pytest.raises(NotSent):
            await bot.do_api_request("get_Me")
        await bot.request.shutdown()


@pytest.mark.parametrize("raw", [b'{"ok":true,"resu', b"<html>502</html>", b"[]", b'{"ok":true}', b"\xff\xfe"])
async def test_an_answer_that_is_none_is_a_network_error(line: Line, raw: bytes) -> None:
    line.telegram.faults.next(method="sendMessage", status=200, raw=raw)
    with pytest.raises(NetworkError):
        await line.bot.send_message(line.aigul.id, "one")


async def test_refusals_keep_their_meaning(line: Line) -> None:
    line.telegram.faults.next(method="sendMessage", retry_after=35)
    with pytest.raises(RetryAfter) as waiting:
        await line.bot.send_message(line.aigul.id, "one")
    assert judge(waiting.value) == Judgement(Verdict.WAIT, seconds=35.0)
    with pytest.raises(BadRequest, match="Chat not found"):
        await line.bot.send_message(987654, "one")
    line.telegram.faults.next(method="sendMessage", status=401)
    with pytest.raises(InvalidToken):
        await line.bot.send_message(line.aigul.id, "one")


@pytest.mark.parametrize("root", ["http://127.0.0.1:1/bot", "http://no-such-host.invalid/bot", "nonsense://x/bot"])
async def test_no_error_tells_the_token(root: str) -> None:
    bot = Bot("100:SECRET", base_url=root, request=AiohttpRequest(connect=2.0), get_updates_request=AiohttpRequest())
    await bot.request.initialize()
    with pytest.raises(TelegramError) as caught:
        await bot.do_api_request("get_Me")
    await bot.request.shutdown()
    error: BaseException | None = caught.value
    while error is not None:
        assert "SECRET" not in repr(error)
        error = error.__cause__


async def test_a_closed_line_says_so_and_can_be_opened_again(line: Line) -> None:
    await line.request.shutdown()
    await line.request.shutdown()
    with pytest.raises(NotSent):
        await line.bot.send_message(line.aigul.id, "one")
    await line.request.initialize()
    await line.request.initialize()
    await line.bot.send_message(line.aigul.id, "two")
    assert line.aigul.screen.words == "two"


async def test_a_long_poll_does_not_hold_up_messages(line: Line) -> None:
    updates = await line.bot.get_updates(timeout=0)
    offset = updates[-1].update_id + 1
    waiting = line.bot.get_updates(offset=offset, timeout=30)
    sent = line.bot.send_message(line.aigul.id, "one")
    async with asyncio.TaskGroup() as group:
        polled = group.create_task(waiting)
        await group.create_task(sent)
        assert not polled.done()
        line.aigul.say("two")
    assert [update.message.text for update in polled.result() if update.message] == ["two"]
