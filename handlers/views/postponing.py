"""A hearing is put off or called off: to when, why, and how many people hear of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.hearings import LONGEST_REASON, SetbackReason
from bot.i18n import names
from handlers import presses
from handlers.views.announcing import reached
from handlers.views.choosing import day_and_minute, days, headed, minute_of, that_day, times, when
from handlers.views.pages import turns
from handlers.views.screen import Button, Html, Screen, b, e, i, in_rows, stacked, tap
from handlers.views.setbacks import reason

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.domain.hearings import Setback
    from bot.domain.notices import Reach
    from bot.i18n import Translator
    from bot.services.desk import HearingOverview

DAYS: Final = 56
DAYS_A_PAGE: Final = 14
HALF_AN_HOUR: Final = 30


def to_day(t: Translator, desk: HearingOverview, page: int) -> Screen:
    """To which day? Two weeks a page, eight weeks in all."""
    hearing = desk.hearing.id
    found = days(desk, DAYS, step=HALF_AN_HOUR)
    last = (len(found) - 1) // DAYS_A_PAGE
    page = min(page, last)
    shown = found[page * DAYS_A_PAGE : (page + 1) * DAYS_A_PAGE]
    buttons = (tap(t, t.brief(day), presses.PickPostponeHour(hearing, day.toordinal())) for day in shown)
    paging = turns(
        t,
        presses.PickPostponeDay(hearing, page - 1) if page else None,
        presses.PickPostponeDay(hearing, page + 1) if page < last else None,
    )
    text = stacked(headed(t, desk, t("To which day is the hearing postponed?")), _until_now(t, desk))
    return Screen(text, (*in_rows(buttons, width=2), paging, (_back(t, presses.OpenDates(hearing)),)))


def to_time(t: Translator, desk: HearingOverview, day: date) -> Screen:
    """To which time of that day?"""
    hearing = desk.hearing.id
    buttons = (
        tap(t, t.time(wall), presses.PickPostponeReason(hearing, day.toordinal(), minute_of(wall)))
        for wall in times(desk, day, step=HALF_AN_HOUR)
    )
    text = stacked(headed(t, desk, t("At what time does it begin?")), that_day(t, desk, day))
    return Screen(text, (*in_rows(buttons, width=3), (_back(t, presses.PickPostponeDay(hearing)),)))


def why_postpone(t: Translator, desk: HearingOverview, at: datetime) -> Screen:
    """Why is it put off?"""
    hearing = desk.hearing.id
    day, minute = day_and_minute(at, desk.zone)
    known = in_rows(
        tap(t, t(sentence), presses.PostponeHearing(hearing, day, minute, why))
        for why, sentence in names.SETBACK_REASON_SENTENCES.items()
    )
    own = (tap(t, t.p("button", "✍️ In my own words"), presses.WriteReason(hearing, day, minute)),)
    text = stacked(headed(t, desk, t("Why is the hearing postponed?")), e(when(t, at, desk.zone)))
    return Screen(text, (*known, own, (_back(t, presses.PickPostponeHour(hearing, day)),)))


def why_cancel(t: Translator, desk: HearingOverview) -> Screen:
    """Why is it called off?"""
    hearing = desk.hearing.id
    known = in_rows(
        tap(t, t(sentence), presses.CancelHearing(hearing, why))
        for why, sentence in names.SETBACK_REASON_SENTENCES.items()
    )
    own = (tap(t, t.p("button", "✍️ In my own words"), presses.WriteReason(hearing)),)
    text = headed(t, desk, t("Why is the hearing cancelled?"))
    return Screen(text, (*known, own, (_back(t, presses.OpenDates(hearing)),)))


def own_words(t: Translator, desk: HearingOverview, at: datetime | None) -> Screen:
    """Say why in your own words: to put it off to ``at``, or to call it off."""
    hearing = desk.hearing.id
    text = stacked(
        b(t("✍️ Why? Write it in one message.")),
        e(t("Everybody who gets the message reads these words.")),
        e(t("At most {n} characters. You will see it before it is sent.", n=t.number(LONGEST_REASON))),
    )
    back = (
        presses.PickPostponeReason(hearing, *day_and_minute(at, desk.zone)) if at else presses.PickCancelReason(hearing)
    )
    return Screen(text, ((_back(t, back),),))


def postpone(t: Translator, desk: HearingOverview, at: datetime, setback: Setback, reach: Reach) -> Screen:
    """From then to then, for this reason, and so many people hear of it: sure?"""
    hearing = desk.hearing.id
    day, minute = day_and_minute(at, desk.zone)
    text = stacked(
        headed(t, desk, t("Postpone the hearing?")),
        _until_now(t, desk),
        e(t("New time: {moment}", moment=when(t, at, desk.zone))),
        i(t("Sittings after it and the end of answers move by as much.")),
        *_told(t, desk, setback, reach),
    )
    sure = presses.PostponeHearing(hearing, day, minute, setback.why, sure=True)
    back = presses.PickPostponeReason(hearing, day, minute)
    return Screen(text, ((tap(t, t.p("button", "📆 Yes, postpone it"), sure),), (_back(t, back),)))


def cancel(t: Translator, desk: HearingOverview, setback: Setback, reach: Reach) -> Screen:
    """For this reason, and so many people hear of it: sure?"""
    text = stacked(
        headed(t, desk, t("Cancel the hearing?")),
        _until_now(t, desk),
        i(t("This cannot be undone. Answers and comments given so far stay in the record.")),
        *_told(t, desk, setback, reach),
    )
    sure = presses.CancelHearing(desk.hearing.id, setback.why, sure=True)
    back = presses.PickCancelReason(desk.hearing.id)
    return Screen(text, ((tap(t, t.p("button", "✖️ Yes, cancel it"), sure),), (_back(t, back),)))


def _told(t: Translator, desk: HearingOverview, setback: Setback, reach: Reach) -> tuple[Html, ...]:
    """The reason as people will read it, and how many."""
    cut = setback.why is SetbackReason.OWN and len(setback.words) >= LONGEST_REASON
    note = (i(t("Only the first {n} characters are kept.", n=t.number(LONGEST_REASON))),) if cut else ()
    return (e(""), reason(t, setback), *note, e(""), reached(t, reach, desk))


def _until_now(t: Translator, desk: HearingOverview) -> Html | None:
    """When the first sitting to come was to begin."""
    starts = [sitting.starts_at for sitting in desk.hearing.dossier.sittings if sitting.starts_at > desk.now]
    return e(t("Until now: {moment}", moment=when(t, min(starts), desk.zone))) if starts else None


def _back(t: Translator, press: presses.Press) -> Button:
    return tap(t, t.p("button", "⬅️ Back"), press)
