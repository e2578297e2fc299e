"""The demo's clock, which runs with the wall clock and is pushed forward from the page."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from bot.app import SystemClock
from bot.demo.commission import answer_everything
from bot.demo.sample_data import COMING_MUNICIPALITY, SAMPLE_ZONE, SETUP_ACTOR
from bot.domain import timetable
from bot.domain.hearings import Phase
from bot.domain.people import Caller

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.demo.sample_data import SampleData
    from bot.domain.hearings import Hearing
    from bot.runtime import App
    from bot.simulator import Person

ANNOUNCED_BEFORE: Final = timedelta(days=1)
"""How long before it opens the coming hearing is published; also where the chip "before" leads."""

HOURS_BEFORE: Final = timedelta(hours=2)
A_MINUTE: Final = timedelta(minutes=1)
"""So much after a moment the clock stands, so that everything of that moment is done."""


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

    def __init__(self, clock: DemoClock, sample: SampleData, *, moved: Callable[[], Awaitable[None]]) -> None:
        self._clock, self._sample, self._moved = clock, sample, moved
        self._app: App | None = None

    def attach(self, app: App) -> None:
        """Give the controls the bot that acts on the clock; before, a move pushes only the clock."""
        self._app = app

    def now(self) -> datetime:
        """The time in the sample municipalities, aware, in their zone."""
        return self._clock.now().astimezone(SAMPLE_ZONE)

    async def list_moves(self, person: Person) -> Mapping[str, datetime]:
        """The next moments of hearings where the person lives or works (else of all), and two moments of the clock."""
        now, hearings = self._clock.now(), await self._hearings_of(person)
        ahead = {name: [at for each in hearings for at in find(each) if at > now] for name, find in MOMENTS.items()}
        if any(hearing.phase is Phase.CLOSED for hearing in hearings):
            ahead["answered"] = [_next_morning(now)]
        later = {"morning": _next_morning(now), "hour": now + timedelta(hours=1)}
        return {name: min(moments) for name, moments in ahead.items() if moments} | later

    async def move(self, name: str, person: Person) -> None:
        """Push the clock and let the bot announce, open, close and deliver; the jump does not count as a downtime."""
        moment = (await self.list_moves(person))[name]
        if self._app is None:
            self._clock.push(moment)
            return
        async with self._app.services.store.writing() as repositories:
            await repositories.housekeeping.beat(moment)
        self._clock.push(moment)
        for hearing in await self._list(self._sample.get_id(COMING_MUNICIPALITY), Phase.DRAFT):
            if moment >= hearing.dossier.opens_at - ANNOUNCED_BEFORE:
                await self._app.services.announcements.publish(SETUP_ACTOR, hearing.id)
        await self._app.ticker.tick()
        if name == "answered":
            for hearing in await self._hearings_of(person):
                await answer_everything(self._app.services, hearing)
            await self._app.ticker.tick()
        await self._moved()

    async def _hearings_of(self, person: Person) -> tuple[Hearing, ...]:
        """Hearings that are public, and the coming one: where the person lives or works, else everywhere."""
        if self._app is None:
            return tuple(self._sample.hearings.values())
        actor = await self._app.services.people.identify(Caller(person.id, person.language))
        lives = actor.resident.municipality_id if actor.resident else None
        mine = {grant.municipality_id for grant in actor.grants} | ({lives} if lives else set())
        found = [hearing for place in sorted(mine) for hearing in await self._to_come(place)]
        if not found:
            found = [hearing for place in self._sample.hearings for hearing in await self._to_come(place)]
        return tuple(found)

    async def _to_come(self, municipality_id: int) -> tuple[Hearing, ...]:
        drafts = (Phase.DRAFT,) if municipality_id == self._sample.get_id(COMING_MUNICIPALITY) else ()
        return await self._list(municipality_id, Phase.ANNOUNCED, Phase.OPEN, Phase.CLOSED, *drafts)

    async def _list(self, municipality_id: int, *phases: Phase) -> tuple[Hearing, ...]:
        assert self._app is not None
        async with self._app.services.store.reading() as repositories:
            return await repositories.hearings.list_of(municipality_id, phases)


def _sittings(hearing: Hearing) -> list[datetime]:
    return [sitting.starts_at for sitting in hearing.dossier.sittings]


def _results(hearing: Hearing) -> list[datetime]:
    """When the results of a closed hearing leave."""
    return [timetable.results(hearing, SAMPLE_ZONE).due_at + A_MINUTE] if hearing.phase is Phase.CLOSED else []


MOMENTS: Final[Mapping[str, Callable[[Hearing], list[datetime]]]] = {
    "before": lambda hearing: [at - ANNOUNCED_BEFORE for at in (hearing.dossier.opens_at, *_sittings(hearing))],
    "hours": lambda hearing: [at - HOURS_BEFORE for at in _sittings(hearing)],
    "opens": lambda hearing: [hearing.dossier.opens_at],
    "closes": lambda hearing: [hearing.closes_at + A_MINUTE],
    "results": _results,
}
"""Where the chips lead that have to do with a hearing."""


def _next_morning(now: datetime) -> datetime:
    """A minute after the hour at which results leave, today or tomorrow."""
    today = now.astimezone(SAMPLE_ZONE).replace(hour=9, minute=1, second=0, microsecond=0)
    return today if today > now else today + timedelta(days=1)
