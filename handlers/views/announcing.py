"""What the secretary decides about a hearing in public: when it is published, and when people are reminded of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.hearings import Phase, due_phase
from bot.domain.timetable import DAY, is_night
from bot.services.announcements import CLOSING_LEADS, LEADS
from handlers import presses
from handlers.views.choosing import day_and_minute, days, headed, minute_of, that_day, times, when
from handlers.views.hearings import when_and_where
from handlers.views.screen import Button, Html, Row, Screen, e, i, in_rows, stacked, tap
from handlers.views.setbacks import what_happened

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.domain.hearings import Hearing
    from bot.domain.notices import Reach
    from bot.i18n import Translator
    from bot.services.desk import HearingOverview

PUBLISHING_DAYS: Final = 14
AN_HOUR: Final = 60


def dates(t: Translator, desk: HearingOverview) -> Screen:
    """When and where, what has become of it, when people are reminded; and what the secretary can do about it."""
    hearing, dossier = desk.hearing, desk.hearing.dossier
    sitting = hearing.next_sitting(desk.now)
    opens, closes = (t.moment(moment, desk.zone) for moment in (dossier.opens_at, dossier.closes_at))
    text = stacked(
        headed(t, desk, t("📣 Messages and dates")),
        e(""),
        when_and_where(t, sitting, desk.zone) if sitting else None,
        e(t("Answers: {opens} to {closes}", opens=opens, closes=closes)),
        what_happened(t, hearing, desk.zone),
        planned(t, desk),
        e(""),
        *_reminders_set(t, hearing),
    )
    return Screen(text, tuple(row for row in _dates_rows(t, desk) if row))


def planned(t: Translator, desk: HearingOverview) -> Html | None:
    """When a draft publishes itself; None where it does not."""
    at = desk.hearing.publish_at
    if at is None or desk.hearing.phase is not Phase.DRAFT:
        return None
    return e(t("🕗 It publishes itself: {moment}", moment=when(t, at, desk.zone)))


def _dates_rows(t: Translator, desk: HearingOverview) -> tuple[Row, ...]:
    hearing = desk.hearing
    to_come = due_phase(hearing, desk.now) in (Phase.DRAFT, Phase.ANNOUNCED, Phase.OPEN)
    return (
        *(_acts(t, desk) if desk.may_prepare else ()),
        (tap(t, t.p("button", "🖨 Posters"), presses.ListPosters(hearing.id)),) if to_come else (),
        (tap(t, t.p("button", "✉️ Messages sent"), presses.OpenBroadcastList(hearing.id)),),
        (_back(t, presses.OpenDeskHearing(hearing.id)),),
    )


def _acts(t: Translator, desk: HearingOverview) -> tuple[Row, ...]:
    hearing, phase = desk.hearing, due_phase(desk.hearing, desk.now)
    coming = any(sitting.starts_at > desk.now for sitting in hearing.dossier.sittings)
    running = phase in (Phase.ANNOUNCED, Phase.OPEN)
    postpone = tap(t, t.p("button", "📆 Postpone"), presses.PickPostponeDay(hearing.id))
    cancel = tap(t, t.p("button", "✖️ Cancel the hearing"), presses.PickCancelReason(hearing.id))
    reminders = tap(t, t.p("button", "🔔 Reminder times"), presses.ChooseReminderTimes(hearing.id))
    return (
        *(_publishing(t, hearing) if phase is Phase.DRAFT else ()),
        (postpone,) if coming and (running or phase is Phase.CLOSED) else (),
        (cancel,) if running or (coming and phase is Phase.CLOSED) else (),
        (reminders,) if running or phase is Phase.DRAFT else (),
    )


def _publishing(t: Translator, hearing: Hearing) -> tuple[Row, ...]:
    publish = (tap(t, t.p("button", "📣 Publish"), presses.PublishHearing(hearing.id)),)
    if hearing.publish_at is None:
        return (publish,)
    change = tap(t, t.p("button", "🕗 Change the time"), presses.PickPublishDay(hearing.id))
    return (publish, (change,), (tap(t, t.p("button", "✖️ Do not publish by itself"), presses.PublishAt(hearing.id)),))


def publish_choice(t: Translator, desk: HearingOverview, reach: Reach) -> Screen:
    """Announce this hearing now, to so many people, or at a time?"""
    hearing = desk.hearing.id
    text = stacked(headed(t, desk, t("Publish this hearing now?")), reached(t, reach, desk), planned(t, desk))
    rows = (
        (tap(t, t.p("button", "📣 Publish now"), presses.PublishHearing(hearing, sure=True)),),
        (tap(t, t.p("button", "🕗 At a time"), presses.PickPublishDay(hearing)),),
        (_back(t, presses.OpenDeskHearing(hearing)),),
    )
    return Screen(text, rows)


def publish_days(t: Translator, desk: HearingOverview) -> Screen:
    """On which day does it publish itself?"""
    hearing = desk.hearing.id
    buttons = (
        tap(t, t.brief(day), presses.PickPublishHour(hearing, day.toordinal()))
        for day in days(desk, PUBLISHING_DAYS, step=AN_HOUR)
    )
    text = headed(t, desk, t("On which day shall it be published?"))
    return Screen(text, (*in_rows(buttons, width=2), (_back(t, presses.PublishHearing(hearing)),)))


def publish_hours(t: Translator, desk: HearingOverview, day: date) -> Screen:
    """At which hour of that day?"""
    hearing = desk.hearing.id
    buttons = (
        tap(t, t.time(hour), presses.PublishAt(hearing, day.toordinal(), minute_of(hour)))
        for hour in times(desk, day, step=AN_HOUR)
    )
    text = stacked(headed(t, desk, t("At what time shall it be published?")), that_day(t, desk, day))
    return Screen(text, (*in_rows(buttons, width=3), (_back(t, presses.PickPublishDay(hearing)),)))


def publish_later(t: Translator, desk: HearingOverview, at: datetime, reach: Reach) -> Screen:
    """Then, to so many people: sure?"""
    hearing = desk.hearing.id
    day, minute = day_and_minute(at, desk.zone)
    text = stacked(
        headed(t, desk, t("Shall the hearing publish itself?")),
        e(when(t, at, desk.zone)),
        reached(t, reach),
    )
    sure = tap(t, t.p("button", "✅ Yes, at that time"), presses.PublishAt(hearing, day, minute, sure=True))
    return Screen(text, ((sure,), (_back(t, presses.PickPublishHour(hearing, day)),)))


def publish_not(t: Translator, desk: HearingOverview) -> Screen:
    """Not by itself any more: sure?"""
    text = stacked(
        headed(t, desk, t("Shall it no longer publish itself?")),
        e(t("It stays a draft until you publish it. Nobody gets a message.")),
    )
    sure = tap(t, t.p("button", "✅ Yes, not by itself"), presses.PublishAt(desk.hearing.id, sure=True))
    return Screen(text, ((sure,), (_back(t, presses.OpenDates(desk.hearing.id)),)))


def reminder_times(t: Translator, desk: HearingOverview) -> Screen:
    """When people are reminded of a sitting, and before answers close: a tap turns one on or off."""
    hearing = desk.hearing
    before = in_rows((_reminder(t, hearing, lead) for lead in LEADS), width=2)
    closing = in_rows((_closing_reminder(t, hearing, lead) for lead in CLOSING_LEADS), width=2)
    text = stacked(
        headed(t, desk, t("🔔 When are people reminded?")),
        *_reminders_set(t, hearing),
        e(""),
        i(t("✅ and ⬜️ are for each sitting, 🔘 and ⚪️ for the end of answers.")),
        i(t("Of the end of answers only those are reminded who have not answered everything.")),
    )
    return Screen(text, (*before, *closing, (_back(t, presses.OpenDates(hearing.id)),)))


def _reminder(t: Translator, hearing: Hearing, lead: int) -> Button:
    on = lead in hearing.reminders
    return tap(t, f"{'✅' if on else '⬜️'} {lead_name(t, lead)}", presses.ToggleReminder(hearing.id, lead, on=not on))


def _closing_reminder(t: Translator, hearing: Hearing, lead: int) -> Button:
    mark = "🔘" if lead == hearing.closing_reminder else "⚪️"
    name = lead_name(t, lead) if lead else t.p("button", "No reminder")
    return tap(t, f"{mark} {name}", presses.ToggleClosingReminder(hearing.id, lead))


def _reminders_set(t: Translator, hearing: Hearing) -> tuple[Html, ...]:
    before = t.list(lead_name(t, lead) for lead in sorted(hearing.reminders, reverse=True)) or t("none")
    closing = lead_name(t, hearing.closing_reminder) if hearing.closing_reminder else t("none")
    return (
        e(t("🔔 Reminders of a sitting: {times}", times=before)),
        e(t("⏳ Reminder of the end of answers: {time}", time=closing)),
    )


def lead_name(t: Translator, minutes: int) -> str:
    """How long before, in days or hours."""
    if minutes % DAY == 0:
        return t.n("{n} day before", "{n} days before", minutes // DAY)
    return t.n("{n} hour before", "{n} hours before", round(minutes / 60))


def reached(t: Translator, reach: Reach, now_at: HearingOverview | None = None) -> Html:
    """How many will get a message; ``now_at`` the desk, where they would get it now, also when it is night there."""
    people = t.n("{n} person will get a message.", "{n} people will get a message.", reach.people)
    rooms = t.n("{n} group or channel will get it too.", "{n} groups or channels will get it too.", reach.rooms)
    night = now_at is not None and is_night(now_at.now, now_at.zone)
    return stacked(
        e(f"👥 {people}"),
        e(f"💬 {rooms}") if reach.rooms else None,
        i(t("🌙 It is night: messages that can wait leave at 8:00.")) if night else None,
    )


def _back(t: Translator, press: presses.Press) -> Button:
    return tap(t, t.p("button", "⬅️ Back"), press)
