"""Questions of a hearing, answers to them, and the changes a press makes.

A change says what shall be, not what shall be different ("option 3 on", not "toggle option 3"): the same press
delivered twice, or a nervous double tap, leads to the same answer.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.domain.errors import BadAnswer, OverCap, TooManyChoices
from bot.domain.languages import Text
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence


class AboutKind(StrEnum):
    """What a question or a comment is about."""

    HEARING = "hearing"
    STRATEGY = "strategy"
    BUDGET = "budget"
    SERVICE = "service"
    LINE = "line"
    AGENDA = "agenda"


@dataclass(frozen=True, slots=True)
class About:
    """The thing meant: its kind and, for services, budget lines and agenda items, its number there (else 0)."""

    kind: AboutKind = AboutKind.HEARING
    no: int = 0


class QuestionKind(StrEnum):
    """How a question is answered."""

    STANCE = "stance"
    ONE = "one"
    SEVERAL = "several"
    RANK = "rank"
    COINS = "coins"


OPTION_KINDS: Final = (QuestionKind.SEVERAL, QuestionKind.RANK, QuestionKind.COINS)
"""The kinds in which one answer weighs several options."""
SUPPORT: Final = 1
AGAINST: Final = 2
NEUTRAL: Final = 3
STANCES: Final = (SUPPORT, AGAINST, NEUTRAL)
DEFAULT_COINS: Final = 100


@dataclass(frozen=True, slots=True)
class Question:
    """A question; options are numbered from 1 in the order of ``options`` (a stance has the three fixed ones).

    ``limit``: of ``several`` the most options, of ``coins`` the cap; 0 means no limit (``coins``: 100).
    An empty ``text`` means that the bot words the question itself, by what it is about.

    ``edition`` is the dossier's version since which it has its present meaning: an answer belongs to an edition.
    """

    no: int
    about: About
    kind: QuestionKind
    text: Text = Text()
    options: tuple[Text, ...] = ()
    limit: int = 0
    edition: int = 1

    @property
    def option_numbers(self) -> tuple[int, ...]:
        """The numbers an answer may use."""
        return STANCES if self.kind is QuestionKind.STANCE else tuple(range(1, len(self.options) + 1))

    @property
    def cap(self) -> int:
        """Coins to share."""
        return self.limit or DEFAULT_COINS

    @property
    def step(self) -> int:
        """Coins one tap moves: a tenth of the cap."""
        return max(1, self.cap // 10)


def takes_back(kind: QuestionKind, before: Mapping[int, int], after: Mapping[int, int]) -> bool:
    """True where an answer gives up something of the one before: an option, a place, coins.

    To choose one more, or to give more, is to go on answering.
    """
    if kind is QuestionKind.COINS:
        return any(after.get(option, 0) < coins for option, coins in before.items())
    return any(after.get(option) != value for option, value in before.items())


Answer = dict[int, int]
"""Option number to value: 1 where chosen, the place (from 1) in a ranking, the coins given. Never empty."""


@dataclass(frozen=True, slots=True)
class Choose:
    """Stance and one: this option and no other."""

    option: int


@dataclass(frozen=True, slots=True)
class Mark:
    """Several: this option on or off."""

    option: int
    on: bool


@dataclass(frozen=True, slots=True)
class Rank:
    """Rank: this option at ``place`` (from 1), or at the end if another has it by now; 0 takes it out."""

    option: int
    place: int


@dataclass(frozen=True, slots=True)
class Give:
    """Coins: this option gets ``amount``."""

    option: int
    amount: int


@dataclass(frozen=True, slots=True)
class Withdraw:
    """No answer any more."""


Change = Choose | Mark | Rank | Give | Withdraw


def first_unanswered(questions: Sequence[Question], answered: Collection[int]) -> Question | None:
    """The first question without an answer, the first of all when every one has one; None without questions."""
    rest = (question for question in questions if question.no not in answered)
    return next(rest, questions[0] if questions else None)


def apply(question: Question, before: Answer | None, change: Change) -> Answer | None:
    """The answer after ``change``; None is no answer.

    Raises BadAnswer for what the question does not know, TooManyChoices, OverCap.
    """
    if isinstance(change, Withdraw):
        return None
    if change.option not in question.option_numbers:
        raise BadAnswer(change)
    now = dict(before or {})
    match question.kind, change:
        case ((QuestionKind.STANCE | QuestionKind.ONE), Choose(option)):
            return {option: 1}
        case QuestionKind.SEVERAL, Mark(option, on):
            return _marked(question, now, option, on=on)
        case QuestionKind.RANK, Rank(option, place):
            return _ranked(question, now, option, place)
        case QuestionKind.COINS, Give(option, amount):
            return _given(question, now, option, amount)
    raise BadAnswer(change)


def _marked(question: Question, now: Answer, option: int, *, on: bool) -> Answer | None:
    if not on:
        now.pop(option, None)
        return now or None
    now[option] = 1
    if question.limit and len(now) > question.limit:
        raise TooManyChoices(question.limit)
    return now


def _ranked(question: Question, now: Answer, option: int, place: int) -> Answer | None:
    if not 0 <= place <= len(question.options):
        raise BadAnswer(place)
    if place == 0:
        now.pop(option, None)
    elif option not in now:
        now[option] = len(now) + 1
    in_order = sorted(now, key=lambda number: now[number])
    return {number: position for position, number in enumerate(in_order, start=1)} or None


def _given(question: Question, now: Answer, option: int, amount: int) -> Answer | None:
    if amount < 0 or amount > question.cap:
        raise BadAnswer(amount)
    others = sum(value for number, value in now.items() if number != option)
    if others + amount > question.cap:
        raise OverCap(question.cap, question.cap - others)
    now[option] = amount
    return {number: value for number, value in now.items() if value} or None
