"""The secretary's desk: the hearings of a municipality, and their numbers so far."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Final

from bot.domain.errors import Forbidden, NotFound
from bot.domain.figures import ENDED
from bot.domain.hearings import Phase
from bot.domain.notices import Progress
from bot.domain.permissions import Permission, ensure, may, municipalities_where, permissions_of
from bot.domain.places import PlaceKind
from bot.domain.suppression import GroupSizes
from bot.domain.values import dataclass
from bot.services.broadcasts import told_progress, totals
from bot.services.counting import count, told_participation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.domain.hearings import Hearing
    from bot.domain.notices import NoticeStatus
    from bot.domain.numbers import Numbers
    from bot.domain.people import Actor
    from bot.domain.places import Place
    from bot.ports import Clock, Store
    from bot.services.places import PlaceDirectory

HEARINGS_ON_A_PAGE: Final = 10


@dataclass(frozen=True, slots=True)
class DeskHome:
    """A page of a municipality's hearings as its staff see them, newest first, and what the actor may do there."""

    municipality: Place
    hearings: tuple[Hearing, ...]
    may_invite: bool
    may_prepare: bool
    may_read_journal: bool = False
    zones: Mapping[int, ZoneInfo] = field(default_factory=dict)
    """By the id of each hearing."""
    appeals: int = 0
    """Appeals that wait, where the actor decides about them."""
    wants_numbers: bool | None = None
    """Whether the actor gets the numbers each morning; None for who has no role here."""
    page: int = 0
    last: int = 0
    """The number of this page, and of the last one."""
    ended: int = 0
    """How many hearings of the municipality itself are over."""
    two_pairs: bool | None = None
    """Whether members propose and the secretary confirms; None for whoever does not choose that."""


@dataclass(frozen=True, slots=True)
class HearingOverview:
    """One hearing on the desk, and what the actor may do with it."""

    hearing: Hearing
    municipality: Place
    villages: tuple[Place, ...]
    zone: ZoneInfo
    now: datetime
    numbers: Numbers
    groups: GroupSizes
    notices: Mapping[NoticeStatus, int]
    may_download: bool
    may_moderate: bool
    may_prepare: bool
    posts: Mapping[NoticeStatus, int] = field(default_factory=dict)
    """Those of groups and channels, which ``notices`` leaves out."""
    may_decide: bool = False
    may_enter: bool = False


class Desk:
    """What staff read. Every method raises Forbidden for everybody else."""

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory

    async def municipalities(self, actor: Actor) -> tuple[Place, ...]:
        """The municipalities whose desk the actor may open; raises Forbidden when there are none."""
        found = municipalities_where(actor, Permission.READ_DESK, await self._directory.tree())
        if not found:
            raise Forbidden("desk")
        return found

    async def home(self, actor: Actor, municipality_id: int, *, page: int = 0) -> DeskHome:
        """A page of the hearings in every phase; of those of its predecessors where the actor has a role."""
        ensure(actor, Permission.READ_DESK, municipality_id)
        places = await self._directory.tree()
        municipality = places.get(municipality_id, PlaceKind.MUNICIPALITY)
        own = [each for each in places.predecessors(municipality) if may(actor, Permission.READ_DESK, each.id)]
        async with self._store.reading() as repositories:
            hearings, here = repositories.hearings, [municipality.id, *(each.id for each in own)]
            everything = sum([await hearings.count_of(each, tuple(Phase)) for each in here])
            last = max(0, everything - 1) // HEARINGS_ON_A_PAGE
            page = max(0, min(page, last))
            listed = await hearings.page_of(here, offset=page * HEARINGS_ON_A_PAGE, most=HEARINGS_ON_A_PAGE)
            ended = await hearings.count_of(municipality.id, ENDED)
            appeals = await repositories.appeals.count_waiting(municipality_id)
            wanted = await repositories.proposals.is_wanted(municipality_id)
        allowed = permissions_of(actor, municipality_id)
        return DeskHome(
            municipality,
            listed,
            may_invite=Permission.INVITE in allowed,
            may_prepare=Permission.PREPARE in allowed,
            may_read_journal=Permission.READ_JOURNAL in allowed,
            appeals=appeals if Permission.JUDGE in allowed else 0,
            zones={hearing.id: places.zone(hearing.municipality_id) for hearing in listed},
            wants_numbers=_wants_numbers(actor, municipality_id),
            page=page,
            last=last,
            ended=ended,
            two_pairs=wanted if Permission.CONFIRM in allowed else None,
        )

    async def preparing(self, actor: Actor, municipality_id: int) -> DeskHome:
        """The same for staff who prepare hearings there; raises Forbidden for others of its staff too."""
        ensure(actor, Permission.PREPARE, municipality_id)
        return await self.home(actor, municipality_id)

    async def has(self, actor: Actor, hearing_id: int) -> bool:
        """True where the hearing stands on a desk that the actor may open."""
        async with self._store.reading() as repositories:
            found = (await repositories.hearings.get_many({hearing_id})).get(hearing_id)
        return found is not None and may(actor, Permission.READ_DESK, found.municipality_id)

    async def hearing_of(self, comment_id: int) -> int:
        """The hearing of a comment; 0 where there is no such comment."""
        async with self._store.reading() as repositories:
            try:
                return (await repositories.comments.get(comment_id)).hearing_id
            except NotFound:
                return 0

    async def overview(self, actor: Actor, hearing_id: int) -> HearingOverview:
        """The numbers of a hearing so far."""
        return await self._overview(actor, hearing_id, Permission.READ_DESK)

    async def prepared(self, actor: Actor, hearing_id: int) -> HearingOverview:
        """The same for staff who prepare the hearing; raises Forbidden for others of its staff too."""
        return await self._overview(actor, hearing_id, Permission.PREPARE)

    async def _overview(self, actor: Actor, hearing_id: int, permission: Permission) -> HearingOverview:
        now = self._clock.now()
        async with self._store.reading() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            ensure(actor, permission, hearing.municipality_id)
            numbers = await count(repositories, hearing)
            people = await told_participation(repositories, hearing, numbers.participation, now)
            everything = await told_progress(repositories, hearing_id)
            posts = await repositories.notices.room_progress(hearing_id)
        places = await self._directory.tree()
        municipality = places.get(hearing.municipality_id)
        villages = places.villages(municipality.id)
        allowed = permissions_of(actor, municipality.id)
        return HearingOverview(
            hearing,
            municipality,
            villages,
            places.zone(municipality.id),
            now,
            numbers,
            GroupSizes.of(
                people,
                (village.id for village in villages),
                taken=hearing.takes_answers(now),
                home=hearing.municipality_id,
            ),
            totals(progress.without(posts.get(number, Progress())) for number, progress in everything.items()),
            posts=totals(posts.values()),
            may_download=Permission.DOWNLOAD in allowed,
            may_decide=Permission.DECIDE in allowed,
            may_enter=Permission.ENTER in allowed,
            may_moderate=Permission.MODERATE in allowed,
            may_prepare=Permission.PREPARE in allowed,
        )


def _wants_numbers(actor: Actor, municipality_id: int) -> bool | None:
    here = any(grant.municipality_id == municipality_id for grant in actor.grants)
    return actor.resident.wants_numbers if actor.resident and here else None
