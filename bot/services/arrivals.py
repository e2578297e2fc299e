"""Posters: for which villages there can be one, and how many people came by each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.domain.errors import Forbidden
from bot.domain.permissions import Permission, ensure
from bot.domain.values import dataclass
from bot.services.people import update_demographics

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.domain.places import Place
    from bot.ports import Clock, Store
    from bot.services.places import PlaceDirectory

NO_VILLAGE: Final = 0
"""A poster for the whole municipality."""


@dataclass(frozen=True, slots=True)
class PosterOverview:
    """A hearing's posters: the villages for which there can be one, and how many people came by each."""

    hearing: Hearing
    municipality: Place
    villages: tuple[Place, ...]
    arrivals: Mapping[int, int]
    """By village id, without villages that brought none; ``NO_VILLAGE`` for posters of the whole municipality."""


class Arrivals:
    """Coming by a poster."""

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory

    async def arrive(self, actor: Actor, hearing_id: int, village_id: int) -> Actor:
        """Note by which poster the actor came, once for each hearing: the first stays. Returns the actor as stored now.

        A resident who has not said where they live gets the poster's village; of every other nothing but the arrival is
        stored. A village of another municipality counts as ``NO_VILLAGE``. Nothing is stored about a person who has not
        agreed.
        """
        person = actor.consented
        if person is None:
            return actor
        places = await self._directory.tree()
        now = self._clock.now()
        async with self._store.writing() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            if not hearing.is_public:
                return actor
            resident = await repositories.people.get(person.id)
            if resident.telegram_id is None:
                raise Forbidden("forgotten")
            village = places.find_village(village_id, hearing.municipality_id)
            await repositories.arrivals.note(person.id, hearing_id, village.id if village else NO_VILLAGE, now)
            if village is not None and not resident.is_settled:
                resident = replace(resident, municipality_id=hearing.municipality_id, village_id=village.id)
                await repositories.people.save(resident)
                await update_demographics(repositories, resident, now_open=now)
        return replace(actor, resident=resident)

    async def overview(self, actor: Actor, hearing_id: int) -> PosterOverview:
        """The posters of a hearing, for its staff."""
        places = await self._directory.tree()
        async with self._store.reading() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            ensure(actor, Permission.READ_DESK, hearing.municipality_id)
            counts = await repositories.arrivals.by_village(hearing_id)
        municipality = places.get(hearing.municipality_id)
        villages = places.villages(municipality.id)
        return PosterOverview(hearing, municipality, villages, _by_present_village(counts, villages))


def _by_present_village(counts: Mapping[int, int], villages: Sequence[Place]) -> dict[int, int]:
    """The counts, with those of villages that no longer exist under ``NO_VILLAGE``."""
    present = {village.id for village in villages}
    found: dict[int, int] = {}
    for village_id, count in counts.items():
        key = village_id if village_id in present else NO_VILLAGE
        found[key] = found.get(key, 0) + count
    return found
