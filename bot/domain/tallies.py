"""Counting answers. A rollup is kept in the vote's own transaction; ``changes`` says what one vote moves in it."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Final

from bot.domain.comments import Channel
from bot.domain.questions import QuestionKind
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from bot.domain.people import Demographics
    from bot.domain.questions import Question

ALL_OPTIONS: Final = 0
"""The option number under which the voters of a question are counted once each."""
SMALLEST_GROUP: Final = 5
"""Groups with fewer people are not shown, so that no person is exposed by arithmetic."""


@dataclass(frozen=True, slots=True)
class Vote:
    """A person's current answer, with the demographics the person had when giving it.

    ``order`` is the update's number at Telegram: of two presses the later one stays, whichever is handled first. For
    the same reason an answer taken back stays as an empty one, which counts nowhere.
    """

    hearing_id: int
    question_no: int
    resident_id: int
    answer: Mapping[int, int]
    demographics: Demographics
    cast_at: datetime
    order: int = 0
    channel: Channel = Channel.TELEGRAM
    changed: bool = False
    """The person answered it otherwise before (``takes_back``)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the rollup."""

    hearing_id: int
    question_no: int
    option: int
    channel: Channel
    demographics: Demographics


@dataclass(frozen=True, slots=True)
class Count:
    """``voters`` who chose an option and the ``points`` they gave it (coins; places turned into points)."""

    voters: int = 0
    points: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.voters + other.voters, self.points + other.points)


@dataclass(frozen=True, slots=True)
class Tally:
    """The answers to one question: who took part, and a count for each option."""

    voters: int = 0
    counts: Mapping[int, Count] = field(default_factory=dict)

    def __add__(self, other: Tally) -> Tally:
        counts = dict(self.counts)
        for option, count in other.counts.items():
            counts[option] = counts.get(option, Count()) + count
        return Tally(self.voters + other.voters, counts)

    def count(self, option: int) -> Count:
        """The option's count; zero where no voter chose it."""
        return self.counts.get(option, Count())


@dataclass(frozen=True, slots=True)
class FormerTally:
    """The answers that were given to another ``version`` of a question, through one channel, counted."""

    version: int
    question_no: int
    channel: Channel
    answers: tuple[tuple[Mapping[int, int], int], ...]
    """Each answer, and how many people gave it."""
    counted: Tally = Tally()
    """Beside these, what was counted by hand."""

    def of(self, question: Question) -> Tally:
        """The tally; ``question`` as it was in that version."""
        counts = dict(self.counted.counts)
        for answer, people in self.answers:
            for option, value in answer.items():
                counts[option] = counts.get(option, Count()) + Count(people, people * points(question, value))
        return Tally(self.counted.voters + sum(people for _, people in self.answers), counts)


def points(question: Question, value: int) -> int:
    """What a value in an answer weighs: coins as they are, the first of n places n points (Borda), a choice one."""
    return len(question.options) - value + 1 if question.kind is QuestionKind.RANK else value


def changes(question: Question, before: Vote | None, after: Vote | None) -> Iterator[tuple[Cell, Count]]:
    """What replacing ``before`` by ``after`` adds to the rollup, cell by cell (negative: taken away)."""
    for vote, sign in ((before, -1), (after, 1)):
        if vote is not None and vote.answer:
            yield _cell(vote, ALL_OPTIONS), Count(sign, 0)
            for option, value in vote.answer.items():
                yield _cell(vote, option), Count(sign, sign * points(question, value))


def _cell(vote: Vote, option: int) -> Cell:
    return Cell(vote.hearing_id, vote.question_no, option, vote.channel, vote.demographics)


def is_later(order: int, at: datetime, standing: Vote) -> bool:
    """True if a press with this order, handled ``at``, was made after the ``standing`` vote's.

    Update numbers grow by one, but start anew at random after a week without updates: six days later any is newer.
    """
    return order >= standing.order or (at - standing.cast_at).days >= 6
