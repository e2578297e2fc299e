"""Who takes part in a sitting: in the hall, with the code of the day, or from elsewhere; and what they see of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NoReturn

from bot.domain.floor import in_turn
from bot.domain.hall import DAY_LASTS, WRONG_CODES, WRONG_CODES_LAST, HallPerson, HallPhase, typed_code
from bot.domain.hall_errors import HallCodeRefused, HallNotRunning
from bot.domain.people import Caller
from bot.domain.permissions import ensure_consented
from bot.domain.values import dataclass
from bot.services.hall_views import asked_question, hall_of
from bot.services.shared_writes import SharedWrites

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.domain.floor import FloorRequest
    from bot.domain.hall import Hall, StoredHall
    from bot.domain.hearings import AgendaItem, Hearing
    from bot.domain.people import Actor, Resident
    from bot.domain.questions import Answer
    from bot.domain.sittings import Sitting
    from bot.ports import Clock, Repositories, Store
    from bot.services.hall_views import AskedQuestion
    from bot.services.places import PlaceDirectory
    from bot.tasks import Tasks

PEOPLE_LOOKED_AT: Final = 200
"""People whose screens are turned that one look reads."""
LAST_TURN_LASTS: Final = timedelta(minutes=10)
"""So long after the end of a sitting screens still turn to that."""


@dataclass(frozen=True, slots=True)
class MyHall:
    """The hall of a sitting as one person sees it.

    ``person`` is None for who does not take part. ``answer`` is their answer to the question that was asked last.
    ``request`` is their last request for the floor that is not over, ``before`` how many are called before it.
    """

    actor: Actor
    hearing: Hearing
    hall: Hall
    zone: ZoneInfo
    now: datetime
    sitting: Sitting | None = None
    asked: AskedQuestion | None = None
    person: HallPerson | None = None
    answer: Answer | None = None
    request: FloorRequest | None = None
    before: int = 0

    @property
    def item(self) -> AgendaItem | None:
        """The agenda item that is dealt with."""
        return next((item for item in self.hearing.dossier.agenda if item.no == self.hall.item), None)


class CheckIns:
    """Taking part in a sitting."""

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory, tasks: Tasks) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory
        self._writes = SharedWrites(store, tasks)

    async def mine(self, actor: Actor, hearing_id: int, sitting: int) -> MyHall:
        """The hall as the actor sees it; a stranger may look. Raises NotFound."""
        zone = (await self._directory.tree()).zone
        async with self._store.reading() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            stored = await hall_of(repositories, hearing, sitting)
            return await self._mine(repositories, actor, hearing, stored, zone(hearing.municipality_id))

    async def check_in(self, actor: Actor, hearing_id: int, sitting: int, code: int) -> None:
        """Note that the actor is in the hall. Doing it twice changes nothing.

        Raises ConsentNeeded, NotFound, HallNotRunning once the sitting is over, HallCodeRefused for another code than
        that of the day; after ``WRONG_CODES`` of them every code is refused for a while.
        """
        person, now = ensure_consented(actor), self._clock.now()

        async def come(repositories: Repositories) -> HallCodeRefused | None:
            hearing = await repositories.hearings.get(hearing_id)
            stored = await hall_of(repositories, hearing, sitting)
            if (refused := await _refused(repositories, person, now)) is not None:
                return refused
            if not code or code != stored.code_at_moment(now):
                return await _note_wrong(repositories, person, now)
            if stored.hall.phase is HallPhase.ENDED:
                raise HallNotRunning
            await _take_part(repositories, stored.hall, person, now, in_hall=True)
            return None

        if (refused := await self._writes.run(come)) is not None:
            raise refused

    async def check_in_typed(self, actor: Actor, text: str) -> Hall | None:
        """The same by a code that was typed: into which hall. None where the text is none, and no hall has a code."""
        code = typed_code(text)
        if not code or actor.consented is None:
            return None
        now = self._clock.now()
        async with self._store.reading() as repositories:
            found = await repositories.halls.list_with_code(code, now - DAY_LASTS)
            known = bool(found) or await repositories.halls.has_code(now - DAY_LASTS)
        if not known:
            return None
        if not found:
            await self._refuse(actor.consented)
        hall = found[0].hall
        await self.check_in(actor, hall.hearing_id, hall.sitting, code)
        return hall

    async def follow(self, actor: Actor, hearing_id: int, sitting: int) -> MyHall:
        """Note that the actor takes part from elsewhere. Raises ConsentNeeded, NotFound, HallNotRunning."""
        person, now = ensure_consented(actor), self._clock.now()

        async def come(repositories: Repositories) -> None:
            stored = await hall_of(repositories, await repositories.hearings.get(hearing_id), sitting)
            stored.hall.ensure_running()
            await _take_part(repositories, stored.hall, person, now, in_hall=False)

        await self._writes.run(come)
        return await self.mine(actor, hearing_id, sitting)

    async def note_shown(self, person: HallPerson) -> None:
        """Store which message shows the hall to a person, and as of when."""
        await self._writes.run(lambda repositories: repositories.hall_people.note_shown(person))

    async def running(self) -> tuple[Hall, ...]:
        """The halls of sittings that have begun and are not over."""
        async with self._store.reading() as repositories:
            return await repositories.halls.list_running()

    async def behind(self) -> tuple[tuple[HallPerson, int, Caller], ...]:
        """People whose screen shows an earlier state of a hall than it should, with the turn that it should show."""
        since = self._clock.now() - LAST_TURN_LASTS
        found: list[tuple[HallPerson, int, Caller]] = []
        async with self._store.reading() as repositories:
            for hall in await repositories.halls.list_turned(since):
                after = 0
                while some := await repositories.hall_people.list_behind(hall, after=after, limit=PEOPLE_LOOKED_AT):
                    found += [(person, hall.turned, Caller(number, language)) for person, number, language in some]
                    after = some[-1][0].resident_id
        return tuple(found)

    async def _refuse(self, person: Resident) -> NoReturn:
        now = self._clock.now()
        async with self._store.writing() as repositories:
            refused = await _refused(repositories, person, now) or await _note_wrong(repositories, person, now)
        raise refused

    async def _mine(
        self, repositories: Repositories, actor: Actor, hearing: Hearing, stored: StoredHall, zone: ZoneInfo
    ) -> MyHall:
        now, hall = self._clock.now(), stored.hall
        mine = MyHall(
            *(actor, hearing, hall, zone, now),
            sitting=next((each for each in hearing.dossier.sittings if each.no == hall.sitting), None),
            asked=await asked_question(repositories, hearing, hall, now),
        )
        if (resident := actor.resident) is None:
            return mine
        vote = (await repositories.votes.of_person(hearing.id, resident.id)).get(hall.question)
        request, before = await _own_request(repositories, hall, resident)
        return replace(
            mine,
            person=await repositories.hall_people.find(hearing.id, hall.sitting, resident.id),
            answer=dict(vote.answer) if vote and vote.answer else None,
            request=request,
            before=before,
        )


async def _own_request(repositories: Repositories, hall: Hall, person: Resident) -> tuple[FloorRequest | None, int]:
    """The person's request for the floor that is not over, and how many are called before it.

    The queue is read only where there is one: hundreds look at the hall who ask for nothing.
    """
    of_person = await repositories.floor.of_person(person.id)
    here = [each for each in of_person if (each.hearing_id, each.sitting) == (hall.hearing_id, hall.sitting)]
    open_now = [each for each in here if each.waits or each.number == hall.speaker]
    if not open_now:
        return None, 0
    turns = [each.number for each in in_turn(await repositories.floor.list_of(hall.hearing_id, hall.sitting))]
    number = open_now[-1].number
    return open_now[-1], turns.index(number) if number in turns else 0


async def _take_part(repositories: Repositories, hall: Hall, person: Resident, now: datetime, *, in_hall: bool) -> None:
    """Store it; who is in the hall already stays there."""
    before = await repositories.hall_people.find(hall.hearing_id, hall.sitting, person.id)
    if before is None:
        await repositories.hall_people.put(HallPerson(hall.hearing_id, hall.sitting, person.id, in_hall, now))
    elif in_hall and not before.in_hall:
        await repositories.hall_people.put(replace(before, in_hall=True, at=now))


async def _refused(repositories: Repositories, person: Resident, now: datetime) -> HallCodeRefused | None:
    """Why no code of the person is taken now: too many were wrong."""
    tried = await repositories.hall_people.wrong_codes(person.id)
    if tried is None or tried[0] < WRONG_CODES or now >= tried[1] + WRONG_CODES_LAST:
        return None
    return HallCodeRefused(tried[1] + WRONG_CODES_LAST)


async def _note_wrong(repositories: Repositories, person: Resident, now: datetime) -> HallCodeRefused:
    """Count a wrong code."""
    tried = await repositories.hall_people.wrong_codes(person.id)
    count, since = tried if tried is not None and now < tried[1] + WRONG_CODES_LAST else (0, now)
    await repositories.hall_people.note_wrong_code(person.id, count=count + 1, since=since)
    return HallCodeRefused(since + WRONG_CODES_LAST if count + 1 >= WRONG_CODES else None)
