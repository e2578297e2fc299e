"""Questions and answers in words: what is asked, about what, with which options, and how people answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.programme import TYIYN, Unit
from bot.domain.questions import DEFAULT_COINS, About, AboutKind, QuestionKind
from bot.i18n import later, names

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.domain.hearings import Dossier, Hearing
    from bot.domain.programme import DraftPoint
    from bot.domain.questions import Answer, Question
    from bot.domain.tallies import Tally
    from bot.i18n import Translator

QUESTION_TEXTS: Final = {
    AboutKind.HEARING: later("Do you support what is proposed?"),
    AboutKind.STRATEGY: later("Do you support the draft strategy as a whole?"),
    AboutKind.BUDGET: later("Do you support the draft budget as a whole?"),
    AboutKind.SERVICE: later("Do you support this plan?"),
    AboutKind.LINE: later("Do you support this line of the budget?"),
    AboutKind.AGENDA: later("Do you support this item?"),
}
"""What is asked where the secretary wrote no question, by what it is about."""
BAR_SQUARES: Final = 10


def about(t: Translator, dossier: Dossier, what: About) -> str:
    """What a question or a comment is about, for a reader who has only the record."""
    match what.kind:
        case AboutKind.HEARING:
            return t("The hearing as a whole")
        case AboutKind.STRATEGY:
            return t("Draft strategy")
        case AboutKind.BUDGET:
            return t("Draft budget")
        case AboutKind.SERVICE:
            return t("Service {no}: {title}", no=what.no, title=t.marked(dossier.service(what.no).title))
        case AboutKind.LINE:
            return t("Budget line: {title}", title=t.marked(dossier.line(what.no).title))
        case AboutKind.AGENDA:
            return t("Agenda item {no}: {title}", no=what.no, title=t.marked(dossier.item(what.no).item))


def short_about(t: Translator, dossier: Dossier, what: About) -> str:
    """What a question or a comment is about, for a reader who has the hearing; empty for the hearing as a whole."""
    match what.kind:
        case AboutKind.SERVICE:
            return f"{what.no}. {t.text(dossier.service(what.no).title).words}"
        case AboutKind.LINE:
            return t.text(dossier.line(what.no).title).words
        case AboutKind.AGENDA:
            return t.text(dossier.item(what.no).item).words
        case AboutKind.STRATEGY:
            return t("The draft strategy")
        case AboutKind.BUDGET:
            return t("The draft budget")
        case AboutKind.HEARING:
            return ""


def numbered_about(t: Translator, dossier: Dossier, what: About) -> str:
    """The same where another number stands before it: a service is named without its own."""
    if what.kind is AboutKind.SERVICE:
        return t.text(dossier.service(what.no).title).words
    return short_about(t, dossier, what)


def point(t: Translator, dossier: Dossier, what: DraftPoint) -> str:
    """What of the drafts a decision changes; empty where they do not have it any more."""
    if not dossier.has(what):
        return ""
    if what.line:
        return about(t, dossier, About(AboutKind.LINE, what.line))
    if not what.action:
        return about(t, dossier, About(AboutKind.SERVICE, what.service))
    title = dossier.service(what.service).actions[what.action - 1].title
    return t("Service {no}, action: {title}", no=what.service, title=t.marked(title))


def recorded_question(t: Translator, dossier: Dossier, question: Question) -> str:
    """A question as the record names it; without words of its own, by what it is about."""
    return t.marked(question.text) or about(t, dossier, question.about)


def recorded_option(t: Translator, question: Question, option: int) -> str:
    """An option as the record names it."""
    if question.kind is QuestionKind.STANCE:
        return t(names.STANCE_NAMES[option])
    return t.marked(question.options[option - 1])


def question_text(t: Translator, question: Question) -> str:
    """A question as a person is asked it: the secretary's words, else the program's."""
    return t.marked(question.text) if question.text else t(QUESTION_TEXTS[question.about.kind])


def option_name(t: Translator, question: Question, option: int) -> str:
    """An option as a person chooses it."""
    if question.kind is QuestionKind.STANCE:
        return names.own_stance(t, option)
    return t.text(question.options[option - 1]).words


def counted_option(t: Translator, question: Question, option: int) -> str:
    """An option as it is said beside how many chose it."""
    if question.kind is QuestionKind.STANCE:
        return t(names.STANCE_NAMES[option])
    return option_name(t, question, option)


def coins(t: Translator, hearing: Hearing, question: Question, value: float) -> str:
    """Coins, or money where the cap is a real sum (in the unit of the hearing's budget)."""
    if question.cap == DEFAULT_COINS:
        return f"{t.number(value)}\u00a0🪙"
    factor = 1000 * TYIYN if hearing.dossier.unit is Unit.THOUSAND else TYIYN
    return t.money(round(value * factor), hearing.dossier.unit)


def answer_words(t: Translator, hearing: Hearing, question: Question, answer: Answer) -> str:
    """A person's answer, one option under the other where there are several."""
    match question.kind:
        case QuestionKind.STANCE:
            return t.list(f"{names.STANCE_MARKS[option]} {names.own_stance(t, option)}" for option in answer)
        case QuestionKind.RANK:
            ordered = sorted(answer, key=lambda option: answer[option])
            return "\n".join(f"{place}. {option_name(t, question, o)}" for place, o in enumerate(ordered, start=1))
        case QuestionKind.COINS:
            return "\n".join(
                f"{option_name(t, question, option)}: {coins(t, hearing, question, value)}"
                for option, value in sorted(answer.items())
            )
    return "\n".join(f"✅ {option_name(t, question, option)}" for option in sorted(answer))


def results(
    t: Translator,
    hearing: Hearing,
    question: Question,
    tally: Tally,
    among: Collection[int] = (),
    *,
    numbered: bool = False,
) -> tuple[str, ...]:
    """The result of each option in the order of the question; of a ranking the foremost first.

    ``tally`` has at least one voter; ``among`` are the numbers of the options that are asked for, empty for all of
    them; ``numbered`` puts each option's number before it.
    """
    options = [option for option in question.option_numbers if not among or option in among]
    if question.kind is QuestionKind.RANK:
        options.sort(key=lambda option: -tally.count(option).points)
    found = ((option, _result(t, hearing, question, tally, option)) for option in options)
    return tuple(f"{option}. {result}" if numbered else result for option, result in found)


def _result(t: Translator, hearing: Hearing, question: Question, tally: Tally, option: int) -> str:
    count = tally.count(option)
    stance = question.kind is QuestionKind.STANCE
    name = t(names.STANCE_NAMES[option]) if stance else option_name(t, question, option)
    match question.kind:
        case QuestionKind.RANK:
            return t("{name}: {points} points", name=name, points=t.number(count.points))
        case QuestionKind.COINS:
            mean = coins(t, hearing, question, round(count.points / tally.voters, 1))
            return t("{name}: {mean} on average", name=name, mean=mean)
    ratio = count.voters / tally.voters
    full = round(ratio * BAR_SQUARES)
    bar = "▰" * full + "▱" * (BAR_SQUARES - full)
    return f"{name}\n{bar} {t.percent(ratio)} · {t.number(count.voters)}"
