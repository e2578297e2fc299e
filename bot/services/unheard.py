"""Who has not been heard: those who took part beside the people who live there, and a reminder to one village."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.attendance import Populations
from bot.domain.errors import AlreadyReminded, NotFound
from bot.domain.journal import Act, about_hearing
from bot.domain.languages import LANGUAGES
from bot.domain.notices import NoticeKind, Planned
from bot.domain.permissions import Permission, ensure, may
from bot.domain.suppression import GroupSizes, bounds, newest
from bot.domain.values import dataclass
from bot.services.counting import told_participation
from bot.services.outbox.enqueue import enqueue

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.domain.places import Place
    from bot.domain.suppression import GroupSize
    from bot.ports import Clock, Repositories, Store
    from bot.services.places import PlaceDirectory

UNSAID_LANGUAGE = ""
"""Of people who were forgotten: nothing is known of them."""


@dataclass(frozen=True, slots=True)
class Turnout:
    """Who took part in a hearing, as far as it may be told, beside the people who live there.

    ``by_language`` tells lower bounds alone, also after closing: it is counted by the language that people read now, so
    whoever changes it would change two numbers. For the same reason the newest people are never in it.
    """

    hearing: Hearing
    municipality: Place
    villages: tuple[Place, ...]
    people: int
    groups: GroupSizes
    by_language: Mapping[str, GroupSize]
    populations: Populations
    may_remind: bool


@dataclass(frozen=True, slots=True)
class VillageReminder:
    """A reminder before it is sent."""

    hearing: Hearing
    municipality: Place
    village: Place
    zone: ZoneInfo
    now: datetime


class Unheard:
    """Whom the commission has not heard. Every method raises Forbidden for everybody but its staff."""

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory

    async def turnout(self, actor: Actor, hearing_id: int) -> Turnout:
        """The groups that took part."""
        now = self._clock.now()
        places = await self._directory.tree()
        async with self._store.reading() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            ensure(actor, Permission.READ_DESK, hearing.municipality_id)
            everybody = await repositories.participants.participation(hearing_id)
            told = await told_participation(repositories, hearing, everybody, now)
            read = await repositories.participants.by_language(hearing_id, newest=newest(everybody))
        municipality = places.get(hearing.municipality_id)
        villages = places.villages(municipality.id)
        taken, here = hearing.takes_answers(now), municipality.id
        return Turnout(
            hearing,
            municipality,
            villages,
            everybody.people,
            GroupSizes.of(told, (village.id for village in villages), taken=taken, home=here),
            bounds({each: read.get(each, 0) for each in (*LANGUAGES, UNSAID_LANGUAGE)}),
            Populations.of(hearing.dossier, municipality, villages),
            may_remind=taken and may(actor, Permission.REMIND, here),
        )

    async def preview(self, actor: Actor, hearing_id: int, village_id: int) -> VillageReminder:
        """A reminder to a village, before it is sent.

        Raises NotFound, AlreadyReminded, and HearingNotOpen, HearingClosed or HearingCancelled where no answer counts.
        """
        async with self._store.reading() as repositories:
            return await self._reminder(repositories, actor, hearing_id, village_id)

    async def remind(self, actor: Actor, hearing_id: int, village_id: int) -> VillageReminder:
        """Write to the followers in a village who have not taken part; raises as ``preview``."""
        async with self._store.writing() as repositories:
            reminder = await self._reminder(repositories, actor, hearing_id, village_id)
            day = reminder.now.astimezone(reminder.zone).toordinal()
            facts: dict[str, str | int] = {"villages": str(village_id)}
            planned = Planned(hearing_id, NoticeKind.VILLAGE, day, reminder.now, step=village_id, facts=facts)
            await enqueue(repositories, planned, reminder.hearing, at=reminder.now)
            data = {"village": village_id}
            act, by = Act.VILLAGE_REMINDED, actor.resident_id
            await repositories.journal.add(about_hearing(hearing_id, act, at=reminder.now, by=by, data=data))
        return reminder

    async def _reminder(
        self, repositories: Repositories, actor: Actor, hearing_id: int, village_id: int
    ) -> VillageReminder:
        now = self._clock.now()
        places = await self._directory.tree()
        hearing = await repositories.hearings.get(hearing_id)
        here = hearing.municipality_id
        ensure(actor, Permission.REMIND, here)
        hearing.ensure_open(now)
        village = places.find_village(village_id, here)
        if village is None:
            raise NotFound("village", village_id)
        reminder = VillageReminder(hearing, places.get(here), village, places.zone(here), now)
        await _ensure_first_of_the_day(repositories, reminder)
        return reminder


async def _ensure_first_of_the_day(repositories: Repositories, reminder: VillageReminder) -> None:
    """Raise AlreadyReminded where the village was reminded today, of whichever hearing."""
    day = reminder.now.astimezone(reminder.zone).toordinal()
    if await repositories.broadcasts.has_reminded(reminder.village.id, day):
        raise AlreadyReminded
