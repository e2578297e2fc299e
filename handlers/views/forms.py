"""Forms to be printed: which there are, and the file of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.files import FormKind
from bot.domain.languages import OWN_NAMES
from bot.i18n import names
from handlers import presses
from handlers.presses import FormLanguages
from handlers.views.entries import to_entries
from handlers.views.pages import beginning
from handlers.views.screen import Paper, Screen, b, e, in_rows, short, stacked, tap, with_buttons

if TYPE_CHECKING:
    from bot.domain.files import FileRequest
    from bot.i18n import Translator
    from bot.services.entry_desk import EntryOverview
    from bot.services.files import FileSubject

TITLE_UNITS: Final = 300
FILE_NAME_LETTERS: Final = 60
FORBIDDEN_IN_FILE_NAMES: Final = str.maketrans(dict.fromkeys('/\\:*?"<>|', "-"))


def forms(t: Translator, shown: EntryOverview, chosen: FormLanguages) -> Screen:
    """The screen with the forms, and the languages that they come in."""
    hearing = shown.hearing
    text = stacked(
        b(t("Forms to print")),
        e(beginning(t.marked(hearing.dossier.title), TITLE_UNITS)),
        e(""),
        e(t("Each comes as a file for A4 with the code of the hearing. Choose the languages, then the form.")),
    )
    labels = {
        FormKind.CARDS: t.p("button", "🖨 Cards for comments"),
        FormKind.BALLOT: t.p("button", "🖨 Questions on paper"),
        FormKind.ATTENDANCE: t.p("button", "🖨 Attendance list"),
    }
    kinds = [kind for kind in labels if kind is not FormKind.BALLOT or hearing.dossier.questions]
    rows = with_buttons(
        *((tap(t, labels[kind], presses.GetForm(hearing.id, kind, chosen)),) for kind in kinds),
        *in_rows(
            tap(t, f"{'✅' if each is chosen else '▫️'} {_named(each)}", presses.ListForms(hearing.id, each))
            for each in FormLanguages
        ),
        (to_entries(t, hearing.id),),
    )
    return Screen(text, rows)


def _named(languages: FormLanguages) -> str:
    return " + ".join(OWN_NAMES[language] for language in languages.languages)


def paper(t: Translator, request: FileRequest, subject: FileSubject, content: bytes) -> Paper:
    """The file of a form, under a name that says what it is and in which languages."""
    marks = "-".join(language.partition("_")[0] for language in request.languages)
    title = f"{t(names.FORM_NAMES[FormKind(request.form)])} {subject.hearing.code}"
    name = " ".join(short(title, FILE_NAME_LETTERS).translate(FORBIDDEN_IN_FILE_NAMES).split())
    return Paper(f"{name} {marks}.pdf", content, caption=e(t("Print it on A4, as it is.")))
