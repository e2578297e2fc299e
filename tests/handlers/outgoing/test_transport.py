"""ReqwestRequest against the simulator over real sockets."""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
from contextlib import ExitStack, asynccontextmanager, closing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pytest
import trustme
from aiohttp import web
from telegram import Bot, InputFile
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.simulator import Person, Telegram
from bot.simulator.server import application
from handlers.outgoing.telegram_errors import Judgement, Verdict, judge
from handlers.outgoing.transport import NotSent, ReqwestRequest
from tests.clocks import SystemClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

ANSWER: Final = b'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{"ok":true}'


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


@dataclass
class Tls:
    """A server's half of TLS, and the file with the authority that stands for its certificate."""

    context: ssl.SSLContext
    authority: Path


@pytest.fixture
def tls(tmp_path: Path) -> Tls:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    return Tls(context, tmp_path / "authority.pem")


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


async def test_a_proxy_of_the_machine_is_asked_and_one_that_refuses_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await reader.readline()).decode().strip())
        writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(proxy, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    async with server:
        with pytest.raises(NotSent, match=rf"the proxy 127\.0\.0\.1:{port} refuses it"):
            await _ask("https://api.telegram.org")
        assert asked == ["CONNECT api.telegram.org:443 HTTP/1.1"]
        with pytest.raises(NotSent, match=r"127\.0\.0\.1:1 does not answer"):
            await _ask("https://127.0.0.1:1")
        assert len(asked) == 1
    for name in ("HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv("HTTPS_PROXY")
        monkeypatch.setenv(name, "http://127.0.0.1:1")
        with pytest.raises(NotSent, match=r"the proxy 127\.0\.0\.1:1 does not answer"):
            await _ask("https://api.telegram.org")


async def test_a_proxy_may_want_a_password_which_no_error_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 407 Wrong\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(proxy, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        monkeypatch.setenv("HTTPS_PROXY", f"http://aigul:secret@127.0.0.1:{port}")
        with pytest.raises(NotSent, match=rf"the proxy 127\.0\.0\.1:{port} wants another password"):
            await _ask("https://api.telegram.org")
    assert b"proxy-authorization: basic ywlndww6c2vjcmv0" in asked[0].lower()
    monkeypatch.setenv("HTTPS_PROXY", "http://aigul:secret@127.0.0.1:1/")
    with pytest.raises(NotSent, match=r"the proxy 127\.0\.0\.1:1 does not answer"):
        await _ask("https://api.telegram.org")


async def test_an_address_that_is_none_is_named() -> None:
    for wrong in ("http://[", "http://"):
        with pytest.raises(NotSent, match="that is no address"):
            await _ask(wrong)


async def test_a_request_needs_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a thread is asked for")

    async with await asyncio.start_server(_answer, "127.0.0.1", 0) as server:
        monkeypatch.setattr(asyncio.get_running_loop(), "run_in_executor", refuse)
        await _ask(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")


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


async def test_a_certificate_of_nobody_and_a_server_without_tls_are_named(tls: Tls) -> None:
    async with await asyncio.start_server(_answer, "127.0.0.1", 0, ssl=tls.context) as server:
        root = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        with pytest.raises(
            NotSent, match=r"the certificate of 127\.0\.0\.1 is not accepted; look at the machine's clock"
        ):
            await _ask(root)
    async with await asyncio.start_server(_refuse_tls, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(NotSent, match=rf"127\.0\.0\.1:{port} speaks no TLS"):
            await _ask(f"https://127.0.0.1:{port}")


async def test_who_the_machine_trusts_is_trusted_also_as_a_proxy(tls: Tls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tls.authority))
    monkeypatch.delenv("NO_PROXY", raising=False)
    async with await asyncio.start_server(_answer, "127.0.0.1", 0, ssl=tls.context) as server:
        root = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        await _ask(root)
        monkeypatch.setenv("HTTP_PROXY", root)
        await _ask("http://no-such-host.invalid")


@asynccontextmanager
async def opened(**how: Any) -> AsyncIterator[ReqwestRequest]:
    request = ReqwestRequest(**{"connect": 2.0, **how})
    await request.initialize()
    try:
        yield request
    finally:
        await request.shutdown()


async def _ask(root: str) -> None:
    async with opened() as request:
        await request.do_request(f"{root}/bot1:SECRET/getMe", "POST")


async def _broken(request: ReqwestRequest, address: str) -> NetworkError:
    with pytest.raises(NetworkError) as caught:
        await request.do_request(address, "POST")
    return caught.value


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(asyncio.IncompleteReadError, ConnectionError):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(ANSWER)
        await writer.drain()
    writer.close()


async def _refuse_tls(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1)
    writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
    await writer.drain()
    writer.close()
