"""Hearings as residents find them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests import samples

if TYPE_CHECKING:
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
