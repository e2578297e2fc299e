"""Presses that answer the questions of a hearing.

An answer is given to an edition of a question: 1 is the first.
"""

from __future__ import annotations

from dataclasses import dataclass

from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class OpenQuestion(Press):
    """Opens a question; 0 is the first one without an answer. ``page`` is that of its options, from 0."""

    hearing: int
    question: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True)
class ChooseOption(Press):
    """Chooses a stance, or one option; ``page`` 1 leads back to the page of the service, 0 to the question."""

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
    """Takes the answer to a question back; ``page`` as in ``ChooseOption``."""

    hearing: int
    question: int
    page: int = 0
    edition: int = 1
