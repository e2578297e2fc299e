"""What the secretary makes public: publishing, postponing, cancelling, and when people are reminded.

Each act that reaches people asks once, with how many they are. Every permission is asked of the service.
"""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from bot.domain.errors import NotFound
from bot.domain.hearings import Setback, SetbackReason
from bot.domain.notices import NoticeKind
from bot.domain.pending_input import PendingInputKind
from bot.domain.permissions import Permission, ensure
from bot.domain.timetable import DAY, at_wall
from handlers import presses
from handlers.presses.wire import nest, unnest
from handlers.views import announcing as views
from handlers.views import postponing

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.domain.pending_input import PendingInput
    from bot.services.desk import HearingOverview
    from handlers.context import Context


async def dates(context: Context, press: presses.OpenDates) -> None:
    """The dates of a hearing and what is sent about it."""
    await context.show(
        views.dates(context.t, await context.services.desk.overview(await context.actor(), press.hearing))
    )


async def publish_hearing(context: Context, press: presses.PublishHearing) -> None:
    """Announce a draft now, after asking once."""
    actor = await context.actor()
    if press.sure:
        await context.services.announcements.publish(actor, press.hearing)
        context.toast(context.t.p("toast", "📣 Published."))
        await context.follow(presses.OpenDeskHearing(press.hearing))
        return
    reach = await context.services.announcements.reach(actor, press.hearing, NoticeKind.ANNOUNCED)
    await context.show(views.publish_choice(context.t, await _overview(context, press.hearing), reach))


async def publish_day(context: Context, press: presses.PickPublishDay) -> None:
    """Later: on which day?"""
    await context.show(views.publish_days(context.t, await _overview(context, press.hearing)))


async def publish_hour(context: Context, press: presses.PickPublishHour) -> None:
    """Later: at which hour?"""
    await context.show(views.publish_hours(context.t, await _overview(context, press.hearing), _day(press.day)))


async def publish_at(context: Context, press: presses.PublishAt) -> None:
    """Let it publish itself then, or not any more, after asking once."""
    actor, overview = await context.actor(), await _overview(context, press.hearing)
    at = _moment(press.day, press.minute, overview.zone) if press.day else None
    if press.sure:
        await context.services.announcements.publish_later(actor, press.hearing, at)
        context.toast(
            context.t.p("toast", "🕗 It will publish itself.") if at else context.t.p("toast", "It stays a draft.")
        )
        await context.follow(presses.OpenDates(press.hearing))
    elif at is None:
        await context.show(views.publish_not(context.t, overview))
    else:
        reach = await context.services.announcements.reach(actor, press.hearing, NoticeKind.ANNOUNCED)
        await context.show(views.publish_later(context.t, overview, at, reach))


async def postpone_day(context: Context, press: presses.PickPostponeDay) -> None:
    """To which day?"""
    await context.show(postponing.to_day(context.t, await _overview(context, press.hearing), press.page))


async def postpone_hour(context: Context, press: presses.PickPostponeHour) -> None:
    """To which time?"""
    await context.show(postponing.to_time(context.t, await _overview(context, press.hearing), _day(press.day)))


async def postpone_why(context: Context, press: presses.PickPostponeReason) -> None:
    """Why is it postponed? Nothing is waited for any more."""
    overview = await _overview(context, press.hearing)
    at = _moment(press.day, press.minute, overview.zone)
    await context.services.pending_inputs.drop_reason(await context.actor())
    await context.show(postponing.why_postpone(context.t, overview, at))


async def postpone_sure(context: Context, press: presses.PostponeHearing) -> None:
    """Postpone, after asking once."""
    actor, overview = await context.actor(), await _overview(context, press.hearing)
    at = _moment(press.day, press.minute, overview.zone)
    setback = await _setback(context, press.hearing, press.why)
    if setback is None:
        await own_reason(context, presses.WriteReason(press.hearing, press.day, press.minute))
    elif press.sure:
        await context.services.announcements.postpone(
            actor, press.hearing, starts_at=at, why=setback.why, words=setback.words
        )
        await context.services.pending_inputs.drop_reason(actor)
        context.toast(context.t.p("toast", "📆 Postponed."))
        await context.follow(presses.OpenDates(press.hearing))
    else:
        reach = await context.services.announcements.reach(actor, press.hearing, NoticeKind.POSTPONED)
        await context.show(postponing.postpone(context.t, overview, at, setback, reach))


async def cancel_why(context: Context, press: presses.PickCancelReason) -> None:
    """Why is it cancelled? Nothing is waited for any more."""
    overview = await _overview(context, press.hearing)
    await context.services.pending_inputs.drop_reason(await context.actor())
    await context.show(postponing.why_cancel(context.t, overview))


async def cancel_sure(context: Context, press: presses.CancelHearing) -> None:
    """Cancel, after asking once."""
    actor, overview = await context.actor(), await _overview(context, press.hearing)
    setback = await _setback(context, press.hearing, press.why)
    if setback is None:
        await own_reason(context, presses.WriteReason(press.hearing))
    elif press.sure:
        await context.services.announcements.cancel(actor, press.hearing, why=setback.why, words=setback.words)
        await context.services.pending_inputs.drop_reason(actor)
        context.toast(context.t.p("toast", "✖️ The hearing is cancelled."))
        await context.follow(presses.OpenDates(press.hearing))
    else:
        reach = await context.services.announcements.reach(actor, press.hearing, NoticeKind.CANCELLED)
        await context.show(postponing.cancel(context.t, overview, setback, reach))


async def own_reason(context: Context, press: presses.WriteReason) -> None:
    """Wait for the reason in the secretary's own words."""
    overview = await _overview(context, press.hearing)
    at = _moment(press.day, press.minute, overview.zone) if press.day else None
    goal = (
        presses.PostponeHearing(press.hearing, press.day, press.minute, SetbackReason.OWN)
        if at
        else presses.CancelHearing(press.hearing, SetbackReason.OWN)
    )
    await context.services.pending_inputs.begin_reason(await context.actor(), press.hearing, nest(goal))
    await context.show(postponing.own_words(context.t, overview, at))


async def typed(context: Context, pending: PendingInput, text: str) -> bool:
    """The reason that was waited for, shown back before anything is sent. False where nobody waits for it any more."""
    goal = unnest(pending.source)
    if goal is None:
        return False
    await context.services.pending_inputs.keep_reason(await context.actor(), text)
    await context.follow(goal)
    return True


async def reminder_times(context: Context, press: presses.ChooseReminderTimes) -> None:
    """When people are reminded."""
    await context.show(views.reminder_times(context.t, await _overview(context, press.hearing)))


async def toggle_reminder(context: Context, press: presses.ToggleReminder) -> None:
    """A reminder of each sitting, on or off."""
    hearing = (await _overview(context, press.hearing)).hearing
    chosen = {*hearing.reminders, press.minutes} if press.on else {*hearing.reminders} - {press.minutes}
    await context.services.announcements.set_reminders(
        await context.actor(), hearing.id, chosen, closing=hearing.closing_reminder
    )
    context.toast(context.t.p("toast", "Saved."))
    await reminder_times(context, presses.ChooseReminderTimes(hearing.id))


async def toggle_closing(context: Context, press: presses.ToggleClosingReminder) -> None:
    """The reminder of the end of answers."""
    hearing = (await _overview(context, press.hearing)).hearing
    await context.services.announcements.set_reminders(
        await context.actor(), hearing.id, hearing.reminders, closing=press.minutes
    )
    context.toast(context.t.p("toast", "Saved."))
    await reminder_times(context, presses.ChooseReminderTimes(hearing.id))


async def _overview(context: Context, hearing_id: int) -> HearingOverview:
    """The hearing, for whoever may prepare it."""
    actor = await context.actor()
    overview = await context.services.desk.overview(actor, hearing_id)
    ensure(actor, Permission.PREPARE, overview.hearing.municipality_id)
    return overview


async def _setback(context: Context, hearing_id: int, why: SetbackReason) -> Setback | None:
    """The reason; None where it is to be in the secretary's own words and they have not typed any for this hearing."""
    if why is not SetbackReason.OWN:
        return Setback(why)
    pending = await context.services.pending_inputs.find(await context.actor())
    if pending is None or pending.kind is not PendingInputKind.REASON or pending.hearing_id != hearing_id:
        return None
    return Setback(why, pending.text) if pending.text else None


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
