"""What who chairs a sitting chooses from: sittings, questions to the hall, questions to the presenters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.comments import Channel, CommentKind
from bot.domain.questions import AboutKind
from bot.i18n import answers
from handlers import presses
from handlers.views.buttons import back, paging
from handlers.views.chair import title
from handlers.views.pages import item_page
from handlers.views.screen import (
    LETTERS_ON_A_BUTTON,
    ButtonRow,
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
    from bot.domain.questions import Question
    from bot.i18n import Translator
    from bot.services.hall_views import ChairState, HallQuestion, HallState

QUESTIONS_ON_A_PAGE: Final = 8
LETTERS_OF_A_QUESTION: Final = 80
"""Of a question to the presenters so much is read in the list; the record has all of it."""


def sittings(t: Translator, state: HallState) -> Screen:
    """The screen that asks of which sitting the hall is meant."""
    hearing = state.hearing
    buttons = (
        tap(
            t,
            short(f"{each.no}. {t.moment(each.starts_at, state.zone)}", LETTERS_ON_A_BUTTON),
            presses.OpenChair(hearing.id, each.no),
        )
        for each in hearing.dossier.sittings
    )
    text = stacked(b(t.marked(hearing.dossier.title)), e(t("Which sitting?")))
    return Screen(text, (*in_rows(buttons), (back(t, presses.OpenDeskHearing(hearing.id)),)))


def questions_to_ask(t: Translator, shown: ChairState, page: int = 0) -> Screen:
    """The screen that asks which question is opened to the hall; the next one stands first."""
    state = shown.state
    here, dossier = (state.hearing.id, state.hall.sitting), state.hearing.dossier
    ordered = list(dossier.questions)
    if (following := shown.next_question) is not None:
        ordered = [following, *(each for each in ordered if each is not following)]
    some, page, last = item_page(ordered, page, QUESTIONS_ON_A_PAGE)

    def label(question: Question) -> str:
        about = answers.short_about(t, dossier, question.about) or answers.question_text(t, question)
        return short(f"{question.no}. {about}", LETTERS_ON_A_BUTTON)

    buttons = (tap(t, label(each), presses.AskHall(*here, each.no, state.hall.moves)) for each in some)
    text = stacked(title(t, state), e(""), e(t("Which question is opened to the hall? People see it at once.")))
    turning = paging(t, lambda number: presses.AskHall(*here, 0, 0, number), page=page, last=last)
    return Screen(text, with_buttons(*in_rows(buttons), turning, (back(t, presses.OpenChair(*here)),)))


def questions(t: Translator, shown: ChairState) -> Screen:
    """The screen with the questions to the presenters: one tap publishes one, one closes one that was answered."""
    state = shown.state
    here = (state.hearing.id, state.hall.sitting)
    ranked, waiting = state.questions, shown.to_publish
    text = stacked(
        b(t("❓ Questions to the presenters")),
        *([] if ranked or waiting else [e(t("There are none now."))]),
        *([e(""), b(t("Most supported first"))] if ranked else []),
        *(_question(t, each) for each in ranked),
        *([e(""), b(t("To be published"))] if waiting else []),
        *(_question(t, each) for each in waiting),
    )
    closing = (
        tap(
            t,
            t.p("button", "✅ № {number}", number=each.comment.number),
            presses.CloseHallQuestion(*here, each.comment.id, state.hall.moves),
        )
        for each in ranked
    )
    publishing = (
        tap(
            t,
            t.p("button", "👁 № {number}", number=each.comment.number),
            presses.PublishHallQuestion(*here, each.comment.id, each.comment.edition),
        )
        for each in waiting
    )
    about = (AboutKind.AGENDA, state.hall.item) if state.item else (AboutKind.HEARING, 0)
    spoken = presses.WriteEntry(here[0], Channel.HALL, _known(state), CommentKind.QUESTION, *about)
    entering = (tap(t, t.p("button", "🗣 A spoken question"), spoken),) if shown.may_enter else ()
    told = i(t("✅ answered in the hall · 👁 publish")) if ranked or waiting else None
    rows: tuple[ButtonRow, ...] = (*in_rows(closing, width=3), *in_rows(publishing, width=3))
    return Screen(stacked(text, e(""), told), with_buttons(*rows, entering, (back(t, presses.OpenChair(*here)),)))


def _known(state: HallState) -> int:
    """The number of the sitting, 0 where the hearing has none."""
    return state.hall.sitting if state.sitting else 0


def _question(t: Translator, shown: HallQuestion) -> Html:
    support = f" · 👍 {t.number(shown.support)}" if shown.support else ""
    return e(f"№ {shown.comment.number}{support}: {short(shown.words or '🎙', LETTERS_OF_A_QUESTION)}")


def answered(t: Translator, shown: ChairState, comment_id: int) -> Screen:
    """The screen after a question was answered in the hall: a note may be written to it."""
    state = shown.state
    here = (state.hearing.id, state.hall.sitting)
    undo = presses.StepInHall(*here, presses.HallStep.UNDO, state.hall.moves)
    text = stacked(
        title(t, state),
        e(""),
        e(t("Answered in the hall. The question stays in the record and gets its decision.")),
    )
    rows = (
        (tap(t, t.p("button", "✍️ Write what was answered"), presses.NoteAnswer(*here, comment_id)),),
        (tap(t, t.p("button", "↩️ Undo"), undo),),
        (back(t, presses.ListHallQuestions(*here)),),
    )
    return Screen(text, rows)


def ask_note(t: Translator, shown: ChairState) -> Screen:
    """The screen that waits for a note."""
    state = shown.state
    here = (state.hearing.id, state.hall.sitting)
    text = stacked(title(t, state), e(""), e(t("Write in a few words what was answered. It stands in the minutes.")))
    return Screen(text, ((back(t, presses.ListHallQuestions(*here)),),))
