"""Hearings as residents find them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from tests import samples

if TYPE_CHECKING:
    import pytest

    from tests.clocks import VirtualClock
    from tests.municipality import Municipality


async def test_home_leads_to_the_soonest_hearing_to_come_and_else_to_the_newest_past_one(
    municipality: Municipality, clock: VirtualClock
) -> None:
    hearings = municipality.services.hearings
    assert (await hearings.list_public(municipality.id)).nearest is None
    await municipality.hearing(publish=False)
    assert (await hearings.list_public(municipality.id)).nearest is None
    first = await municipality.hearing()
    later = await municipality.hearing(samples.dossier(opens=samples.NOW + samples.HOUR))
    listed = await hearings.list_public(municipality.id)
    assert listed.nearest is not None
    assert listed.nearest.id == first.id
    assert [hearing.id for hearing in listed.taking_answers] == [first.id]
    clock.forward(days=400)
    listed = await hearings.list_public(municipality.id)
    assert listed.nearest is not None
    assert (listed.current, listed.taking_answers) == ((), ())
    assert {hearing.id for hearing in listed.past} == {first.id, later.id}


async def test_of_many_hearings_some_are_listed_and_the_others_counted(
    municipality: Municipality, clock: VirtualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.hearings.HEARINGS_LISTED", 2)
    monkeypatch.setattr("bot.services.desk.HEARINGS_ON_A_PAGE", 2)
    past = [await municipality.hearing() for _ in range(3)]
    clock.forward(days=30)
    await municipality.services.timetable.tick()
    later = samples.dossier()
    moved = [replace(each, starts_at=each.starts_at + timedelta(days=30)) for each in later.sittings]
    later = replace(
        later,
        sittings=tuple(moved),
        opens_at=later.opens_at + timedelta(days=30),
        closes_at=later.closes_at + timedelta(days=30),
    )
    coming = [await municipality.hearing(later) for _ in range(5)]
    listed = await municipality.services.hearings.list_public(municipality.id)
    assert [hearing.id for hearing in listed.current] == [hearing.id for hearing in coming[:2]]
    assert [hearing.id for hearing in listed.past] == [past[2].id, past[1].id]
    assert (listed.more_current, listed.more_past) == (3, 1)
    assert listed.nearest is not None
    assert listed.nearest.id == coming[0].id
    secretary = await municipality.staff(1)
    for page, shown in ((0, (coming[4], coming[3])), (1, (coming[2], coming[1])), (9, (past[1], past[0]))):
        home = await municipality.services.desk.home(secretary, municipality.id, page=page)
        assert [hearing.id for hearing in home.hearings] == [hearing.id for hearing in shown]
        assert (home.page, home.last, home.ended) == (min(page, 3), 3, 3)
