"""ReqwestRequest against the simulator over real sockets."""

from __future__ import annotations

import asyncio
import json
import socket
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from telegram import Bot, InputFile
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.app import real_requests
from bot.simulator import Person, Telegram
from bot.simulator.server import application
from handlers.outgoing.telegram_errors import Judgement, Verdict, judge
from handlers.outgoing.transport import NotSent, ReqwestRequest
from tests.clocks import SystemClock
from tests.handlers.outgoing.asking import ANSWER, answer, ask, opened

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@dataclass
class Connection:
    """A bot on one end of a real connection, Telegram on the other."""

    telegram: Telegram
    bot: Bot
    request: ReqwestRequest
    aigul: Person


@pytest.fixture
async def connection() -> AsyncIterator[Connection]:
    telegram = Telegram(clock=SystemClock())
    runner = web.AppRunner(application(telegram), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    root = f"http://127.0.0.1:{runner.addresses[0][1]}"
    request = ReqwestRequest(read=5.0, connect=1.0)
    bot = Bot(
        telegram.token,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=request,
        get_updates_request=ReqwestRequest(connections=1),
    )
    aigul = Person(telegram, "Айгүл")
    aigul.start()
    async with bot:
        yield Connection(telegram, bot, request, aigul)
    await runner.cleanup()


async def test_a_message_arrives_letter_by_letter(connection: Connection) -> None:
    words = "Ө ү ң ғ қ ҳ ў ʻ — «Колдойм» & < 🏔"
    sent = await connection.bot.send_message(connection.aigul.id, words)
    assert connection.aigul.screen.words == words
    assert sent.text == words


async def test_buttons_arrive_as_buttons(connection: Connection) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Колдойм", "callback_data": "1v"}]]}
    fields = {"chat_id": connection.aigul.id, "text": "?", "reply_markup": keyboard}
    await connection.bot.do_api_request("send_Message", fields)
    assert connection.aigul.labels == ["Колдойм"]


async def test_a_file_travels_there_and_back(connection: Connection) -> None:
    content = bytes(range(256)) * 8000
    sent = await connection.bot.send_document(connection.aigul.id, InputFile(content, "протокол.docx"), caption="Мына")
    assert sent.document is not None
    assert sent.document.file_name == "протокол.docx"
    stored = await connection.bot.get_file(sent.document.file_id)
    assert bytes(await stored.download_as_bytearray()) == content
    assert connection.aigul.messages[-1].words == "Мына"


async def test_a_file_name_stays_in_its_line(connection: Connection) -> None:
    sent = await connection.bot.send_document(connection.aigul.id, InputFile(b"x", 'бир "эки"\r\nX-Header: y.txt'))
    assert sent.document is not None
    assert sent.document.file_name is not None
    assert sent.document.file_name.replace("\\", "") == 'бир "эки"  X-Header: y.txt'


async def test_half_a_letter_pair_is_sent_as_a_question_mark(connection: Connection) -> None:
    await connection.bot.send_message(connection.aigul.id, "a\ud83db")
    assert connection.aigul.screen.words == "a?b"


@pytest.mark.parametrize("broken", ["reset", "half"])
async def test_a_broken_connection_is_a_network_error_and_the_next_call_works(
    connection: Connection, broken: str
) -> None:
    connection.telegram.faults.next(method="sendMessage", broken=broken)  # type: ignore[arg-type]
    with pytest.raises(NetworkError) as caught:
        await connection.bot.send_message(connection.aigul.id, "one")
    assert not isinstance(caught.value, TimedOut | NotSent)
    await connection.bot.send_message(connection.aigul.id, "two")
    assert connection.aigul.screen.words == "two"


async def test_silence_ends_in_a_timeout(connection: Connection) -> None:
    connection.telegram.faults.next(method="sendMessage", broken="silence")
    with pytest.raises(TimedOut) as caught:
        await connection.bot.send_message(connection.aigul.id, "one", read_timeout=0.05, connect_timeout=0.05)
    assert judge(caught.value) == Judgement(Verdict.AGAIN)


@pytest.mark.parametrize("root", ["http://127.0.0.1:1/bot", "http://no-such-host.invalid/bot"])
async def test_without_a_connection_nothing_was_sent(root: str) -> None:
    bot = Bot("100:T", base_url=root, request=ReqwestRequest(connect=2.0), get_updates_request=ReqwestRequest())
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
        bot = Bot("100:T", base_url=root, request=ReqwestRequest(connect=0.2), get_updates_request=ReqwestRequest())
        await bot.request.initialize()
        with pytest.raises(NotSent):
            await bot.do_api_request("get_Me")
        await bot.request.shutdown()


@pytest.mark.parametrize("raw", [b'{"ok":true,"resu', b"<html>502</html>", b"[]", b'{"ok":true}', b"\xff\xfe"])
async def test_an_answer_that_is_none_is_a_network_error(connection: Connection, raw: bytes) -> None:
    connection.telegram.faults.next(method="sendMessage", status=200, raw=raw)
    with pytest.raises(NetworkError):
        await connection.bot.send_message(connection.aigul.id, "one")


@pytest.mark.parametrize("said", ["a\ud83db", "🏔", "\x7f", "9" * 30])
def test_whatever_telegram_says_is_read_as_it_was_said(said: str) -> None:
    answer = {"ok": True, "result": said}
    assert ReqwestRequest.parse_json_payload(json.dumps(answer).encode()) == answer


async def test_refusals_keep_their_meaning(connection: Connection) -> None:
    connection.telegram.faults.next(method="sendMessage", retry_after=35)
    with pytest.raises(RetryAfter) as waiting:
        await connection.bot.send_message(connection.aigul.id, "one")
    assert judge(waiting.value) == Judgement(Verdict.WAIT, seconds=35.0)
    with pytest.raises(BadRequest, match="Chat not found"):
        await connection.bot.send_message(987654, "one")
    connection.telegram.faults.next(method="sendMessage", status=401)
    with pytest.raises(InvalidToken):
        await connection.bot.send_message(connection.aigul.id, "one")


@pytest.mark.parametrize("root", ["http://127.0.0.1:1/bot", "http://no-such-host.invalid/bot", "nonsense://x/bot"])
async def test_no_error_tells_the_token(root: str) -> None:
    bot = Bot("100:SECRET", base_url=root, request=ReqwestRequest(connect=2.0), get_updates_request=ReqwestRequest())
    await bot.request.initialize()
    with pytest.raises(TelegramError) as caught:
        await bot.do_api_request("get_Me")
    await bot.request.shutdown()
    error: BaseException | None = caught.value
    while error is not None:
        assert "SECRET" not in repr(error)
        error = error.__cause__


async def test_a_closed_connection_says_so_and_can_be_opened_again(connection: Connection) -> None:
    await connection.request.shutdown()
    await connection.request.shutdown()
    with pytest.raises(NotSent):
        await connection.bot.send_message(connection.aigul.id, "one")
    await connection.request.initialize()
    await connection.request.initialize()
    await connection.bot.send_message(connection.aigul.id, "two")
    assert connection.aigul.screen.words == "two"


async def test_a_long_poll_does_not_hold_up_messages(connection: Connection) -> None:
    updates = await connection.bot.get_updates(timeout=0)
    offset = updates[-1].update_id + 1
    waiting = connection.bot.get_updates(offset=offset, timeout=30)
    sent = connection.bot.send_message(connection.aigul.id, "one")
    async with asyncio.TaskGroup() as group:
        polled = group.create_task(waiting)
        await group.create_task(sent)
        assert not polled.done()
        connection.aigul.say("two")
    assert [update.message.text for update in polled.result() if update.message] == ["two"]


async def test_a_request_needs_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a thread is asked for")

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        monkeypatch.setattr(asyncio.get_running_loop(), "run_in_executor", refuse)
        await ask(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")


async def test_what_was_sent_on_a_kept_connection_and_lost_there_is_sent_once_and_not_called_unsent() -> None:
    asked = 0

    async def answer_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal asked
        for _ in range(2):
            await reader.readuntil(b"\r\n\r\n")
            asked += 1
            if asked == 1:
                writer.write(ANSWER)
                await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer_once, "127.0.0.1", 0) as server, opened() as request:
        address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/bot1:SECRET/getMe"
        await request.do_request(address, "POST")
        with pytest.raises(NetworkError, match="the connection broke") as caught:
            await request.do_request(address, "POST")
    assert not isinstance(caught.value, TimedOut | NotSent)
    assert asked == 2


async def test_who_waits_in_vain_for_a_free_connection_has_sent_nothing() -> None:
    came, goes = asyncio.Event(), asyncio.Event()

    async def wait_and_go(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        came.set()
        await goes.wait()
        writer.close()

    async with await asyncio.start_server(wait_and_go, "127.0.0.1", 0) as server:
        address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/bot1:SECRET/getMe"
        async with opened(connections=1, connect=0.3) as request, asyncio.TaskGroup() as group:
            first = group.create_task(_broken(request, address))
            await came.wait()
            with pytest.raises(NotSent, match="it does not answer in time"):
                await request.do_request(address, "POST")
            goes.set()
        assert not isinstance(first.result(), TimedOut | NotSent)


async def test_a_long_poll_that_is_given_up_does_not_hold_up_the_call_that_confirms() -> None:
    came, ends = asyncio.Event(), asyncio.Event()

    async def answer_all_but_the_first(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if came.is_set():
            await answer(reader, writer)
            return
        came.set()
        await ends.wait()
        writer.close()

    polling = real_requests().polling
    await polling.initialize()
    async with await asyncio.start_server(answer_all_but_the_first, "127.0.0.1", 0) as server:
        address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/bot1:SECRET/getUpdates"
        poll = asyncio.get_running_loop().create_task(polling.do_request(address, "POST"))
        await came.wait()
        poll.cancel()
        with pytest.raises(asyncio.CancelledError):
            await poll
        assert await polling.do_request(address, "POST") == (200, b'{"ok":true}')
        ends.set()
    await polling.shutdown()


async def _broken(request: ReqwestRequest, address: str) -> NetworkError:
    with pytest.raises(NetworkError) as caught:
        await request.do_request(address, "POST")
    return caught.value
