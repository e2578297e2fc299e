"""The desk's screens about dates: when a hearing is published, and when people are reminded of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from bot.domain.hearings import Phase, due_phase
from bot.domain.timetable import DAY, MOST_BY_CLOCK, is_night
from bot.services.announcements import CLOSING_LEADS, LEADS
from handlers import presses
from handlers.views.buttons import back
from handlers.views.choosing import day_and_minute, days, headed, minute_of, postponing_page, that_day, times, when
from handlers.views.hearings import more_sittings, when_and_where
from handlers.views.screen import Button, ButtonRow, Html, Screen, e, i, in_rows, stacked, tap, with_buttons
from handlers.views.setbacks import what_happened

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.domain.hearings import Hearing
    from bot.domain.notices import Reach
    from bot.i18n import Translator
    from bot.services.desk import HearingOverview

PUBLISHING_DAYS: Final = 14
MINUTES_BETWEEN_PUBLISHING_TIMES: Final = 60


def dates(t: Translator, overview: HearingOverview) -> Screen:
    """The screen with the dates of a hearing, its setback, its reminders, and what the secretary can do about them."""
    hearing, dossier = overview.hearing, overview.hearing.dossier
    sitting = hearing.next_sitting(overview.now)
    said = partial(t.moment_in_words, zone=overview.zone, now=overview.now)
    opens, closes = said(dossier.opens_at), said(dossier.closes_at)
    text = stacked(
        headed(t, overview, t("📣 Messages and dates")),
        e(""),
        when_and_where(t, sitting, overview.zone, now=overview.now) if sitting else None,
        e(t("Answers: {opens} to {closes}", opens=opens, closes=closes)),
        what_happened(t, hearing, overview.zone, now=overview.now),
        publishing_time(t, overview),
        e(""),
        *_reminders_set(t, hearing),
    )
    return Screen(text, _dates_rows(t, overview))


def publishing_time(t: Translator, overview: HearingOverview) -> Html | None:
    """When a draft publishes itself; None where it does not."""
    at = overview.hearing.publish_at
    if at is None or overview.hearing.phase is not Phase.DRAFT:
        return None
    return e(t("🕗 It publishes itself: {moment}", moment=when(t, at, overview.zone)))


def _dates_rows(t: Translator, overview: HearingOverview) -> tuple[ButtonRow, ...]:
    hearing = overview.hearing
    to_come = due_phase(hearing, overview.now) in (Phase.DRAFT, Phase.ANNOUNCED, Phase.OPEN)
    return with_buttons(
        *(_acts(t, overview) if overview.may_prepare else ()),
        (tap(t, t.p("button", "🖨 Posters"), presses.ListPosters(hearing.id)),) if to_come else (),
        (tap(t, t.p("button", "✉️ Messages sent"), presses.OpenBroadcastList(hearing.id)),),
        (back(t, presses.OpenDeskHearing(hearing.id)),),
    )


def _acts(t: Translator, overview: HearingOverview) -> tuple[ButtonRow, ...]:
    hearing, phase = overview.hearing, due_phase(overview.hearing, overview.now)
    coming = any(sitting.starts_at > overview.now for sitting in hearing.dossier.sittings)
    running = phase in (Phase.ANNOUNCED, Phase.OPEN)
    first = postponing_page(overview)
    postpone = tap(t, t.p("button", "📆 Postpone"), presses.PickPostponeDay(hearing.id, first))
    cancel = tap(t, t.p("button", "✖️ Cancel the hearing"), presses.PickCancelReason(hearing.id))
    reminders = tap(t, t.p("button", "🔔 Reminder times"), presses.ChooseReminderTimes(hearing.id))
    return (
        *(_publishing(t, hearing) if phase is Phase.DRAFT else ()),
        (postpone,) if coming and (running or phase is Phase.CLOSED) else (),
        (cancel,) if running or (coming and phase is Phase.CLOSED) else (),
        (reminders,) if running or phase is Phase.DRAFT else (),
    )


def _publishing(t: Translator, hearing: Hearing) -> tuple[ButtonRow, ...]:
    publish = (tap(t, t.p("button", "📣 Publish"), presses.PublishHearing(hearing.id)),)
    if hearing.publish_at is None:
        return (publish,)
    change = tap(t, t.p("button", "🕗 Change the time"), presses.PickPublishDay(hearing.id))
    return (publish, (change,), (tap(t, t.p("button", "✖️ Do not publish by itself"), presses.PublishAt(hearing.id)),))


def publish_choice(t: Translator, overview: HearingOverview, reach: Reach) -> Screen:
    """The screen that asks whether to announce a hearing now, to how many people, or at a time."""
    hearing = overview.hearing.id
    sure = presses.PublishHearing(hearing, sure=True, version=overview.hearing.version)
    text = stacked(
        headed(t, overview, t("Publish this hearing now?")),
        *_first_sitting(t, overview),
        reached(t, reach, overview),
        publishing_time(t, overview),
    )
    rows = (
        (tap(t, t.p("button", "📣 Publish now"), sure),),
        (tap(t, t.p("button", "🕗 At a time"), presses.PickPublishDay(hearing)),),
        (back(t, presses.OpenDeskHearing(hearing)),),
    )
    return Screen(text, rows)


def _first_sitting(t: Translator, overview: HearingOverview) -> tuple[Html | None, ...]:
    """When and where the hearing is held first: two of one title are told apart by it."""
    dossier = overview.hearing.dossier
    sitting = next(iter(dossier.sittings), None)
    if sitting is None:
        return ()
    unsaid = None if sitting.place or sitting.online_link else e(t("⚠️ The place is not said yet."))
    return e(""), when_and_where(t, sitting, overview.zone), unsaid, more_sittings(t, dossier), e("")


def publish_days(t: Translator, overview: HearingOverview) -> Screen:
    """The screen that asks on which day a hearing publishes itself."""
    hearing = overview.hearing.id
    buttons = (
        tap(t, t.brief(day), presses.PickPublishHour(hearing, day.toordinal()))
        for day in days(overview, PUBLISHING_DAYS, step=MINUTES_BETWEEN_PUBLISHING_TIMES)
    )
    text = headed(t, overview, t("On which day shall it be published?"))
    return Screen(text, (*in_rows(buttons, width=2), (back(t, presses.PublishHearing(hearing)),)))


def publish_hours(t: Translator, overview: HearingOverview, day: date) -> Screen:
    """The screen that asks at which hour of ``day`` a hearing publishes itself."""
    hearing = overview.hearing.id
    buttons = (
        tap(t, t.time(hour), presses.PublishAt(hearing, day.toordinal(), minute_of(hour)))
        for hour in times(overview, day, step=MINUTES_BETWEEN_PUBLISHING_TIMES)
    )
    text = stacked(headed(t, overview, t("At what time shall it be published?")), that_day(t, overview, day))
    return Screen(text, (*in_rows(buttons, width=3), (back(t, presses.PickPublishDay(hearing)),)))


def publish_later(t: Translator, overview: HearingOverview, at: datetime, reach: Reach) -> Screen:
    """The screen that asks whether a hearing publishes itself ``at`` that moment, to how many people."""
    hearing = overview.hearing.id
    day, minute = day_and_minute(at, overview.zone)
    text = stacked(
        headed(t, overview, t("Shall the hearing publish itself?")),
        e(when(t, at, overview.zone)),
        *_first_sitting(t, overview),
        reached(t, reach),
    )
    press = presses.PublishAt(hearing, day, minute, sure=True, version=overview.hearing.version)
    sure = tap(t, t.p("button", "✅ Yes, at that time"), press)
    return Screen(text, ((sure,), (back(t, presses.PickPublishHour(hearing, day)),)))


def publish_not(t: Translator, overview: HearingOverview) -> Screen:
    """The screen that asks whether a hearing no longer publishes itself."""
    hearing = overview.hearing.id
    text = stacked(
        headed(t, overview, t("Shall it no longer publish itself?")),
        e(t("It stays a draft until you publish it. Nobody gets a message.")),
    )
    sure = tap(t, t.p("button", "✅ Yes, not by itself"), presses.PublishAt(hearing, sure=True))
    return Screen(text, ((sure,), (back(t, presses.OpenDates(hearing)),)))


def reminder_times(t: Translator, overview: HearingOverview) -> Screen:
    """The screen that turns on and off the reminders of a sitting, with the way to that of the end of answers."""
    hearing = overview.hearing
    label = t.p("button", "⏳ Before the end of answers")
    text = stacked(headed(t, overview, t("🔔 When are people reminded?")), *_reminders_set(t, hearing), _six(t))
    rows = (
        *in_rows((_reminder(t, hearing, lead) for lead in LEADS), width=2),
        (tap(t, label, presses.ChooseReminderTimes(hearing.id, closing=True)),),
        (back(t, presses.OpenDates(hearing.id)),),
    )
    return Screen(text, rows)


def _six(t: Translator) -> Html:
    most = t.number(MOST_BY_CLOCK)
    return i(
        t(
            "Of a hearing of one day nobody gets more than {n} messages by the clock: the earliest are left out.",
            n=most,
        )
    )


def closing_reminder(t: Translator, overview: HearingOverview) -> Screen:
    """The screen that sets when people are reminded of the end of answers."""
    hearing = overview.hearing
    text = stacked(
        headed(t, overview, t("⏳ When are people reminded of the end of answers?")),
        i(t("Of the end of answers only those are reminded who have not answered everything.")),
    )
    rows = in_rows((_closing_reminder(t, hearing, lead) for lead in CLOSING_LEADS), width=2)
    return Screen(text, (*rows, (back(t, presses.ChooseReminderTimes(hearing.id)),)))


def _reminder(t: Translator, hearing: Hearing, lead: int) -> Button:
    on = lead in hearing.reminders
    return tap(t, f"{'✅' if on else '▫️'} {lead_name(t, lead)}", presses.ToggleReminder(hearing.id, lead, on=not on))


def _closing_reminder(t: Translator, hearing: Hearing, lead: int) -> Button:
    mark = "✅" if lead == hearing.closing_reminder else "▫️"
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


def reached(t: Translator, reach: Reach, sent_now: HearingOverview | None = None) -> Html:
    """How many people and rooms get a message; of one that is ``sent_now`` also whether it is night there."""
    people = t.n("{n} person will get a message.", "{n} people will get a message.", reach.people)
    rooms = t.n("{n} group or channel will get it too.", "{n} groups or channels will get it too.", reach.rooms)
    night = sent_now is not None and is_night(sent_now.now, sent_now.zone)
    return stacked(
        e(f"👥 {people}"),
        e(f"💬 {rooms}") if reach.rooms else None,
        i(t("🌙 It is night: messages that can wait leave at 8:00.")) if night else None,
    )
