"""The sample data in the demo's database: places, a hearing for each municipality, a secretary's invitation."""

from __future__ import annotations

import asyncio
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.app import wire
from bot.demo import municipality
from bot.demo.neighbours import write_comments
from bot.domain.languages import KY
from bot.domain.people import Actor, Role
from bot.domain.values import dataclass
from bot.i18n import Catalogues
from bot.workbook.places import read_places
from bot.workbook.reader import read
from storage import open_store

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bot.config import Settings
    from bot.domain.hearings import Dossier, Hearing
    from bot.domain.places import PlaceTree
    from bot.ports import Clock
    from bot.services import Services

SETUP_ACTOR: Final = Actor(telegram_id=0, language="en", administrator=True)
"""The administrator in whose name the demo loads and publishes."""

SAMPLE_ZONE: Final = ZoneInfo(municipality.TIMEZONE)
OPEN_MUNICIPALITY: Final = "beshik-jon"
"""Its hearing is open from the start."""

COMING_MUNICIPALITY: Final = "lenin"
"""Its hearing is a draft, published by the secretary, at the latest by the clock a day before it opens."""

EMPTY_MUNICIPALITY: Final = "yrys"
"""Its desk is empty: the secretary puts its hearing up."""

SECRETARY_ID: Final = 700_001
"""The secretary's Telegram id."""

LAST_SITTING_WEEKDAY: Final = 3
"""Thursday: a second sitting on the next day is then still on a working day."""


@dataclass(frozen=True, slots=True)
class SampleData:
    """The sample places and hearings once they are stored; hearings by the id of their municipality."""

    places: PlaceTree
    hearings: Mapping[int, Hearing]
    invitation: str
    """The token that makes a person secretary of ``EMPTY_MUNICIPALITY``."""

    def get_id(self, code: str) -> int:
        """The id of a place."""
        return _id_of(self.places, code)


async def load_sample_data(
    settings: Settings, clock: Clock, stop: asyncio.Event, *, codes: Collection[str] = ()
) -> SampleData:
    """Load places and hearings as an operator does (until ``stop`` is set), and write the secretary's invitation.

    Hearings are those of the municipalities with these ``codes``; without any, of all, and neighbours
    have written to the one that is open.
    """
    store = await open_store(settings.database_url)
    try:
        services = wire(settings, store, clock)
        await services.directory.load(read_places(municipality.places_csv()).places)
        places = await services.directory.tree()
        hearings = {}
        for code in codes or municipality.codes():
            if stop.is_set():
                break
            municipality_id = _id_of(places, code)
            if code != EMPTY_MUNICIPALITY:
                hearings[municipality_id] = await _load(services, code, municipality_id)
        if not codes and (open_now := hearings.get(_id_of(places, OPEN_MUNICIPALITY))) is not None:
            await write_comments(services, open_now)
        invitation = await services.people.invite(SETUP_ACTOR, _id_of(places, EMPTY_MUNICIPALITY), Role.SECRETARY)
    finally:
        await store.close()
    return SampleData(places, hearings, invitation)


def _id_of(places: PlaceTree, code: str) -> int:
    place = places.find_code(code)
    assert place is not None, f"the sample has no place {code}"
    return place.id


async def _load(services: Services, code: str, municipality_id: int) -> Hearing:
    """Load one municipality's workbook: answers are taken since yesterday, except for the coming hearing."""
    now = services.clock.now()
    starts, opens = (10, 3) if code == COMING_MUNICIPALITY else (6, -1)
    dossier = await asyncio.to_thread(
        _dossier, code, starts=_morning(now, starts, hour=10), opens=_morning(now, opens, hour=10), now=now
    )
    return await services.hearings.load(SETUP_ACTOR, municipality_id, dossier, publish=code != COMING_MUNICIPALITY)


def sample_workbook(now: datetime) -> bytes:
    """The workbook of ``EMPTY_MUNICIPALITY``, filled in: answers are taken from tomorrow morning."""
    starts, opens = _morning(now, 6, hour=10), _morning(now, 1, hour=9)
    t = Catalogues.load()[KY]
    return municipality.workbook(EMPTY_MUNICIPALITY, starts=starts, opens=opens, t=t)


def _morning(now: datetime, days: int, *, hour: int) -> datetime:
    """That many days from ``now``; for a coming day after Thursday, the Monday after it."""
    day = now.astimezone(SAMPLE_ZONE).date() + timedelta(days=days)
    while days > 0 and day.weekday() > LAST_SITTING_WEEKDAY:
        day += timedelta(days=1)
    return datetime.combine(day, time(hour), SAMPLE_ZONE)


def _dossier(code: str, *, starts: datetime, opens: datetime, now: datetime) -> Dossier:
    content = municipality.workbook(code, starts=starts, opens=opens)
    reading = read(content, catalogues=Catalogues.load(), municipality_timezone=municipality.TIMEZONE, now=now)
    assert reading.dossier is not None, reading.errors
    return reading.dossier
