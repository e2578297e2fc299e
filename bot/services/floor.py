"""Asking for the floor: one queue for the hall and for people elsewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.domain.errors import NotFound
from bot.domain.floor import FloorRequest
from bot.domain.permissions import Permission, ensure, ensure_consented
from bot.services.hall_views import hall_of

if TYPE_CHECKING:
    from bot.domain.people import Actor
    from bot.ports import Clock, Repositories, Store

MOST_REQUESTS: Final = 2_000
"""Requests of one sitting."""


class Floor:
    """Requests for the floor."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def ask(self, actor: Actor, hearing_id: int, sitting: int) -> FloorRequest:
        """Ask for the floor; who waits already, or has it, keeps their place.

        Raises ConsentNeeded, HallNotRunning, NotFound for who does not take part, and where too many have asked.
        """
        resident = ensure_consented(actor)
        async with self._store.writing() as repositories:
            await _ensure_running(repositories, hearing_id, sitting)
            person = await repositories.hall_people.find(hearing_id, sitting, resident.id)
            if person is None:
                raise NotFound("hall", hearing_id)
            requests = await repositories.floor.list_of(hearing_id, sitting)
            own = [each for each in requests if each.resident_id == resident.id]
            open_now = [each for each in own if each.ended_at is None and each.withdrawn_at is None]
            if open_now:
                return open_now[-1]
            if len(requests) >= MOST_REQUESTS:
                raise NotFound("floor")
            now = self._clock.now()
            asked = FloorRequest(hearing_id, sitting, 0, now, resident.id, person.in_hall)
            return await repositories.floor.add(asked)

    async def withdraw(self, actor: Actor, hearing_id: int, sitting: int) -> None:
        """Ask for the floor no longer; who does not wait may do so too. Raises ConsentNeeded, NotFound."""
        resident = ensure_consented(actor)
        async with self._store.writing() as repositories:
            await repositories.halls.lock(hearing_id)
            await hall_of(repositories, await repositories.hearings.get(hearing_id), sitting)
            for request in await repositories.floor.list_of(hearing_id, sitting):
                if request.resident_id == resident.id and request.waits:
                    await repositories.floor.put(replace(request, withdrawn_at=self._clock.now()))

    async def add_hand(self, actor: Actor, hearing_id: int, sitting: int) -> FloorRequest:
        """Put somebody without a phone into the queue, whose hand the chair has seen.

        Raises Forbidden for everybody but moderators and secretaries, HallNotRunning, NotFound.
        """
        async with self._store.writing() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            ensure(actor, Permission.CHAIR, hearing.municipality_id)
            await _ensure_running(repositories, hearing_id, sitting)
            if len(await repositories.floor.list_of(hearing_id, sitting)) >= MOST_REQUESTS:
                raise NotFound("floor")
            return await repositories.floor.add(FloorRequest(hearing_id, sitting, 0, self._clock.now()))


async def _ensure_running(repositories: Repositories, hearing_id: int, sitting: int) -> None:
    """Raise HallNotRunning, NotFound; others who act in the hall wait until the transaction ends."""
    await repositories.halls.lock(hearing_id)
    hearing = await repositories.hearings.get(hearing_id)
    (await hall_of(repositories, hearing, sitting)).hall.ensure_running()
