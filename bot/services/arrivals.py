"""Posters: what one needs to make them, and which of them brought whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.domain.errors import Forbidden, HearingCancelled, HearingClosed, NotFound
from bot.domain.hearings import Phase, due_phase
from bot.domain.journal import Act, about_hearing
from bot.domain.permissions import Permission, ensure
from bot.domain.places import PlaceKind
from bot.services.people import regroup

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor, Resident
    from bot.domain.places import Place
    from bot.ports import Clock, Store
    from bot.services.places import PlaceDirectory

NO_VILLAGE: Final = 0
"""A poster for the whole municipality."""


@dataclass(frozen=True, slots=True)
class PosterOverview:
    """A hearing's posters: for which villages there can be one, and how many people each has brought."""

    hearing: Hearing
    municipality: Place
    villages: tuple[Place, ...]
    arrivals: Mapping[int, int]
    """By village id; ``NO_VILLAGE`` for posters of the whole municipality. Nobody: absent."""


@dataclass(frozen=True, slots=True)
class PosterContent:
    """What a poster is made of."""

    hearing: Hearing
    municipality: Place
    village: Place | None
    zone: ZoneInfo


class Arrivals:
    """Making posters, and coming by one."""

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory

    async def arrive(self, actor: Actor, hearing_id: int, village_id: int) -> Actor:
        """Note which poster brought the actor, once for each hearing: the first stays. Returns the actor as they are.

        Who has named no village lives from now on in the poster's, if their municipality is the hearing's or not known.
        A village that is not the hearing's is none. Of whoever has not agreed to be stored nothing is.
        """
        person = actor.consented
        if person is None:
            return actor
        known = await self._directory.tree()
        now = self._clock.now()
        async with self._store.writing() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            if hearing.phase is Phase.DRAFT:
                return actor
            resident = await repositories.people.get(person.id)
            if resident.telegram_id is None:
                raise Forbidden("forgotten")
            place = known.by_id.get(village_id)
            village = place if place and _lies_in(place, hearing.municipality_id) else None
            await repositories.arrivals.note(person.id, hearing_id, village.id if village else NO_VILLAGE, now)
            if village is not None and _may_settle(resident, village):
                resident = replace(resident, municipality_id=village.parent_id, village_id=village.id)
                await repositories.people.save(resident)
                await regroup(repositories, resident, now_open=now)
        return replace(actor, resident=resident)

    async def overview(self, actor: Actor, hearing_id: int) -> PosterOverview:
        """The posters of a hearing, for its staff."""
        known = await self._directory.tree()
        async with self._store.reading() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            ensure(actor, Permission.READ_DESK, hearing.municipality_id)
            counts = await repositories.arrivals.by_village(hearing_id)
        town = hearing.municipality_id
        villages = known.villages(town)
        return PosterOverview(hearing, known.get(town), villages, _of_today(counts, villages))

    async def release(self, actor: Actor, hearing_id: int, village_id: int) -> PosterContent:
        """Let the actor make a poster; the journal remembers who did. ``NO_VILLAGE`` is for everybody.

        Raises NotFound for a village of another municipality, HearingClosed and HearingCancelled where nobody is to
        come any more.
        """
        known = await self._directory.tree()
        now = self._clock.now()
        async with self._store.writing() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            town = hearing.municipality_id
            ensure(actor, Permission.READ_DESK, town)
            village = known.get(village_id, PlaceKind.VILLAGE) if village_id != NO_VILLAGE else None
            if village is not None and not _lies_in(village, town):
                raise NotFound("village", village_id)
            _ensure_to_come(hearing, now)
            data = {"village": village_id}
            entry = about_hearing(hearing_id, Act.POSTER_MADE, at=now, by=actor.resident_id, data=data)
            await repositories.journal.add(entry)
        return PosterContent(hearing, known.get(town), village, known.zone(town))


def _may_settle(person: Resident, village: Place) -> bool:
    """Only where they have said nothing else."""
    return person.village_id is None and person.municipality_id in (None, village.parent_id)


def _of_today(counts: Mapping[int, int], villages: Sequence[Place]) -> dict[int, int]:
    """The counts, with those of villages that are no more under ``NO_VILLAGE``."""
    there = {village.id for village in villages}
    found: dict[int, int] = {}
    for village_id, count in counts.items():
        key = village_id if village_id in there else NO_VILLAGE
        found[key] = found.get(key, 0) + count
    return found


def _lies_in(place: Place, municipality_id: int) -> bool:
    return place.kind is PlaceKind.VILLAGE and place.parent_id == municipality_id


def _ensure_to_come(hearing: Hearing, now: datetime) -> None:
    match due_phase(hearing, now):
        case Phase.CANCELLED:
            raise HearingCancelled
        case Phase.CLOSED | Phase.ANSWERED:
            raise HearingClosed(hearing.closes_at)
