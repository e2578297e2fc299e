"""What only the server over HTTP can get wrong."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import ClientConnectionError, ClientSession, FormData, web

from bot.simulator import Person
from bot.simulator.server import application
from bot.tasks import Tasks
from tests.simulator.conftest import served

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.simulator import Telegram


@pytest.fixture
async def address(telegram: Telegram) -> AsyncIterator[str]:
    async with served(telegram) as address:
        yield address


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


def form(**fields: str) -> FormData:
    data = FormData(quote_fields=False, default_to_multipart=True)
    for name, value in fields.items():
        data.add_field(name, value)
    return data


@pytest.mark.parametrize("way", ["query", "JSON", "form", "multipart"])
async def test_fields_come_in_four_ways(address: str, session: ClientSession, aigul: Person, way: str) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Ооба", "callback_data": "y"}]]}
    plain = {"chat_id": str(aigul.id), "text": "Салам + & = ө", "reply_markup": json.dumps(keyboard)}
    ways: dict[str, dict[str, Any]] = {
        "query": {"method": "GET", "params": plain},
        "JSON": {"method": "POST", "json": {"chat_id": aigul.id, "text": plain["text"], "reply_markup": keyboard}},
        "form": {"method": "POST", "data": plain},
        "multipart": {"method": "POST", "data": form(**plain)},
    }
    async with session.request(url=f"{address}/bot100:SIMULATED/sendMessage", **ways[way]) as response:
        body = await response.json()
    assert body["ok"] is True
    assert (aigul.screen.text, aigul.labels) == ("Салам + & = ө", ["Ооба"])


async def test_files_come_as_parts(address: str, session: ClientSession, aigul: Person) -> None:
    data = form(chat_id=str(aigul.id))
    data.add_field("document", b"\x00\x01", filename="маалымат.bin", content_type="application/x-thing")
    async with session.post(f"{address}/bot100:SIMULATED/sendDocument", data=data) as response:
        body = await response.json()
    assert body["result"]["document"]["mime_type"] == "application/x-thing"
    assert (aigul.screen.document, aigul.screen.file_name) == (b"\x00\x01", "маалымат.bin")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("bot200:OTHER/getMe", 401),
        ("botnonsense/getMe", 404),
        ("bot100:SIMULATED/getLost", 404),
        ("file/bot100:SIMULATED/photos/none.jpg", 404),
        ("file/bot200:OTHER/photos/none.jpg", 401),
    ],
)
async def test_a_wrong_address_is_refused_in_telegrams_shape(
    address: str, session: ClientSession, path: str, status: int
) -> None:
    async with session.get(f"{address}/{path}") as response:
        body = await response.json()
    assert (response.status, body["ok"], body["error_code"]) == (status, False, status)


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff\xfe"])
async def test_a_body_that_is_no_object_is_refused(address: str, session: ClientSession, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    async with session.post(f"{address}/bot100:SIMULATED/getMe", data=body, headers=headers) as response:
        assert response.status == 400


async def test_a_reset_is_felt_as_one(address: str, session: ClientSession, telegram: Telegram, aigul: Person) -> None:
    telegram.faults.next(broken="reset")
    with pytest.raises((ClientConnectionError, ConnectionResetError)):
        await session.post(f"{address}/bot100:SIMULATED/sendMessage", data={"chat_id": aigul.id, "text": "x"})
    assert aigul.messages == []


async def test_the_server_goes_down_at_once_though_a_bot_waits(telegram: Telegram, session: ClientSession) -> None:
    """A long poll and a planned silence would otherwise keep it open for a minute."""
    runner = web.AppRunner(application(telegram), access_log=None, shutdown_timeout=100)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    base = f"http://{host}:{port}/bot100:SIMULATED"
    telegram.faults.next(method="getMe", broken="silence")
    tasks = Tasks()
    poll = tasks.start(_status(session, f"{base}/getUpdates?timeout=50"), name="poll")
    silent = tasks.start(_status(session, f"{base}/getMe"), name="silent")
    while not telegram.world.updates.polled or len(telegram.faults):
        await asyncio.sleep(0.001)
    async with asyncio.timeout(20):
        await runner.cleanup()
        assert await poll == 409
        assert await silent is None


async def _status(session: ClientSession, url: str) -> int | None:
    try:
        async with session.get(url) as response:
            return response.status
    except ClientConnectionError:  # the end of the stream, or a reset
        return None


async def test_a_crowd_is_served_at_once(address: str, session: ClientSession, telegram: Telegram) -> None:
    people = [Person(telegram, str(number)) for number in range(200)]
    for person in people:
        person.start()

    async def greet(person: Person) -> int:
        async with session.post(
            f"{address}/bot100:SIMULATED/sendMessage", data={"chat_id": person.id, "text": person.name}
        ) as response:
            return response.status

    assert set(await asyncio.gather(*map(greet, people))) == {200}
    assert all([message.text for message in person.messages] == [person.name] for person in people)
