from __future__ import annotations

from random import Random

import pytest

from storage import open_store
from tests.scale import kills
from tests.storage import children
from tests.storage.town import move_in, settle

pytestmark = pytest.mark.kills

VOTE = """
import itertools
from random import Random
from bot.domain.people import Demographics
from bot.domain.tallies import Vote
from tests.storage.town import NOON, Town, cast
chance = Random(int(sys.argv[2]))
hearing, first, last = map(int, sys.argv[3:6])

async def main():
    store = await storage.open_store(url)
    async with store.reading() as now:
        town = Town(0, (), await now.hearings.get(hearing))
    for order in itertools.count(1):
        voters = chance.sample(range(first, last + 1), 5)
        votes = [Vote(hearing, 1, voter, {chance.randint(1, 3): 1}, Demographics(), NOON, order) for voter in voters]
        async with store.writing() as now:
            await cast(now, town, votes)
        print(*voters, flush=True)
asyncio.run(main())
"""


@pytest.mark.parametrize("seed", range(kills(3, few=3)))
async def test_every_confirmed_vote_survives_a_kill(database_url: str, seed: int) -> None:
    store = await open_store(database_url)
    town = await settle(store)
    async with store.writing() as now:
        people = [resident.id for resident in await move_in(now, town, 20)]
    child = children.start(VOTE, database_url, seed, town.hearing.id, people[0], people[-1])
    told = [child.stdout.readline() for _ in range(Random(seed).randint(3, 40))]
    child.kill()
    rest = child.stdout.read()
    assert child.communicate(30) == ("", "")
    # the last line may have been cut short by the kill
    confirmed = ("".join(told) + rest[: rest.rfind("\n") + 1]).splitlines()
    expected = {int(voter): order for order, line in enumerate(confirmed, start=1) for voter in line.split()}
    async with store.reading() as now:
        votes = await now.votes.of_people({(town.hearing.id, person) for person in people})
        assert await now.votes.recount(town.hearing.id) == await now.votes.rollup(town.hearing.id)
    await store.close()
    stored = {resident: vote.order for (_, resident, _), vote in votes.items()}
    unconfirmed = {resident for resident, order in stored.items() if order == len(confirmed) + 1}
    assert len(unconfirmed) in (0, 5)
    assert stored == expected | dict.fromkeys(unconfirmed, len(confirmed) + 1)
