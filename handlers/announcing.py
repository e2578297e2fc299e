"""Publishing, postponing and cancelling a hearing, and when people are reminded of it.

Each act that reaches people asks once, with how many they are. The services check every permission.
"""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from bot.domain.errors import NotFound
from bot.domain.notices import NoticeKind
from bot.domain.pending_input import TypedReason
from bot.domain.setbacks import Setback, SetbackReason
from bot.domain.timetable import DAY, at_wall
from handlers import presses
from handlers.views import announcing as views
from handlers.views import postponing, toasts
from handlers.views import sittings as sitting_views

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.domain.pending_input import PendingInput
    from bot.services.desk import HearingOverview
    from handlers.context import Context


async def open_dates(context: Context, press: presses.OpenDates) -> None:
    """Show the dates of a hearing and the notices sent about it."""
    await context.show(
        views.dates(context.t, await context.services.desk.overview(await context.actor(), press.hearing))
    )


async def publish_hearing(context: Context, press: presses.PublishHearing) -> None:
    """Announce a draft now, after asking once."""
    actor = await context.actor()
    if press.sure:
        await context.services.announcements.publish(actor, press.hearing, version=press.version)
        context.toast(toasts.published(context.t))
        await context.follow(presses.OpenDeskHearing(press.hearing))
        return
    reach = await context.services.announcements.reach(actor, press.hearing, NoticeKind.ANNOUNCED)
    await context.show(views.publish_choice(context.t, await prepared(context, press.hearing), reach))


async def pick_publish_day(context: Context, press: presses.PickPublishDay) -> None:
    """Ask on which day a draft publishes itself."""
    await context.show(views.publish_days(context.t, await prepared(context, press.hearing)))


async def pick_publish_hour(context: Context, press: presses.PickPublishHour) -> None:
    """Ask at which hour a draft publishes itself."""
    await context.show(views.publish_hours(context.t, await prepared(context, press.hearing), chosen_day(press.day)))


async def publish_at(context: Context, press: presses.PublishAt) -> None:
    """Publish a draft at that time, or no longer by itself, after asking once."""
    actor, overview = await context.actor(), await prepared(context, press.hearing)
    at = chosen_moment(press.day, press.minute, overview.zone) if press.day else None
    if press.sure:
        version = press.version if at else None
        await context.services.announcements.publish_later(actor, press.hearing, at, version=version)
        context.toast(toasts.publishing_planned(context.t) if at else toasts.publishing_not_planned(context.t))
        await context.follow(presses.OpenDates(press.hearing))
    elif at is None:
        await context.show(views.publish_not(context.t, overview))
    else:
        reach = await context.services.announcements.reach(actor, press.hearing, NoticeKind.ANNOUNCED)
        await context.show(views.publish_later(context.t, overview, at, reach))


async def pick_postpone_day(context: Context, press: presses.PickPostponeDay) -> None:
    """Ask to which day a hearing is postponed; where it has several sittings to come first which."""
    overview = await prepared(context, press.hearing)
    several = sum(each.starts_at > overview.now for each in overview.hearing.dossier.sittings) > 1
    if several and not press.sitting and not press.asked:
        await context.show(sitting_views.which_to_postpone(context.t, overview))
    else:
        await context.show(postponing.to_day(context.t, overview, press.page, press.sitting))


async def pick_postpone_hour(context: Context, press: presses.PickPostponeHour) -> None:
    """Ask to which time of the day a hearing is postponed."""
    overview = await prepared(context, press.hearing)
    await context.show(postponing.to_time(context.t, overview, chosen_day(press.day), press.sitting))


async def pick_postpone_reason(context: Context, press: presses.PickPostponeReason) -> None:
    """Ask why a hearing is postponed; a reason begun before is given up."""
    overview = await prepared(context, press.hearing)
    at = chosen_moment(press.day, press.minute, overview.zone)
    await context.services.pending_inputs.drop_reason(await context.actor())
    await context.show(postponing.why_postpone(context.t, overview, at, press.sitting))


async def postpone_hearing(context: Context, press: presses.PostponeHearing) -> None:
    """Postpone a hearing, after asking once."""
    actor, overview = await context.actor(), await prepared(context, press.hearing)
    at = chosen_moment(press.day, press.minute, overview.zone)
    setback = await _setback(context, press.hearing, press.why)
    if setback is None:
        await write_reason(context, presses.WriteReason(press.hearing, press.day, press.minute, press.sitting))
    elif press.sure:
        await context.services.announcements.postpone(
            actor, press.hearing, starts_at=at, why=setback.why, words=setback.words, sitting=press.sitting
        )
        await context.services.pending_inputs.drop_reason(actor)
        context.toast(toasts.postponed(context.t))
        await context.follow(presses.OpenDates(press.hearing))
    else:
        reach = await context.services.announcements.reach(actor, press.hearing, NoticeKind.POSTPONED)
        await context.show(postponing.postpone(context.t, overview, at, setback, reach, sitting=press.sitting))


async def pick_cancel_reason(context: Context, press: presses.PickCancelReason) -> None:
    """Ask why a hearing is cancelled; a reason begun before is given up."""
    overview = await prepared(context, press.hearing)
    await context.services.pending_inputs.drop_reason(await context.actor())
    await context.show(postponing.why_cancel(context.t, overview))


async def cancel_hearing(context: Context, press: presses.CancelHearing) -> None:
    """Cancel a hearing, after asking once."""
    actor, overview = await context.actor(), await prepared(context, press.hearing)
    setback = await _setback(context, press.hearing, press.why)
    if setback is None:
        await write_reason(context, presses.WriteReason(press.hearing))
    elif press.sure:
        await context.services.announcements.cancel(actor, press.hearing, why=setback.why, words=setback.words)
        await context.services.pending_inputs.drop_reason(actor)
        context.toast(toasts.cancelled(context.t))
        await context.follow(presses.OpenDates(press.hearing))
    else:
        reach = await context.services.announcements.reach(actor, press.hearing, NoticeKind.CANCELLED)
        await context.show(postponing.cancel(context.t, overview, setback, reach))


async def write_reason(context: Context, press: presses.WriteReason) -> None:
    """Wait for the reason in the secretary's own words."""
    overview = await prepared(context, press.hearing)
    at = chosen_moment(press.day, press.minute, overview.zone) if press.day else None
    await context.services.pending_inputs.begin_reason(await context.actor(), press.hearing, at, press.sitting)
    await context.show(postponing.own_words(context.t, overview, at, press.sitting))


async def on_reason(context: Context, pending: PendingInput, text: str) -> None:
    """Show the typed reason back before anything is sent."""
    await context.services.pending_inputs.keep_reason(await context.actor(), text)
    if pending.moment is None:
        await context.follow(presses.CancelHearing(pending.hearing_id, SetbackReason.OWN))
        return
    zone = (await prepared(context, pending.hearing_id)).zone
    local = pending.moment.astimezone(zone)
    minute = local.hour * 60 + local.minute
    moment, typed = (local.toordinal(), minute), TypedReason.from_text(pending.text)
    await context.follow(presses.PostponeHearing(pending.hearing_id, *moment, SetbackReason.OWN, sitting=typed.sitting))


async def choose_reminder_times(context: Context, press: presses.ChooseReminderTimes) -> None:
    """Show when people are reminded."""
    overview = await prepared(context, press.hearing)
    asked = views.closing_reminder if press.closing else views.reminder_times
    await context.show(asked(context.t, overview))


async def toggle_reminder(context: Context, press: presses.ToggleReminder) -> None:
    """Turn a reminder of each sitting on or off."""
    hearing = (await prepared(context, press.hearing)).hearing
    chosen = {*hearing.reminders, press.minutes} if press.on else {*hearing.reminders} - {press.minutes}
    await context.services.announcements.set_reminders(
        await context.actor(), hearing.id, chosen, closing=hearing.closing_reminder
    )
    context.toast(toasts.saved(context.t))
    await choose_reminder_times(context, presses.ChooseReminderTimes(hearing.id))


async def toggle_closing_reminder(context: Context, press: presses.ToggleClosingReminder) -> None:
    """Set the reminder of the end of answers."""
    hearing = (await prepared(context, press.hearing)).hearing
    await context.services.announcements.set_reminders(
        await context.actor(), hearing.id, hearing.reminders, closing=press.minutes
    )
    context.toast(toasts.saved(context.t))
    await choose_reminder_times(context, presses.ChooseReminderTimes(hearing.id, closing=True))


async def prepared(context: Context, hearing_id: int) -> HearingOverview:
    """A hearing with its numbers, for staff who prepare it."""
    return await context.services.desk.prepared(await context.actor(), hearing_id)


async def _setback(context: Context, hearing_id: int, why: SetbackReason) -> Setback | None:
    """The reason; None where it is to be in the secretary's own words and they have not typed them yet."""
    if why is not SetbackReason.OWN:
        return Setback(why)
    words = await context.services.pending_inputs.find_reason(await context.actor(), hearing_id)
    return Setback(why, words) if words else None


def chosen_day(ordinal: int) -> date:
    """The day of a button; raises NotFound for a day that no calendar has."""
    if not date.min.toordinal() < ordinal < date.max.toordinal():  # the first and the last are not whole in every zone
        raise NotFound("day", ordinal)
    return date.fromordinal(ordinal)


def chosen_moment(ordinal: int, minute: int, zone: ZoneInfo) -> datetime:
    """The moment of a button; raises NotFound for a day or minute that no calendar has."""
    if not 0 <= minute < DAY:
        raise NotFound("minute", minute)
    return at_wall(chosen_day(ordinal), time(*divmod(minute, 60)), zone)
