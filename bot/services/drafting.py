"""A hearing without a workbook: a draft begun in the chat or copied from the last hearing, and filled in by taps.

A draft is whole from its first moment: what is not chosen yet has a value that can be announced. So nothing is lost
when a process ends between two taps, and every question can be skipped.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.domain.edits import (
    FIRST_SITTING_AFTER,
    composed,
    copied,
    number_of_sitting,
    rescheduled,
    with_service,
    with_sitting,
    without_service,
)
from bot.domain.errors import NotFound
from bot.domain.hearings import Hearing, Phase
from bot.domain.permissions import Permission, ensure
from bot.domain.places import PlaceKind
from bot.domain.revisions import ensure_ahead
from bot.domain.sittings import Sitting
from bot.domain.timetable import at_wall

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, time

    from bot.domain.hearings import Dossier, HearingKind
    from bot.domain.languages import Text
    from bot.domain.people import Actor
    from bot.ports import Clock, Store
    from bot.services.announcements import Announcements
    from bot.services.hearings import Hearings
    from bot.services.places import PlaceDirectory

VENUES_OFFERED: Final = 6
"""Places of earlier hearings that are offered for a new one."""

HEARINGS_LOOKED_AT: Final = 40
"""Of the municipality's newest hearings, for places to offer."""
DRAFTS_LOOKED_AT: Final = 40
"""Of its newest drafts, for one that is still as it was begun."""


class Drafting:
    """What a secretary does to have a draft without a workbook. Every method raises Forbidden for everybody else."""

    def __init__(
        self, store: Store, clock: Clock, directory: PlaceDirectory, hearings: Hearings, announcements: Announcements
    ) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory
        self._hearings = hearings
        self._announcements = announcements

    async def last(self, actor: Actor, municipality_id: int) -> Hearing | None:
        """The hearing that would be copied: the last one that was public; None before the first."""
        ensure(actor, Permission.PREPARE, municipality_id)
        (await self._directory.tree()).get(municipality_id, PlaceKind.MUNICIPALITY)
        async with self._store.reading() as repositories:
            return await repositories.hearings.find_last_announced(municipality_id)

    async def start(self, actor: Actor, municipality_id: int, kind: HearingKind, title: Text, wall: time) -> Hearing:
        """A draft of that kind, two weeks ahead at that time of day, where the last hearing was.

        A second press begins no second draft while the first is as it was begun.
        """
        ensure(actor, Permission.PREPARE, municipality_id)
        places = await self._directory.tree()
        places.get(municipality_id, PlaceKind.MUNICIPALITY)
        zone, now = places.zone(municipality_id), self._clock.now()
        day = (now + FIRST_SITTING_AFTER).astimezone(zone).date()
        last = await self.last(actor, municipality_id)
        where = last.dossier.sittings[-1] if last and last.dossier.sittings else None
        sitting = Sitting(at_wall(day, wall, zone))
        if where is not None:
            sitting = _moved(sitting, where)
        return await self._add(actor, municipality_id, composed(kind, title, now, sitting))

    async def copy_last(self, actor: Actor, municipality_id: int) -> Hearing:
        """A draft that says what the last public hearing said, on later days; raises NotFound without one."""
        last = await self.last(actor, municipality_id)
        if last is None:
            raise NotFound("hearing to copy")
        return await self._add(actor, municipality_id, copied(last.dossier, self._clock.now()))

    async def venues(self, actor: Actor, hearing_id: int) -> tuple[tuple[int, Sitting], ...]:
        """Where the newest hearings of the municipality sat, each place once, with the hearing's id."""
        hearing = await self._hearing(actor, hearing_id)
        found: dict[tuple[Text, Text], tuple[int, Sitting]] = {}
        for each in await self._newest(hearing.municipality_id):
            for sitting in each.dossier.sittings[:1]:
                if sitting.place or sitting.address:
                    found.setdefault((sitting.place, sitting.address), (each.id, sitting))
        return tuple(found.values())[:VENUES_OFFERED]

    async def set_title(self, actor: Actor, hearing_id: int, title: Text, *, year: int | None) -> Hearing:
        """Give a draft another subject and, unless None, the fiscal year that it names."""

        def edit(dossier: Dossier) -> Dossier:
            return replace(dossier, title=title, fiscal_year=dossier.fiscal_year if year is None else year)

        return await self._edit(actor, hearing_id, edit)

    async def reschedule(self, actor: Actor, hearing_id: int, starts_at: datetime) -> Hearing:
        """Let the first sitting of a draft begin then; the others, opening and closing move by as much.

        Raises MomentPassed for the past, NotFound for what lies too far ahead.
        """
        now = self._clock.now()
        ensure_ahead(starts_at, now)
        return await self._edit(actor, hearing_id, lambda dossier: rescheduled(dossier, starts_at, now))

    async def set_venue(self, actor: Actor, hearing_id: int, source_id: int) -> Hearing:
        """Let a draft sit where another hearing of the same municipality sat; raises NotFound for any other."""
        hearing = await self._hearing(actor, hearing_id)
        where = next((sitting for number, sitting in await self.venues(actor, hearing_id) if number == source_id), None)
        if where is None:
            raise NotFound("place", source_id)
        now = self._clock.now()

        def edit(dossier: Dossier) -> Dossier:
            number = number_of_sitting(dossier, now)
            return with_sitting(dossier, _moved(dossier.sitting(number), where))

        return await self._edit(actor, hearing.id, edit)

    async def set_place(self, actor: Actor, hearing_id: int, place: Text) -> Hearing:
        """Let a draft sit at a place; its address and its spot on the map are not known then."""
        now = self._clock.now()

        def edit(dossier: Dossier) -> Dossier:
            number = number_of_sitting(dossier, now)
            return with_sitting(dossier, _moved(dossier.sitting(number), Sitting(now, place=place)))

        return await self._edit(actor, hearing_id, edit)

    async def set_service(self, actor: Actor, hearing_id: int, title: Text, *, on: bool) -> Hearing:
        """Add a service with a question about it to a draft, or take both out."""
        edit = with_service if on else without_service
        return await self._edit(actor, hearing_id, lambda dossier: edit(dossier, title))

    async def _edit(self, actor: Actor, hearing_id: int, edit: Callable[[Dossier], Dossier]) -> Hearing:
        hearing = await self._hearing(actor, hearing_id)
        if hearing.phase is not Phase.DRAFT:
            raise NotFound("draft", hearing_id)
        return await self._announcements.change(actor, hearing_id, edit, facts={})

    async def _hearing(self, actor: Actor, hearing_id: int) -> Hearing:
        async with self._store.reading() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
        ensure(actor, Permission.PREPARE, hearing.municipality_id)
        return hearing

    async def _newest(self, municipality_id: int) -> tuple[Hearing, ...]:
        async with self._store.reading() as repositories:
            return await repositories.hearings.list_newest(municipality_id, tuple(Phase), most=HEARINGS_LOOKED_AT)

    async def _add(self, actor: Actor, municipality_id: int, dossier: Dossier) -> Hearing:
        async with self._store.reading() as repositories:
            drafts = await repositories.hearings.list_newest(municipality_id, (Phase.DRAFT,), most=DRAFTS_LOOKED_AT)
        for each in reversed(drafts):
            same = replace(
                each.dossier, sittings=dossier.sittings, opens_at=dossier.opens_at, closes_at=dossier.closes_at
            )
            if each.version == 1 and same == dossier:
                return each
        return await self._hearings.load(actor, municipality_id, dossier, publish=False)


def _moved(sitting: Sitting, where: Sitting) -> Sitting:
    """The sitting where another one was."""
    return replace(
        sitting, place=where.place, address=where.address, latitude=where.latitude, longitude=where.longitude
    )
