"""The journal of a municipality as its staff read it, and the end of its old years."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from bot.domain.consent import RETENTION_YEARS
from bot.domain.journal import Act, JournalPage, about_municipality
from bot.domain.permissions import Permission, ensure
from bot.domain.places import PlaceKind

if TYPE_CHECKING:
    from bot.domain.journal import JournalLine
    from bot.domain.people import Actor
    from bot.ports import Clock, Repositories, Store
    from bot.services.places import PlaceDirectory

LINES_ON_A_PAGE: Final = 8
LINES_IN_A_FILE: Final = 20_000
"""Of a journal with more lines the newest."""
LINES_READ_AT_ONCE: Final = 500
LINES_DROPPED_AT_ONCE: Final = 1_000


class Journal:
    """Reading, for those who may; and by night the removal of years that are not kept any more."""

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory, *, years: int = RETENTION_YEARS) -> None:
        self._years = years
        self._store = store
        self._clock = clock
        self._directory = directory

    async def page(self, actor: Actor, municipality_id: int, page: int = 0) -> JournalPage:
        """A page of what was done in a municipality."""
        ensure(actor, Permission.READ_JOURNAL, municipality_id)
        async with self._store.reading() as repositories:
            last = max(0, await repositories.journal.count(municipality_id) - 1) // LINES_ON_A_PAGE
            page = max(0, min(page, last))
            offset = page * LINES_ON_A_PAGE
            lines = await repositories.journal.page(municipality_id, offset=offset, limit=LINES_ON_A_PAGE)
            return await self._page(repositories, municipality_id, lines, page=page, last=last)

    async def everything(self, actor: Actor, municipality_id: int) -> JournalPage:
        """All lines, or the newest ``LINES_IN_A_FILE``, for a file; that it was asked for is a line of its own."""
        ensure(actor, Permission.READ_JOURNAL, municipality_id)
        act, now = Act.JOURNAL_DOWNLOADED, self._clock.now()
        async with self._store.writing() as repositories:
            await repositories.journal.add(about_municipality(municipality_id, act, at=now, by=actor.resident_id))
        async with self._store.reading() as repositories:
            found: list[JournalLine] = []
            while len(found) < LINES_IN_A_FILE:
                more = await repositories.journal.page(municipality_id, offset=len(found), limit=LINES_READ_AT_ONCE)
                found += more
                if len(more) < LINES_READ_AT_ONCE:
                    break
                await asyncio.sleep(0)
            return await self._page(repositories, municipality_id, tuple(found))

    async def expire(self) -> int:
        """Remove the lines of whole years that are not kept any more; returns how many."""
        now = self._clock.now()
        removed = 0
        while True:
            async with self._store.writing() as repositories:
                year = await repositories.journal.first_year()
                if year is None or year >= now.year - self._years:
                    return removed
                removed += await repositories.journal.drop_year(year, now, limit=LINES_DROPPED_AT_ONCE)

    async def _page(
        self,
        repositories: Repositories,
        municipality_id: int,
        lines: tuple[JournalLine, ...],
        *,
        page: int = 0,
        last: int = 0,
    ) -> JournalPage:
        places = await self._directory.tree()
        hearings = await repositories.hearings.get_many({each.hearing_id for each in lines if each.hearing_id})
        named = {each.entry.actor_id for each in lines} | {each.entry.data.get("resident") for each in lines}
        people = await repositories.people.get_many({int(each) for each in named if each})
        municipality = places.get(municipality_id, PlaceKind.MUNICIPALITY)
        named_places = {int(each.entry.data.get("village", 0)) for each in lines}
        villages = {number: places.by_id[number] for number in named_places if number in places.by_id}
        zone = places.zone(municipality_id)
        return JournalPage(municipality, zone, lines, hearings, people, page, last, villages)
