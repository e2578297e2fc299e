"""The secretary publishes, postpones, cancels and watches messages by taps; forgeries change nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.comments import CommentKind
from bot.domain.hearings import Phase
from bot.domain.notices import BroadcastStatus, NoticeKind
from bot.domain.people import Reminders, Role
from bot.domain.setbacks import SetbackReason
from handlers import presses
from tests.handlers.test_desk import send

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.domain.notices import Broadcast
    from bot.simulator.people import Person
    from tests.living import Town

TUESDAY = date(2026, 11, 24).toordinal()
NOON = 12 * 60
STAFF_ONLY = "This is only for the commission’s staff."


async def opened(town: Town, secretary: Person, hearing: Hearing) -> None:
    """The dates of a hearing on the secretary's desk."""
    await town.say(secretary, "/desk")
    await send(town, secretary, presses.OpenDeskHearing(hearing.id))
    await town.press(secretary, "📣 Messages and dates")


async def stored(town: Town, hearing: Hearing) -> Hearing:
    """The hearing as it is now."""
    async with town.store.reading() as repositories:
        return await repositories.hearings.get(hearing.id)


async def broadcasts(town: Town, hearing: Hearing, kind: NoticeKind) -> tuple[Broadcast, ...]:
    """What was begun of a kind."""
    async with town.store.reading() as repositories:
        return tuple(each for each in await repositories.broadcasts.list_of(hearing.id) if each.kind is kind)


def letters(person: Person, words: str) -> int:
    """How many messages with these words somebody has."""
    return sum(words in message.text for message in person.messages)


async def test_publishing_now_asks_once_with_how_many_it_reaches(town: Town) -> None:
    hearing = await town.hearing(publish=False)
    secretary, bek = await town.secretary(), await town.resident("Бек")
    quiet = await town.resident("Улан")
    await town.app.services.people.set_reminders(await town.actor(quiet), Reminders.NONE)
    await town.say(secretary, "/desk")
    await town.press(secretary, "📝 25.11", "📣 Publish")
    assert "2 people will get a message." in secretary.screen.text
    assert letters(bek, "is announced") == 0
    await town.press(secretary, "📣 Publish now")
    assert secretary.toasts[-1].text == "📣 Published."
    await town.tick()
    assert letters(bek, "A public hearing is announced") == 1
    assert letters(quiet, "is announced") == 0
    assert (await stored(town, hearing)).phase in (Phase.ANNOUNCED, Phase.OPEN)


async def test_a_hearing_publishes_itself_at_the_chosen_hour(town: Town) -> None:
    hearing = await town.hearing(publish=False)
    secretary, bek = await town.secretary(), await town.resident("Бек")
    await town.say(secretary, "/desk")
    await town.press(secretary, "📝 25.11", "📣 Publish", "🕗 At a time")
    assert "Mon 23.11" in secretary.labels
    assert "Sun 06.12" in secretary.labels
    assert "Mon 07.12" not in secretary.labels
    await town.press(secretary, "Mon 23.11")
    assert "12:00" not in secretary.labels
    assert "13:00" in secretary.labels
    await town.press(secretary, "⬅️ Back", "Tue 24.11", "09:00")
    assert "Tuesday, 24 November 2026, 09:00 (Bishkek time)" in secretary.screen.text
    assert "2 people will get a message." in secretary.screen.text
    await town.press(secretary, "✅ Yes")
    assert "It publishes itself: Tuesday, 24 November 2026, 09:00" in secretary.screen.text
    await town.press(secretary, "⬅️ Back")
    assert "It publishes itself: Tuesday, 24 November 2026, 09:00" in secretary.screen.text
    town.clock.forward(hours=20, minutes=59)
    await town.tick()
    assert letters(bek, "is announced") == 0
    town.clock.forward(minutes=1)
    await town.tick()
    assert letters(bek, "A public hearing is announced") == 1
    assert (await stored(town, hearing)).publish_at is None


async def test_a_planned_publication_is_changed_and_taken_back(town: Town) -> None:
    hearing = await town.hearing(publish=False)
    secretary, bek = await town.secretary(), await town.resident("Бек")
    await send(town, secretary, presses.PublishAt(hearing.id, TUESDAY, NOON, sure=True))
    await town.press(secretary, "🕗 Change the time", "Wed 25.11", "08:00", "✅ Yes")
    assert "Wednesday, 25 November 2026, 08:00" in secretary.screen.text
    await town.press(secretary, "✖️ Do not publish by itself")
    assert "Nobody gets a message." in secretary.screen.text
    await town.press(secretary, "✅ Yes")
    assert "It publishes itself" not in secretary.screen.text
    town.clock.forward(days=3)
    await town.tick()
    assert letters(bek, "is announced") == 0
    assert (await stored(town, hearing)).phase is Phase.DRAFT


async def test_a_hearing_is_postponed_by_taps_and_whoever_was_told_reads_why(town: Town) -> None:
    secretary, bek = await town.secretary(), await town.resident("Бек")
    hearing = await town.hearing()
    late = await town.resident("Улан")
    await opened(town, secretary, hearing)
    await town.press(secretary, "📆 Postpone", "▶️", "Thu 10.12")
    assert "Thursday, 10 December 2026" in secretary.screen.text
    await town.press(secretary, "14:30", "The weather does not allow it.")
    for words in (
        "Until now: Wednesday, 25 November 2026, 12:00",
        "New time: Thursday, 10 December 2026, 14:30 (Bishkek time)",
        "Reason: The weather does not allow it.",
        "2 people will get a message.",
    ):
        assert words in secretary.screen.text
    await town.tick()
    assert letters(bek, "postponed") == 0
    await town.press(secretary, "📆 Yes")
    assert secretary.toasts[-1].text == "📆 Postponed."
    await town.tick()
    assert letters(bek, "📆 The hearing is postponed") == 1
    assert letters(late, "postponed") == 0
    moved = await stored(town, hearing)
    assert moved.dossier.sittings[0].starts_at - hearing.dossier.sittings[0].starts_at == timedelta(days=15, hours=2.5)
    await town.start(late)
    assert "It was to be on Wednesday, 25 November, 12:00." in late.screen.text
    assert "Reason: The weather does not allow it." in late.screen.text


async def test_a_second_tap_on_the_same_postponement_sends_nothing_more(town: Town) -> None:
    secretary, bek = await town.secretary(), await town.resident("Бек")
    hearing = await town.hearing()
    sure = presses.PostponeHearing(hearing.id, TUESDAY + 7, NOON, SetbackReason.ROOM, sure=True)
    await send(town, secretary, sure)
    await send(town, secretary, sure)
    await town.tick()
    assert letters(bek, "📆 The hearing is postponed") == 1
    assert len(await broadcasts(town, hearing, NoticeKind.POSTPONED)) == 1


async def test_a_reason_in_own_words_is_shown_back_before_anybody_reads_it(town: Town) -> None:
    secretary, bek = await town.secretary(), await town.resident("Бек")
    hearing = await town.hearing()
    await opened(town, secretary, hearing)
    await town.press(secretary, "📆 Postpone", "Tue 01.12", "10:00", "✍️ In my own words")
    assert "At most 500 characters." in secretary.screen.text
    await town.say(secretary, "Көпүрө <b>бузулду</b> & {0}")
    assert "Көпүрө <b>бузулду</b> & {0}" in secretary.screen.text
    assert "Tuesday, 1 December 2026, 10:00" in secretary.screen.text
    await town.tick()
    assert letters(bek, "Көпүрө") == 0
    await town.press(secretary, "📆 Yes")
    await town.tick()
    assert letters(bek, "Көпүрө <b>бузулду</b> & {0}") == 1
    await town.start(bek)
    assert "Көпүрө <b>бузулду</b> & {0}" in bek.screen.text


async def test_a_long_reason_is_cut_and_says_so(town: Town) -> None:
    secretary = await town.secretary()
    hearing = await town.hearing()
    await send(town, secretary, presses.WriteReason(hearing.id))
    await town.say(secretary, "ө" * 600)
    assert "ө" * 500 in secretary.screen.text
    assert "ө" * 501 not in secretary.screen.text
    assert "Only the first 500 characters are kept." in secretary.screen.text


async def test_whoever_goes_back_is_no_longer_asked_for_a_reason(town: Town) -> None:
    secretary = await town.secretary()
    hearing = await town.hearing()
    await opened(town, secretary, hearing)
    await town.press(secretary, "✖️ Cancel the hearing", "✍️ In my own words", "⬅️ Back")
    await town.say(secretary, "Көпүрө керек")
    assert "Do you want to send this to the hearing?" in secretary.screen.text
    await send(town, secretary, presses.CancelHearing(hearing.id, SetbackReason.OWN, sure=True))
    assert "Why? Write it in one message." in secretary.screen.text
    assert (await stored(town, hearing)).phase is Phase.OPEN


async def test_a_reason_that_is_waited_for_becomes_no_comment(town: Town) -> None:
    secretary = await town.secretary()
    hearing = await town.hearing()
    await send(town, secretary, presses.WriteReason(hearing.id))
    await send(town, secretary, presses.SendUnsent(hearing.id, CommentKind.COMMENT))
    await town.say(secretary, "Көпүрө бузулду")
    await send(town, secretary, presses.SendUnsent(hearing.id, CommentKind.COMMENT))
    async with town.store.reading() as repositories:
        assert not await repositories.comments.list_waiting(hearing.id, offset=0, limit=5)


async def test_a_hearing_is_cancelled_by_taps_and_whoever_was_told_reads_why(town: Town) -> None:
    secretary, bek = await town.secretary(), await town.resident("Бек")
    hearing = await town.hearing()
    await opened(town, secretary, hearing)
    await town.press(secretary, "✖️ Cancel the hearing", "Somebody who is needed is ill.")
    assert "This cannot be undone." in secretary.screen.text
    assert "2 people will get a message." in secretary.screen.text
    await town.tick()
    assert letters(bek, "cancelled") == 0
    await town.press(secretary, "✖️ Yes")
    await town.tick()
    assert letters(bek, "✖️ The hearing is cancelled") == 1
    assert letters(bek, "Reason: Somebody who is needed is ill.") == 1
    assert (await stored(town, hearing)).phase is Phase.CANCELLED
    assert "📆 Postpone" not in secretary.labels
    await send(town, bek, presses.OpenHearing(hearing.id))
    assert "✖️ This hearing was cancelled." in bek.screen.text
    assert "Reason: Somebody who is needed is ill." in bek.screen.text
    assert "📅 Add to calendar" not in bek.labels
    await send(town, bek, presses.GetCalendar(hearing.id))
    file = bek.messages[-1].content.file
    assert file is not None
    assert b"STATUS:CANCELLED" in file.content


async def test_what_is_cancelled_cannot_be_moved_or_cancelled_again(town: Town) -> None:
    secretary = await town.secretary()
    hearing = await town.hearing()
    await send(town, secretary, presses.CancelHearing(hearing.id, SetbackReason.PAPERS, sure=True))
    for press in (
        presses.CancelHearing(hearing.id, SetbackReason.ROOM, sure=True),
        presses.PostponeHearing(hearing.id, TUESDAY + 7, NOON, SetbackReason.ROOM, sure=True),
        presses.ToggleReminder(hearing.id, 60, on=True),
    ):
        await send(town, secretary, press)
        assert secretary.toasts[-1].text == "This hearing is over or cancelled already. Nothing was changed."
    off = await stored(town, hearing)
    assert off.setback is not None
    assert off.setback.why is SetbackReason.PAPERS


async def test_reminder_times_are_switched_by_taps(town: Town) -> None:
    secretary, bek = await town.secretary(), await town.resident("Бек")
    hearing = await town.hearing()
    await opened(town, secretary, hearing)
    assert "7 days before, 1 day before, 2 hours before" in secretary.screen.text
    await town.press(secretary, "🔔 Reminder times", "▫️ 3 hours before", "✅ 1 day before")
    await town.press(secretary, "⏳ Before the end of answers", "▫️ No reminder")
    kept = await stored(town, hearing)
    assert kept.reminders == (10_080, 180, 120)
    assert kept.closing_reminder == 0
    assert "✅ No reminder" in secretary.labels
    town.clock.forward(days=1)
    await town.tick()
    assert letters(bek, "The hearing is tomorrow") == 0
    town.clock.forward(hours=21)
    await town.tick()
    assert letters(bek, "The hearing is in 3 hours") == 1
    town.clock.forward(days=1)
    await town.tick()
    assert letters(bek, "Answers close soon") == 0


async def test_the_desk_shows_what_became_of_a_message(town: Town) -> None:
    secretary, bek, gone = await town.secretary(), await town.resident("Бек"), await town.resident("Улан")
    gone.block()
    await town.quiet()
    hearing = await town.hearing()
    await opened(town, secretary, hearing)
    await town.press(secretary, "✉️ Messages sent")
    assert "📣 Announcement · 23.11.2026, 12:00" in secretary.screen.text
    assert "delivered 2" in secretary.screen.text
    await town.press(secretary, "📣 Announcement")
    assert "✅ Everybody has been served" in secretary.screen.text
    assert "Delivered: 2" in secretary.screen.text
    assert "⏸ Pause" not in secretary.labels
    await town.press(secretary, "🔄 Refresh", "⬅️ Back", "⬅️ Back", "⬅️ Back")
    assert "Numbers so far" in secretary.screen.text
    assert letters(bek, "is announced") == 1


async def test_a_message_is_paused_goes_on_and_is_called_off(town: Town) -> None:
    secretary, bek = await town.secretary(), await town.resident("Бек")
    hearing = await town.hearing(publish=False)
    await send(town, secretary, presses.PublishHearing(hearing.id, sure=True))
    (owed,) = await broadcasts(town, hearing, NoticeKind.ANNOUNCED)
    await send(town, secretary, presses.OpenBroadcastList(hearing.id))
    await town.press(secretary, "📣 Announcement", "⏸ Pause")
    assert "⏸ Paused" in secretary.screen.text
    await town.tick()
    assert letters(bek, "is announced") == 0
    await town.press(secretary, "▶️ Go on", "⏸ Pause", "✖️ Send no more")
    assert "Whoever has not got it yet will not get it." in secretary.screen.text
    await town.press(secretary, "⬅️ Back", "✖️ Send no more", "✖️ Yes")
    assert "🚫 Not sent. Staff called it off." in secretary.screen.text
    await send(town, secretary, presses.ResumeBroadcast(owed.id))
    await town.tick()
    assert letters(bek, "is announced") == 0
    (owed,) = await broadcasts(town, hearing, NoticeKind.ANNOUNCED)
    assert owed.status is BroadcastStatus.CANCELLED


async def test_a_message_that_goes_on_arrives(town: Town) -> None:
    secretary, bek = await town.secretary(), await town.resident("Бек")
    hearing = await town.hearing(publish=False)
    await send(town, secretary, presses.PublishHearing(hearing.id, sure=True))
    (owed,) = await broadcasts(town, hearing, NoticeKind.ANNOUNCED)
    await send(town, secretary, presses.PauseBroadcast(owed.id))
    await town.tick()
    await send(town, secretary, presses.ResumeBroadcast(owed.id))
    await town.tick()
    assert letters(bek, "is announced") == 1


FORGED = [
    presses.OpenDates(1),
    presses.PublishHearing(1, sure=True),
    presses.PickPublishDay(1),
    presses.PickPublishHour(1, TUESDAY),
    presses.PublishAt(1, TUESDAY, NOON, sure=True),
    presses.PublishAt(1, sure=True),
    presses.PickPostponeDay(1),
    presses.PickPostponeHour(1, TUESDAY),
    presses.PickPostponeReason(1, TUESDAY, NOON),
    presses.PostponeHearing(1, TUESDAY, NOON, SetbackReason.ROOM, sure=True),
    presses.PickCancelReason(1),
    presses.CancelHearing(1, SetbackReason.ROOM, sure=True),
    presses.WriteReason(1),
    presses.ChooseReminderTimes(1),
    presses.ChooseReminderTimes(1, closing=True),
    presses.ToggleReminder(1, 60, on=True),
    presses.ToggleClosingReminder(1, 0),
    presses.OpenBroadcastList(1),
    presses.OpenBroadcast(1),
    presses.PauseBroadcast(1),
    presses.ResumeBroadcast(1),
    presses.CancelBroadcast(1, sure=True),
]


@pytest.mark.parametrize("press", FORGED, ids=lambda press: type(press).__name__)
async def test_who_is_not_staff_there_is_refused_and_changes_nothing(town: Town, press: presses.Press) -> None:
    hearing = await town.hearing()
    before = await stored(town, hearing)
    for forger in (await town.resident("Бек"), await town.secretary("kok-art")):
        await send(town, forger, press)
        assert forger.toasts[-1].text == STAFF_ONLY
    assert await stored(town, hearing) == before
    async with town.store.reading() as repositories:
        assert {each.status for each in await repositories.broadcasts.list_of(hearing.id)} <= {
            BroadcastStatus.GOING,
            BroadcastStatus.DROPPED,
        }


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MODERATOR])
async def test_a_colleague_sees_the_progress_and_holds_nothing_back(town: Town, role: Role) -> None:
    colleague = await town.secretary(role=role)
    hearing = await town.hearing(publish=False)
    await town.app.services.announcements.publish(COMMAND_LINE, hearing.id)
    (owed,) = await broadcasts(town, hearing, NoticeKind.ANNOUNCED)
    await opened(town, colleague, hearing)
    assert not {"📆 Postpone", "✖️ Cancel the hearing", "🔔 Reminder times"} & set(colleague.labels)
    await town.press(colleague, "✉️ Messages sent", "📣 Announcement")
    assert "⏸ Pause" not in colleague.labels
    await send(town, colleague, presses.PauseBroadcast(owed.id))
    assert colleague.toasts[-1].text == STAFF_ONLY


@pytest.mark.parametrize(
    "press",
    [
        presses.PostponeHearing(1, TUESDAY - 8, NOON, SetbackReason.ROOM, sure=True),
        presses.PostponeHearing(1, TUESDAY + 3_650, NOON, SetbackReason.ROOM, sure=True),
        presses.PostponeHearing(1, 2**53, NOON, SetbackReason.ROOM, sure=True),
        presses.PostponeHearing(1, 3_652_059, NOON, SetbackReason.ROOM, sure=True),
        presses.PostponeHearing(1, 0, NOON, SetbackReason.ROOM, sure=True),
        presses.PostponeHearing(1, 1, 0, SetbackReason.ROOM, sure=True),
        presses.PostponeHearing(1, TUESDAY, 1_440, SetbackReason.ROOM, sure=True),
        presses.PickPostponeReason(1, 2**53, NOON),
        presses.PickPostponeHour(1, 2**53),
        presses.WriteReason(1, TUESDAY, 2**53),
        presses.PickPublishHour(1, 2**53),
        presses.PublishAt(1, TUESDAY, 2**53),
        presses.PublishAt(1, TUESDAY, NOON, sure=True),
        presses.ToggleReminder(1, 61, on=True),
        presses.ToggleClosingReminder(1, 2**53),
        presses.OpenBroadcast(2**53),
        presses.CancelBroadcast(2**53, sure=True),
        presses.OpenDates(2**53),
    ],
    ids=str,
)
async def test_days_and_numbers_that_cannot_be_change_nothing_and_get_a_sentence(
    town: Town, press: presses.Press
) -> None:
    secretary = await town.secretary()
    hearing = await town.hearing()
    before = await stored(town, hearing)
    await send(town, secretary, press)
    assert secretary.toasts[-1].text
    assert "Something went wrong" not in secretary.toasts[-1].text
    assert secretary.screen.rows
    assert await stored(town, hearing) == before


async def test_a_page_that_is_not_there_is_the_last_one(town: Town) -> None:
    secretary = await town.secretary()
    hearing = await town.hearing()
    await send(town, secretary, presses.PickPostponeDay(hearing.id, 2**53))
    assert "Sun 17.01" in secretary.labels
    await send(town, secretary, presses.OpenBroadcastList(hearing.id, 2**53))
    assert "📣 Announcement" in secretary.screen.text


async def test_a_day_that_is_over_offers_no_hour(town: Town) -> None:
    secretary = await town.secretary()
    hearing = await town.hearing()
    town.clock.forward(hours=9)
    await send(town, secretary, presses.PickPostponeDay(hearing.id))
    assert "Mon 23.11" not in secretary.labels
    await send(town, secretary, presses.PickPostponeHour(hearing.id, TUESDAY - 1))
    assert secretary.labels == ["⬅️ Back", "🗂 Back to the desk"]


async def test_at_night_the_secretary_is_told_when_messages_leave(town: Town) -> None:
    secretary = await town.secretary()
    hearing = await town.hearing(publish=False)
    night = "It is night: messages that can wait leave at 8:00."
    await send(town, secretary, presses.PublishHearing(hearing.id))
    assert night not in secretary.screen.text
    town.clock.forward(hours=10)
    await send(town, secretary, presses.PublishHearing(hearing.id))
    assert night in secretary.screen.text
    await send(town, secretary, presses.PublishHearing(hearing.id, sure=True))
    bek = await town.resident("Бек")
    await town.tick()
    assert letters(bek, "A public hearing is announced") == 0
    town.clock.forward(hours=10)
    await town.tick()
    assert letters(bek, "A public hearing is announced") == 1


async def test_a_blocked_follower_is_not_counted_among_those_reached(town: Town) -> None:
    secretary, gone = await town.secretary(), await town.resident("Улан")
    gone.block()
    await town.quiet()
    hearing = await town.hearing(publish=False)
    await send(town, secretary, presses.PublishHearing(hearing.id))
    assert "1 person will get a message." in secretary.screen.text


async def test_deliveries_add_up_on_the_desk(town: Town) -> None:
    secretary = await town.secretary()
    await town.resident("Бек")
    hearing = await town.hearing()
    await send(town, secretary, presses.OpenDeskHearing(hearing.id))
    assert "Messages: delivered 2, could not be delivered 0, waiting 0" in secretary.screen.text


async def test_who_wants_only_the_hearing_days_hears_on_the_day_and_who_stops_hears_nothing(town: Town) -> None:
    bek, stopped = await town.resident("Бек"), await town.resident("Улан")
    await town.say(bek, "/reminders")
    assert "A reminder on the day itself" in bek.screen.text
    assert "Between 21:00 and 8:00 we keep quiet" in bek.screen.text
    await town.press(bek, "📅 Only the hearing days")
    await town.say(stopped, "/stop")
    assert "/reminders" in stopped.screen.text
    before = len(stopped.messages)
    await town.hearing()
    for hours in (24, 22, 26):
        town.clock.forward(hours=hours)
        await town.tick()
    assert letters(bek, "A public hearing is announced") == 0
    assert letters(bek, "The hearing is tomorrow") == 0
    assert letters(bek, "The hearing is in 2 hours") == 1
    assert letters(bek, "Answers are closed") == 0
    assert len(stopped.messages) == before
