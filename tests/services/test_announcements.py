"""What a secretary makes public: publishing, changing, postponing, cancelling, and when people are reminded."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.errors import HearingOver, MomentPassed, NotFound
from bot.domain.hearings import AgendaItem, Phase
from bot.domain.journal import Act
from bot.domain.languages import Text
from bot.domain.notices import BroadcastStatus, NoticeKind
from bot.domain.revisions import FARTHEST_AHEAD
from bot.domain.setbacks import LONGEST_REASON, Setback, SetbackReason
from bot.domain.sittings import Sitting, numbered
from bot.services.announcements import CLOSING_LEADS, LEADS
from tests import samples
from tests.services.rights import SECRETARIES, allowed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.services.announcements import Announcements
    from tests.clocks import VirtualClock
    from tests.municipality import Municipality

DAY = timedelta(days=1)
WHY = SetbackReason.WEATHER
ACTS: dict[str, Callable[[Announcements, Actor, Hearing], Awaitable[object]]] = {
    "reach": lambda acts, who, hearing: acts.reach(who, hearing.id, NoticeKind.ANNOUNCED),
    "publish": lambda acts, who, hearing: acts.publish(who, hearing.id),
    "postpone": lambda acts, who, hearing: acts.postpone(who, hearing.id, starts_at=samples.NOW + 3 * DAY, why=WHY),
    "revise": lambda acts, who, hearing: acts.revise(who, hearing.id, hearing.dossier),
    "reminders": lambda acts, who, hearing: acts.set_reminders(who, hearing.id, LEADS[:1], closing=0),
}


@pytest.fixture
def acts(municipality: Municipality) -> Announcements:
    return municipality.services.announcements


async def owed(municipality: Municipality, hearing: Hearing) -> list[NoticeKind]:
    """The kinds of notices that are on their way, oldest first."""
    async with municipality.services.store.reading() as repositories:
        broadcasts = await repositories.broadcasts.list_of(hearing.id)
    return [each.kind for each in sorted(broadcasts, key=lambda each: each.id) if each.status is BroadcastStatus.GOING]


async def stored(municipality: Municipality, hearing: Hearing) -> Hearing:
    async with municipality.services.store.reading() as repositories:
        return await repositories.hearings.get(hearing.id)


async def written(municipality: Municipality, hearing: Hearing) -> list[Act]:
    """What the journal says of the hearing, oldest first."""
    async with municipality.services.store.reading() as repositories:
        entries = await repositories.journal.list_about(f"hearing:{hearing.id}")
    return [entry.act for entry in reversed(entries)]


@pytest.mark.parametrize("act", ACTS)
async def test_only_secretaries_of_the_municipality_make_anything_public(
    municipality: Municipality, acts: Announcements, act: str
) -> None:
    hearing = await municipality.hearing()
    assert await allowed(municipality, lambda actor: ACTS[act](acts, actor, hearing)) == SECRETARIES


async def test_only_secretaries_plan_a_publication_or_cancel(municipality: Municipality, acts: Announcements) -> None:
    draft = await municipality.hearing(publish=False)
    at = samples.NOW + DAY
    assert await allowed(municipality, lambda actor: acts.publish_later(actor, draft.id, at)) == SECRETARIES

    async def cancel(actor: Actor) -> None:
        hearing = await municipality.hearing()
        await acts.cancel(actor, hearing.id, why=WHY)

    assert await allowed(municipality, cancel) == SECRETARIES


async def test_publishing_owes_one_announcement_however_often(municipality: Municipality, acts: Announcements) -> None:
    draft = await municipality.hearing(publish=False)
    assert await owed(municipality, draft) == []
    published = await acts.publish(COMMAND_LINE, draft.id)
    assert (published.phase, published.announced_at) == (Phase.ANNOUNCED, samples.NOW)
    assert await acts.publish(COMMAND_LINE, draft.id) == published
    assert await owed(municipality, draft) == [NoticeKind.ANNOUNCED]
    assert await written(municipality, draft) == [Act.LOADED, Act.PUBLISHED]


async def test_a_draft_publishes_itself_when_its_time_has_come_unless_it_is_called_off(
    municipality: Municipality, acts: Announcements, clock: VirtualClock
) -> None:
    draft, called_off = [await municipality.hearing(publish=False) for _ in range(2)]
    for hearing in (draft, called_off):
        await acts.publish_later(COMMAND_LINE, hearing.id, samples.NOW + DAY)
    assert (await acts.publish_later(COMMAND_LINE, called_off.id, None)).publish_at is None
    clock.forward(days=1)
    await municipality.services.timetable.tick()
    assert (await stored(municipality, draft)).phase is Phase.OPEN
    assert (await stored(municipality, called_off)).phase is Phase.DRAFT


async def test_a_publication_is_planned_for_a_time_ahead_and_only_for_a_draft(
    municipality: Municipality, acts: Announcements, clock: VirtualClock
) -> None:
    draft, public = await municipality.hearing(publish=False), await municipality.hearing()
    with pytest.raises(MomentPassed):
        await acts.publish_later(COMMAND_LINE, draft.id, clock.now())
    with pytest.raises(NotFound):
        await acts.publish_later(COMMAND_LINE, draft.id, clock.now() + FARTHEST_AHEAD + timedelta(seconds=1))
    with pytest.raises(HearingOver):
        await acts.publish_later(COMMAND_LINE, public.id, clock.now() + DAY)
    assert await stored(municipality, draft) == draft


async def test_postponing_moves_what_is_to_come_and_leaves_what_has_been(
    municipality: Municipality, acts: Announcements, clock: VirtualClock
) -> None:
    sittings = numbered(Sitting(samples.NOW + days * DAY) for days in (1, 3, 5))
    dossier = replace(samples.dossier(closes=samples.NOW + 6 * DAY), sittings=sittings)
    hearing = await municipality.hearing(dossier)
    clock.forward(days=2)
    starts_at = sittings[1].starts_at + 2 * DAY
    moved = await acts.postpone(COMMAND_LINE, hearing.id, starts_at=starts_at, why=WHY, words="я" * 600)
    assert [each.starts_at - samples.NOW for each in moved.dossier.sittings] == [DAY, 5 * DAY, 7 * DAY]
    assert moved.dossier.opens_at == dossier.opens_at
    assert moved.dossier.closes_at == dossier.closes_at + 2 * DAY
    assert moved.setback == Setback(WHY, "я" * LONGEST_REASON, sittings[1].starts_at)
    assert await owed(municipality, hearing) == [NoticeKind.ANNOUNCED, NoticeKind.POSTPONED, NoticeKind.POST]


async def test_an_opening_that_is_still_to_come_moves_too(municipality: Municipality, acts: Announcements) -> None:
    hearing = await municipality.hearing(samples.dossier(opens=samples.NOW + DAY))
    starts_at = samples.NOW + 4 * DAY  # two days later
    moved = await acts.postpone(COMMAND_LINE, hearing.id, starts_at=starts_at, why=WHY)
    assert moved.dossier.opens_at == samples.NOW + 3 * DAY


async def test_the_times_of_the_agenda_move_with_the_sitting(municipality: Municipality, acts: Announcements) -> None:
    times = enumerate(("10:00", "10.45–11.30", "эртең"))
    items = tuple(AgendaItem(no, Text({"ky": "Сөз"}), time) for no, time in times)
    hearing = await municipality.hearing(replace(samples.dossier(), agenda=items))
    starts_at = hearing.dossier.sittings[0].starts_at + DAY + timedelta(hours=4)
    moved = await acts.postpone(COMMAND_LINE, hearing.id, starts_at=starts_at, why=WHY)
    assert [item.time for item in moved.dossier.agenda] == ["14:00", "14.45–15.30", "эртең"]
    moved = await acts.postpone(COMMAND_LINE, hearing.id, starts_at=starts_at - timedelta(hours=1), why=WHY, sitting=1)
    assert [item.time for item in moved.dossier.agenda] == ["13:00", "13.45–14.30", "эртең"]


async def test_postponing_to_the_same_time_changes_nothing(municipality: Municipality, acts: Announcements) -> None:
    hearing = await municipality.hearing()
    starts_at = hearing.dossier.sittings[0].starts_at
    assert await acts.postpone(COMMAND_LINE, hearing.id, starts_at=starts_at, why=WHY) == hearing
    assert await owed(municipality, hearing) == [NoticeKind.ANNOUNCED]


async def test_a_sitting_moves_to_a_time_ahead_and_only_while_one_is_to_come(
    municipality: Municipality, acts: Announcements, clock: VirtualClock
) -> None:
    hearing, draft = await municipality.hearing(), await municipality.hearing(publish=False)
    with pytest.raises(MomentPassed):
        await acts.postpone(COMMAND_LINE, hearing.id, starts_at=clock.now(), why=WHY)
    with pytest.raises(NotFound):
        await acts.postpone(COMMAND_LINE, hearing.id, starts_at=clock.now() + 2 * FARTHEST_AHEAD, why=WHY)
    with pytest.raises(NotFound):
        await acts.postpone(COMMAND_LINE, draft.id, starts_at=clock.now() + DAY, why=WHY)
    clock.forward(days=2)  # the only sitting has begun, answers are still taken
    with pytest.raises(HearingOver):
        await acts.postpone(COMMAND_LINE, hearing.id, starts_at=clock.now() + DAY, why=WHY)
    assert await stored(municipality, hearing) == hearing


async def test_a_draft_may_be_revised_in_everything_and_nobody_is_told(
    municipality: Municipality, acts: Announcements
) -> None:
    draft = await municipality.hearing(publish=False)
    revised = await acts.revise(COMMAND_LINE, draft.id, replace(draft.dossier, questions=(), services=()))
    assert (revised.version, revised.dossier.questions) == (draft.version + 1, ())
    assert await owed(municipality, draft) == []


async def test_other_dates_are_told_to_people_and_other_words_only_correct_posts(
    municipality: Municipality, acts: Announcements
) -> None:
    hearing = await municipality.hearing()
    words = await acts.revise(COMMAND_LINE, hearing.id, replace(hearing.dossier, title=Text({"ky": "Бюджет"})))
    assert await owed(municipality, hearing) == [NoticeKind.ANNOUNCED, NoticeKind.POST]
    await acts.revise(COMMAND_LINE, hearing.id, replace(words.dossier, closes_at=words.closes_at + DAY))
    assert await owed(municipality, hearing) == [NoticeKind.ANNOUNCED, NoticeKind.CHANGED, NoticeKind.POST]


async def test_a_cancelled_hearing_is_told_of_once_and_nothing_more_is_done_with_it(
    municipality: Municipality, acts: Announcements
) -> None:
    hearing = await municipality.hearing()
    cancelled = await acts.cancel(COMMAND_LINE, hearing.id, why=SetbackReason.OWN, words="Көпүрө бузулду")
    assert (cancelled.phase, cancelled.setback) == (Phase.CANCELLED, Setback(SetbackReason.OWN, "Көпүрө бузулду"))
    assert await owed(municipality, hearing) == [NoticeKind.CANCELLED, NoticeKind.POST]
    for act in (
        acts.cancel(COMMAND_LINE, hearing.id, why=WHY),
        acts.postpone(COMMAND_LINE, hearing.id, starts_at=samples.NOW + DAY, why=WHY),
        acts.revise(COMMAND_LINE, hearing.id, hearing.dossier),
        acts.set_reminders(COMMAND_LINE, hearing.id, [], closing=0),
    ):
        with pytest.raises(HearingOver):
            await act
    assert await written(municipality, hearing) == [Act.LOADED, Act.PUBLISHED, Act.CANCELLED]


async def test_a_hearing_that_is_over_or_was_never_public_is_not_cancelled(
    municipality: Municipality, acts: Announcements, clock: VirtualClock
) -> None:
    hearing, draft = await municipality.hearing(), await municipality.hearing(publish=False)
    with pytest.raises(NotFound):
        await acts.cancel(COMMAND_LINE, draft.id, why=WHY)
    clock.forward(days=3)
    with pytest.raises(HearingOver):
        await acts.cancel(COMMAND_LINE, hearing.id, why=WHY)


async def test_people_are_reminded_at_the_times_that_are_offered(
    municipality: Municipality, acts: Announcements, clock: VirtualClock
) -> None:
    hearing = await municipality.hearing()
    chosen = await acts.set_reminders(COMMAND_LINE, hearing.id, [60, 1_440, 60], closing=CLOSING_LEADS[1])
    assert (chosen.reminders, chosen.closing_reminder) == ((1_440, 60), CLOSING_LEADS[1])
    for reminders, closing in (([61], 0), ([60], 61)):
        with pytest.raises(NotFound):
            await acts.set_reminders(COMMAND_LINE, hearing.id, reminders, closing=closing)
    clock.forward(days=3)
    with pytest.raises(HearingOver):
        await acts.set_reminders(COMMAND_LINE, hearing.id, [60], closing=0)
    assert (await stored(municipality, hearing)).reminders == (1_440, 60)


async def test_the_reach_counts_who_would_be_written_to_now(municipality: Municipality, acts: Announcements) -> None:
    from bot.domain.people import Reminders

    draft = await municipality.hearing(publish=False)
    for number in (1, 2, 3):
        actor = await municipality.resident(number)
    await municipality.resident(4, place="kok-art")
    await municipality.services.people.set_reminders(actor, Reminders.NONE)
    await municipality.services.people.mark_blocked(2, blocked=True)
    reach = await acts.reach(COMMAND_LINE, draft.id, NoticeKind.ANNOUNCED)
    assert (reach.people, reach.rooms) == (1, 0)
