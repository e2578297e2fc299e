"""Who has not been heard: what may be told of it, and the reminder to a village."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.domain.errors import AlreadyReminded, HearingClosed, NotFound
from bot.domain.notices import Completion, NoticeKind
from bot.domain.people import Caller, Gender, Reminders
from bot.domain.questions import Choose
from bot.domain.suppression import AtLeast
from bot.services.outbox.enqueue import recipients_of
from bot.services.outbox.letters import Letter, LetterWriter
from tests.services.rights import SECRETARIES, STAFF, allowed

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.domain.notices import Broadcast
    from bot.domain.people import Actor
    from bot.ports import Repositories
    from tests.clocks import VirtualClock
    from tests.municipality import Municipality

FIRST = 1001


async def villager(municipality: Municipality, number: int, village: str = "bagysh-1", language: str = "ky") -> Actor:
    """Somebody who lives in a village of the municipality."""
    actor = await municipality.resident(number, language=language)
    return await municipality.services.people.set_village(actor, municipality.places[village])


async def take_part(municipality: Municipality, hearing: Hearing, number: int) -> None:
    """Answer the first question."""
    await municipality.services.voting.cast(Caller(number, "ky"), hearing.id, 1, Choose(1), order=1)


async def reminder_of(repositories: Repositories, hearing: Hearing) -> Broadcast:
    """The only reminder to a village."""
    (sent,) = (each for each in await repositories.broadcasts.list_of(hearing.id) if each.kind is NoticeKind.VILLAGE)
    return sent


async def test_staff_see_who_has_not_been_heard_and_the_secretary_reminds(
    municipality: Municipality, hearing: Hearing
) -> None:
    unheard, village = municipality.services.unheard, municipality.places["bagysh-1"]
    draft = await municipality.hearing(publish=False)
    assert await allowed(municipality, lambda who: unheard.turnout(who, hearing.id)) == STAFF
    assert await allowed(municipality, lambda who: unheard.turnout(who, draft.id)) == STAFF
    assert await allowed(municipality, lambda who: unheard.preview(who, hearing.id, village)) == SECRETARIES

    async def remind(who: Actor) -> None:
        await unheard.remind(who, hearing.id, municipality.places["bagysh-2"] if who.administrator else village)

    assert await allowed(municipality, remind) == SECRETARIES


async def test_groups_stand_beside_the_people_who_live_there_and_small_ones_are_hidden(
    municipality: Municipality, hearing: Hearing, clock: VirtualClock
) -> None:
    services, secretary = municipality.services, await municipality.staff(1)
    for number in range(FIRST, FIRST + 12):
        person = await villager(municipality, number, language="ru" if number < FIRST + 2 else "ky")
        await services.people.set_gender(person, Gender.FEMALE if number < FIRST + 10 else Gender.MALE)
        await take_part(municipality, hearing, number)
    open_now = await services.unheard.turnout(secretary, hearing.id)
    assert open_now.may_remind
    assert open_now.groups.by_village[municipality.places["bagysh-1"]] == AtLeast(5)
    assert open_now.groups.by_village[municipality.places["bagysh-2"]] == AtLeast(0)
    assert open_now.by_language["ru"] == AtLeast(0)
    clock.forward(days=9)
    await services.timetable.tick()
    closed = await services.unheard.turnout(secretary, hearing.id)
    assert not closed.may_remind
    assert closed.groups.by_gender[Gender.MALE] is None
    assert closed.by_language == open_now.by_language  # no number, and nobody more: the newest are never in it
    assert set(closed.populations.by_village) <= {village.id for village in closed.villages}


async def test_a_village_is_reminded_once_a_day_by_whichever_hearing(
    municipality: Municipality, hearing: Hearing, clock: VirtualClock
) -> None:
    unheard, village = municipality.services.unheard, municipality.places["bagysh-1"]
    secretary, other = await municipality.staff(1), await municipality.hearing()
    await unheard.remind(secretary, hearing.id, village)
    for same_day in (hearing, other):
        for act in (unheard.preview, unheard.remind):
            with pytest.raises(AlreadyReminded):
                await act(secretary, same_day.id, village)
    await unheard.remind(secretary, other.id, municipality.places["bagysh-2"])
    clock.forward(days=1)
    await unheard.remind(secretary, other.id, village)
    for elsewhere in (0, municipality.id, municipality.places["kok-art"]):
        with pytest.raises(NotFound):
            await unheard.remind(secretary, hearing.id, elsewhere)
    clock.forward(days=30)
    with pytest.raises(HearingClosed):
        await unheard.remind(secretary, hearing.id, village)


async def test_only_who_lives_there_wants_it_and_has_not_taken_part_is_written_to(
    municipality: Municipality, hearing: Hearing
) -> None:
    services, village = municipality.services, municipality.places["bagysh-1"]
    secretary = await municipality.staff(1)
    people = {name: await villager(municipality, FIRST + place) for place, name in enumerate(("new", "heard", "late"))}
    quiet = await villager(municipality, FIRST + 3)
    await services.people.set_reminders(quiet, Reminders.NONE)
    await villager(municipality, FIRST + 4, "bagysh-2")
    await municipality.resident(FIRST + 5)  # names no village
    await take_part(municipality, hearing, FIRST + 1)
    await services.unheard.remind(secretary, hearing.id, village)
    places = await services.directory.tree()
    async with services.store.writing() as repositories:
        (sent,) = [
            each for each in await repositories.broadcasts.list_of(hearing.id) if each.kind is NoticeKind.VILLAGE
        ]
        to = recipients_of(sent.planned, hearing, places)
        assert await repositories.notices.fan_out(sent.id, to, due_at=services.clock.now(), limit=99) == 2
    await take_part(municipality, hearing, FIRST + 2)
    async with services.store.writing() as repositories:
        claimed = await repositories.notices.claim(sent.id, by="us", at=services.clock.now(), limit=9)
        written = await LetterWriter(repositories, places, services.clock.now()).write(claimed, {sent.id: sent})
    by_person = {notice.recipient_id: written[notice.id] for notice in claimed}
    new, late = (by_person[each.resident.id] for each in (people["new"], people["late"]) if each.resident)
    assert isinstance(new, Letter)
    assert isinstance(late, Completion)
    assert late.reason == "took part"


async def test_nobody_is_told_how_many_of_a_village_got_it(municipality: Municipality, hearing: Hearing) -> None:
    services, village = municipality.services, municipality.places["bagysh-1"]
    secretary = await municipality.staff(1)
    await villager(municipality, FIRST)
    before = (await services.desk.overview(secretary, hearing.id)).notices
    await services.unheard.remind(secretary, hearing.id, village)
    places = await services.directory.tree()
    async with services.store.writing() as repositories:
        (sent,) = [
            each for each in await repositories.broadcasts.list_of(hearing.id) if each.kind is NoticeKind.VILLAGE
        ]
        await repositories.notices.fan_out(
            sent.id, recipients_of(sent.planned, hearing, places), due_at=services.clock.now(), limit=9
        )
    assert (await services.desk.overview(secretary, hearing.id)).notices == before
    report = await services.broadcasts.report(secretary, hearing.id)
    assert [of.total for each, of in report.lines if each.kind is NoticeKind.VILLAGE] == [0]
    one = await services.broadcasts.report_of(secretary, sent.id)
    assert (one.lines[0][1].total, one.shortfalls) == (0, ())
