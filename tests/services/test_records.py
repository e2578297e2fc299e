"""The record of a living hearing: its course, and the moment of its last change."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.cli import COMMAND_LINE
from bot.domain.journal import Act
from bot.domain.languages import Text
from bot.domain.meaning import Aspect
from bot.domain.people import Caller
from bot.domain.questions import Choose
from bot.domain.suppression import AtLeast
from bot.reports import records
from bot.reports.course import WHOLE_MUNICIPALITY

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.reports.record import Record
    from tests.clocks import VirtualClock
    from tests.municipality import Municipality


async def recorded(municipality: Municipality, hearing: Hearing) -> Record:
    """The record of the hearing as it stands, with its seal."""
    services = municipality.services
    async with services.store.reading() as repositories:
        found = await records.gather(
            repositories, hearing.id, now=services.clock.now(), timezone=services.directory.timezone
        )
        return await records.sealed(repositories, found)


async def test_it_is_of_the_moment_of_its_last_change_whenever_it_is_made(
    municipality: Municipality, hearing: Hearing, clock: VirtualClock
) -> None:
    published = clock.now()
    assert (await recorded(municipality, hearing)).as_of == published
    clock.forward(hours=1)
    first = await recorded(municipality, hearing)
    clock.forward(hours=1)
    assert await recorded(municipality, hearing) == first
    await municipality.resident(7)
    await municipality.services.voting.cast(Caller(7, "ky"), hearing.id, 1, Choose(1), order=1)
    voted = await recorded(municipality, hearing)
    assert voted.as_of == clock.now()
    assert voted.seal != first.seal
    clock.forward(days=30)
    assert (await recorded(municipality, hearing)).as_of == hearing.closes_at  # nothing but that answers closed


async def test_taking_a_file_makes_it_no_other(municipality: Municipality, hearing: Hearing) -> None:
    first = await recorded(municipality, hearing)
    assert first.journal[-1].act is Act.PUBLISHED
    assert await recorded(municipality, hearing) == first


async def test_it_tells_what_each_version_of_the_draft_changed(
    municipality: Municipality, hearing: Hearing, clock: VirtualClock
) -> None:
    assert [each.version for each in (await recorded(municipality, hearing)).versions] == [1]
    clock.forward(hours=1)
    dossier = hearing.dossier
    other = replace(dossier.services[0], title=Text({"ky": "Суу түтүктөрүн алмаштыруу"}))
    corrected = replace(dossier, services=(other, *dossier.services[1:]))
    await municipality.services.announcements.revise(COMMAND_LINE, hearing.id, corrected, as_new_version=True)
    found = await recorded(municipality, hearing)
    assert [(each.version, each.at) for each in found.versions] == [(1, hearing.announced_at), (2, clock.now())]
    assert found.versions[1].changes[0].aspect is Aspect.TITLE
    assert not found.versions[1].rescheduled


async def test_arrivals_and_languages_are_told_as_lower_bounds(municipality: Municipality, hearing: Hearing) -> None:
    village = municipality.places["bagysh-1"]
    for person in range(1, 12):
        await municipality.services.arrivals.arrive(await municipality.resident(person), hearing.id, village)
        await municipality.services.voting.cast(Caller(person, "ky"), hearing.id, 1, Choose(1), order=person)
    found = await recorded(municipality, hearing)
    assert (found.arrivals[village], found.arrivals[WHOLE_MUNICIPALITY]) == (AtLeast(10), AtLeast(0))
    assert found.languages["ky"] == AtLeast(5)
    assert found.hidden == {}


async def test_who_answers_otherwise_is_counted_once_answers_are_closed_where_they_are_enough(
    municipality: Municipality, hearing: Hearing, clock: VirtualClock
) -> None:
    cast, order = municipality.services.voting.cast, itertools.count(1)
    for person in range(1, 15):
        await municipality.resident(person)
        chosen = [1, 2] if person <= 6 else [1]  # six change their mind
        for option in chosen:
            await cast(Caller(person, "ky"), hearing.id, 1, Choose(option), order=next(order))
    for person in (1, 2):
        await cast(Caller(person, "ky"), hearing.id, 2, Choose(1), order=next(order))
    assert set((await recorded(municipality, hearing)).changed.values()) == {None}
    clock.forward(days=4)
    assert (await recorded(municipality, hearing)).changed == {1: 6, 2: None}
