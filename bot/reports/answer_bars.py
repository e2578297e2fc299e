"""The answers to a question as bars: the words, the number that is said, and how long the bar is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.domain.questions import AGAINST, DEFAULT_COINS, NEUTRAL, SUPPORT, QuestionKind
from bot.domain.values import dataclass
from bot.i18n import answers

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.domain.questions import Question
    from bot.domain.tallies import Tally
    from bot.i18n import Translator

_TONES: Final = {SUPPORT: "support", AGAINST: "against", NEUTRAL: "neutral"}


@dataclass(frozen=True, slots=True)
class AnswerBar:
    """One answer: ``ratio`` (0 to 1) is the length of its bar, ``tone`` its colour by name."""

    words: str
    said: str
    ratio: float
    tone: str = "plain"

    @property
    def data(self) -> dict[str, Any]:
        """The bar for a template."""
        return {"words": self.words, "said": self.said, "ratio": self.ratio, "tone": self.tone}


def bars(t: Translator, hearing: Hearing, question: Question, tally: Tally) -> tuple[AnswerBar, ...]:
    """A bar for each option; ``tally`` has at least one voter. Those that have no order of their own, longest first."""
    found = [_bar(t, hearing, question, tally, option) for option in question.option_numbers]
    if question.kind is not QuestionKind.STANCE:
        found.sort(key=lambda bar: -bar.ratio)
    return tuple(found)


def _bar(t: Translator, hearing: Hearing, question: Question, tally: Tally, option: int) -> AnswerBar:
    count, name = tally.count(option), answers.counted_option(t, question, option)
    tone = _TONES[option] if question.kind is QuestionKind.STANCE else "plain"
    match question.kind:
        case QuestionKind.RANK:
            said = t.n("{n} point", "{n} points", count.points)
            return AnswerBar(name, said, count.points / (tally.voters * len(question.options)), tone)
        case QuestionKind.COINS:
            mean = round(count.points / tally.voters, 1)
            said = t.number(mean) if question.cap == DEFAULT_COINS else answers.coins(t, hearing, question, mean)
            return AnswerBar(name, said, count.points / (tally.voters * question.cap), tone)
    ratio = count.voters / tally.voters
    return AnswerBar(name, f"{t.percent(ratio)} · {t.number(count.voters)}", ratio, tone)


def unit(t: Translator, question: Question) -> str:
    """What the numbers of the bars are, where that is not people."""
    match question.kind:
        case QuestionKind.RANK:
            return t(
                "The first place of {n} is worth {n} points, the next one less.", n=t.number(len(question.options))
            )
        case QuestionKind.COINS if question.cap == DEFAULT_COINS:
            return t("How many of {n} coins people gave to each, on average.", n=t.number(question.cap))
        case QuestionKind.COINS:
            return t("How much people gave to each, on average.")
        case QuestionKind.SEVERAL:
            return t("Several answers were possible.")
    return ""


def asked(t: Translator, hearing: Hearing, question: Question) -> tuple[str, str]:
    """What a question is about (empty: the hearing as a whole), and its words."""
    return answers.numbered_about(t, hearing.dossier, question.about), answers.question_text(t, question)
