"""The demo's clock, which runs with the wall clock and is pushed forward from the page."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from bot.app import SystemClock
from bot.demo.sample_data import COMING_MUNICIPALITY, OPEN_MUNICIPALITY, SAMPLE_ZONE, SETUP_ACTOR
from bot.domain.people import Caller

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.demo.sample_data import SampleData
    from bot.domain.hearings import Hearing
    from bot.runtime import App
    from bot.simulator import Person

ANNOUNCED_BEFORE: Final = timedelta(days=1)
"""How long before it opens the coming hearing is published; also where the chip "before" leads."""

AFTER_CLOSING: Final = timedelta(minutes=1)


class DemoClock:
    """The wall clock, pushed forward."""

    def __init__(self) -> None:
        self._wall = SystemClock()
        self._ahead = timedelta()

    def now(self) -> datetime:
        """The moment in the demo, aware, UTC."""
        return self._wall.now() + self._ahead

    def push(self, moment: datetime) -> None:
        """Set the clock to ``moment``; it is never put back."""
        self._ahead += max(moment - self.now(), timedelta())


class ClockControls:
    """The chips of the page: each pushes the clock to its moment, and the bot acts on it at once."""

    def __init__(self, clock: DemoClock, sample: SampleData) -> None:
        self._clock, self._sample = clock, sample
        self._app: App | None = None

    def attach(self, app: App) -> None:
        """Give the controls the bot that acts on the clock; before, a move pushes only the clock."""
        self._app = app

    def now(self) -> datetime:
        """The time in the sample municipalities, aware, in their zone."""
        return self._clock.now().astimezone(SAMPLE_ZONE)

    async def list_moves(self, person: Person) -> Mapping[str, datetime]:
        """Moments around the hearing of the person's municipality (of the secretary's, before one is chosen)."""
        now, dossier = self._clock.now(), (await self._hearing_of(person)).dossier
        begins = dossier.opens_at if dossier.opens_at > now else dossier.sittings[0].starts_at
        moves = {"before": begins - ANNOUNCED_BEFORE, "opens": begins, "closes": dossier.closes_at + AFTER_CLOSING}
        return {name: at for name, at in moves.items() if at > now} | {"hour": now + timedelta(hours=1)}

    async def move(self, name: str, person: Person) -> None:
        """Push the clock and let the bot announce, open, close and deliver; the jump does not count as a downtime."""
        moment = (await self.list_moves(person))[name]
        if self._app is None:
            self._clock.push(moment)
            return
        async with self._app.services.store.writing() as repositories:
            await repositories.housekeeping.beat(moment)
        self._clock.push(moment)
        hearing = self._sample.hearings[self._sample.get_id(COMING_MUNICIPALITY)]
        if moment >= hearing.dossier.opens_at - ANNOUNCED_BEFORE:
            await self._app.services.announcements.publish(SETUP_ACTOR, hearing.id)
        await self._app.ticker.tick()

    async def _hearing_of(self, person: Person) -> Hearing:
        municipality_id = self._sample.get_id(OPEN_MUNICIPALITY)
        if self._app is not None:
            actor = await self._app.services.people.identify(Caller(person.id, person.language))
            municipality_id = (actor.resident.municipality_id if actor.resident else None) or municipality_id
        return self._sample.hearings[municipality_id]
