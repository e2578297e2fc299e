"""The files of a hearing on the desk: in which language, and as what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.domain.errors import Forbidden
from bot.domain.files import has_options, is_final
from bot.domain.languages import OWN_NAMES
from handlers import presses
from handlers.presses import DownloadFormat, ReportLanguages
from handlers.views.buttons import back
from handlers.views.hearings import when_and_where
from handlers.views.screen import Button, ButtonRow, Screen, b, e, in_rows, short, stacked, tap, with_buttons

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.domain.sittings import Sitting
    from bot.i18n import Translator
    from bot.services.desk import HearingOverview

LETTERS_OF_A_LANGUAGE: Final = 3
TITLE_LETTERS: Final = 200
SITTINGS_TO_CHOOSE: Final = 2
"""From so many sittings on there is something to choose."""
SITTINGS_IN_A_ROW: Final = 3


def files(t: Translator, shown: HearingOverview, languages: ReportLanguages, sitting: int = 0) -> Screen:
    """The screen with a button for each file, for each language and each sitting (0: the whole hearing).

    Raises Forbidden for who may have none.
    """
    if not shown.may_download:
        raise Forbidden("report")
    hearing = shown.hearing
    told = next((each for each in hearing.dossier.sittings if each.no == sitting), None)
    if told is not None:
        return _of_sitting(t, shown, told, languages)
    chosen = languages.chosen(t.language)
    text = stacked(
        b(t("📄 Minutes and files")),
        e(short(t.text(hearing.dossier.title).words, TITLE_LETTERS)),
        e(""),
        e(t("Minutes (Word): to complete, print and sign. In Kyrgyz and Russian they stand side by side.")),
        e(t("Board page (PDF): one page for the notice board, with what everybody may know.")),
        e(t("Full report (PDF): all numbers, comments and decisions, to print and to bind.")),
        e(t("Record (Excel): all numbers and comments. Comments (CSV) and JSON are for other programs.")),
        e(t("All tables, Pabulib and Polis have each answer, without names: for staff. Open data may be published.")),
        e(""),
        e(t("Choose the language, then the file. It comes as a message when it is ready.")),
    )

    def download(label: str, form: DownloadFormat) -> Button:
        return tap(t, label, presses.DownloadRecord(hearing.id, form, languages))

    word = download(t.p("button", "⬇️ Minutes (Word)"), DownloadFormat.DOCX)
    rows = with_buttons(
        *_sitting_rows(t, shown, languages, 0),
        *_language_rows(t, hearing.id, chosen),
        (word,),
        *(_in_one_language(t, shown, download) if len(chosen) == 1 else ()),
        (back(t, presses.OpenDeskHearing(hearing.id)),),
    )
    return Screen(text, rows)


def with_progress(t: Translator, screen: Screen, *, come: int, asked: int) -> Screen:
    """The screen that says how many of the files that were asked for on it have come; as it is where none was."""
    if not asked:
        return screen
    if come < asked:
        said = t("⏳ Being made: {come} of {asked} files have come.", come=t.number(come), asked=t.number(asked))
    else:
        said = t.n("✅ {n} file has come: see below.", "✅ {n} files have come: see below.", asked)
    return replace(screen, text=stacked(screen.text, e(""), b(said)))


def _in_one_language(
    t: Translator, shown: HearingOverview, download: Callable[[str, DownloadFormat], Button]
) -> tuple[ButtonRow, ...]:
    """What comes in one language: for the board, for people and programs, for staff alone, for everybody."""
    papers = (
        download(t.p("button", "⬇️ Board page (PDF)"), DownloadFormat.PDF),
        download(t.p("button", "⬇️ Full report (PDF)"), DownloadFormat.PDF_FULL),
    )
    tables = [
        download(t.p("button", "⬇️ Excel record"), DownloadFormat.XLSX),
        download(t.p("button", "⬇️ All tables"), DownloadFormat.CSV_BUNDLE),
        download(t.p("button", "⬇️ CSV"), DownloadFormat.CSV),
        download(t.p("button", "⬇️ JSON"), DownloadFormat.JSON),
        download(t.p("button", "⬇️ Polis"), DownloadFormat.POLIS),
    ]
    if has_options(shown.hearing):
        tables.append(download(t.p("button", "⬇️ Pabulib"), DownloadFormat.PB))
    open_data = download(t.p("button", "⬇️ Open data"), DownloadFormat.OPEN_DATA)
    final = is_final(shown.hearing, shown.now)
    return (*in_rows(papers), *in_rows(tables, width=2), (open_data,) if final else ())


def _of_sitting(t: Translator, shown: HearingOverview, told: Sitting, languages: ReportLanguages) -> Screen:
    """The files of one sitting: its minutes, and what was said and handed in there."""
    hearing, chosen = shown.hearing, languages.chosen(t.language)
    text = stacked(
        b(t("📄 Minutes and files")),
        e(short(t.text(hearing.dossier.title).words, TITLE_LETTERS)),
        e(""),
        b(t("Sitting {no}", no=told.no)),
        when_and_where(t, told, shown.zone),
        e(""),
        e(t("Of one sitting: how many were present, and what was said and handed in there.")),
        e(t("Answers to questions and the budget are in the files of the whole hearing.")),
        e(""),
        e(t("Choose the language, then the file. It comes as a message when it is ready.")),
    )

    def download(label: str, form: DownloadFormat) -> Button:
        return tap(t, label, presses.DownloadRecord(hearing.id, form, languages, told.no))

    comments = (download(t.p("button", "⬇️ CSV"), DownloadFormat.CSV),) if len(chosen) == 1 else ()
    rows = with_buttons(
        *_sitting_rows(t, shown, languages, told.no),
        *_language_rows(t, hearing.id, chosen, told.no),
        (download(t.p("button", "⬇️ Minutes (Word)"), DownloadFormat.DOCX), *comments),
        (back(t, presses.OpenDeskHearing(hearing.id)),),
    )
    return Screen(text, rows)


def _sitting_rows(
    t: Translator, shown: HearingOverview, languages: ReportLanguages, chosen: int
) -> tuple[ButtonRow, ...]:
    """A button for the whole hearing and for each sitting, where there are several."""
    hearing = shown.hearing
    if len(hearing.dossier.sittings) < SITTINGS_TO_CHOOSE:
        return ()
    labels = {each.no: f"{each.no}. {each.starts_at.astimezone(shown.zone):%d.%m}" for each in hearing.dossier.sittings}
    whole = tap(t, f"{_mark(chosen == 0)} {t.p('button', 'Whole hearing')}", presses.OpenReports(hearing.id, languages))
    one_by_one = (
        tap(t, f"{_mark(chosen == no)} {label}", presses.OpenReports(hearing.id, languages, no))
        for no, label in labels.items()
    )
    return ((whole,), *in_rows(one_by_one, width=SITTINGS_IN_A_ROW))


def _mark(chosen: bool, /) -> str:  # noqa: FBT001
    return "✅" if chosen else "▫️"


def _names(spoken: tuple[str, ...]) -> str:
    """Languages by their own names; of two the beginnings, so that each has room beside another."""
    if len(spoken) == 1:
        return OWN_NAMES[spoken[0]]
    return " + ".join(f"{OWN_NAMES[language][:LETTERS_OF_A_LANGUAGE]}." for language in spoken)


def _language_rows(t: Translator, hearing_id: int, chosen: tuple[str, ...], sitting: int = 0) -> tuple[ButtonRow, ...]:
    offered = {each: each.chosen("") for each in ReportLanguages if each is not ReportLanguages.READER}
    labels = {each: _names(spoken) for each, spoken in offered.items()}
    buttons = (
        tap(t, f"{_mark(spoken == chosen)} {labels[each]}", presses.OpenReports(hearing_id, each, sitting))
        for each, spoken in offered.items()
    )
    return in_rows(buttons, width=2)
