"""The sittings of a hearing on the desk: which there are, one more, what can be changed of one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.domain.edits import TextField
from bot.domain.hearings import Phase
from bot.domain.sittings import MOST_SITTINGS
from bot.domain.timetable import DAY
from bot.i18n import drafts
from handlers import presses
from handlers.presses import Language
from handlers.views.announcing import reached
from handlers.views.buttons import back, paging
from handlers.views.choosing import days, headed, minute_of, postponing_page, that_day, times, when
from handlers.views.hearings import when_and_where
from handlers.views.pages import evenly, item_page
from handlers.views.screen import (
    LETTERS_ON_A_BUTTON,
    Html,
    Screen,
    b,
    e,
    i,
    in_rows,
    short,
    stacked,
    tap,
    with_buttons,
)
from handlers.views.setbacks import sitting_happened

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.domain.notices import Reach
    from bot.domain.sittings import Sitting
    from bot.i18n import Translator
    from bot.services.desk import HearingOverview
    from handlers.presses import Press

SITTINGS_ON_A_PAGE: Final = 10
VILLAGES_ON_A_PAGE: Final = 12
DAYS_AHEAD: Final = 84
DAYS_ON_A_PAGE: Final = 14
MINUTES_BETWEEN_TIMES: Final = 60


def sittings(t: Translator, overview: HearingOverview, page: int = 0) -> Screen:
    """The screen with the sittings of a hearing, a button each, and the way to add one."""
    hearing = overview.hearing
    shown, page, last = item_page(hearing.dossier.sittings, page, SITTINGS_ON_A_PAGE)
    buttons = (tap(t, _label(t, overview, each), presses.OpenSitting(hearing.id, each.no)) for each in shown)
    more = (tap(t, t.p("button", "➕ Add a sitting"), presses.PickSittingVillage(hearing.id)),)
    text = stacked(
        headed(t, overview, t("🗓 Sittings")),
        i(t("People see the sitting of their village first, and are reminded of it.")),
    )
    rows = with_buttons(
        *in_rows(buttons),
        paging(t, lambda number: presses.ListSittings(hearing.id, number), page=page, last=last),
        more if len(hearing.dossier.sittings) < MOST_SITTINGS else (),
        (back(t, presses.ChangeHearing(hearing.id)),),
    )
    return Screen(text, rows)


def _label(t: Translator, overview: HearingOverview, sitting: Sitting) -> str:
    local = sitting.starts_at.astimezone(overview.zone)
    where = _village(t, overview, sitting.village) or t.text(sitting.place).words
    return short(f"{sitting.no}. {local:%d.%m} {t.time(local)} {where}", LETTERS_ON_A_BUTTON)


def _village(t: Translator, overview: HearingOverview, village_id: int) -> str:
    return next((t.place(each.name) for each in overview.villages if each.id == village_id), "")


def sitting(t: Translator, overview: HearingOverview, no: int) -> Screen:
    """The screen with one sitting and what can be changed of it."""
    hearing = overview.hearing
    about = hearing.dossier.sitting(no)
    language, ahead = Language(t.language), about.starts_at > overview.now
    moment: Press = presses.PickPostponeDay(hearing.id, postponing_page(overview, no), no)
    if hearing.phase is Phase.DRAFT:
        moment = presses.PickSittingDay(hearing.id, no)
    place = presses.WriteText(hearing.id, TextField.PLACE, no, 0, language)
    address = presses.WriteText(hearing.id, TextField.ADDRESS, no, 0, language)
    text = stacked(
        headed(t, overview, t("🗓 Sitting № {no}", no=t.number(no))),
        when_and_where(t, about, overview.zone, overview.villages),
        None if about.village else e(t("🏘 For everybody")),
        sitting_happened(t, about, overview.zone),
    )
    rows = with_buttons(
        (tap(t, t.p("button", "📆 Date and time"), moment),) if ahead else (),
        (tap(t, t.p("button", "📍 Place"), place), tap(t, t.p("button", "🏠 Address"), address)),
        (tap(t, t.p("button", "🏘 Village"), presses.PickSittingVillage(hearing.id, no)),),
        (tap(t, t.p("button", "🗑 Remove this sitting"), presses.RemoveSitting(hearing.id, no)),)
        if ahead and len(hearing.dossier.sittings) > 1
        else (),
        (back(t, presses.ListSittings(hearing.id)),),
    )
    return Screen(text, rows)


def pick_village(t: Translator, overview: HearingOverview, no: int, page: int) -> Screen:
    """The screen that asks for which village a sitting is."""
    hearing = overview.hearing.id

    def chosen(village_id: int) -> Press:
        if no:
            return presses.SetSittingVillage(hearing, no, village_id)
        return presses.PickSittingDay(hearing, 0, village_id)

    shown, page, last = item_page(
        t.in_order(overview.villages), page, evenly(len(overview.villages), VILLAGES_ON_A_PAGE)
    )
    buttons = (tap(t, short(t.place(each.name), LETTERS_ON_A_BUTTON), chosen(each.id)) for each in shown)
    rows = with_buttons(
        *in_rows(buttons, width=2),
        paging(t, lambda number: presses.PickSittingVillage(hearing, no, number), page=page, last=last),
        (tap(t, t.p("button", "👥 For everybody"), chosen(0)),),
        (back(t, presses.OpenSitting(hearing, no) if no else presses.ListSittings(hearing)),),
    )
    return Screen(headed(t, overview, t("For which village is the sitting?")), rows)


def pick_day(t: Translator, overview: HearingOverview, press: presses.PickSittingDay) -> Screen:
    """The screen that asks for the day of a sitting: two weeks a page, twelve weeks in all."""
    hearing, no, village = press.hearing, press.no, press.village
    shown, page, last = item_page(days(overview, DAYS_AHEAD, step=MINUTES_BETWEEN_TIMES), press.page, DAYS_ON_A_PAGE)
    buttons = (tap(t, t.brief(day), presses.PickSittingHour(hearing, no, village, day.toordinal())) for day in shown)
    rows = with_buttons(
        *in_rows(buttons, width=2),
        paging(t, lambda number: presses.PickSittingDay(hearing, no, village, number), page=page, last=last),
        (back(t, presses.OpenSitting(hearing, no) if no else presses.PickSittingVillage(hearing)),),
    )
    return Screen(headed(t, overview, t("On which day is the sitting?")), rows)


def pick_hour(t: Translator, overview: HearingOverview, press: presses.PickSittingHour, day: date) -> Screen:
    """The screen that asks for the hour of a sitting."""
    hearing, no, village = press.hearing, press.no, press.village

    def chosen(minute: int) -> Press:
        if no:
            return presses.MoveSitting(hearing, no, press.day, minute)
        return presses.PickSittingPlace(hearing, village, press.day, minute)

    hours = times(overview, day, step=MINUTES_BETWEEN_TIMES)
    rows = in_rows((tap(t, t.time(wall), chosen(minute_of(wall))) for wall in hours), width=3)
    text = stacked(headed(t, overview, t("At what time does it begin?")), that_day(t, overview, day))
    return Screen(text, (*rows, (back(t, presses.PickSittingDay(hearing, no, village)),)))


def pick_place(t: Translator, overview: HearingOverview, press: presses.PickSittingPlace, at: datetime) -> Screen:
    """The screen that asks where a new sitting is: a place of the list, or another one that is typed."""
    given = press.hearing, press.village, press.day * DAY + press.minute
    buttons = (
        tap(t, f"📍 {t(name)}", presses.AddSitting(*given, number)) for number, name in enumerate(drafts.PLACE_NAMES)
    )
    text = stacked(
        headed(t, overview, t("Where is the sitting?")),
        e(when(t, at, overview.zone)),
        i(t("Tap a place, or write another one here.")),
    )
    up = back(t, presses.PickSittingHour(press.hearing, 0, press.village, press.day))
    return Screen(text, (*in_rows(buttons), (up,)))


def add(
    t: Translator, overview: HearingOverview, press: presses.AddSitting, new: Sitting, reach: Reach | None
) -> Screen:
    """The screen that asks whether to add a sitting; ``reach`` where people know of the hearing."""
    text = stacked(
        headed(t, overview, t("Add this sitting?")),
        when_and_where(t, new, overview.zone, overview.villages),
        *_told(t, overview, reach),
    )
    yes = tap(t, t.p("button", "➕ Yes, add it"), replace(press, sure=True))
    up = presses.PickSittingPlace(press.hearing, press.village, *divmod(press.begins, DAY))
    return Screen(text, ((yes,), (back(t, up),)))


def set_village(t: Translator, overview: HearingOverview, press: presses.SetSittingVillage, reach: Reach) -> Screen:
    """The screen that asks whether a sitting is for another village."""
    named = _village(t, overview, press.village)
    text = stacked(
        headed(t, overview, t("Change the village of the sitting?")),
        when_and_where(t, overview.hearing.dossier.sitting(press.no), overview.zone),
        b(t("🏘 For the village: {village}", village=named) if named else t("🏘 For everybody")),
        e(""),
        reached(t, reach, overview),
    )
    sure = presses.SetSittingVillage(press.hearing, press.no, press.village, sure=True)
    yes = tap(t, t.p("button", "✅ Yes, change it"), sure)
    return Screen(text, ((yes,), (back(t, presses.PickSittingVillage(press.hearing, press.no)),)))


def remove(t: Translator, overview: HearingOverview, no: int, reach: Reach | None) -> Screen:
    """The screen that asks whether to remove a sitting."""
    hearing = overview.hearing
    text = stacked(
        headed(t, overview, t("Remove this sitting?")),
        when_and_where(t, hearing.dossier.sitting(no), overview.zone, overview.villages),
        *_told(t, overview, reach),
    )
    yes = tap(t, t.p("button", "🗑 Yes, remove it"), presses.RemoveSitting(hearing.id, no, sure=True))
    return Screen(text, ((yes,), (back(t, presses.OpenSitting(hearing.id, no)),)))


def _told(t: Translator, overview: HearingOverview, reach: Reach | None) -> tuple[Html, ...]:
    return (e(""), reached(t, reach, overview)) if reach else (i(t("Nobody gets a message.")),)


def which_to_postpone(t: Translator, overview: HearingOverview) -> Screen:
    """The screen that asks which of several sittings is postponed: one alone, or all from the next one on."""
    hearing = overview.hearing
    ahead = [each for each in hearing.dossier.sittings if each.starts_at > overview.now]
    buttons = (
        tap(
            t,
            _label(t, overview, each),
            presses.PickPostponeDay(hearing.id, postponing_page(overview, each.no), each.no),
        )
        for each in ahead[:SITTINGS_ON_A_PAGE]
    )
    everything = tap(
        t,
        t.p("button", "📆 All sittings to come"),
        presses.PickPostponeDay(hearing.id, postponing_page(overview), 0, asked=True),
    )
    text = headed(t, overview, t("Which sitting is postponed?"))
    return Screen(text, (*in_rows(buttons), (everything,), (back(t, presses.OpenDates(hearing.id)),)))
