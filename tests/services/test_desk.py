"""The desk: which municipalities somebody has one for, what it shows, and who takes the record away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.errors import Forbidden, NotFound
from bot.domain.hearings import Phase
from bot.domain.notices import NoticeStatus
from bot.domain.people import Actor, Caller, Role
from bot.domain.questions import Choose
from tests.services.rights import SECRETARIES, STAFF, allowed, everybody

if TYPE_CHECKING:
    from bot.services.desk import Desk
    from tests.clocks import VirtualClock
    from tests.municipality import Municipality


@pytest.fixture
def desk(municipality: Municipality) -> Desk:
    return municipality.services.desk


async def test_the_desk_lists_the_municipalities_one_has_a_role_in(municipality: Municipality, desk: Desk) -> None:
    await municipality.staff(1, Role.MEMBER)
    both = await municipality.staff(1, Role.MODERATOR, place="shaidan")
    assert [place.code for place in await desk.municipalities(both)] == ["bagysh", "shaidan"]
    assert [place.code for place in await desk.municipalities(COMMAND_LINE)] == ["bagysh", "kok-art", "shaidan"]
    for nobody in (Actor(9, "ky"), await municipality.resident(2)):
        with pytest.raises(Forbidden):
            await desk.municipalities(nobody)


async def test_home_shows_every_phase_to_staff_newest_first(
    municipality: Municipality, desk: Desk, clock: VirtualClock
) -> None:
    first = await municipality.hearing()
    draft = await municipality.hearing(publish=False)
    await municipality.hearing(place="kok-art")
    clock.forward(days=9)
    await municipality.services.timetable.tick()
    secretary = await municipality.staff(1)
    home = await desk.home(secretary, municipality.id)
    assert home.municipality.code == "bagysh"
    assert [(hearing.id, hearing.phase) for hearing in home.hearings] == [
        (draft.id, Phase.DRAFT),
        (first.id, Phase.CLOSED),
    ]


async def test_only_staff_of_the_municipality_open_its_desk(municipality: Municipality, desk: Desk) -> None:
    hearing = await municipality.hearing(publish=False)
    assert await allowed(municipality, lambda actor: desk.home(actor, municipality.id)) == STAFF
    assert await allowed(municipality, lambda actor: desk.overview(actor, hearing.id)) == STAFF


async def test_what_is_no_municipality_and_no_hearing_is_not_found(municipality: Municipality, desk: Desk) -> None:
    with pytest.raises(NotFound):
        await desk.home(COMMAND_LINE, municipality.places["bagysh-1"])
    with pytest.raises(NotFound):
        await desk.overview(COMMAND_LINE, 99)


async def test_the_overview_counts_votes_and_notices_by_the_clock(
    municipality: Municipality, desk: Desk, clock: VirtualClock
) -> None:
    hearing = await municipality.hearing()
    for number in (1, 2):
        await municipality.resident(number)
    await municipality.services.voting.cast(Caller(1, "ky"), hearing.id, 1, Choose(1), order=1)
    seen = await desk.overview(await municipality.staff(3), hearing.id)
    assert (seen.hearing.id, seen.municipality.code, seen.zone.key) == (hearing.id, "bagysh", "Asia/Bishkek")
    assert [place.code for place in seen.villages] == ["bagysh-1", "bagysh-2", "bagysh-3"]
    assert seen.now == clock.now()
    assert seen.numbers.participation.people == 1
    assert seen.numbers.tallies[1].voters == 1
    assert seen.notices.get(NoticeStatus.DELIVERED, 0) == 0


async def test_the_overview_says_what_each_role_may_do(municipality: Municipality, desk: Desk) -> None:
    hearing = await municipality.hearing()
    people = await everybody(municipality)
    rights = {
        sort: (seen.may_download, seen.may_moderate, seen.may_prepare)
        for sort in ("member", "moderator", "secretary", "administrator")
        for seen in [await desk.overview(people[sort], hearing.id)]
    }
    assert rights == {
        "member": (True, False, False),
        "moderator": (False, True, False),
        "secretary": (True, True, True),
        "administrator": (True, True, True),
    }


async def test_only_who_prepares_a_hearing_gets_what_is_needed_to_prepare_it(
    municipality: Municipality, desk: Desk
) -> None:
    hearing = await municipality.hearing(publish=False)
    assert await allowed(municipality, lambda actor: desk.prepared(actor, hearing.id)) == SECRETARIES
    secretary = await municipality.staff(1)
    assert await desk.prepared(secretary, hearing.id) == await desk.overview(secretary, hearing.id)
    with pytest.raises(NotFound):
        await desk.prepared(secretary, 99)


async def test_home_says_who_may_invite_and_link_rooms(municipality: Municipality, desk: Desk) -> None:
    people = await everybody(municipality)
    rights = {
        sort: (home.may_invite, home.may_prepare)
        for sort in ("member", "moderator", "secretary", "administrator")
        for home in [await desk.home(people[sort], municipality.id)]
    }
    assert rights == {
        "member": (False, False),
        "moderator": (False, False),
        "secretary": (True, True),
        "administrator": (True, True),
    }
