"""Postponing and cancelling a hearing: to when, why, and how many people are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.setbacks import LONGEST_REASON, SetbackReason
from bot.i18n import names
from handlers import presses
from handlers.views.announcing import reached
from handlers.views.buttons import back, paging
from handlers.views.choosing import (
    MINUTES_BETWEEN_POSTPONING_TIMES,
    POSTPONING_DAYS,
    POSTPONING_DAYS_ON_A_PAGE,
    day_and_minute,
    days,
    headed,
    minute_of,
    postponing_page,
    that_day,
    times,
    when,
)
from handlers.views.pages import item_page
from handlers.views.screen import ButtonRow, Html, Screen, b, e, i, in_rows, stacked, tap, with_buttons
from handlers.views.setbacks import reason

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from bot.domain.notices import Reach
    from bot.domain.setbacks import Setback
    from bot.i18n import Translator
    from bot.services.desk import HearingOverview


def to_day(t: Translator, overview: HearingOverview, page: int, sitting: int = 0) -> Screen:
    """The screen that asks to which day a hearing, or one sitting, is postponed: two weeks a page, eight in all."""
    hearing = overview.hearing.id
    found = days(overview, POSTPONING_DAYS, step=MINUTES_BETWEEN_POSTPONING_TIMES)
    shown, page, last = item_page(found, page, POSTPONING_DAYS_ON_A_PAGE)
    buttons = (tap(t, t.brief(day), presses.PickPostponeHour(hearing, day.toordinal(), sitting)) for day in shown)
    text = stacked(headed(t, overview, t("To which day is it postponed?")), _until_now(t, overview, sitting))
    rows = with_buttons(
        *in_rows(buttons, width=2),
        paging(t, lambda number: presses.PickPostponeDay(hearing, number, sitting, asked=True), page=page, last=last),
        (back(t, presses.OpenSitting(hearing, sitting) if sitting else presses.OpenDates(hearing)),),
    )
    return Screen(text, rows)


def to_time(t: Translator, overview: HearingOverview, day: date, sitting: int = 0) -> Screen:
    """The screen that asks to which time of ``day`` a hearing is postponed."""
    hearing = overview.hearing.id
    buttons = (
        tap(t, t.time(wall), presses.PickPostponeReason(hearing, day.toordinal(), minute_of(wall), sitting))
        for wall in times(overview, day, step=MINUTES_BETWEEN_POSTPONING_TIMES)
    )
    text = stacked(headed(t, overview, t("At what time does it begin?")), that_day(t, overview, day))
    up = presses.PickPostponeDay(hearing, postponing_page(overview, sitting), sitting, asked=True)
    return Screen(text, (*in_rows(buttons, width=3), (back(t, up),)))


def why_postpone(t: Translator, overview: HearingOverview, at: datetime, sitting: int = 0) -> Screen:
    """The screen that asks why a hearing is postponed to ``at``."""
    hearing = overview.hearing.id
    day, minute = day_and_minute(at, overview.zone)
    known = _reasons(t, lambda why: presses.PostponeHearing(hearing, day, minute, why, sitting=sitting))
    own = (tap(t, t.p("button", "✍️ In my own words"), presses.WriteReason(hearing, day, minute, sitting)),)
    text = stacked(headed(t, overview, t("Why is it postponed?")), e(when(t, at, overview.zone)))
    return Screen(text, (*known, own, (back(t, presses.PickPostponeHour(hearing, day, sitting)),)))


def why_cancel(t: Translator, overview: HearingOverview) -> Screen:
    """The screen that asks why a hearing is cancelled."""
    hearing = overview.hearing.id
    known = _reasons(t, lambda why: presses.CancelHearing(hearing, why))
    own = (tap(t, t.p("button", "✍️ In my own words"), presses.WriteReason(hearing)),)
    text = headed(t, overview, t("Why is the hearing cancelled?"))
    return Screen(text, (*known, own, (back(t, presses.OpenDates(hearing)),)))


def _reasons(t: Translator, press: Callable[[SetbackReason], presses.Press]) -> tuple[ButtonRow, ...]:
    return in_rows(tap(t, t(sentence), press(why)) for why, sentence in names.SETBACK_REASON_SENTENCES.items())


def own_words(t: Translator, overview: HearingOverview, at: datetime | None, sitting: int = 0) -> Screen:
    """The screen that asks for a reason in one's own words: to postpone to ``at``, or to cancel."""
    hearing = overview.hearing.id
    text = stacked(
        b(t("✍️ Why? Write it in one message.")),
        e(t("Everybody who gets the message reads these words.")),
        e(t("At most {n} characters. You will see it before it is sent.", n=t.number(LONGEST_REASON))),
    )
    up = (
        presses.PickPostponeReason(hearing, *day_and_minute(at, overview.zone), sitting)
        if at
        else presses.PickCancelReason(hearing)
    )
    return Screen(text, ((back(t, up),),))


def postpone(
    t: Translator, overview: HearingOverview, at: datetime, setback: Setback, reach: Reach, *, sitting: int = 0
) -> Screen:
    """The screen that asks whether to postpone to ``at``, with the reason and how many people are told."""
    hearing = overview.hearing.id
    day, minute = day_and_minute(at, overview.zone)
    text = stacked(
        headed(t, overview, t("Postpone this sitting?") if sitting else t("Postpone the hearing?")),
        _until_now(t, overview, sitting),
        e(t("New time: {moment}", moment=when(t, at, overview.zone))),
        i(t("The other sittings stay as they are."))
        if sitting
        else i(t("Sittings after it and the end of answers move by as much.")),
        *_told(t, overview, setback, reach),
    )
    sure = presses.PostponeHearing(hearing, day, minute, setback.why, sure=True, sitting=sitting)
    up = presses.PickPostponeReason(hearing, day, minute, sitting)
    return Screen(text, ((tap(t, t.p("button", "📆 Yes, postpone it"), sure),), (back(t, up),)))


def cancel(t: Translator, overview: HearingOverview, setback: Setback, reach: Reach) -> Screen:
    """The screen that asks whether to cancel a hearing, with the reason and how many people are told."""
    hearing = overview.hearing.id
    text = stacked(
        headed(t, overview, t("Cancel the hearing?")),
        _until_now(t, overview),
        i(t("This cannot be undone. Answers and comments given so far stay in the record.")),
        *_told(t, overview, setback, reach),
    )
    sure = presses.CancelHearing(hearing, setback.why, sure=True)
    up = presses.PickCancelReason(hearing)
    return Screen(text, ((tap(t, t.p("button", "✖️ Yes, cancel it"), sure),), (back(t, up),)))


def _told(t: Translator, overview: HearingOverview, setback: Setback, reach: Reach) -> tuple[Html, ...]:
    """The reason as people will read it, and how many."""
    cut = setback.why is SetbackReason.OWN and len(setback.words) >= LONGEST_REASON
    note = (i(t("Only the first {n} characters are kept.", n=t.number(LONGEST_REASON))),) if cut else ()
    return (e(""), reason(t, setback), *note, e(""), reached(t, reach, overview))


def _until_now(t: Translator, overview: HearingOverview, sitting: int = 0) -> Html | None:
    """When the first sitting to come, or that one, was to begin; None where none is to come."""
    dossier = overview.hearing.dossier
    about = (dossier.sitting(sitting),) if sitting else dossier.sittings
    starts = [one.starts_at for one in about if one.starts_at > overview.now]
    return e(t("Until now: {moment}", moment=when(t, min(starts), overview.zone))) if starts else None
