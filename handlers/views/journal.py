"""The desk's screen of a municipality's journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.i18n import journal as words
from bot.reports.file_names import JOURNAL_FILE, municipality_file_name
from handlers import presses
from handlers.views.buttons import back_to_desk, paging
from handlers.views.pages import beginning
from handlers.views.screen import Html, Paper, Screen, b, e, stacked, tap, with_buttons

if TYPE_CHECKING:
    from bot.domain.journal import JournalLine, JournalPage
    from bot.i18n import Translator

TITLE_UNITS: Final = 60
DETAIL_UNITS: Final = 160
"""Of one detail on the screen; the file has it whole."""


def journal(t: Translator, page: JournalPage) -> Screen:
    """The screen with some lines, newest first."""
    municipality = page.municipality
    text = stacked(
        b(t("Journal")),
        e(beginning(t.place(municipality.name), TITLE_UNITS)),
        *(_line(t, page, line) for line in page.lines),
        None if page.lines else e(t("Nothing has been done yet.")),
    )
    rows = with_buttons(
        paging(t, lambda number: presses.OpenJournal(municipality.id, number), page=page.page, last=page.last),
        (tap(t, t.p("button", "⬇️ Journal as CSV"), presses.DownloadJournal(municipality.id)),),
        (back_to_desk(t, municipality.id),),
    )
    return Screen(text, rows)


def _line(t: Translator, page: JournalPage, line: JournalLine) -> Html:
    entry, hearing = line.entry, page.hearings.get(line.hearing_id)
    number = t("№ {number}", number=line.comment_number) if line.comment_number else None
    title = beginning(t.text(hearing.dossier.title).words, TITLE_UNITS) if hearing else None
    about = " · ".join(filter(None, (number, title)))
    return stacked(
        e(""),
        e(f"{t.moment(entry.at, page.zone)} · {words.who(t, page, entry)}"),
        b(t(words.ACT_SENTENCES[entry.act])),
        e(about) if about else None,
        *(e(beginning(detail, DETAIL_UNITS)) for detail in words.details(t, page, entry)),
    )


def paper(t: Translator, page: JournalPage, content: bytes) -> Paper:
    """The journal as a file."""
    return Paper(municipality_file_name(page.municipality, (JOURNAL_FILE,), (t,), extension="csv"), content)
