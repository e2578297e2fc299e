"""The hall of a sitting as who takes part sees it: the item, the open question, the result, the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.comments import CommentKind
from bot.domain.disclosure import LEAST_ANSWERS
from bot.domain.hall import HallPhase
from bot.domain.questions import AboutKind, QuestionKind
from bot.i18n import answers, names
from handlers import presses
from handlers.views.buttons import back_to_hearing, chosen_mark, refresh
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
    from bot.domain.floor import FloorRequest
    from bot.domain.hearings import Dossier
    from bot.domain.questions import Question
    from bot.i18n import Translator
    from bot.services.check_ins import MyHall
    from bot.services.hall_views import AskedQuestion

ONE_TAP: Final = (QuestionKind.STANCE, QuestionKind.ONE)
"""Kinds of question that one tap answers; the others are answered on a screen of their own."""
MOST_BUTTONS: Final = 12
"""Options that have a button in the hall; of more, they are chosen on the question's own screen."""


def checked_in(t: Translator) -> str:
    """The toast of who is in the hall now."""
    return t.p("toast", "✅ You are checked in.")


def queued(t: Translator, request: FloorRequest) -> str:
    """The toast of who has asked for the floor: their number is called."""
    return t.p("toast", "✋ Your number is {number}.", number=t.number(request.number))


def left_queue(t: Translator) -> str:
    """The toast of who asks for the floor no longer."""
    return t.p("toast", "You are no longer in the queue.")


def hall(t: Translator, mine: MyHall) -> Screen:
    """The screen with the hall, and what its reader can do in it now."""
    hearing, state = mine.hearing, mine.hall
    where = None
    if mine.person is not None:
        where = i(t("You are in the hall.") if mine.person.in_hall else t("You take part from elsewhere."))
    text = stacked(
        b(t("🏛 In the hall")),
        e(t.marked(hearing.dossier.title)),
        where,
        *_course(t, mine),
        *(_asked(t, mine) if state.phase is HallPhase.RUNNING else ()),
        *_floor(t, mine),
    )
    rows = _rows(t, mine) if state.phase is HallPhase.RUNNING else ()
    here = presses.OpenHall(hearing.id, state.sitting)
    return Screen(text, with_buttons(*rows, (back_to_hearing(t, hearing.id), refresh(t, here))))


def _course(t: Translator, mine: MyHall) -> tuple[Html | None, ...]:
    match mine.hall.phase:
        case HallPhase.NOT_BEGUN:
            return (e(""), e(t("The sitting has not begun yet. This screen turns by itself.")))
        case HallPhase.ENDED:
            return (e(""), e(t("The sitting is over. Thank you for taking part!")))
    if (item := mine.item) is None:
        return ()
    return (e(""), e(t("Now: {item}", item=f"{item.no}. {t.text(item.item).words}")))


def _asked(t: Translator, mine: MyHall) -> tuple[Html | None, ...]:
    return asked_lines(t, mine.hearing.dossier, mine.asked, mine.answer) if mine.asked else ()


def asked_lines(
    t: Translator, dossier: Dossier, asked: AskedQuestion, answer: dict[int, int] | None = None
) -> tuple[Html | None, ...]:
    """The question that was asked last, one's own answer, and what may be told of all answers."""
    question = asked.question
    about = answers.short_about(t, dossier, question.about)
    own = None
    if answer and question.kind in ONE_TAP:
        (option,) = answer
        own = e(t("Your answer: {answer}", answer=answers.counted_option(t, question, option)))
    closed = None if asked.is_open else i(t("This question is closed in the hall."))
    asks = b(answers.question_text(t, question))
    return (e(""), e(about) if about else None, asks, closed, own, *result_lines(t, asked))


def result_lines(t: Translator, asked: AskedQuestion) -> tuple[Html | None, ...]:
    """How many have answered and, where it may be told, how; hands were counted aloud."""
    question, tally = asked.question, asked.tally
    said = [e(t.n("{n} person has answered", "{n} people have answered", asked.answered))]
    if tally is not None and question.kind in ONE_TAP:
        for no in question.option_numbers:
            voters = t.number(tally.count(no).voters)
            said.append(e(f"{answers.counted_option(t, question, no)}: {voters}"))
        said.append(i(t("These numbers change with every {n} people more.", n=t.number(LEAST_ANSWERS))))
    if asked.hands:
        said.append(e(t("✋ Hands: {numbers}", numbers=hands_words(t, question, asked.hands))))
    return tuple(said)


def hands_words(t: Translator, question: Question, hands: tuple[int, ...]) -> str:
    """Counted hands with what they were raised for."""
    if len(hands) != len(question.option_numbers):
        return ", ".join(map(t.number, hands))
    pairs = zip(question.option_numbers, hands, strict=True)
    return ", ".join(f"{answers.counted_option(t, question, no)} {t.number(count)}" for no, count in pairs)


def _floor(t: Translator, mine: MyHall) -> tuple[Html | None, ...]:
    request = mine.request
    if mine.hall.phase is not HallPhase.RUNNING or request is None:
        return ()
    if request.number == mine.hall.speaker:
        minutes = t.n("You have {n} minute.", "You have {n} minutes.", mine.hall.minutes)
        return (e(""), b(t("🎤 № {number}: the floor is yours.", number=t.number(request.number))), e(minutes))
    told = t("✋ Your number is {number}. Before you: {before}.", number=request.number, before=mine.before)
    return (e(""), e(told))


def _rows(t: Translator, mine: MyHall) -> tuple[ButtonRow, ...]:
    hearing, state = mine.hearing, mine.hall
    if mine.person is None:
        return ((tap(t, t.p("button", "📱 Take part from here"), presses.FollowHall(hearing.id, state.sitting)),),)
    taken = hearing.takes_answers(mine.now)
    about = (AboutKind.AGENDA, mine.hall.item) if mine.item else (AboutKind.HEARING, 0)
    write = tap(t, t.p("button", "❓ Ask the presenters"), presses.WriteAbout(hearing.id, CommentKind.QUESTION, *about))
    others = tap(t, t.p("button", "👥 Others’ questions"), presses.SeeWall(hearing.id))
    return (*_answer_rows(t, mine), (write, others) if taken else (others,), _floor_row(t, mine))


def _floor_row(t: Translator, mine: MyHall) -> ButtonRow:
    here = (mine.hearing.id, mine.hall.sitting)
    if mine.request is None:
        return (tap(t, t.p("button", "✋ Ask for the floor"), presses.AskFloor(*here)),)
    if mine.request.waits:
        return (tap(t, t.p("button", "↩️ Leave the queue"), presses.AskFloor(*here, on=False)),)
    return ()


def _answer_rows(t: Translator, mine: MyHall) -> tuple[ButtonRow, ...]:
    """The answers to the open question; of those that one tap does not answer, the way to them."""
    asked, state = mine.asked, mine.hall
    if asked is None or not asked.is_open:
        return ()
    question, here = asked.question, (mine.hearing.id, state.sitting)
    if question.kind not in ONE_TAP or len(question.option_numbers) > MOST_BUTTONS:
        return ((tap(t, t.p("button", "🗳 Answer"), presses.OpenQuestion(mine.hearing.id, question.no)),),)
    marks = names.STANCE_MARKS if question.kind is QuestionKind.STANCE else {}
    own = mine.answer or {}
    buttons = (
        tap(
            t,
            short(f"{_mark(no, own, marks)} {_own_words(t, question, no)}", LETTERS_ON_A_BUTTON),
            presses.AnswerInHall(*here, question.no, state.round, no, question.edition),
        )
        for no in question.option_numbers
    )
    return in_rows(buttons, width=1 if question.kind is QuestionKind.ONE else 2)


def _own_words(t: Translator, question: Question, option: int) -> str:
    """An answer as a person says it of themselves."""
    is_stance = question.kind is QuestionKind.STANCE
    return names.own_stance(t, option) if is_stance else answers.option_name(t, question, option)


def _mark(option: int, own: dict[int, int], marks: dict[int, str]) -> str:
    return chosen_mark(on=True) if option in own else marks.get(option, chosen_mark(on=False))
