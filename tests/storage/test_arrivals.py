from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.storage.town import NOON, dossier, move_in, settle

if TYPE_CHECKING:
    from storage import Store


async def test_the_first_poster_is_the_one_that_brought_somebody(store: Store) -> None:
    town = await settle(store)
    here, (first, second) = town.hearing.id, town.village_ids
    async with store.writing() as now:
        people = [resident.id for resident in await move_in(now, town, 3)]
        other = await now.hearings.add(town.municipality_id, "M-27", dossier(), at=NOON)
        assert await now.arrivals.note(people[0], here, first, NOON)
        assert not await now.arrivals.note(people[0], here, second, NOON + timedelta(days=1))
        assert await now.arrivals.note(people[1], here, second, NOON)
        assert await now.arrivals.note(people[2], here, second, NOON)
        assert await now.arrivals.note(people[0], other.id, 0, NOON + timedelta(days=2))
    async with store.reading() as now:
        assert await now.arrivals.by_village(here) == {first: 1, second: 2}
        assert await now.arrivals.by_village(other.id) == {0: 1}
        assert await now.arrivals.of_person(people[0]) == (
            (here, first, NOON),
            (other.id, 0, NOON + timedelta(days=2)),
        )


async def test_how_somebody_came_is_forgotten_with_them(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        people = [resident.id for resident in await move_in(now, town, 2)]
        for person in people:
            await now.arrivals.note(person, town.hearing.id, 0, NOON)
        await now.arrivals.drop(people[0])
        assert await now.arrivals.of_person(people[0]) == ()
        assert await now.arrivals.by_village(town.hearing.id) == {0: 1}
