"""Presses about answering the questions of a hearing."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class OpenQuestion(Press):
    """A question; 0: the first one without an answer."""

    hearing: int
    question: int = 0


@dataclass(frozen=True, slots=True)
class ChooseOption(Press):
    """Stance and one of several."""

    hearing: int
    question: int
    option: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class MarkOption(Press):
    """Up to N of several: on or off."""

    hearing: int
    question: int
    option: int
    on: bool


@dataclass(frozen=True, slots=True)
class RankOption(Press):
    """A place in the ranking; 0 takes it out."""

    hearing: int
    question: int
    option: int
    place: int


@dataclass(frozen=True, slots=True)
class GiveCoins(Press):
    """Coins for an option."""

    hearing: int
    question: int
    option: int
    amount: int


@dataclass(frozen=True, slots=True)
class WithdrawVote(Press):
    """No answer to this question."""

    hearing: int
    question: int
    page: int = 0
