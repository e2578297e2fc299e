"""Two and three processes behind a webhook: no vote lost, none double, order kept, 30 a second held over all."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import asyncpg
import pytest

from bot.domain.comments import CommentKind
from bot.domain.journal import Act, about_hearing
from bot.domain.questions import AboutKind
from bot.domain.sittings import Sitting
from bot.simulator.limits import Limits
from bot.simulator.people import Person
from handlers import presses
from handlers.presses.wire import pack
from storage.locks import WRITER_LOCK
from tests import samples
from tests.clocks import SystemClock
from tests.faults.living_process import Haste
from tests.faults.replicas import AGAIN, troupe
from tests.municipality import Municipality
from tests.scale import rounds

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from tests.faults.replicas import Troupe

pytestmark = pytest.mark.kills

KILLS = rounds(4, few=1)
PRESSES = 40
PAUSE = 20.0
"""Seconds."""
FOLLOWERS = rounds(300, few=70)
ANY_ANSWERS = Limits(overall=None)
"""Telegram takes as many answers as come: how many notices there are is counted here."""
LATENESS = 0.05
"""Seconds."""
WORDS = [f"сөз {number}" for number in range(8)]


@asynccontextmanager
async def nobody_writes(url: str) -> AsyncIterator[None]:
    """Another program has the lock of those that write."""
    other = await asyncpg.connect(url)
    await other.execute(f"SELECT pg_advisory_lock({WRITER_LOCK})")
    try:
        yield
    finally:
        await other.close()


async def comment_of(town: Troupe, person: Person) -> Comment:
    """The only one of a person."""
    async with town.scene.services.store.reading() as repositories:
        resident = await repositories.people.find(person.id)
        assert resident is not None
        (comment,) = await repositories.comments.list_of(resident.id)
    return comment


async def taken(town: Troupe, updates: int) -> None:
    """Return when so many updates more have been answered with 200."""
    wanted = sum(map(len, town.balancer.took.values())) + updates
    async with asyncio.timeout(30):
        while sum(map(len, town.balancer.took.values())) < wanted:
            await asyncio.sleep(0.01)


async def write_while_nobody_can(town: Troupe, url: str, person: Person) -> None:
    """A comment in several messages, each posted to the next process, none of which can store anything yet."""
    write = presses.WriteAbout(town.scene.hearing.id, CommentKind.PROPOSAL, AboutKind.HEARING)
    person.forge(pack(write, "ky"))
    await town.scene.telegram.settled()
    before = set(town.balancer.took)
    async with nobody_writes(url):
        for words in WORDS:
            person.say(words)
        await taken(town, len(WORDS))
    posted = [port for number, ports in town.balancer.took.items() if number not in before for port in ports]
    assert len(set(posted)) > 1


async def bring_again(town: Troupe, person: Person) -> None:
    """A message that one process has answered is brought to all others too, as where the 200 was lost."""
    before = len(person.messages)
    person.say("/help")
    (queued,) = town.scene.telegram.world.updates.waiting()
    await person.until(lambda: len(person.messages) == before + 1, within=30)
    for port in town.bots:
        assert await town.balancer.bring(queued.update, port, {})
    await town.scene.handled()
    assert len(person.messages) == before + 1


async def announce(town: Troupe, *, opens_in: float = 2.0) -> Hearing:
    """A second hearing, published now and open soon by the clocks of the processes."""
    now = SystemClock().now()
    content = samples.dossier(opens=now + timedelta(seconds=opens_in), closes=now + 3 * samples.HOUR)
    content = replace(content, sittings=(Sitting(now + timedelta(days=2)),))
    municipality = await Municipality.load(town.scene.services)
    return await municipality.hearing(content)


async def opened(town: Troupe, hearing: Hearing) -> int:
    """How many lines the journal has of its opening, when there is one."""
    now = SystemClock().now()
    async with asyncio.timeout(30):
        while True:
            async with town.scene.services.store.reading() as repositories:
                lines = await repositories.journal.list_about(about_hearing(hearing.id, Act.OPENED, at=now).subject)
            if found := sum(line.act is Act.OPENED for line in lines):
                return found
            await asyncio.sleep(0.1)


async def followers(town: Troupe, number: int) -> list[Person]:
    """People who met the bot some time ago."""
    municipality = await Municipality.load(town.scene.services)
    people = [Person(town.scene.telegram, f"Follower {each}", language="ky") for each in range(number)]
    for person in people:
        person.chat.refusal = None
        await municipality.resident(person.id)
    return people


def most_in_a_second(town: Troupe, people: list[Person]) -> int:
    """Of what was sent to these people, whom nothing but notices is sent, taken or not.

    A starved machine brings one message ``LATENESS`` later than the next; two processes that each sent thirty would
    still have sent nearly sixty.
    """
    chats = {person.id for person in people}
    times = [call.at for call in town.scene.telegram.calls if call.chat_id in chats]
    return max(sum(at <= other < at + 1.0 - LATENESS for other in times) for at in times)


async def everybody_told(people: list[Person]) -> None:
    async with asyncio.timeout(90):
        while not all(person.messages for person in people):
            await asyncio.sleep(0.05)


async def ensure_told_once(town: Troupe, people: list[Person]) -> None:
    """Everybody has one notice, and together the processes have kept to what Telegram takes."""
    await everybody_told(people)
    assert most_in_a_second(town, people) <= 30
    assert Counter(len(person.messages) for person in people) == {1: len(people)}


async def test_two_processes_keep_order_pace_and_count_while_each_is_killed_in_turn(postgresql_url: str) -> None:
    """Clocks are three seconds apart; what one has handled comes again to the other."""
    async with troupe(postgresql_url, replicas=2, apart=3.0, pace=1.0, limits=ANY_ANSWERS) as town:
        dice = random.Random(3)
        author, asker = town.scene.people[:2]
        people = await followers(town, FOLLOWERS)
        await bring_again(town, asker)
        second = await announce(town)
        await write_while_nobody_can(town, postgresql_url, author)
        await ensure_told_once(town, people)
        for _ in range(KILLS):
            for _ in range(PRESSES):
                town.scene.press()
            await town.scene.answered(dice.randint(1, PRESSES - 10))
            port = dice.choice(list(town.bots))
            await town.kill(port)
            for _ in range(PRESSES):
                town.scene.press()
            await town.begin(port)
        await town.scene.handled()
        assert await opened(town, second) == 1
        assert most_in_a_second(town, people) <= 30
        assert {port for ports in town.balancer.took.values() for port in ports} == set(town.bots)
        await town.stop()
        await town.scene.ensure_counted()
        assert (await comment_of(town, author)).text == "\n".join(WORDS)


async def holders(town: Troupe) -> set[str]:
    """The processes that have claimed notices now."""
    async with town.scene.services.store.reading() as repositories:
        return {claim.owner for claim in await repositories.notices.list_claims()}


async def held_by(town: Troupe, processes: int) -> None:
    """Return when so many hold notices at once."""
    async with asyncio.timeout(60):
        while len(await holders(town)) < processes:
            await asyncio.sleep(0.01)


@pytest.mark.full
async def test_what_killed_processes_had_claimed_is_sent_by_who_lives_and_by_who_comes(postgresql_url: str) -> None:
    """No lease ends here: it would last an hour."""
    hour = Haste(takeover=3600.0)
    async with troupe(postgresql_url, replicas=2, people=3, pace=1.0, haste=hour, limits=ANY_ANSWERS) as town:
        people = await followers(town, 100)
        first, second = town.bots
        for announced in (1, 2):
            await announce(town, opens_in=3600.0)
            await held_by(town, 2)
            await town.kill(first)
            if announced == 2:
                await town.kill(second)
            await town.begin(first)
            async with asyncio.timeout(90):
                while not all(len(person.messages) >= announced for person in people):
                    await asyncio.sleep(0.05)
        unmarked = [[message.words for message in person.messages if AGAIN not in message.words] for person in people]
        assert max(map(len, unmarked)) <= 2
        await town.begin(second)
        await town.stop()


async def cut_off(url: str) -> int:
    """End the connections by which processes of one database know of each other; how many there were."""
    other = await asyncpg.connect(url)
    cut = (
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        " WHERE application_name = 'hearing-bot replica' AND datname = current_database()"
    )
    try:
        return int(await other.fetchval(cut))
    finally:
        await other.close()


@pytest.mark.full
async def test_one_of_three_is_held_up_and_all_are_cut_off_and_nothing_is_lost(postgresql_url: str) -> None:
    """The one that is held up for twenty seconds is taken for gone by the others, and goes on afterwards."""
    async with troupe(postgresql_url, replicas=3, pace=1.0, people=9, apart=3.0, limits=ANY_ANSWERS) as town:
        town.balancer.patience = 2.0
        people = await followers(town, 400)
        await announce(town)
        held_up = next(iter(town.bots))
        for act in range(6):
            for _ in range(PRESSES // 2):
                town.scene.press()
            if act == 1:
                async with town.paused(held_up):
                    await asyncio.sleep(PAUSE)
            if act % 2:
                assert await cut_off(postgresql_url) > 0
                await asyncio.sleep(1.0)
        await town.scene.handled()
        await everybody_told(people)
        assert most_in_a_second(town, people) <= 30
        await town.stop()
        await town.scene.ensure_counted()
        assert Counter(len(person.messages) for person in people) == {1: len(people)}


@pytest.mark.full
async def test_where_telegram_takes_thirty_in_all_two_processes_are_refused_no_more_than_one_in_a_hundred(
    postgresql_url: str,
) -> None:
    async with troupe(postgresql_url, replicas=2, people=3, pace=1.0, limits=Limits()) as town:
        people = await followers(town, 200)
        await announce(town, opens_in=3600.0)
        await ensure_told_once(town, people)
        assert town.scene.telegram.statuses[429] <= 2
        await town.stop()
