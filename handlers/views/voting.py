"""Questions and answers: five kinds of question, one's own answer, and what others said when the hearing shows it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from bot.domain.disclosure import LEAST_ANSWERS
from bot.domain.languages import KY
from bot.domain.people import Actor
from bot.domain.questions import QuestionKind
from bot.i18n import answers, names
from handlers import presses
from handlers.views.asked_about import in_two_lines, reading
from handlers.views.buttons import back_to_hearing, chosen_mark, comment_press, home, turning
from handlers.views.options import (
    left_to_share,
    option_page,
    option_rows,
    own_by_number,
    turning_options,
    which_options,
    whole_options,
)
from handlers.views.pages import units
from handlers.views.screen import ButtonRow, Html, Screen, b, e, i, in_rows, stacked, tap, with_buttons
from handlers.views.sharing import share_line, share_row

if TYPE_CHECKING:
    from bot.i18n import Translator
    from bot.services.ballots import Ballot
    from handlers.views.options import OptionPage
    from handlers.views.sharing import Sharing

OWN_ANSWER_UNITS: Final = 300
"""Units of one's own answer; of a longer one the numbers are said, where options have pages."""
QUESTION_UNITS: Final = 4000
"""Units of a screen, marks included; Telegram takes 4,096 without them."""
SCREENS_REMEMBERED: Final = 256
_ANYBODY: Final = Actor(0, KY)


def ballot(t: Translator, shown: Ballot, *, page: int = 0, option: int = 0, sharing: Sharing | None = None) -> Screen:
    """The screen with a question, one's own answer marked, and results where they may be seen.

    ``page`` is that of the options, from 0; with ``option`` it is the one that has it. ``sharing`` is given once
    answers are closed: results are shared.
    """
    if sharing is not None:
        return _drawn(t, shown, page=page, option=option, sharing=sharing)
    return _remembered(t, replace(shown, actor=_ANYBODY), page=page, option=option)


@lru_cache(SCREENS_REMEMBERED)
def _remembered(t: Translator, shown: Ballot, *, page: int, option: int) -> Screen:
    """The screen that many see in a crowd: it is drawn for whoever comes first, and knows nobody."""
    return _drawn(t, shown, page=page, option=option)


def _drawn(t: Translator, shown: Ballot, *, page: int, option: int, sharing: Sharing | None = None) -> Screen:
    question, dossier = shown.question, shown.hearing.dossier
    options = option_page(t, question, page=page, option=option)
    about = answers.short_about(t, dossier, question.about)
    asked = b(answers.question_text(t, question))
    said = (e(about) if about else None, in_two_lines(t, dossier, question))
    head = (_progress(t, shown), *said, asked, _rule(t, shown), which_options(t, shown, options))
    closed = None if shown.taken else stacked(i(t("Answers are not taken now.")), share_line(t, shown.hearing, sharing))
    results = _results(t, shown, options)
    coins = question.kind is QuestionKind.COINS
    whole = None if shown.tally and not coins else whole_options(t, shown, options)
    text = stacked(*head, whole, _own(t, shown, options), *results, closed)
    if units(text) > QUESTION_UNITS:  # one's own answer is read off the marked buttons
        brief = e(own_by_number(t, shown)) if coins and shown.answer else None
        text = stacked(*head, brief, *results, closed)
    rows = (*_take_back(t, shown), *_options(t, shown, options)) if shown.taken else ()
    return Screen(text, (*rows, *_ways(t, shown, options, sharing)))


def _progress(t: Translator, shown: Ballot) -> Html:
    questions = shown.hearing.dossier.questions
    place = [question.no for question in questions].index(shown.question.no) + 1
    done = len(shown.answered)
    head = t("Question {n} of {total}", n=place, total=len(questions))
    if done == len(questions) and shown.taken:
        return stacked(i(head), e(t("🎉 You have answered every question. Thank you!")))
    return i(head + " · " + t("answered: {n}", n=done))


def _rule(t: Translator, shown: Ballot) -> Html | None:
    """How a question of this kind is answered."""
    question = shown.question
    match question.kind:
        case QuestionKind.SEVERAL if question.limit:
            return e(t.n("Choose at most {n}.", "Choose up to {n}.", question.limit))
        case QuestionKind.SEVERAL:
            return e(t("Choose as many as you like."))
        case QuestionKind.RANK:
            most = t.number(len(question.options))
            return stacked(
                e(t("Tap in the order of importance: the most important first. Tap again to take one out.")),
                i(t("The first place gives {n} points, each next one a point less.", n=most)),
            )
        case QuestionKind.COINS:
            cap = answers.coins(t, shown.hearing, question, question.cap)
            rest = answers.coins(t, shown.hearing, question, left_to_share(question, shown.answer))
            return e(t("Share {cap} among the options. Left: {rest}", cap=cap, rest=rest))
    return None


def _own(t: Translator, shown: Ballot, page: OptionPage) -> Html | None:
    if not shown.answer or shown.question.kind is QuestionKind.COINS:
        return None  # coins stand beside their options
    words = answers.answer_words(t, shown.hearing, shown.question, shown.answer)
    if page.is_part and units(words) > OWN_ANSWER_UNITS:
        words = own_by_number(t, shown)
    return stacked(e(""), b(t("Your answer")), e(words))


def _results(t: Translator, shown: Ballot, page: OptionPage) -> tuple[Html, ...]:
    """What others said, as of the last step; where too few have answered, why nothing is said."""
    least = t.number(LEAST_ANSWERS)
    if shown.too_few and (shown.taken or shown.preliminary):
        return (e(""), i(t("How others answered is shown once {n} people have answered.", n=least)))
    if shown.too_few:
        return (e(""), i(t("Fewer than {n} people answered: their answers are not shown.", n=least)))
    if shown.tally is None:
        return ()
    head = t.n("{n} person has answered", "{n} people have answered", shown.tally.voters)
    results = answers.results(t, shown.hearing, shown.question, shown.tally, page.options, numbered=page.numbered)
    steps = i(t("These numbers change with every {n} people more.", n=least))
    if shown.preliminary:
        steps = i(t("Preliminary: what is still to be entered is missing."))
    by_channel = [e(f"{names.channels(t, block)}: {t.number(voters)}") for block, voters in shown.channels]
    ends = (steps,) if shown.taken or shown.preliminary else ()
    return (e(""), b(head), *(e(result) for result in results), *by_channel, *ends)


def stance_rows(t: Translator, shown: Ballot, *, page: int = 0) -> tuple[ButtonRow, ...]:
    """The buttons of the three stances, one's own marked; none where no answers are taken.

    ``page`` 1 brings the answer back to the page of the service, 0 to the question.
    """
    if not shown.taken:
        return ()
    hearing, question, own = shown.hearing.id, shown.question.no, shown.answer or {}
    buttons = (
        tap(
            t,
            f"{chosen_mark(on=True) if stance in own else mark} {names.own_stance(t, stance)}",
            presses.ChooseOption(hearing, question, stance, page, shown.question.edition),
        )
        for stance, mark in names.STANCE_MARKS.items()
    )
    return in_rows(buttons, width=2)


def _options(t: Translator, shown: Ballot, page: OptionPage) -> tuple[ButtonRow, ...]:
    if shown.question.kind is QuestionKind.STANCE:
        return stance_rows(t, shown)
    return option_rows(t, shown, page)


def _take_back(t: Translator, shown: Ballot) -> tuple[ButtonRow, ...]:
    """The way to take one's answer back, under its words: above it a row may come and go, all below stay in place."""
    if not shown.answer:
        return ()
    withdraw = presses.WithdrawVote(shown.hearing.id, shown.question.no, edition=shown.question.edition)
    return ((tap(t, t.p("button", "↩️ Withdraw"), withdraw),),)


def _ways(t: Translator, shown: Ballot, page: OptionPage, sharing: Sharing | None) -> tuple[ButtonRow, ...]:
    hearing, question = shown.hearing, shown.question
    comment = tap(t, t.p("button", "💬 Comment"), comment_press(hearing.id, question.about))
    return with_buttons(
        turning_options(t, shown, page),
        _turning(t, shown),
        _picture(t, shown),
        (*reading(t, hearing, question), *((comment,) if shown.taken else ())),
        share_row(t, hearing, sharing),
        (back_to_hearing(t, hearing.id), home(t, hearing.municipality_id)),
    )


def _picture(t: Translator, shown: Ballot) -> ButtonRow:
    if shown.tally is None:
        return ()
    picture = presses.SeeAnswerPicture(shown.hearing.id, shown.question.no)
    return (tap(t, t.p("button", "🖼 As a picture"), picture),)


def _turning(t: Translator, shown: Ballot) -> ButtonRow:
    """The ways to the questions before and after, and after the last one to the end.

    The way on says whether this one is answered. It stays where it was: no row comes or goes below it.
    """
    numbers = [question.no for question in shown.hearing.dossier.questions]
    place = numbers.index(shown.question.no)
    hearing, unshared = shown.hearing.id, _unshared(shown)
    before = presses.OpenQuestion(hearing, numbers[place - 1]) if place else None
    after: presses.Press | None = presses.FinishQuestions(hearing, unshared) if shown.taken else None
    if place + 1 < len(numbers):
        after = presses.OpenQuestion(hearing, numbers[place + 1], unshared=unshared)
    if after is None or not shown.taken:
        return turning(t, before, after)
    label = t.p("button", "Next ▶️") if shown.answer else t.p("button", "Skip ▶️")
    return (*turning(t, before, None), tap(t, label, after))


def _unshared(shown: Ballot) -> int:
    """Coins that are left of an answer that was begun: whoever goes on is told."""
    if not shown.answer or not shown.taken or shown.question.kind is not QuestionKind.COINS:
        return 0
    return left_to_share(shown.question, shown.answer)


def counted(t: Translator, shown: Ballot, *, withdrawn: bool = False) -> str:
    """The toast that confirms an answer: the receipt of a vote; of coins how many are left."""
    if shown.question.kind is QuestionKind.COINS and (shown.answer or not withdrawn):
        left = left_to_share(shown.question, shown.answer)
        rest = answers.coins(t, shown.hearing, shown.question, left)
        return t.p("toast", "Left: {rest}", rest=rest) if left else t.p("toast", "✅ Everything is shared.")
    if not shown.answer:
        return t.p("toast", "Withdrawn. You can answer again until closing.")
    if shown.question.kind is QuestionKind.STANCE:
        (stance,) = shown.answer
        return t.p("toast", "✅ Counted: {answer}", answer=names.own_stance(t, stance))
    return t.p("toast", "✅ Counted. You can change it until closing.")
