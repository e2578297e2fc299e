"""What the secretary makes public: publishing, postponing, cancelling, and when people are reminded.

Each act that reaches people asks once, with how many they are. Every permission is asked of the service.
"""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from bot.domain.errors import NotFound
from bot.domain.hearings import Setback, SetbackReason
from bot.domain.notices import NoticeKind
from bot.domain.permissions import Permission, ensure
from bot.domain.timetable import DAY, at_wall
from handlers import presses
from handlers.presses.wire import nest, unnest
from handlers.views import announcing as views
from handlers.views import postponing

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.services.desk import HearingOverview
    from handlers.context import Turn


async def dates(turn: Turn, press: presses.OpenDates) -> None:
    """The dates of a hearing and what is sent about it."""
    await turn.show(views.dates(turn.t, await turn.house.desk.sheet(await turn.actor(), press.hearing)))


async def publish_hearing(turn: Turn, press: presses.PublishHearing) -> None:
    """Announce a draft now, after asking once."""
    actor = await turn.actor()
    if press.sure:
        await turn.house.announcements.publish(actor, press.hearing)
        turn.toast(turn.t.p("toast", "📣 Published."))
        await turn.follow(presses.OpenDeskHearing(press.hearing))
        return
    reach = await turn.house.announcements.reach(actor, press.hearing, NoticeKind.ANNOUNCED)
    await turn.show(views.publish_choice(turn.t, await _sheet(turn, press.hearing), reach))


async def publish_day(turn: Turn, press: presses.PickPublishDay) -> None:
    """Later: on which day?"""
    await turn.show(views.publish_days(turn.t, await _sheet(turn, press.hearing)))


async def publish_hour(turn: Turn, press: presses.PickPublishHour) -> None:
    """Later: at which hour?"""
    await turn.show(views.publish_hours(turn.t, await _sheet(turn, press.hearing), _day(press.day)))


async def publish_at(turn: Turn, press: presses.PublishAt) -> None:
    """Let it publish itself then, or not any more, after asking once."""
    actor, sheet = await turn.actor(), await _sheet(turn, press.hearing)
    at = _moment(press.day, press.minute, sheet.zone) if press.day else None
    if press.sure:
        await turn.house.announcements.publish_later(actor, press.hearing, at)
        turn.toast(turn.t.p("toast", "🕗 It will publish itself.") if at else turn.t.p("toast", "It stays a draft."))
        await turn.follow(presses.OpenDates(press.hearing))
    elif at is None:
        await turn.show(views.publish_not(turn.t, sheet))
    else:
        reach = await turn.house.announcements.reach(actor, press.hearing, NoticeKind.ANNOUNCED)
        await turn.show(views.publish_later(turn.t, sheet, at, reach))


async def postpone_day(turn: Turn, press: presses.PickPostponeDay) -> None:
    """To which day?"""
    await turn.show(postponing.to_day(turn.t, await _sheet(turn, press.hearing), press.page))


async def postpone_hour(turn: Turn, press: presses.PickPostponeHour) -> None:
    """To which time?"""
    await turn.show(postponing.to_time(turn.t, await _sheet(turn, press.hearing), _day(press.day)))


async def postpone_why(turn: Turn, press: presses.PickPostponeReason) -> None:
    """Why is it postponed? Nothing is waited for any more."""
    sheet = await _sheet(turn, press.hearing)
    at = _moment(press.day, press.minute, sheet.zone)
    await turn.house.announcements.drop_reason(await turn.actor())
    await turn.show(postponing.why_postpone(turn.t, sheet, at))


async def postpone_sure(turn: Turn, press: presses.PostponeHearing) -> None:
    """Postpone, after asking once."""
    actor, sheet = await turn.actor(), await _sheet(turn, press.hearing)
    at = _moment(press.day, press.minute, sheet.zone)
    setback = await _setback(turn, press.hearing, press.why)
    if setback is None:
        await own_reason(turn, presses.WriteReason(press.hearing, press.day, press.minute))
    elif press.sure:
        await turn.house.announcements.postpone(
            actor, press.hearing, starts_at=at, why=setback.why, words=setback.words
        )
        await turn.house.announcements.drop_reason(actor)
        turn.toast(turn.t.p("toast", "📆 Postponed."))
        await turn.follow(presses.OpenDates(press.hearing))
    else:
        reach = await turn.house.announcements.reach(actor, press.hearing, NoticeKind.POSTPONED)
        await turn.show(postponing.postpone(turn.t, sheet, at, setback, reach))


async def cancel_why(turn: Turn, press: presses.PickCancelReason) -> None:
    """Why is it cancelled? Nothing is waited for any more."""
    sheet = await _sheet(turn, press.hearing)
    await turn.house.announcements.drop_reason(await turn.actor())
    await turn.show(postponing.why_cancel(turn.t, sheet))


async def cancel_sure(turn: Turn, press: presses.CancelHearing) -> None:
    """Cancel, after asking once."""
    actor, sheet = await turn.actor(), await _sheet(turn, press.hearing)
    setback = await _setback(turn, press.hearing, press.why)
    if setback is None:
        await own_reason(turn, presses.WriteReason(press.hearing))
    elif press.sure:
        await turn.house.announcements.cancel(actor, press.hearing, why=setback.why, words=setback.words)
        await turn.house.announcements.drop_reason(actor)
        turn.toast(turn.t.p("toast", "✖️ The hearing is cancelled."))
        await turn.follow(presses.OpenDates(press.hearing))
    else:
        reach = await turn.house.announcements.reach(actor, press.hearing, NoticeKind.CANCELLED)
        await turn.show(postponing.cancel(turn.t, sheet, setback, reach))


async def own_reason(turn: Turn, press: presses.WriteReason) -> None:
    """Wait for the reason in the secretary's own words."""
    sheet = await _sheet(turn, press.hearing)
    at = _moment(press.day, press.minute, sheet.zone) if press.day else None
    goal = (
        presses.PostponeHearing(press.hearing, press.day, press.minute, SetbackReason.OWN)
        if at
        else presses.CancelHearing(press.hearing, SetbackReason.OWN)
    )
    await turn.house.announcements.begin_reason(await turn.actor(), press.hearing, nest(goal))
    await turn.show(postponing.own_words(turn.t, sheet, at))


async def typed(turn: Turn, text: str) -> bool:
    """The reason, if one is waited for: shown back before anything is sent. False where none is."""
    actor = await turn.actor()
    if not (actor.grants or actor.administrator):
        return False
    draft = await turn.house.announcements.type_reason(actor, text)
    if draft is None or (goal := unnest(draft.source)) is None:
        return False
    await turn.follow(goal)
    return True


async def reminder_times(turn: Turn, press: presses.ChooseReminderTimes) -> None:
    """When people are reminded."""
    await turn.show(views.reminder_times(turn.t, await _sheet(turn, press.hearing)))


async def toggle_reminder(turn: Turn, press: presses.ToggleReminder) -> None:
    """A reminder of each sitting, on or off."""
    hearing = (await _sheet(turn, press.hearing)).hearing
    chosen = {*hearing.reminders, press.minutes} if press.on else {*hearing.reminders} - {press.minutes}
    await turn.house.announcements.set_reminders(
        await turn.actor(), hearing.id, chosen, closing=hearing.closing_reminder
    )
    turn.toast(turn.t.p("toast", "Saved."))
    await reminder_times(turn, presses.ChooseReminderTimes(hearing.id))


async def toggle_closing(turn: Turn, press: presses.ToggleClosingReminder) -> None:
    """The reminder of the end of answers."""
    hearing = (await _sheet(turn, press.hearing)).hearing
    await turn.house.announcements.set_reminders(
        await turn.actor(), hearing.id, hearing.reminders, closing=press.minutes
    )
    turn.toast(turn.t.p("toast", "Saved."))
    await reminder_times(turn, presses.ChooseReminderTimes(hearing.id))


async def _sheet(turn: Turn, hearing_id: int) -> HearingOverview:
    """The hearing, for whoever may prepare it."""
    actor = await turn.actor()
    sheet = await turn.house.desk.sheet(actor, hearing_id)
    ensure(actor, Permission.PREPARE, sheet.hearing.municipality_id)
    return sheet


async def _setback(turn: Turn, hearing_id: int, why: SetbackReason) -> Setback | None:
    """The reason; None where it is to be in the secretary's own words and they have not typed any for this hearing."""
    if why is not SetbackReason.OWN:
        return Setback(why)
    draft = await turn.house.announcements.typed_reason(await turn.actor())
    return Setback(why, draft.text) if draft and draft.text and draft.hearing_id == hearing_id else None


def _day(ordinal: int) -> date:
    """The day a button names; raises NotFound for what no calendar has."""
    if not date.min.toordinal() < ordinal < date.max.toordinal():  # the first and the last are not whole in every zone
        raise NotFound("day", ordinal)
    return date.fromordinal(ordinal)


def _moment(ordinal: int, minute: int, zone: ZoneInfo) -> datetime:
    """The moment a button names; raises NotFound."""
    if not 0 <= minute < DAY:
        raise NotFound("minute", minute)
    return at_wall(_day(ordinal), time(*divmod(minute, 60)), zone)
