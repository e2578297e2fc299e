"""Updates that are posted to the bot: again after an answer that was lost, and to two processes at once."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

import aiohttp

from bot.domain.comments import CommentKind
from bot.domain.questions import AboutKind
from handlers import presses
from handlers.incoming.webhook import SECRET_HEADER
from handlers.presses.wire import pack
from tests.faults.stage import said
from tests.faults.test_twice import comments_of

if TYPE_CHECKING:
    from tests.faults.stage import Json, Stage

SECRET = "only-telegram-knows"


def free_ports(count: int) -> list[int]:
    """Ports of this machine that nobody listens on."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


async def post(updates: list[Json], *ports: int) -> set[int]:
    """Bring each update to every port at once, one update after the other; the statuses that came back."""
    statuses: set[int] = set()
    async with aiohttp.ClientSession(headers={SECRET_HEADER: SECRET}) as session:

        async def bring(raw: Json, port: int) -> int:
            async with session.post(f"http://127.0.0.1:{port}/hook", json=raw) as response:
                return response.status

        for raw in updates:
            statuses |= set(await asyncio.gather(*(bring(raw, port) for port in ports)))
    return statuses


async def test_two_processes_behind_one_address_count_once(stage: Stage) -> None:
    hearing = await stage.hearing()
    aigul = await stage.resident()
    await stage.stop()
    first, second = free_ports(2)
    async with stage.listening(first, SECRET) as here, stage.listening(second, SECRET) as there:
        await stage.telegram.call("deleteWebhook")
        for press in (
            presses.ChooseOption(hearing.id, 1, 1),
            presses.GiveCoins(hearing.id, 7, 1, 60),
            presses.GiveCoins(hearing.id, 7, 2, 40),
            presses.WriteAbout(hearing.id, CommentKind.QUESTION, AboutKind.HEARING),
        ):
            aigul.forge(pack(press, "en"))
        aigul.say("Качан башталат?")
        updates = stage.collect()
        assert await post(updates, first, second) == {200}
        stage.clock.forward(seconds=6)  # the receipt waits for a second part
        await here.idle()
        await there.idle()
        once = await stage.dump()
        assert await post(updates, second, first) == {200}
        await here.idle()
        await there.idle()
    assert await stage.dump() == once
    assert len(once["votes"]) == 2
    (comment,) = await comments_of(stage, aigul)
    assert comment.number == 1
    assert "Your number: № 2" not in said(aigul)


async def test_what_one_process_left_behind_its_successor_takes_and_what_comes_again_changes_nothing(
    stage: Stage,
) -> None:
    hearing = await stage.hearing()
    aigul = await stage.resident()
    await stage.stop()
    ports = free_ports(2)
    async with stage.listening(ports[0], SECRET) as app:
        aigul.forge(pack(presses.ChooseOption(hearing.id, 1, 1), "en"))
        handled = [queued.update for queued in stage.telegram.world.updates.waiting()]
        await stage.telegram.settled()
        await app.idle()
        before = await stage.dump()
    aigul.forge(pack(presses.ChooseOption(hearing.id, 2, 2), "en"))
    async with stage.listening(ports[1], SECRET) as app:
        await stage.telegram.settled()
        await app.idle()
        assert len((await stage.dump())["votes"]) == 2
        assert await post(handled, ports[1]) == {200}
        await app.idle()
    after = await stage.dump()
    assert [row for row in after["votes"] if row in before["votes"]] == before["votes"]
    assert all(query.toast for query in aigul.queries[-2:])


async def test_a_second_poller_is_noticed_said_and_outlived(sqlite_stage: Stage) -> None:
    stage = sqlite_stage
    hearing = await stage.hearing()
    aigul = await stage.resident()
    async with asyncio.timeout(10):
        while not stage.telegram.world.updates.polled:
            await asyncio.sleep(0.01)
        await stage.telegram.call("getUpdates", {"timeout": 0})
        while stage.app.readiness()["telegram"] is None:
            await asyncio.sleep(0.01)
    assert stage.app.readiness()["telegram"] == "another process is polling with this token"
    asked = stage.app.poller.health.errors
    aigul.forge(pack(presses.ChooseOption(hearing.id, 1, 1), "en"))
    await stage.quiet()
    assert asked == 1
    assert len((await stage.dump())["votes"]) == 1
    assert stage.app.readiness()["telegram"] is None
