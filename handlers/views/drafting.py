"""A hearing without a workbook, question by question: its kind, subject, day, hour, place and services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.edits import TextField, number_of_sitting
from bot.domain.hearings import HearingKind
from bot.i18n import drafts, names
from handlers import presses
from handlers.presses import Language
from handlers.views.buttons import back, paging
from handlers.views.choosing import days, minute_of, that_day, times, when
from handlers.views.hearings import when_and_where
from handlers.views.pages import beginning, item_page
from handlers.views.screen import Button, ButtonRow, Html, Screen, b, e, i, in_rows, short, stacked, tap, with_buttons

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bot.domain.languages import Text
    from bot.domain.sittings import Sitting
    from bot.i18n import Translator
    from bot.services.desk import HearingOverview
    from handlers.presses import Press

SITTING_DAYS: Final = 84
SITTING_DAYS_ON_A_PAGE: Final = 14
MINUTES_BETWEEN_SITTING_TIMES: Final = 60
VENUE_LETTERS: Final = 34
TITLE_UNITS: Final = 600
SERVICES_LISTED: Final = 12
SERVICE_UNITS: Final = 120


def kinds(t: Translator, municipality: int) -> Screen:
    """The screen that asks which kind of hearing begins."""
    labels = {kind: t(names.HEARING_KIND_NAMES[kind]) for kind in HearingKind}
    labels[HearingKind.BOTH] = t.p("button", "Strategy and budget")
    buttons = (tap(t, label, presses.StartHearing(municipality, kind)) for kind, label in labels.items())
    text = stacked(b(t("1 of 6. What is the hearing about?")), i(t("The draft is kept from here on.")))
    return Screen(text, (*in_rows(buttons), (back(t, presses.NewHearing(municipality)),)))


def titles(t: Translator, draft: HearingOverview, years: Sequence[int], *, guided: bool) -> Screen:
    """The screen that asks for the subject of a draft, with the likeliest ones."""
    hearing, kind = draft.hearing, draft.hearing.dossier.kind
    labels = {year: str(year) for year in years} | {0: t.p("button", "Without a year")}
    offered = (tap(t, label, presses.SetTitle(hearing.id, year, guided=guided)) for year, label in labels.items())
    own = presses.WriteText(hearing.id, TextField.TITLE, 0, 0, Language(t.language), guided=guided)
    text = stacked(
        b(_numbered(t, 2, t("What is the subject?"), guided=guided)),
        _now(t, t.marked(hearing.dossier.title)),
        *(e(f"• {drafts.subject(t, kind, year)}") for year in labels),
        i(t("The year is that of the budget. Years in other texts stay as they are: please look at them.")),
    )
    after = presses.ChooseDay(hearing.id, guided=True)
    own_words = (tap(t, t.p("button", "✍️ In my own words"), own),)
    up: Press = presses.OpenDeskHearing(hearing.id) if guided else presses.ChangeHearing(hearing.id)
    return Screen(text, (*in_rows(offered, width=3), own_words, _ways(t, up, after if guided else None)))


def sitting_days(t: Translator, draft: HearingOverview, page: int, *, guided: bool) -> Screen:
    """The screen that asks for the day of the sitting: two weeks a page, twelve weeks in all."""
    hearing = draft.hearing.id
    found = days(draft, SITTING_DAYS, step=MINUTES_BETWEEN_SITTING_TIMES)
    shown, page, last = item_page(found, page, SITTING_DAYS_ON_A_PAGE)
    buttons = (tap(t, t.brief(day), presses.ChooseHour(hearing, day.toordinal(), guided=guided)) for day in shown)
    text = stacked(b(_numbered(t, 3, t("On which day is the sitting?"), guided=guided)), _now(t, _moment(t, draft)))
    up: Press = presses.ChooseTitle(hearing, guided=True) if guided else presses.ChangeHearing(hearing)
    rows = with_buttons(
        *in_rows(buttons, width=2),
        paging(t, lambda number: presses.ChooseDay(hearing, number, guided=guided), page=page, last=last),
        _ways(t, up, presses.ChooseVenue(hearing, guided=True) if guided else None),
    )
    return Screen(text, rows)


def sitting_hours(t: Translator, draft: HearingOverview, day: date, *, guided: bool) -> Screen:
    """The screen that asks for the hour of the sitting."""
    hearing = draft.hearing.id
    buttons = (
        tap(t, t.time(wall), presses.SetSitting(hearing, day.toordinal(), minute_of(wall), guided=guided))
        for wall in times(draft, day, step=MINUTES_BETWEEN_SITTING_TIMES)
    )
    text = stacked(b(_numbered(t, 4, t("At what time does it begin?"), guided=guided)), that_day(t, draft, day))
    return Screen(text, (*in_rows(buttons, width=3), (back(t, presses.ChooseDay(hearing, guided=guided)),)))


def venues(t: Translator, draft: HearingOverview, found: Sequence[tuple[int, Sitting]], *, guided: bool) -> Screen:
    """The screen that asks where the sitting is, with the places of earlier hearings; before the first, usual ones."""
    hearing = draft.hearing
    buttons = [
        tap(t, short(f"📍 {_where(t, sitting)}", VENUE_LETTERS), presses.SetVenue(hearing.id, source, guided=guided))
        for source, sitting in found
    ] or [
        tap(t, f"📍 {t(name)}", presses.SetVenue(hearing.id, 0, guided=guided, place=number))
        for number, name in enumerate(drafts.PLACE_NAMES, start=1)
    ]
    number = number_of_sitting(hearing.dossier, draft.now)
    here = _where(t, hearing.dossier.sitting(number))
    own = presses.WriteText(hearing.id, TextField.PLACE, number, 0, Language(t.language), guided=guided)
    text = stacked(b(_numbered(t, 5, t("Where is the sitting?"), guided=guided)), _now(t, here) if here else None)
    up: Press = presses.ChooseDay(hearing.id, guided=True) if guided else presses.ChangeHearing(hearing.id)
    after = presses.ChooseServices(hearing.id, guided=True) if guided else None
    own_words = (tap(t, t.p("button", "✍️ Another place"), own),)
    return Screen(text, (*in_rows(buttons), own_words, _ways(t, up, after)))


def services(t: Translator, draft: HearingOverview, listed: Sequence[Text], *, guided: bool) -> Screen:
    """The screen that asks which services of the list a hearing is about; each has a question of its own."""
    hearing, chosen = draft.hearing, {service.title for service in draft.hearing.dossier.services}
    others = [service for service in hearing.dossier.services if service.title not in listed]
    buttons = (
        _service(t, hearing.id, number, on=title in chosen, guided=guided) for number, title in enumerate(listed)
    )
    text = stacked(
        b(_numbered(t, 6, t("Which services is it about?"), guided=guided)),
        e(t("People are asked about each whether they support it.")),
        *(e(f"✅ {beginning(t.marked(service.title), SERVICE_UNITS)}") for service in others[:SERVICES_LISTED]),
    )
    done: Press = presses.ReviewDraft(hearing.id) if guided else presses.ChangeHearing(hearing.id)
    up: Press = presses.ChooseVenue(hearing.id, guided=True) if guided else presses.OpenDeskHearing(hearing.id)
    ready = (tap(t, t.p("button", "✅ That is all"), done),)
    return Screen(text, (*in_rows(buttons, width=2), ready, (back(t, up),)))


def _service(t: Translator, hearing: int, number: int, *, on: bool, guided: bool) -> Button:
    label = f"{'✅' if on else '▫️'} {t(drafts.SERVICE_LABELS[number])}"
    return tap(t, label, presses.ToggleService(hearing, number, not on, guided=guided))


def review(t: Translator, draft: HearingOverview) -> Screen:
    """The screen with everything that was chosen, and the ways to look at it, change it and publish it."""
    hearing, dossier = draft.hearing, draft.hearing.dossier
    sitting = hearing.next_sitting(draft.now)
    text = stacked(
        b(t("The draft is ready")),
        e(beginning(t.marked(dossier.title), TITLE_UNITS)),
        e(""),
        when_and_where(t, sitting, draft.zone) if sitting else None,
        e(t("🎤 Presented by: {names}", names=t.text(dossier.presenters).words)) if dossier.presenters else None,
        *(e(f"• {beginning(t.marked(each.title), SERVICE_UNITS)}") for each in dossier.services[:SERVICES_LISTED]),
        e(t("Answers are taken until {moment}.", moment=when(t, dossier.closes_at, draft.zone))),
        e(""),
        i(t("Nobody has got a message yet. Everything can still be changed.")),
    )
    rows = (
        (tap(t, t.p("button", "📣 Publish"), presses.PublishHearing(hearing.id)),),
        (tap(t, t.p("button", "👁 Preview"), presses.PreviewHearing(hearing.id, Language(t.language))),),
        (tap(t, t.p("button", "✏️ Change"), presses.ChangeHearing(hearing.id)),),
        (back(t, presses.ChooseServices(hearing.id, guided=True)), _desk(t, hearing.id)),
    )
    return Screen(text, rows)


def _desk(t: Translator, hearing: int) -> Button:
    return tap(t, t.p("button", "🗂 Back to the desk"), presses.OpenDeskHearing(hearing))


def _ways(t: Translator, up: Press, after: Press | None) -> ButtonRow:
    """Back, and past the question where others follow."""
    return (back(t, up), tap(t, t.p("button", "Skip ▶️"), after)) if after else (back(t, up),)


def _numbered(t: Translator, number: int, question: str, *, guided: bool) -> str:
    return t("{n} of 6. {question}", n=t.number(number), question=question) if guided else question


def _now(t: Translator, words: str) -> Html:
    return e(t("Now: {value}", value=beginning(words, TITLE_UNITS)))


def _moment(t: Translator, draft: HearingOverview) -> str:
    dossier = draft.hearing.dossier
    return when(t, dossier.sitting(number_of_sitting(dossier, draft.now)).starts_at, draft.zone)


def _where(t: Translator, sitting: Sitting) -> str:
    return " · ".join(part for part in (t.text(sitting.place).words, t.text(sitting.address).words) if part)
