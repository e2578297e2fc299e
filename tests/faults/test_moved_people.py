"""A person whose updates come to one process and then to another: what the first remembers of them is old."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import TYPE_CHECKING

import asyncpg
import pytest

from bot.domain.comments import CommentKind
from bot.domain.questions import AboutKind
from bot.simulator.limits import Limits
from bot.simulator.people import Person
from handlers import presses
from handlers.presses.wire import pack
from tests.faults.replicas import troupe
from tests.municipality import Municipality

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.faults.replicas import Troupe

pytestmark = [pytest.mark.kills, pytest.mark.full]

ANY_ANSWERS = Limits(overall=None)
OWNER = "SELECT owner FROM person_owners WHERE telegram_id = $1"
WAITING = "SELECT count(*) FROM inbox WHERE telegram_id = $1"


async def until(url: str, holds: Callable[[asyncpg.Connection], Awaitable[bool]]) -> None:
    """Return when that holds of the database."""
    connection = await asyncpg.connect(url)
    async with asyncio.timeout(60):
        while not await holds(connection):
            await asyncio.sleep(0.02)
    await connection.close()


async def wrote(town: Troupe, author: Person, text: str) -> None:
    """Return when the author's one comment says that; who waits in vain sees what it says, and what they were told."""
    found: list[str] = []
    try:
        async with asyncio.timeout(80):
            while found != [text]:
                await asyncio.sleep(0.02)
                async with town.scene.services.store.reading() as repositories:
                    resident = await repositories.people.find(author.id)
                    assert resident is not None
                    found = [comment.text for comment in await repositories.comments.list_of(resident.id)]
    except TimeoutError:
        pytest.fail(f"{found}; told: {[message.words[-300:] for message in author.messages[-2:]]}")


@pytest.mark.timeout(240)
async def test_words_that_follow_belong_to_the_comment_though_the_process_between_was_killed(
    postgresql_url: str,
) -> None:
    """The first process has seen a press, the second the first words: nobody is asked what the next are for."""
    async with troupe(postgresql_url, replicas=2, limits=ANY_ANSWERS) as town:
        first, second = town.bots
        author = Person(town.scene.telegram, "Author", language="ky")
        author.chat.refusal = None
        await (await Municipality.load(town.scene.services)).resident(author.id)
        town.balancer.ports = [first]
        author.start()
        await author.until(lambda: bool(author.messages), within=60)
        write = presses.WriteAbout(town.scene.hearing.id, CommentKind.PROPOSAL, AboutKind.HEARING)
        press = author.forge(pack(write, "ky"))
        await author.until(lambda: press.answered, within=60)

        async def is_nobodys(database: asyncpg.Connection) -> bool:
            return await database.fetchval(OWNER, author.id) is None

        async def is_handed(database: asyncpg.Connection) -> bool:
            return bool(await database.fetchval(WAITING, author.id))

        await until(postgresql_url, is_nobodys)
        town.balancer.ports = [second]
        author.say("биринчи")
        await wrote(town, author, "биринчи")
        os.kill(town.bots[second].pid, signal.SIGSTOP)
        town.balancer.ports = [first]
        author.say("экинчи")
        await until(postgresql_url, is_handed)
        await town.kill(second)
        await wrote(town, author, "биринчи\nэкинчи")
        await town.begin(second)
        await town.stop()
