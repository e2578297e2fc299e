"""What can be changed of a hearing in a few taps, and one text before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.edits import LONGEST_EDITED_TEXT, TextField, number_of_sitting, text_at
from bot.domain.hearings import Phase
from bot.domain.languages import OWN_NAMES
from bot.i18n import answers, drafts
from handlers import presses
from handlers.presses import Language
from handlers.views.buttons import back, paging
from handlers.views.choosing import headed, postponing_page
from handlers.views.pages import beginning, item_page
from handlers.views.screen import (
    Button,
    ButtonRow,
    Screen,
    b,
    e,
    i,
    in_rows,
    quote,
    short,
    stacked,
    tap,
    with_buttons,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.domain.questions import Question
    from bot.i18n import Translator
    from bot.services.desk import HearingOverview
    from bot.services.texts import EditedText

ITEMS_ON_A_PAGE: Final = 8
ITEM_LETTERS: Final = 34
SHOWN_TEXT_UNITS: Final = 1_000
QUESTIONS_NAMED: Final = 10


def changes(t: Translator, overview: HearingOverview) -> Iterator[Button]:
    """What can be changed of a hearing by a few taps."""
    hearing, dossier = overview.hearing, overview.hearing.dossier
    draft = hearing.phase is Phase.DRAFT
    title = presses.ChooseTitle(hearing.id) if draft else _write(t, hearing.id, TextField.TITLE)
    day = presses.ChooseDay(hearing.id) if draft else presses.PickPostponeDay(hearing.id, postponing_page(overview))
    yield tap(t, t.p("button", "📝 Subject"), title)
    if dossier.sittings:
        number = number_of_sitting(dossier, overview.now)
        place = presses.ChooseVenue(hearing.id) if draft else _write(t, hearing.id, TextField.PLACE, number)
        yield tap(t, t.p("button", "📆 Date and time"), day)
        yield tap(t, t.p("button", "📍 Place"), place)
        yield tap(t, t.p("button", "🏠 Address"), _write(t, hearing.id, TextField.ADDRESS, number))
        label = t.p("button", "🗓 Sittings: {n}", n=t.number(len(dossier.sittings)))
        yield tap(t, label, presses.ListSittings(hearing.id))
    yield tap(t, t.p("button", "🎤 Presenters"), _write(t, hearing.id, TextField.PRESENTERS))
    if draft:
        yield tap(t, t.p("button", "🧩 Services"), presses.ChooseServices(hearing.id))
    if dossier.services:
        yield tap(t, t.p("button", "📋 Text of a service"), presses.PickService(hearing.id))
    if dossier.questions:
        yield tap(t, t.p("button", "❓ A question"), presses.PickQuestion(hearing.id))


def pick_service(t: Translator, overview: HearingOverview, page: int) -> Screen:
    """The screen that asks whose text is changed: of which service."""
    hearing = overview.hearing
    shown, page, last = item_page(hearing.dossier.services, page, ITEMS_ON_A_PAGE)
    buttons = (
        tap(t, short(f"{each.no}. {t.text(each.title).words}", ITEM_LETTERS), presses.PickService(hearing.id, each.no))
        for each in shown
    )
    rows = with_buttons(
        *in_rows(buttons),
        paging(t, lambda number: presses.PickService(hearing.id, 0, number), page=page, last=last),
        (back(t, presses.ChangeHearing(hearing.id)),),
    )
    return Screen(headed(t, overview, t("Which service?")), rows)


def service_texts(t: Translator, overview: HearingOverview, no: int) -> Screen:
    """The screen that asks which text of a service is changed."""
    hearing = overview.hearing
    service = hearing.dossier.service(no)
    buttons = (
        tap(t, t(drafts.TEXT_FIELD_NAMES[field]), _write(t, hearing.id, field, no))
        for field in (TextField.SERVICE, TextField.PROBLEM, TextField.GOAL)
    )
    text = stacked(b(t("Which text?")), e(beginning(t.marked(service.title), SHOWN_TEXT_UNITS)))
    return Screen(text, (*in_rows(buttons), (back(t, presses.PickService(hearing.id)),)))


def pick_question(t: Translator, overview: HearingOverview, page: int) -> Screen:
    """The screen that asks which question is changed."""
    hearing = overview.hearing
    shown, page, last = item_page(hearing.dossier.questions, page, ITEMS_ON_A_PAGE)
    buttons = (
        tap(
            t, short(f"{each.no}. {_asked(t, overview, each)}", ITEM_LETTERS), presses.PickQuestion(hearing.id, each.no)
        )
        for each in shown
    )
    rows = with_buttons(
        *in_rows(buttons),
        paging(t, lambda number: presses.PickQuestion(hearing.id, 0, number), page=page, last=last),
        (back(t, presses.ChangeHearing(hearing.id)),),
    )
    return Screen(headed(t, overview, t("Which question?")), rows)


def question_texts(t: Translator, overview: HearingOverview, no: int) -> Screen:
    """The screen that asks which text of a question is changed: its words, or one of its options."""
    hearing = overview.hearing
    question = hearing.dossier.question(no)
    words = tap(t, t(drafts.TEXT_FIELD_NAMES[TextField.QUESTION]), _write(t, hearing.id, TextField.QUESTION, no))
    options = (
        tap(
            t,
            short(f"{number}. {t.text(option).words}", ITEM_LETTERS),
            _write(t, hearing.id, TextField.OPTION, no, number),
        )
        for number, option in enumerate(question.options, start=1)
    )
    text = stacked(b(t("Which text?")), e(beginning(_asked(t, overview, question), SHOWN_TEXT_UNITS)))
    return Screen(text, (*in_rows((words, *options)), (back(t, presses.PickQuestion(hearing.id)),)))


def _asked(t: Translator, overview: HearingOverview, question: Question) -> str:
    about = answers.numbered_about(t, overview.hearing.dossier, question.about)
    return t.text(question.text).words or about or answers.question_text(t, question)


def _write(t: Translator, hearing: int, field: TextField, no: int = 0, option: int = 0) -> presses.WriteText:
    return presses.WriteText(hearing, field, no, option, Language(t.language))


def ask_for_text(t: Translator, overview: HearingOverview, asked: EditedText) -> Screen:
    """The screen that asks for other words of a text, says in which language, and shows what it says now."""
    text = text_at(overview.hearing.dossier, asked.at)
    now = text.by_language.get(asked.language, "")
    shown = stacked(
        b(t("✍️ Write it in one message")),
        e(f"{t(drafts.TEXT_FIELD_NAMES[asked.at.field])}: {OWN_NAMES[asked.language]}"),
        quote(e(beginning(now, SHOWN_TEXT_UNITS))) if now else e(t("There are no words in this language yet.")),
        i(t("At most {n} characters.", n=t.number(LONGEST_EDITED_TEXT))),
    )
    return Screen(shown, (*languages(t, asked), (back(t, way_back(asked)),)))


def languages(t: Translator, asked: EditedText) -> tuple[ButtonRow, ...]:
    """A button for each language in which the text could be typed instead."""
    at = asked.at
    others = (language for language in OWN_NAMES if language != asked.language)
    return in_rows(
        (
            tap(
                t,
                f"🌐 {OWN_NAMES[language]}",
                presses.WriteText(
                    asked.hearing_id, at.field, at.no, at.option, Language(language), guided=asked.guided
                ),
            )
            for language in others
        ),
        width=2,
    )


def way_back(asked: EditedText) -> presses.Press:
    """The screen from which a text was asked for."""
    hearing, at = asked.hearing_id, asked.at
    if asked.guided:
        return _guided(asked, before=True)
    if at.field in (TextField.SERVICE, TextField.PROBLEM, TextField.GOAL):
        return presses.PickService(hearing, at.no)
    if at.field in (TextField.QUESTION, TextField.OPTION):
        return presses.PickQuestion(hearing, at.no)
    return presses.ChangeHearing(hearing)


def way_on(asked: EditedText) -> presses.Press:
    """The question that follows a typed text of a new draft."""
    return _guided(asked, before=False)


def _guided(asked: EditedText, *, before: bool) -> presses.Press:
    hearing = asked.hearing_id
    if asked.at.field is TextField.TITLE:
        return presses.ChooseTitle(hearing, guided=True) if before else presses.ChooseDay(hearing, guided=True)
    return presses.ChooseVenue(hearing, guided=True) if before else presses.ChooseServices(hearing, guided=True)
