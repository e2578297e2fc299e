"""What the council made of a hearing: typed, shown back, stored, told once to everybody who took part, corrected."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.errors import DayOutside, HearingNotAnswered, NoDay, NothingExpected, TextTooLong
from bot.domain.hearings import Phase
from bot.domain.journal import Act
from bot.domain.notices import NoticeKind
from bot.domain.resolutions import LONGEST_NUMBER, ResolutionField
from bot.spreadsheets.typed_days import typed_day
from tests.services.rights import SECRETARIES, allowed

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.services.resolutions import ResolutionView
    from tests.clocks import VirtualClock
    from tests.municipality import Municipality

ADOPTED = "Бюджет кабыл алынды, көпүрөгө 2 млн сом бөлүндү."


@pytest.fixture
async def answered(municipality: Municipality, hearing: Hearing, clock: VirtualClock) -> Hearing:
    """The hearing, closed and answered ten days ago: nobody has written anything."""
    clock.forward(seconds=(hearing.closes_at - clock.now()).total_seconds() + 60)
    await municipality.services.timetable.tick()
    found = await municipality.services.decisions.complete(COMMAND_LINE, hearing.id)
    clock.forward(hours=240)
    return found


async def typed(municipality: Municipality, staff: Actor, hearing: Hearing, *words: str) -> ResolutionView:
    """What the secretary types, from the number on."""
    resolutions = municipality.services.resolutions
    found = await resolutions.begin(staff, hearing.id, ResolutionField.NUMBER)
    for each in words:
        found = await resolutions.receive(staff, each)
    return found


async def saved(municipality: Municipality, staff: Actor, view: ResolutionView) -> ResolutionView:
    assert view.draft
    return await municipality.services.resolutions.save(staff, view.hearing.id, mark=view.draft.mark)


async def told(municipality: Municipality, hearing: Hearing) -> int:
    """How many times everybody is to be told."""
    async with municipality.services.store.reading() as repositories:
        found = await repositories.broadcasts.list_of(hearing.id)
    return sum(each.kind is NoticeKind.COUNCIL for each in found)


async def test_a_resolution_is_stored_when_it_was_shown_and_a_correction_is_told_to_nobody_again(
    municipality: Municipality, answered: Hearing, clock: VirtualClock
) -> None:
    secretary, met_on = await municipality.staff(2), clock.now().date()
    shown = await typed(municipality, secretary, answered, " 12/3 ", f"{met_on:%d.%m.%Y}", ADOPTED)
    with pytest.raises(NothingExpected):
        await municipality.services.resolutions.save(secretary, answered.id, mark="0" * 8)
    found = (await saved(municipality, secretary, shown)).stored
    assert found
    assert (found.number, found.day, found.adopted) == ("12/3", met_on, ADOPTED)
    with pytest.raises(NothingExpected):  # pressed twice
        await saved(municipality, secretary, shown)
    await municipality.services.resolutions.begin(secretary, answered.id, ResolutionField.NUMBER)
    corrected = await municipality.services.resolutions.receive(secretary, "12/4")
    assert (corrected.stored, corrected.draft and corrected.draft.adopted) == (found, ADOPTED)
    await saved(municipality, secretary, corrected)
    assert await told(municipality, answered) == 1
    card = await municipality.services.hearings.card(await municipality.resident(5), answered.id)
    assert card.resolution
    assert card.resolution.number == "12/4"
    async with municipality.services.store.reading() as repositories:
        entries = await repositories.journal.list_about(f"hearing:{answered.id}")
    made = [entry.data for entry in entries if entry.act is Act.RESOLUTION_STORED]
    assert [str(data["before"]).split(",")[0] for data in made] == ["№ 12/3", ""]
    assert [str(data["after"]).split(",")[0] for data in made] == ["№ 12/4", "№ 12/3"]


async def test_what_cannot_be_is_asked_for_again(
    municipality: Municipality, answered: Hearing, clock: VirtualClock
) -> None:
    secretary, resolutions = await municipality.staff(2), municipality.services.resolutions
    await typed(municipality, secretary, answered)
    with pytest.raises(TextTooLong):
        await resolutions.receive(secretary, "1" * (LONGEST_NUMBER + 1))
    await resolutions.receive(secretary, "12")
    with pytest.raises(NoDay):
        await resolutions.receive(secretary, "кечээ")
    with pytest.raises(DayOutside) as raised:
        await resolutions.receive(secretary, "15.05.2020")
    assert (raised.value.first, raised.value.last) == (answered.closes_at.date(), clock.now().date())
    found = await resolutions.receive(secretary, f"{answered.closes_at:%d.%m.%Y}")
    assert found.draft
    assert (found.draft.day, found.draft.waits_for) == (answered.closes_at.date(), ResolutionField.ADOPTED)
    clock.forward(minutes=31)
    with pytest.raises(NothingExpected):
        await resolutions.receive(secretary, ADOPTED)
    assert await told(municipality, answered) == 0


async def test_only_secretaries_say_what_the_council_made_of_it_and_only_once_all_is_answered(
    municipality: Municipality, answered: Hearing
) -> None:
    resolutions = municipality.services.resolutions
    assert await allowed(municipality, lambda actor: resolutions.find(actor, answered.id)) == SECRETARIES
    begins = await allowed(municipality, lambda actor: resolutions.begin(actor, answered.id, ResolutionField.NUMBER))
    assert begins == SECRETARIES - {"administrator"}  # the command line has nowhere to type
    still_open = await municipality.hearing()
    assert still_open.phase is not Phase.ANSWERED
    with pytest.raises(HearingNotAnswered):
        await resolutions.find(COMMAND_LINE, still_open.id)


def test_days_are_read_as_people_type_them() -> None:
    assert typed_day("15-май 2027-ж.") == typed_day("15.05.2027") == typed_day("15.5.27.") == date(2027, 5, 15)
