"""Presses that answer the questions of a hearing.

An answer is given to an edition of a question: 1 is the first.
"""

from __future__ import annotations

from bot.domain.values import dataclass
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class OpenQuestion(Press):
    """Opens a question; 0 is the first one without an answer. ``page`` is that of its options, from 0.

    ``unshared``: so many coins were left at the question before, which is said.
    """

    hearing: int
    question: int = 0
    page: int = 0
    unshared: int = 0


@dataclass(frozen=True, slots=True)
class FinishQuestions(Press):
    """Opens what comes after the last question; ``unshared`` as in ``OpenQuestion``."""

    hearing: int
    unshared: int = 0


@dataclass(frozen=True, slots=True)
class ChooseOption(Press):
    """Chooses a stance, or one option.

    ``page`` 0 leads back to the question, 1 to the page of the service, 2 to that page as it is opened from the
    question.
    """

    hearing: int
    question: int
    option: int
    page: int = 0
    edition: int = 1


@dataclass(frozen=True, slots=True)
class MarkOption(Press):
    """Marks one of several options, or takes the mark away."""

    hearing: int
    question: int
    option: int
    on: bool
    edition: int = 1


@dataclass(frozen=True, slots=True)
class RankOption(Press):
    """Gives an option a place in the ranking; 0 takes it out."""

    hearing: int
    question: int
    option: int
    place: int
    edition: int = 1


@dataclass(frozen=True, slots=True)
class GiveCoins(Press):
    """Gives an option so many coins."""

    hearing: int
    question: int
    option: int
    amount: int
    edition: int = 1


@dataclass(frozen=True, slots=True)
class WithdrawVote(Press):
    """Asks whether to take the answer to a question back; takes it back where ``sure``. ``page`` is no longer used."""

    hearing: int
    question: int
    page: int = 0
    edition: int = 1
    sure: bool = False
