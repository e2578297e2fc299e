"""The server of the chat page: who may use it, what it refuses, and a stream that loses no event."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import ClientSession, FormData

from bot.demo.feed import Feed
from tests.demo.served_page import ServedPage, serve_page

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp import StreamReader


@pytest.fixture
async def served() -> AsyncIterator[ServedPage]:
    async with serve_page() as served:
        yield served


@pytest.fixture
async def visitor(served: ServedPage) -> AsyncIterator[ClientSession]:
    """A client with the headers of the page itself."""
    async with ClientSession(served.url, headers={"Origin": served.url}) as session:
        yield session


async def next_event(stream: StreamReader) -> tuple[str, dict[str, Any]]:
    """The next event: its mark and its facts."""
    mark = ""
    while True:
        line = (await asyncio.wait_for(stream.readline(), 10)).decode().strip()
        if line.startswith("id: "):
            mark = line.removeprefix("id: ")
        if line.startswith("data: "):
            return mark, json.loads(line.removeprefix("data: "))


async def test_another_site_may_not_speak_for_a_person(served: ServedPage) -> None:
    said = {"person": served.aigul.id, "text": "hello"}
    for headers in ({}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
        async with ClientSession(served.url, headers=headers) as session, session.post("/api/say", json=said) as answer:
            assert answer.status == 403
    assert not served.aigul.chat.messages


async def test_a_name_that_was_pointed_at_this_machine_is_refused(served: ServedPage) -> None:
    for host in ("evil.example", "evil.example:8000", "127.0.0.1.evil.example"):
        async with ClientSession(served.url) as session, session.get("/api/state", headers={"Host": host}) as answer:
            assert answer.status == 403


async def test_only_the_pages_own_scripts_may_run(visitor: ClientSession) -> None:
    async with visitor.get("/") as answer:
        page = await answer.text()
        policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "<script>" not in page
    assert "style=" not in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("say", {"person": 1, "text": "hello"}),
        ("say", {"text": "hello"}),
        ("say", {"person": "AIGUL", "text": "  "}),
        ("say", {"person": "AIGUL", "text": "a" * 4097}),
        ("say", {"person": "AIGUL", "text": ["a"]}),
        ("say", [1, 2]),
        ("press", {"person": "AIGUL", "message": 99, "data": "x"}),
        ("press", {"person": "AIGUL", "message": None, "data": "x"}),
        ("clock", {"person": "AIGUL", "move": "never"}),
        ("clock", {"person": "AIGUL", "move": ["hour"]}),
    ],
)
async def test_what_makes_no_sense_is_refused(visitor: ClientSession, served: ServedPage, path: str, body: Any) -> None:
    if isinstance(body, dict) and body.get("person") == "AIGUL":
        body = {**body, "person": served.aigul.id}
    async with visitor.post(f"/api/{path}", json=body) as answer:
        assert answer.status == 400
    assert not served.aigul.chat.messages


async def test_what_is_not_a_picture_is_not_sent_as_one(visitor: ClientSession, served: ServedPage) -> None:
    form = FormData({"person": str(served.aigul.id), "kind": "photo"})
    form.add_field("file", b"not a picture", filename="a.png", content_type="image/png")
    async with visitor.post("/api/upload", data=form) as answer:
        assert answer.status == 400
        assert "IMAGE_PROCESS_FAILED" in await answer.text()


async def test_a_page_that_is_sent_as_a_file_is_only_downloaded(visitor: ClientSession, served: ServedPage) -> None:
    message = served.aigul.send_document(b"<script>alert(1)</script>", 'a"b\r\n.html', mime="text/html")
    assert message.content.file is not None
    async with visitor.get(f"/file/{message.content.file.file_id}") as answer:
        assert answer.content_type == "application/octet-stream"
        assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''a%22b%0D%0A.html"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    async with visitor.get("/file/nothing") as answer:
        assert answer.status == 404


async def test_files_of_this_machine_are_not_served(visitor: ClientSession) -> None:
    for path in ("/static/../chat.py", "/static/%2e%2e/chat.py", "/static/..%2fchat.py", "/static/"):
        async with visitor.get(path) as answer:
            assert answer.status in {403, 404}


async def test_a_broken_connection_goes_on_where_it_broke(visitor: ClientSession, served: ServedPage) -> None:
    async with visitor.get("/api/state") as answer:
        mark = (await answer.json())["mark"]
    served.aigul.say("one")
    async with visitor.get("/api/events", params={"after": mark}) as answer:
        mark, happened = await next_event(answer.content)
        assert happened["message"]["text"] == "one"
    served.aigul.say("two")
    async with visitor.get("/api/events", headers={"Last-Event-ID": mark}) as answer:
        texts: list[str] = []
        while "two" not in texts:
            _, happened = await next_event(answer.content)
            if happened["kind"] == "new" and happened["message"]["out"]:
                texts.append(happened["message"]["text"])
    assert texts == ["two"]


async def test_a_page_of_an_earlier_run_is_told_to_look_again(visitor: ClientSession) -> None:
    async with visitor.get("/api/events", headers={"Last-Event-ID": "0badcafe-17"}) as answer:
        mark, happened = await next_event(answer.content)
    assert happened == {"kind": "resync"}
    assert not mark.startswith("0badcafe")


def test_a_page_that_slept_too_long_is_told_to_look_again() -> None:
    feed = Feed(keep=3)
    early = feed.mark
    for number in range(3):
        feed.publish("new", number=number)
    kept = feed.after(early)
    assert kept is not None
    assert len(kept) == 3
    feed.publish("new", number=3)
    assert feed.after(early) is None
    assert feed.after(feed.mark) == []


async def test_a_message_has_one_tick_until_the_bot_has_taken_it() -> None:
    async with serve_page(polling=False) as served, ClientSession(served.url) as session:
        served.aigul.say("hello")
        async with session.get("/api/state") as answer:
            assert (await answer.json())["messages"][0]["read"] is False
        assert served.bot is not None
        await served.bot.once()
        async with session.get("/api/state") as answer:
            assert (await answer.json())["messages"][0]["read"] is True
