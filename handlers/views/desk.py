"""The secretary's desk: a municipality's hearings, and the numbers and results of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.hearings import Phase
from handlers import presses
from handlers.presses import DownloadFormat
from handlers.views.buttons import back, home, paging, refresh, told_apart
from handlers.views.pages import beginning
from handlers.views.screen import (
    EMPTY_HTML,
    Button,
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

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

    from bot.domain.hearings import Hearing
    from bot.domain.places import Place
    from bot.i18n import Translator
    from bot.services.desk import DeskHome
    from bot.services.files import FileSubject

DESK_MUNICIPALITIES_SHOWN: Final = 80
PICTURE_TITLE_UNITS: Final = 100
CLOSED_TITLE_UNITS: Final = 300


def municipalities(t: Translator, found: Sequence[Place], *, administrator: bool = False) -> Screen:
    """The screen that asks which municipality's desk is meant; an ``administrator`` compares all of them too."""
    compare = tap(t, t.p("button", "📊 All municipalities"), presses.CompareMunicipalities())
    all_of_them = ((compare,),) if administrator else ()
    rows = in_rows(tap(t, short(t.place(place.name)), presses.OpenDeskMunicipality(place.id)) for place in found)
    return Screen(
        b(t("Desk: choose a municipality")),
        (*rows[:DESK_MUNICIPALITIES_SHOWN], *all_of_them, (home(t),)),
    )


def desk_home(t: Translator, shown: DeskHome, *, others: bool = False) -> Screen:
    """The screen with the hearings of a municipality, drafts too, a page of them; ``others``: there are more desks."""
    municipality = shown.municipality
    text = stacked(
        b(t("Desk")),
        e(t.place(municipality.name)),
        None if shown.hearings else e(t("No hearing has been loaded yet.")),
    )
    page = shown.page
    labels = told_apart([_hearing_label(t, hearing, shown.zones[hearing.id]) for hearing in shown.hearings])
    opens = zip(labels, shown.hearings, strict=True)
    rows = with_buttons(
        *in_rows(tap(t, label, presses.OpenDeskHearing(hearing.id)) for label, hearing in opens),
        paging(t, lambda number: presses.OpenDeskMunicipality(municipality.id, number), page=page, last=shown.last),
        (tap(t, t.p("button", "➕ New hearing"), presses.NewHearing(municipality.id)),) if shown.may_prepare else (),
        *in_rows(_of_municipality(t, shown, others=others), width=2),
        (home(t, municipality.id), refresh(t, presses.OpenDeskMunicipality(municipality.id, page))),
    )
    return Screen(text, rows)


def _of_municipality(t: Translator, shown: DeskHome, *, others: bool) -> Iterator[Button]:
    """What there is beside hearings, as far as the reader may use it."""
    here = shown.municipality.id
    if shown.appeals:
        yield tap(t, t.p("button", "🙋 Appeals: {n}", n=t.number(shown.appeals)), presses.ListAppeals(here))
    if shown.may_invite:
        yield tap(t, t.p("button", "👥 Staff"), presses.ListStaff(here))
    if shown.may_read_journal:
        yield tap(t, t.p("button", "📔 Journal"), presses.OpenJournal(here))
    if shown.ended > 1:
        yield tap(t, t.p("button", "⚖️ Compare hearings"), presses.CompareHearings(here))
    if shown.may_prepare:
        yield tap(t, t.p("button", "📢 Groups and channels"), presses.ListRooms(here))
    if has_settings(shown):
        yield tap(t, t.p("button", "⚙️ Settings"), presses.OpenDeskSettings(here))
    else:
        yield from _settings(t, shown)
    if others:
        yield tap(t, t.p("button", "🗂 Another desk"), presses.OpenDesk())


def has_settings(shown: DeskHome) -> bool:
    """True where the reader may set several things, on a screen of their own."""
    return shown.may_prepare


def desk_settings(t: Translator, shown: DeskHome) -> Screen:
    """The screen with what is set for a municipality's desk, and for its reader."""
    text = stacked(
        b(t("Settings of the desk")),
        e(t.place(shown.municipality.name)),
        e(""),
        e(t("Form of the minutes: with your letterhead.")),
        e(t("Two pairs of eyes: members of the commission propose, the secretary confirms.")),
        e(t("Morning numbers: a message to you each morning while answers are taken.")),
    )
    up = back(t, presses.OpenDeskMunicipality(shown.municipality.id))
    return Screen(text, (*in_rows(_settings(t, shown)), (up,)))


def _settings(t: Translator, shown: DeskHome) -> Iterator[Button]:
    here = shown.municipality.id
    if shown.may_prepare:
        yield tap(t, t.p("button", "📄 Form of the minutes"), presses.OpenProtocolForm(here))
    if shown.two_pairs is not None:
        pairs = (
            t.p("button", "👀 Two pairs of eyes: on") if shown.two_pairs else t.p("button", "👀 Two pairs of eyes: off")
        )
        yield tap(t, pairs, presses.ToggleTwoPairs(here, on=not shown.two_pairs))
    if shown.wants_numbers is not None:
        on = shown.wants_numbers
        label = t.p("button", "☀️ Morning numbers: on") if on else t.p("button", "☀️ Morning numbers: off")
        yield tap(t, label, presses.ToggleNumbers(here, on=not on))


def _hearing_label(t: Translator, hearing: Hearing, zone: ZoneInfo) -> str:
    """The date before the title: two hearings with one title are told apart by it."""
    marks = {Phase.OPEN: "🟢", Phase.ANNOUNCED: "🔜", Phase.DRAFT: "📝", Phase.CANCELLED: "✖️"}
    sittings = hearing.dossier.sittings
    day = (sittings[0].starts_at if sittings else hearing.dossier.opens_at).astimezone(zone).date()
    return f"{marks.get(hearing.phase, '⚪️')} {day:%d.%m.%y} {t.text(hearing.dossier.title).words}"


def record_caption(t: Translator, file_name: str) -> Html:
    """What stands beside the file of a record: how an Excel that expects commas shows the columns of a CSV."""
    if not file_name.endswith(".csv"):
        return EMPTY_HTML
    return e(t("All in one column? In Excel choose Data, Text to Columns, Delimited, Semicolon."))


def picture_caption(t: Translator, subject: FileSubject, words: str) -> Html:
    """What stands beside the picture that comes to members when answers close."""
    return stacked(
        b(t("🔒 Answers are closed. This is how people answered.")),
        e(beginning(t.text(subject.hearing.dossier.title).words, PICTURE_TITLE_UNITS)),
        e(""),
        e(words),
        i(t("It can be sent on to others.")),
    )


def closed_caption(t: Translator, subject: FileSubject, form: str) -> Html:
    """What stands beside the record, or the page for the notice board, that comes when answers close."""
    board = form == DownloadFormat.PDF
    return stacked(
        b(
            t("🔒 Answers are closed. Here is the page for the notice board.")
            if board
            else t("🔒 Answers are closed. Here is the record.")
        ),
        e(beginning(t.text(subject.hearing.dossier.title).words, CLOSED_TITLE_UNITS)),
        e(t("Next: a decision on every comment. The desk is under /desk.")),
    )
