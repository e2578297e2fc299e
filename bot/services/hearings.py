"""Hearings as residents find them, and how staff load one."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.errors import NotFound
from bot.domain.hearings import CURRENT_PHASES, PUBLIC_PHASES, Hearing, Phase, due_phase
from bot.domain.journal import Act, about_hearing
from bot.domain.permissions import Permission, ensure, ensure_visible
from bot.domain.sittings import Venues, numbered
from bot.domain.values import dataclass
from bot.services.publishing import announce

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.domain.hearings import Dossier
    from bot.domain.people import Actor, Resident
    from bot.domain.places import Place, PlaceTree
    from bot.domain.resolutions import Resolution
    from bot.domain.sittings import Sitting
    from bot.ports import Clock, Repositories, Store
    from bot.services.places import PlaceDirectory


HEARINGS_LISTED: Final = 40
"""Hearings to come, and past ones, that are listed of a municipality; the others are only counted."""
_NEAREST_LISTED: Final = 4
"""Hearings to come, and past ones, that home reads to find the nearest."""
PAST_PHASES: Final = tuple(phase for phase in PUBLIC_PHASES if phase not in CURRENT_PHASES)
_OUTAGE_SHOWN: Final = timedelta(days=1)
"""How long the card shows an outage."""


@dataclass(frozen=True, slots=True)
class HearingCard:
    """A hearing as a reader sees it: where, when, how far they are, what others wrote."""

    hearing: Hearing
    municipality: Place
    zone: ZoneInfo
    now: datetime
    answered: int = 0
    """Questions the reader has answered."""
    comments: int = 0
    """Published comments."""
    outage: tuple[datetime, datetime] | None = None
    """The newest outage of the bot, within a day, in which presses may not have counted."""
    documents: int = 0
    """How many documents are attached."""
    resolution: Resolution | None = None
    """What the council made of it."""
    villages: tuple[Place, ...] = ()
    """The villages of the municipality."""
    village_id: int = 0
    """The reader's village; 0 where none is known."""
    hall: int = 0
    """The sitting that goes on now, by its number; 0 where none does."""

    @property
    def venues(self) -> Venues:
        """The sittings beside the villages for which they are."""
        return Venues.of(self.hearing.dossier.sittings, self.villages)

    @property
    def sitting(self) -> Sitting | None:
        """The next sitting for the reader; None without sittings."""
        return self.venues.next_for(self.village_id, self.now)

    @property
    def phase(self) -> Phase:
        """The phase by the clock, even if the tick is late."""
        return due_phase(self.hearing, self.now)


@dataclass(frozen=True, slots=True)
class HearingList:
    """A municipality's hearings: those to come or running, soonest first, and those that are over, newest first.

    ``more_current`` and ``more_past`` count those behind them that are not listed.
    """

    municipality: Place
    zone: ZoneInfo
    now: datetime
    current: tuple[Hearing, ...]
    past: tuple[Hearing, ...]
    more_current: int = 0
    more_past: int = 0

    @property
    def nearest(self) -> Hearing | None:
        """The soonest of the current hearings, else the newest past one; None without any."""
        return next(iter((*self.current, *self.past)), None)

    @property
    def taking_answers(self) -> tuple[Hearing, ...]:
        """The hearings that take votes and comments now."""
        return tuple(hearing for hearing in self.current if hearing.takes_answers(self.now))


async def list_public(
    repositories: Repositories, places: PlaceTree, municipality_id: int, now: datetime, *, most: int
) -> HearingList:
    """The public hearings of a municipality and of those that were merged into it; of a former one its successor's.

    At most so many to come or running, and over, of each municipality. Raises NotFound for any other id.
    """
    municipality = places.present(places.get(municipality_id))
    soonest: list[Hearing] = []
    latest: list[Hearing] = []
    more_current = more_past = 0
    for each in (municipality, *places.predecessors(municipality)):
        hearings = repositories.hearings
        found, over, all_current, all_past = await asyncio.gather(  # one trip for all
            hearings.list_some(each.id, CURRENT_PHASES, most=most),
            hearings.list_some(each.id, PAST_PHASES, most=most, latest=True),
            hearings.count_of(each.id, CURRENT_PHASES),
            hearings.count_of(each.id, PAST_PHASES),
        )
        soonest += found
        latest += over
        more_current += all_current
        more_past += all_past
    more_current, more_past = more_current - len(soonest), more_past - len(latest)
    soonest.sort(key=_by_sitting)
    current = tuple(h for h in soonest if due_phase(h, now) in CURRENT_PHASES)
    latest += (h for h in soonest if h not in current)  # the tick is late
    past = tuple(sorted(latest, key=_by_sitting, reverse=True))
    return HearingList(municipality, places.zone(municipality.id), now, current, past, more_current, more_past)


async def add_draft(
    repositories: Repositories, municipality: Place, dossier: Dossier, *, at: datetime, by: int | None
) -> Hearing:
    """Store a hearing as a draft in the caller's transaction; ``by`` is the acting resident's id.

    Its code is the municipality's, the year and a number that is free.
    """
    code = await _free_code(repositories, f"{municipality.code}-{dossier.closes_at.year}")
    hearing = await repositories.hearings.add(municipality.id, code, dossier, at=at)
    await repositories.journal.add(about_hearing(hearing.id, Act.LOADED, at=at, by=by))
    return hearing


async def _free_code(repositories: Repositories, stem: str) -> str:
    """A code with a number that is free, which is sought in leaps: not each of a thousand is asked for."""
    taken, free = 0, 1
    while await repositories.hearings.has_code(f"{stem}-{free}"):
        taken, free = free, free * 2
    while free - taken > 1:
        between = (taken + free) // 2
        if await repositories.hearings.has_code(f"{stem}-{between}"):
            taken = between
        else:
            free = between
    return f"{stem}-{free}"


async def _count_answered(repositories: Repositories, hearing_id: int, reader: Resident | None) -> int:
    return len(await repositories.votes.of_person(hearing_id, reader.id)) if reader else 0


def _by_sitting(hearing: Hearing) -> tuple[datetime, int]:
    return _sits_at(hearing), hearing.id


def _sits_at(hearing: Hearing) -> datetime:
    return min((sitting.starts_at for sitting in hearing.dossier.sittings), default=hearing.dossier.closes_at)


class Hearings:
    """Looking at hearings; loading them."""

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory

    async def list_public(self, municipality_id: int) -> HearingList:
        """The public hearings of a municipality, for everybody; raises NotFound for any other id."""
        places = await self._directory.tree()
        async with self._store.reading() as repositories:
            return await list_public(repositories, places, municipality_id, self._clock.now(), most=HEARINGS_LISTED)

    async def list_nearest(self, municipality_id: int) -> HearingList:
        """As ``list_public``, but for the few that may be the nearest."""
        places, now = await self._directory.tree(), self._clock.now()
        async with self._store.reading() as repositories:
            listed = await list_public(repositories, places, municipality_id, now, most=_NEAREST_LISTED)
            if listed.current or not listed.more_current:
                return listed
            # all of the few have ended, and the tick is late
            return await list_public(repositories, places, municipality_id, now, most=HEARINGS_LISTED)

    async def card(self, actor: Actor, hearing_id: int) -> HearingCard:
        """A hearing with the reader's own answers and comments; raises NotFound for a draft, unless its staff ask."""
        async with self._store.reading() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            ensure_visible(actor, hearing)
            reader = actor.resident
            now = self._clock.now()
            answered, published, outage, documents, resolution, hall = await asyncio.gather(  # one trip for all
                _count_answered(repositories, hearing_id, reader),
                repositories.comments.count_published(hearing_id),
                repositories.housekeeping.find_outage(max(now - _OUTAGE_SHOWN, hearing.dossier.opens_at)),
                repositories.attachments.count(hearing_id),
                repositories.resolutions.find(hearing_id),
                repositories.halls.running_of(hearing_id),
            )
        places = await self._directory.tree()
        place = places.get(hearing.municipality_id)
        villages, village_id = places.villages(place.id), (reader and reader.village_id) or 0
        counted = (answered, published, outage, documents)
        told = (resolution, villages, village_id, hall)
        return HearingCard(*(hearing, place, places.zone(place.id), now), *counted, *told)

    async def by_code(self, code: str) -> Hearing:
        """The hearing with that code, any phase, for the command line; raises NotFound."""
        async with self._store.reading() as repositories:
            if (hearing := await repositories.hearings.find_code(code)) is None:
                raise NotFound("hearing", code)
        return hearing

    async def load(self, actor: Actor, municipality_id: int, dossier: Dossier, *, publish: bool) -> Hearing:
        """Store a hearing as a draft, and publish it in the same transaction if asked to.

        Its code is the municipality's, the year and a number that is free.
        """
        ensure(actor, Permission.PREPARE, municipality_id)
        municipality = (await self._directory.tree()).get(municipality_id)
        now = self._clock.now()
        async with self._store.writing() as repositories:
            hearing = await add_draft(repositories, municipality, dossier, at=now, by=actor.resident_id)
            if publish:
                hearing = await announce(repositories, hearing, now, actor.resident_id)
        return hearing

    async def find_same(self, actor: Actor, municipality_id: int, dossier: Dossier) -> Hearing | None:
        """The hearing that says the same and is not over; a workbook without a time for it opens when it is loaded."""
        ensure(actor, Permission.PREPARE, municipality_id)
        phases = (Phase.DRAFT, *CURRENT_PHASES)
        async with self._store.reading() as repositories:
            alike = await repositories.hearings.list_alike(municipality_id, dossier)
        return next((each for each in alike if each.phase in phases and _says(each.dossier, dossier)), None)


def _says(stored: Dossier, dossier: Dossier) -> bool:
    """True where a workbook says the same, whatever numbers its sittings have got since."""
    sittings = numbered(replace(each, setback=None) for each in stored.sittings)
    return replace(stored, opens_at=dossier.opens_at, sittings=sittings) == dossier
