"""Questions and answers: five kinds of question, one's own answer, and what others said when the hearing shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.comments import CommentKind
from bot.domain.programme import TYIYN, Unit
from bot.domain.questions import (
    AGAINST,
    DEFAULT_COINS,
    NEUTRAL,
    SUPPORT,
    About,
    AboutKind,
    QuestionKind,
)
from bot.i18n import later, names
from handlers import presses
from handlers.views.pages import units
from handlers.views.screen import Button, Html, Screen, b, e, i, in_rows, lines, short, tap
from handlers.views.start import home

if TYPE_CHECKING:
    from bot.domain.hearings import Dossier, Hearing
    from bot.domain.questions import Question
    from bot.domain.tallies import Tally
    from bot.i18n import Translator
    from bot.services.ballots import Ballot

Row = tuple[Button, ...]

STANCE_MARKS: Final = {SUPPORT: "👍", AGAINST: "👎", NEUTRAL: "🤝"}
_OWN_WORDS: Final = {
    AboutKind.HEARING: later("Do you support what is proposed?"),
    AboutKind.STRATEGY: later("Do you support the draft strategy as a whole?"),
    AboutKind.BUDGET: later("Do you support the draft budget as a whole?"),
    AboutKind.SERVICE: later("Do you support this plan?"),
    AboutKind.LINE: later("Do you support this line of the budget?"),
    AboutKind.AGENDA: later("Do you support this item?"),
}
_BAR: Final = 10
WHOLE: Final = 24
"""Letters of an option that every phone shows whole on a button, with its mark or its coins."""
LONGEST: Final = 4000
"""Units of a screen, marks included; Telegram takes 4,096 without them."""


def stance_name(t: Translator, option: int) -> str:
    """Support, against or neutral, as a person says it of themselves."""
    match option:
        case 1:
            return t.p("stance", "I support")
        case 2:
            return t.p("stance", "I am against")
        case 3:
            return t.p("stance", "I stay neutral")
    raise ValueError(option)


def option_name(t: Translator, question: Question, option: int) -> str:
    """An option in the reader's words."""
    if question.kind is QuestionKind.STANCE:
        return stance_name(t, option)
    return t.text(question.options[option - 1]).words


def question_text(t: Translator, question: Question) -> str:
    """The question in the reader's words; the house's own where the secretary wrote none."""
    return t.marked(question.text) if question.text else t(_OWN_WORDS[question.about.kind])


def about_name(t: Translator, dossier: Dossier, about: About) -> str:
    """What a question or comment is about, in a few words; empty for the hearing as a whole."""
    match about.kind:
        case AboutKind.SERVICE:
            return f"{about.no}. {t.text(dossier.service(about.no).title).words}"
        case AboutKind.LINE:
            return t.text(dossier.line(about.no).title).words
        case AboutKind.AGENDA:
            return t.text(dossier.item(about.no).item).words
        case AboutKind.STRATEGY:
            return t("The draft strategy")
        case AboutKind.BUDGET:
            return t("The draft budget")
    return ""


def ballot(t: Translator, shown: Ballot) -> Screen:
    """A question with one's own answer marked, results where they may be seen, and the way on."""
    question, dossier = shown.question, shown.hearing.dossier
    about = about_name(t, dossier, question.about)
    head = (_progress(t, shown), e(about) if about else None, b(question_text(t, question)), _rule(t, shown))
    closed = None if shown.taken else i(t("Answers are not taken now."))
    results = _results(t, shown)
    text = lines(*head, None if results else _whole_options(t, shown), _own(t, shown), *results, closed)
    if units(text) > LONGEST:  # twenty long options: one's own answer is read off the marked buttons
        text = lines(*head, *results, closed)
    options = _options(t, shown) if shown.taken else ()
    return Screen(text, (*options, *_ways(t, shown)))


def _whole_options(t: Translator, shown: Ballot) -> Html | None:
    """The options in full, where a button would cut one of them; results say them in full too."""
    names = [option_name(t, shown.question, option) for option in shown.question.option_numbers]
    if all(len(name) <= WHOLE for name in names):
        return None
    return lines(e(""), *(e(f"• {name}") for name in names))


def _progress(t: Translator, shown: Ballot) -> Html:
    questions = shown.hearing.dossier.questions
    place = [question.no for question in questions].index(shown.question.no) + 1
    done = len(shown.answered)
    head = t("Question {n} of {total}", n=place, total=len(questions))
    if done == len(questions):
        return lines(i(head), e(t("🎉 You have answered every question. Thank you!")))
    return i(head + " · " + t("answered: {n}", n=done))


def _rule(t: Translator, shown: Ballot) -> Html | None:
    question = shown.question
    match question.kind:
        case QuestionKind.SEVERAL if question.limit:
            return e(t.n("Choose at most {n}.", "Choose up to {n}.", question.limit))
        case QuestionKind.SEVERAL:
            return e(t("Choose as many as you like."))
        case QuestionKind.RANK:
            return e(t("Tap in the order of importance: the most important first. Tap again to take one out."))
        case QuestionKind.COINS:
            left = question.cap - sum((shown.answer or {}).values())
            cap = amount(t, shown.hearing, question, question.cap)
            rest = amount(t, shown.hearing, question, left)
            return e(t("Share {cap} among the options. Left: {rest}", cap=cap, rest=rest))
    return None


def amount(t: Translator, hearing: Hearing, question: Question, value: float) -> str:
    """Coins, or money where the cap is a real sum (in the unit of the hearing's budget)."""
    if question.cap == DEFAULT_COINS:
        return f"{t.number(value)}\u00a0🪙"
    factor = 1000 * TYIYN if hearing.dossier.unit is Unit.THOUSAND else TYIYN
    return t.money(round(value * factor), hearing.dossier.unit)


def _own(t: Translator, shown: Ballot) -> Html | None:
    if not shown.answer:
        return None
    return lines(e(""), b(t("Your answer")), e(answer_words(t, shown.hearing, shown.question, shown.answer)))


def answer_words(t: Translator, hearing: Hearing, question: Question, answer: dict[int, int]) -> str:
    """An answer in words, an option a line where there are several."""
    match question.kind:
        case QuestionKind.STANCE:
            return t.list(f"{STANCE_MARKS[option]} {stance_name(t, option)}" for option in answer)
        case QuestionKind.RANK:
            ordered = sorted(answer, key=lambda option: answer[option])
            return "\n".join(f"{place}. {option_name(t, question, o)}" for place, o in enumerate(ordered, start=1))
        case QuestionKind.COINS:
            return "\n".join(
                f"{option_name(t, question, option)}: {amount(t, hearing, question, value)}"
                for option, value in sorted(answer.items())
            )
    return "\n".join(f"✅ {option_name(t, question, option)}" for option in sorted(answer))


def _results(t: Translator, shown: Ballot) -> tuple[Html, ...]:
    if shown.tally is None or not shown.tally.voters:
        return ()
    head = t.n("{n} person has answered", "{n} people have answered", shown.tally.voters)
    rows = (e(line) for line in result_lines(t, shown.hearing, shown.question, shown.tally))
    return (e(""), b(head), *rows)


def result_lines(t: Translator, hearing: Hearing, question: Question, tally: Tally) -> tuple[str, ...]:
    """The results of a question, an option a line, the options in their own order (a ranking: the foremost first)."""
    options = list(question.option_numbers)
    if question.kind is QuestionKind.RANK:
        options.sort(key=lambda option: -tally.count(option).points)
    return tuple(_result(t, hearing, question, tally, option) for option in options)


def _result(t: Translator, hearing: Hearing, question: Question, tally: Tally, option: int) -> str:
    count = tally.count(option)
    stance = question.kind is QuestionKind.STANCE
    name = t(names.STANCES[option]) if stance else option_name(t, question, option)
    match question.kind:
        case QuestionKind.RANK:
            return t("{name}: {points} points", name=name, points=t.number(count.points))
        case QuestionKind.COINS:
            mean = amount(t, hearing, question, round(count.points / tally.voters, 1))
            return t("{name}: {mean} on average", name=name, mean=mean)
    ratio = count.voters / tally.voters
    full = round(ratio * _BAR)
    bar = "▰" * full + "▱" * (_BAR - full)
    return f"{name}\n{bar} {t.percent(ratio)} · {t.number(count.voters)}"


def stance_rows(t: Translator, shown: Ballot, *, page: int = 0) -> tuple[Row, ...]:
    """The three stances, one's own marked; nothing where no answers are taken."""
    if not shown.taken:
        return ()
    hearing, question, own = shown.hearing.id, shown.question.no, shown.answer or {}
    buttons = (
        tap(
            t,
            ("✅ " if option in own else f"{STANCE_MARKS[option]} ") + stance_name(t, option),
            presses.ChooseOption(hearing, question, option, page),
        )
        for option in STANCE_MARKS
    )
    return in_rows(buttons, width=2)


def _options(t: Translator, shown: Ballot) -> tuple[Row, ...]:
    match shown.question.kind:
        case QuestionKind.STANCE:
            return stance_rows(t, shown)
        case QuestionKind.ONE:
            return in_rows(_choice(t, shown, option) for option in shown.question.option_numbers)
        case QuestionKind.SEVERAL:
            return in_rows(_mark(t, shown, option) for option in shown.question.option_numbers)
        case QuestionKind.RANK:
            return in_rows(_place(t, shown, option) for option in shown.question.option_numbers)
        case QuestionKind.COINS:
            return tuple(_coins(t, shown, option) for option in shown.question.option_numbers)


def _choice(t: Translator, shown: Ballot, option: int) -> Button:
    mark = "🔘" if option in (shown.answer or {}) else "⚪️"
    press = presses.ChooseOption(shown.hearing.id, shown.question.no, option)
    return tap(t, short(f"{mark} {option_name(t, shown.question, option)}", 60), press)


def _mark(t: Translator, shown: Ballot, option: int) -> Button:
    on = option in (shown.answer or {})
    press = presses.MarkOption(shown.hearing.id, shown.question.no, option, not on)
    return tap(t, short(f"{'☑️' if on else '⬜️'} {option_name(t, shown.question, option)}", 60), press)


def _place(t: Translator, shown: Ballot, option: int) -> Button:
    own = shown.answer or {}
    place = own.get(option, 0)
    mark = f"{place}." if place else "▫️"
    press = presses.RankOption(shown.hearing.id, shown.question.no, option, 0 if place else len(own) + 1)
    return tap(t, short(f"{mark} {option_name(t, shown.question, option)}", 60), press)


def _coins(t: Translator, shown: Ballot, option: int) -> Row:
    question, own = shown.question, shown.answer or {}
    has = own.get(option, 0)
    left = question.cap - sum(own.values())
    more, less = has + min(question.step, left), max(0, has - question.step)
    label = short(f"{amount(t, shown.hearing, question, has)} {option_name(t, question, option)}", 40)

    def give(value: int) -> presses.GiveCoins:
        return presses.GiveCoins(shown.hearing.id, question.no, option, value)

    row = [tap(t, label, give(more))]
    if has:
        row.insert(0, tap(t, "➖", give(less)))
    if left:
        row.append(tap(t, "➕", give(more)))
    return tuple(row)


def _ways(t: Translator, shown: Ballot) -> tuple[Row, ...]:
    hearing, question = shown.hearing, shown.question
    numbers = [other.no for other in hearing.dossier.questions]
    place = numbers.index(question.no)
    turns = []
    if place:
        turns.append(tap(t, "◀️", presses.OpenQuestion(hearing.id, numbers[place - 1])))
    if place + 1 < len(numbers):
        label = t.p("button", "Next ▶️") if shown.answer else t.p("button", "Skip ▶️")
        turns.append(tap(t, label if shown.taken else "▶️", presses.OpenQuestion(hearing.id, numbers[place + 1])))
    take_back = presses.WithdrawVote(hearing.id, question.no)
    rows = (
        tuple(turns),
        (tap(t, t.p("button", "↩️ Withdraw my answer"), take_back),) if shown.answer and shown.taken else (),
        (_comment(t, hearing, question.about),) if shown.taken else (),
        (tap(t, t.p("button", "⬅️ Back"), presses.OpenHearing(hearing.id)), home(t, hearing.municipality_id)),
    )
    return tuple(row for row in rows if row)


def _comment(t: Translator, hearing: Hearing, about: About) -> Button:
    press = presses.WriteAbout(hearing.id, CommentKind.COMMENT, about.kind, about.no)
    return tap(t, t.p("button", "💬 Comment on this"), press)


def counted(t: Translator, shown: Ballot) -> str:
    """The toast that confirms an answer: the receipt of a vote."""
    if not shown.answer:
        return t.p("toast", "Withdrawn. You can answer again until closing.")
    if shown.question.kind is QuestionKind.STANCE:
        (option,) = shown.answer
        return t.p("toast", "✅ Counted: {answer}", answer=stance_name(t, option))
    return t.p("toast", "✅ Counted. You can change it until closing.")
