"""Several processes on one PostgreSQL: whose people are whose, and that all parts together are never too many."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.domain.errors import StoreUnavailable
from bot.services.held_people import KEPT_FOR, HeldPeople
from bot.services.replicas import DISCONNECTED, RESERVED, SILENT, Replicas
from bot.tasks import Tasks
from storage.addresses import parse_address
from storage.replica_link import PostgresqlLink
from tests.scale import rounds

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

STEPS = rounds(400, few=120)


def nothing(*_: object) -> None:
    """What happens elsewhere."""


@dataclass
class Wants:
    """What a process tells the others: whether it waits for the pace."""

    hungry: bool = False
    heard: list[Mapping[str, Any]] = field(default_factory=list)

    def told(self) -> Mapping[str, Any]:
        return {"paused": 0.0}

    def hear(self, told: Mapping[str, Any]) -> None:
        self.heard.append(told)


@dataclass
class Time:
    """A monotonic clock that the test turns."""

    now: float = 100.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Member:
    """One process, as far as it shares."""

    link: PostgresqlLink
    people: HeldPeople
    wants: Wants
    replicas: Replicas
    used: deque[tuple[float, float]] = field(default_factory=deque)

    def most_used(self, since: float) -> float:
        """The largest part that it has had since then."""
        return max((part for at, part in self.used if at >= since), default=0.0)


@asynccontextmanager
async def members(url: str, time: Time, count: int) -> AsyncIterator[list[Member]]:
    """So many, each with a connection of its own; none has renewed yet."""
    tasks, found = Tasks(), []
    for number in range(count):
        link = PostgresqlLink(parse_address(url), f"process {number}")
        people, wants = HeldPeople(link, tasks, monotonic=time), Wants()
        calls = {"on_gone": nothing, "on_mistaken": nothing, "on_handed": nothing}
        replicas = Replicas(link, people, wants, monotonic=time, **calls)
        found.append(Member(link, people, wants, replicas))
        await link.open()
    try:
        yield found
    finally:
        for each in found:
            await each.replicas.stop()
        await tasks.join()


async def test_whatever_comes_first_all_parts_together_are_never_more_than_the_whole(postgresql_url: str) -> None:
    """In any second, as what left within it counts; processes come, go silent and come back."""
    time, dice = Time(), random.Random(11)
    async with members(postgresql_url, time, 3) as group:
        best = 0.0
        for step in range(STEPS):
            time.now += dice.choice((0.0, 0.1, 0.3, 1.0, 1.0, SILENT + 1 if step % 40 == 39 else 0.3))
            one = dice.choice(group[: 1 + step // 10] if step < 30 else group)
            one.wants.hungry = dice.random() < 0.5
            await one.replicas._renew()
            for each in group:
                each.used.append((time.now, each.replicas.part))
            together = sum(each.most_used(time.now - 1.0) for each in group)
            assert together <= 1.0 + 1e-9
            best = max(best, together)
        assert best > 0.9


async def test_a_person_is_one_process_s_while_anything_of_theirs_goes_on(postgresql_url: str) -> None:
    time = Time()
    async with members(postgresql_url, time, 2) as (one, two):
        for each in (one, two, one, one, two):
            await each.replicas._renew()
        asked = await asyncio.gather(*(each.people.hold(7) for each in (one, two, one, two)))
        (owner, other) = (one, two) if asked[0] == "" else (two, one)
        assert sorted(asked) == ["", "", owner.link.name, owner.link.name]
        for _ in range(2):
            owner.people.let_go(7)
        time.now += KEPT_FOR + 0.1
        owner.people.busy = lambda person: person == 7
        owner.people.sweep()
        assert await other.people.hold(7) == owner.link.name
        owner.people.busy = lambda _: False
        owner.people.sweep()
        async with asyncio.timeout(5):
            while await other.people.hold(7):
                await asyncio.sleep(0.01)


async def test_a_group_is_answered_by_one_of_all_processes(postgresql_url: str) -> None:
    async with members(postgresql_url, Time(), 2) as (one, two):
        asked = [each.link.may_answer(-7, 0, within=timedelta(seconds=30)) for each in (one, two, one, two)]
        assert sorted(await asyncio.gather(*asked)) == [False, False, False, True]
        assert await two.link.may_answer(-7, 5, within=timedelta(seconds=30))
        assert await two.link.may_answer(-7, 0, within=timedelta())


async def test_who_is_cut_off_has_no_part_and_what_was_its_own_is_the_others(postgresql_url: str) -> None:
    time = Time()
    async with members(postgresql_url, time, 2) as (one, two):
        for each in (one, two, one, one, two):
            await each.replicas._renew()
        assert await one.people.hold(7) == ""
        one.link._connection.terminate()  # type: ignore[union-attr]
        await asyncio.sleep(0)
        one.replicas._cut()
        assert one.replicas.part == 0.0
        async with asyncio.timeout(5):
            while two.replicas.others:
                time.now += DISCONNECTED
                await two.replicas._renew()
        assert await two.people.hold(7) == ""
        time.now += RESERVED
        await two.replicas._renew()
        assert two.replicas.part == 1.0
        await one.link.open()
        await one.replicas._renew()
        assert one.replicas.part == 0.0
        with pytest.raises(StoreUnavailable):  # the other asks nobody whose a person is, as it was alone
            await one.people.hold(7)
        for each in (two, two, one):
            await each.replicas._renew()
        assert await one.people.hold(7) == two.link.name


async def test_who_joins_gets_a_part_however_often_the_others_change_their_minds(postgresql_url: str) -> None:
    time, dice = Time(), random.Random(5)
    async with members(postgresql_url, time, 3) as group:
        for second in range(40):
            for each in group if second > 10 else group[:2]:
                each.wants.hungry = dice.random() < 0.5
                await each.replicas._renew()
            time.now += 1.0
            if second > 25:
                assert min(each.replicas.part for each in group) > 0
