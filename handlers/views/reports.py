"""The files of a hearing on the desk: in which language, and as what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.errors import Forbidden
from bot.domain.languages import OWN_NAMES
from handlers import presses
from handlers.presses import DownloadFormat, ReportLanguages
from handlers.views.buttons import back
from handlers.views.screen import ButtonRow, Screen, b, e, in_rows, short, stacked, tap, with_buttons

if TYPE_CHECKING:
    from bot.i18n import Translator
    from bot.services.desk import HearingOverview

TITLE_LETTERS: Final = 200
_PAPERS: Final = (DownloadFormat.PDF, DownloadFormat.PDF_FULL)


def files(t: Translator, shown: HearingOverview, languages: ReportLanguages) -> Screen:
    """The screen with a button for each file, and for each language. Raises Forbidden for who may have none."""
    if not shown.may_download:
        raise Forbidden("report")
    hearing = shown.hearing
    chosen = languages.chosen(t.language)
    text = stacked(
        b(t("📄 Minutes and files")),
        e(short(t.text(hearing.dossier.title).words, TITLE_LETTERS)),
        e(""),
        e(t("Minutes (Word): to complete, print and sign. In Kyrgyz and Russian they stand side by side.")),
        e(t("Board page (PDF): one page for the notice board, with what everybody may know.")),
        e(t("Full report (PDF): all numbers, comments and decisions, to print and to bind.")),
        e(t("Record (Excel): all numbers and comments. Comments (CSV) and JSON are for other programs.")),
        e(""),
        e(t("Choose the language, then the file. It comes as a message when it is ready.")),
    )
    word = tap(t, t.p("button", "⬇️ Minutes (Word)"), presses.DownloadRecord(hearing.id, DownloadFormat.DOCX, languages))
    page, whole = (presses.DownloadRecord(hearing.id, form, languages) for form in _PAPERS)
    papers = (
        tap(t, t.p("button", "⬇️ Board page (PDF)"), page),
        tap(t, t.p("button", "⬇️ Full report (PDF)"), whole),
    )
    others = (
        tap(t, t.p("button", "⬇️ Excel record"), presses.DownloadRecord(hearing.id, DownloadFormat.XLSX, languages)),
        tap(t, t.p("button", "⬇️ CSV"), presses.DownloadRecord(hearing.id, DownloadFormat.CSV, languages)),
        tap(t, t.p("button", "⬇️ JSON"), presses.DownloadRecord(hearing.id, DownloadFormat.JSON, languages)),
    )
    rows = with_buttons(
        *_language_rows(t, hearing.id, chosen),
        (word,),
        *(in_rows(papers) if len(chosen) == 1 else ()),
        others if len(chosen) == 1 else (),
        (back(t, presses.OpenDeskHearing(hearing.id)),),
    )
    return Screen(text, rows)


def _language_rows(t: Translator, hearing_id: int, chosen: tuple[str, ...]) -> tuple[ButtonRow, ...]:
    offered = {each: each.chosen("") for each in ReportLanguages if each is not ReportLanguages.READER}
    labels = {each: " + ".join(OWN_NAMES[language] for language in spoken) for each, spoken in offered.items()}
    buttons = (
        tap(t, f"{'✅' if spoken == chosen else '▫️'} {labels[each]}", presses.OpenReports(hearing_id, each))
        for each, spoken in offered.items()
    )
    return in_rows(buttons, width=2)
