"""A message that was stored is answered: whatever ends the process, and however long Telegram is away."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

import pytest

from bot.domain.comments import CommentKind
from bot.domain.people import Caller
from bot.domain.questions import About
from bot.simulator.faults import PlannedFault
from tests.faults.living_process import Haste, scene
from tests.scale import rounds

if TYPE_CHECKING:
    from bot.simulator.people import Person
    from tests.faults.living_process import Scene

pytestmark = pytest.mark.kills

WRITERS = rounds(300, few=20)
HASTE = Haste(takeover=1.0)
AWAY = PlannedFault(status=502)


async def write_at_once(town: Scene) -> None:
    """All open *Write*, then all send a comment; returns when every comment is stored."""
    for person in town.people:
        actor = await town.services.people.identify(Caller(person.id, "ky"))
        await town.services.submissions.begin(actor, town.hearing.id, CommentKind.PROPOSAL, About())
    for number, person in enumerate(town.people):
        person.say(f"Көпүрө керек, {number}-үй")
    async with asyncio.timeout(60):
        while await stored(town) < WRITERS:
            await asyncio.sleep(0.01)


async def stored(town: Scene) -> int:
    async with town.services.store.reading() as repositories:
        return len(await repositories.comments.page(town.hearing.id, after=0, limit=10_000))


async def ensure_told(town: Scene) -> None:
    """Everybody has a receipt with a number of their own; a second one says that it may be one."""
    numbers = []
    for person in town.people:
        await person.until(lambda person=person: receipts(person) != [], within=60)  # type: ignore[misc]
        first, *more = receipts(person)
        numbers.append(first)
        assert len(more) <= 1
    assert sorted(map(int, numbers)) == list(range(1, WRITERS + 1))
    assert await stored(town) == WRITERS


def receipts(person: Person) -> list[str]:
    """The numbers of the receipts in a person's chat."""
    return [found[1] for message in person.messages if (found := re.search(r"№ (\d+)", message.words))]


async def test_receipts_arrive_after_a_kill(database_url: str) -> None:
    async with scene(database_url, people=WRITERS, haste=HASTE) as town:
        town.telegram.faults.policy = lambda method, _chat: AWAY if method == "sendMessage" else None
        await write_at_once(town)
        await town.bot.kill()
        assert not any(receipts(person) for person in town.people)
        town.telegram.faults.clear()
        town.bot.start()
        await ensure_told(town)


async def test_receipts_arrive_after_a_stop_while_telegram_was_away(database_url: str) -> None:
    async with scene(database_url, people=WRITERS, haste=HASTE) as town:
        town.telegram.faults.policy = lambda method, _chat: AWAY if method == "sendMessage" else None
        await write_at_once(town)
        assert await town.bot.stop() == 0
        assert not any(receipts(person) for person in town.people)
        town.telegram.faults.clear()
        town.bot.start()
        await ensure_told(town)


async def test_receipts_leave_in_an_orderly_stop(database_url: str) -> None:
    async with scene(database_url, people=WRITERS, haste=HASTE) as town:
        await write_at_once(town)
        assert await town.bot.stop() == 0
        assert all(len(receipts(person)) == 1 for person in town.people)
        await ensure_told(town)
