"""Telegram is away while a hall sits: its chair's page and its projector go on, and phones are told afterwards."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from bot.domain.people import Caller, Role
from bot.pages.hall_pages import KEY_HEADER
from bot.shell import COMMAND_LINE
from bot.simulator.faults import PlannedFault
from tests.faults.living_process import Setup, scene
from tests.faults.test_webhook import free_ports

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.living_process import Scene

pytestmark = pytest.mark.kills

CHAIR = 424_301


async def keys_of(played: Scene) -> tuple[str, str]:
    """The keys of the chair's page and of the projector; the first resident is in the hall."""
    services, hearing = played.services, played.hearing
    token = await services.people.invite(COMMAND_LINE, hearing.municipality_id, Role.MODERATOR)
    await services.people.join(Caller(CHAIR, "en"), token)
    chair = await services.people.identify(Caller(CHAIR, "en"))
    made = await services.hall_keys.make(chair, hearing.id, 1)
    resident = await services.people.identify(Caller(played.people[0].id, "ky"))
    await services.check_ins.check_in(resident, hearing.id, 1, made.code)
    return made.chair, made.projector


async def press(session: aiohttp.ClientSession, page: str, key: str, **press: Any) -> Any:
    async with session.post(f"{page}/act?in=en", json=press, headers={KEY_HEADER: key}) as answer:
        assert answer.status == 200, await answer.text()
        return (await answer.json())["desk"]


async def shown(session: aiohttp.ClientSession, page: str, key: str) -> Any:
    async with session.get(f"{page}/events?in=en", headers={KEY_HEADER: key}) as answer:
        async for line in answer.content:
            if line.startswith(b"data: "):
                return json.loads(line[6:])
    return None


async def test_the_chair_and_the_wall_go_on_without_telegram_and_phones_are_told_when_it_is_back(
    tmp_path: Path,
) -> None:
    (port,) = free_ports(1)
    root = f"http://127.0.0.1:{port}"
    setup = Setup({"pages_listen": f"127.0.0.1:{port}", "pages_url": root})
    async with scene(f"sqlite:///{tmp_path / 'hearings.db'}", people=1, setup=setup) as played:
        person, code = played.people[0], played.hearing.code
        chair, projector = await keys_of(played)
        played.telegram.faults.policy = lambda _method, _chat: PlannedFault(502, raw=b"<html>bad gateway</html>")
        async with aiohttp.ClientSession() as session:
            desk = await press(session, f"{root}/chair/{code}", chair, act="start", seen=0)
            desk = await press(session, f"{root}/chair/{code}", chair, act="ask", seen=desk["seen"], question=2)
            wall = await shown(session, f"{root}/hall/{code}", projector)
            assert (desk["phase"], wall["asked"]["open"]) == ("running", True)
            async with session.get(root) as public:
                assert public.status == 200
        assert not [each for each in person.messages if "Көчөлөрдү" in each.text]
        played.telegram.faults.policy = None
        await person.until(lambda: any("Көчөлөрдү" in each.text for each in person.messages[-2:]), within=60)
