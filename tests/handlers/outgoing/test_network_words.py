"""What is said where a request did not arrive: proxies, certificates, addresses."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
import trustme

from handlers.outgoing.transport import NotSent
from tests.handlers.outgoing.asking import answer, ask

if TYPE_CHECKING:
    from pathlib import Path


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
            await ask("https://api.telegram.org")
        assert asked == ["CONNECT api.telegram.org:443 HTTP/1.1"]
        with pytest.raises(NotSent, match=r"127\.0\.0\.1:1 does not answer"):
            await ask("https://127.0.0.1:1")
        assert len(asked) == 1
    for name in ("HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv("HTTPS_PROXY")
        monkeypatch.setenv(name, "http://127.0.0.1:1")
        with pytest.raises(NotSent, match=r"the proxy 127\.0\.0\.1:1 does not answer"):
            await ask("https://api.telegram.org")


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
            await ask("https://api.telegram.org")
    assert b"proxy-authorization: basic ywlndww6c2vjcmv0" in asked[0].lower()
    monkeypatch.setenv("HTTPS_PROXY", "http://aigul:secret@127.0.0.1:1/")
    with pytest.raises(NotSent, match=r"the proxy 127\.0\.0\.1:1 does not answer"):
        await ask("https://api.telegram.org")


async def test_an_address_that_is_none_is_named() -> None:
    for wrong in ("http://[", "http://"):
        with pytest.raises(NotSent, match="that is no address"):
            await ask(wrong)


async def test_a_certificate_of_nobody_and_a_server_without_tls_are_named(tls: Tls) -> None:
    async with await asyncio.start_server(answer, "127.0.0.1", 0, ssl=tls.context) as server:
        root = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        with pytest.raises(
            NotSent, match=r"the certificate of 127\.0\.0\.1 is not accepted; look at the machine's clock"
        ):
            await ask(root)
    async with await asyncio.start_server(_refuse_tls, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(NotSent, match=rf"127\.0\.0\.1:{port} speaks no TLS"):
            await ask(f"https://127.0.0.1:{port}")


async def test_who_the_machine_trusts_is_trusted_also_as_a_proxy(tls: Tls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tls.authority))
    monkeypatch.delenv("NO_PROXY", raising=False)
    async with await asyncio.start_server(answer, "127.0.0.1", 0, ssl=tls.context) as server:
        root = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        await ask(root)
        monkeypatch.setenv("HTTP_PROXY", root)
        await ask("http://no-such-host.invalid")


async def _refuse_tls(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1)
    writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
    await writer.drain()
    writer.close()
