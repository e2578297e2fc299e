"""A broadcast through stops, steps of the clock and a refusing database: nothing twice, nothing lost, nothing stale."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import asyncpg
import pytest

from bot.cli import COMMAND_LINE
from bot.domain.alarms import Alarm
from bot.domain.errors import StoreUnavailable
from bot.domain.notices import BroadcastStatus, NoticeKind
from bot.domain.people import Caller
from bot.domain.sittings import Sitting
from bot.services.outbox.sender import IN_FLIGHT
from bot.simulator.people import Person
from bot.tick import LONGEST_WITHOUT_TICK
from tests import samples
from tests.faults.test_database_away import file_locked

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from contextlib import AbstractAsyncContextManager

    from bot.domain.hearings import Dossier, Hearing
    from bot.domain.notices import Broadcast, Progress
    from tests.faults.stage import Stage

FOLLOWERS = IN_FLIGHT + 8
"""More than leave at once, so that a broadcast has a middle."""
DAY = timedelta(days=1)


async def followers(stage: Stage) -> list[Person]:
    """People who met the bot some time ago."""
    people = [Person(stage.telegram, f"Тургун {number}", language="en") for number in range(FOLLOWERS)]
    for person in people:
        person.chat.refusal = None
        actor = await stage.app.services.people.agree(Caller(person.id, "en"))
        await stage.app.services.people.follow(actor, stage.places["bagysh"])
    return people


def dossier(*, sitting: timedelta, closes: timedelta) -> Dossier:
    return replace(samples.dossier(closes=samples.NOW + closes), sittings=(Sitting(samples.NOW + sitting),))


async def begun(stage: Stage, hearing: Hearing, kind: NoticeKind) -> Broadcast:
    """The newest broadcast of that kind, when as many notices have left as leave at once."""
    await stage.app.ticker.tick()
    await stage.app.sender.poll()
    await stage.app.sender._deliveries.tasks.join()
    return (await listed(stage, hearing, kind))[0]


async def listed(stage: Stage, hearing: Hearing, kind: NoticeKind) -> list[Broadcast]:
    async with stage.store.reading() as repositories:
        return [each for each in await repositories.broadcasts.list_of(hearing.id) if each.kind is kind]


async def progress(stage: Stage, broadcast: Broadcast) -> Progress:
    async with stage.store.reading() as repositories:
        return (await repositories.notices.progress(broadcast.planned.hearing_id))[broadcast.id]


def received(people: list[Person]) -> Counter[int]:
    """How many people have so many messages."""
    return Counter(len(person.messages) for person in people)


async def announced(stage: Stage, content: Dossier | None = None) -> tuple[list[Person], Hearing, Broadcast]:
    """A hearing whose announcement has reached the first, and is on the way to nobody else yet."""
    people = await followers(stage)
    hearing = await stage.app.services.hearings.load(
        COMMAND_LINE, stage.places["bagysh"], content or dossier(sitting=6 * DAY, closes=9 * DAY), publish=True
    )
    broadcast = await begun(stage, hearing, NoticeKind.ANNOUNCED)
    assert received(people) == {1: IN_FLIGHT, 0: FOLLOWERS - IN_FLIGHT}
    return people, hearing, broadcast


async def test_after_a_stop_of_three_days_an_announcement_that_is_still_useful_goes_on(stage: Stage) -> None:
    people, _, broadcast = await announced(stage)
    await stage.stop()
    stage.clock.forward(days=3)
    await stage.begin()
    await stage.tick()
    assert received(people) == {1: FOLLOWERS}
    told = await progress(stage, broadcast)
    assert (told.delivered, told.total, told.doubtful) == (FOLLOWERS, FOLLOWERS, 0)


async def test_after_a_stop_of_three_days_nobody_is_reminded_of_a_sitting_that_has_begun(stage: Stage) -> None:
    people = await followers(stage)
    hearing = await stage.hearing(dossier(sitting=2 * DAY, closes=9 * DAY))
    stage.clock.forward(days=1)
    reminder = await begun(stage, hearing, NoticeKind.REMINDER)
    assert received(people) == {2: IN_FLIGHT, 1: FOLLOWERS - IN_FLIGHT}
    await stage.stop()
    stage.clock.forward(days=3)
    await stage.begin()
    await stage.tick()
    assert received(people) == {2: IN_FLIGHT, 1: FOLLOWERS - IN_FLIGHT}
    told = await progress(stage, reminder)
    assert (told.delivered, told.dropped, told.waiting) == (IN_FLIGHT, FOLLOWERS - IN_FLIGHT, 0)
    missed, interrupted = await listed(stage, hearing, NoticeKind.REMINDER)
    assert [each.status for each in (missed, interrupted)] == [BroadcastStatus.DROPPED] * 2
    assert [each.reason for each in (missed, interrupted)] == ["too late"] * 2
    rows = (await stage.dump())["notices"]
    assert sum("|dropped|" in row and "too late" in row for row in rows) == FOLLOWERS - IN_FLIGHT


@pytest.mark.parametrize("step", [timedelta(hours=1), timedelta(hours=-1), timedelta(days=-1)])
async def test_a_step_of_the_clock_in_a_broadcast_changes_nothing(stage: Stage, step: timedelta) -> None:
    people, hearing, broadcast = await announced(stage)
    stage.clock.time += step
    await stage.app.sender.poll()  # the first are recorded, the rest are on their way
    stage.clock.time -= step
    await stage.tick()
    assert received(people) == {1: FOLLOWERS}
    stage.clock.time += step
    await stage.tick()
    assert received(people) == {1: FOLLOWERS}
    told = await progress(stage, broadcast)
    assert (told.delivered, told.total, told.doubtful) == (FOLLOWERS, FOLLOWERS, 0)
    assert all(each.completed for each in await listed(stage, hearing, NoticeKind.ANNOUNCED))


async def test_a_clock_that_stays_back_delays_nobody(stage: Stage) -> None:
    people, _, broadcast = await announced(stage)
    stage.clock.time -= DAY
    await stage.tick()
    assert received(people) == {1: FOLLOWERS}
    assert (await progress(stage, broadcast)).delivered == FOLLOWERS


@asynccontextmanager
async def rows_locked(stage: Stage) -> AsyncIterator[None]:
    """Another program holds every notice on the server and does not end."""
    other = await asyncpg.connect(stage.url)
    try:
        await other.execute("BEGIN")
        await other.execute("LOCK TABLE notices IN EXCLUSIVE MODE")
        yield
    finally:
        await other.close()


async def test_a_locked_file_in_a_broadcast_repeats_and_loses_nothing(hasty_stage: Stage) -> None:
    await play(hasty_stage, file_locked(hasty_stage))


async def test_rows_locked_on_the_server_in_a_broadcast_repeat_and_lose_nothing(hasty_server_stage: Stage) -> None:
    await play(hasty_server_stage, rows_locked(hasty_server_stage))


async def play(stage: Stage, outage: AbstractAsyncContextManager[None]) -> None:
    """What Telegram has taken and the store does not take is kept until it does."""
    people, _, broadcast = await announced(stage)
    post = stage.app.sender
    async with outage:
        for _ in range(3):
            with pytest.raises(StoreUnavailable):
                await post.poll()
        assert post.claimed == IN_FLIGHT
        stage.app._sending = stage.app.tasks.start(post.run(), name="post")
        async with asyncio.timeout(10):
            while not stage.app.readiness()["post"]:
                await asyncio.sleep(0.01)
        assert "another program holds the database" in str(stage.app.readiness()["post"])
        assert "another program holds the database" in str(post.trouble)
        assert received(people) == {1: IN_FLIGHT, 0: FOLLOWERS - IN_FLIGHT}
    async with asyncio.timeout(30):
        while (await progress(stage, broadcast)).waiting:
            await asyncio.sleep(0.01)
    assert received(people) == {1: FOLLOWERS}
    assert stage.app.readiness()["post"] is None
    assert post.trouble is None
    told = await progress(stage, broadcast)
    assert (told.delivered, told.total, told.doubtful) == (FOLLOWERS, FOLLOWERS, 0)


async def test_readyz_says_when_notices_no_longer_leave(sqlite_stage: Stage) -> None:
    app = sqlite_stage.app
    app._sending = app.tasks.start(app.sender.run(), name="outbox")
    await app.sender.drain()
    assert app.readiness()["post"] is None
    sqlite_stage.clock.forward(seconds=LONGEST_WITHOUT_TICK + 1)
    assert "no poll of the outbox" in str(app.readiness()["post"])
    app._sending.cancel()
    await asyncio.wait([app._sending])
    assert app.readiness()["post"] == "the outbox sender has stopped"
    assert app.health.wrong()[Alarm.POST] == "the outbox sender has stopped"
    await app.ticker.tick()  # the next tick starts it anew
    assert not app._sending.done()
    await app.sender.drain()
    assert app.readiness()["post"] is None


async def test_readyz_says_when_the_clock_is_no_longer_looked_at(sqlite_stage: Stage) -> None:
    app = sqlite_stage.app
    assert app.readiness()["tick"] is None
    sqlite_stage.clock.forward(seconds=LONGEST_WITHOUT_TICK + 1)
    assert "no tick" in str(app.readiness()["tick"])
    assert "no tick" in app.health.wrong()[Alarm.CLOCK]
    await app.ticker.tick()
    assert app.readiness()["tick"] is None
    assert not app.health.wrong()
