"""Votes that were counted by hand, in the hall, on paper and by phone: how many chose what, and no person behind it.

A count belongs to one question and one ballot box. What may be counted follows from the kind of the question.
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.domain.comments import Channel
from bot.domain.errors import BadCount
from bot.domain.people import Demographics
from bot.domain.questions import QuestionKind
from bot.domain.tallies import ALL_OPTIONS, Cell, Count, Tally
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.domain.questions import Question

BY_HAND: Final = (Channel.HALL, Channel.PAPER, Channel.PHONE)
"""The channels whose voices are entered by staff."""
MOST_COUNTED: Final = 100_000
"""Papers of one count; a larger number is a slip of the hand."""
MOST_BOXES: Final = 99
"""Ballot boxes of one village and channel."""
WEIGHED_KINDS: Final = (QuestionKind.RANK, QuestionKind.COINS)
"""The kinds of question of which points are counted beside papers."""


class CountProblem(StrEnum):
    """What is wrong with a count."""

    NUMBERS = "numbers"
    """There are not as many numbers as the question needs."""
    LARGE = "large"
    NOBODY = "nobody"
    MORE_THAN_PAPERS = "more than papers"
    """An option was chosen on more papers than there are."""
    TOO_MANY_CHOICES = "too many choices"
    """More was chosen than the papers can say, as the question allows so many options, or points, on each."""
    TOO_FEW_CHOICES = "too few choices"
    """There are more papers than choices: every paper that counts has one at least."""
    POINTS = "points"
    """So many points cannot come from so many papers."""


@dataclass(frozen=True, slots=True)
class BallotBox:
    """Where votes were counted: their channel, the village (0: none in particular), and which box there, from 1."""

    channel: Channel
    village_id: int = 0
    number: int = 1


@dataclass(frozen=True, slots=True)
class CountedVotes:
    """The votes of one box on one question; ``voters`` of the tally are the papers, or hands, that answered it.

    ``entered_by`` is a resident's id; None is the command line.
    """

    hearing_id: int
    question_no: int
    box: BallotBox
    tally: Tally
    entered_at: datetime
    entered_by: int | None = None

    @property
    def cells(self) -> dict[Cell, Count]:
        """What they add to the rollup."""
        group = Demographics(self.box.village_id)
        counts = {ALL_OPTIONS: Count(self.tally.voters), **self.tally.counts}
        return {
            Cell(self.hearing_id, self.question_no, option, self.box.channel, group): count
            for option, count in counts.items()
            if count != Count()
        }


def moved(before: CountedVotes | None, after: CountedVotes | None) -> dict[Cell, Count]:
    """What replacing ``before`` by ``after`` adds to the rollup, cell by cell (negative: taken away)."""
    found: Counter[Cell] = Counter()
    points: Counter[Cell] = Counter()
    for counted, sign in ((before, -1), (after, 1)):
        for cell, count in (counted.cells if counted else {}).items():
            found[cell] += sign * count.voters
            points[cell] += sign * count.points
    return {cell: Count(found[cell], points[cell]) for cell in found if found[cell] or points[cell]}


def numbers_needed(question: Question) -> int:
    """How many numbers a count of this question is typed as (see ``from_numbers``)."""
    options = len(question.option_numbers)
    if question.kind in WEIGHED_KINDS:
        return 1 + 2 * options
    return 1 + options if question.kind is QuestionKind.SEVERAL else options


def from_numbers(question: Question, numbers: Sequence[int]) -> Tally:
    """The tally of a question from numbers in the order of its options. Raises BadCount.

    A stance and one of several: the papers for each option. Several: all papers first, then those for each option.
    Ranking and coins: all papers first, then for each option the papers that name it and their points.
    """
    if len(numbers) != numbers_needed(question):
        raise BadCount(CountProblem.NUMBERS)
    if question.kind in WEIGHED_KINDS:
        pairs = zip(numbers[1::2], numbers[2::2], strict=True)
        given = {no: Count(*pair) for no, pair in zip(question.option_numbers, pairs, strict=True)}
        return checked_tally(question, given, papers=numbers[0])
    several = question.kind is QuestionKind.SEVERAL
    chosen = numbers[1:] if several else numbers
    given = {no: Count(people, people) for no, people in zip(question.option_numbers, chosen, strict=True)}
    return checked_tally(question, given, papers=numbers[0] if several else sum(numbers))


def to_numbers(question: Question, tally: Tally) -> tuple[int, ...]:
    """The numbers of which ``from_numbers`` makes the tally."""
    counts = [tally.count(no) for no in question.option_numbers]
    if question.kind in WEIGHED_KINDS:
        return (tally.voters, *(number for each in counts for number in (each.voters, each.points)))
    voters = tuple(each.voters for each in counts)
    return (tally.voters, *voters) if question.kind is QuestionKind.SEVERAL else voters


def checked_tally(question: Question, counts: dict[int, Count], *, papers: int) -> Tally:
    """The tally of so many papers, without the options that nobody chose. Raises BadCount."""
    if papers > MOST_COUNTED or any(each.voters > MOST_COUNTED for each in counts.values()):
        raise BadCount(CountProblem.LARGE)
    if papers <= 0:
        raise BadCount(CountProblem.NOBODY)
    if any(not 0 <= each.voters <= papers for each in counts.values()):
        raise BadCount(CountProblem.MORE_THAN_PAPERS)
    if any(not each.voters <= each.points <= each.voters * _most_points(question) for each in counts.values()):
        raise BadCount(CountProblem.POINTS)
    chosen, points = (sum(getattr(each, name) for each in counts.values()) for name in ("voters", "points"))
    if chosen > papers * _most_choices(question) or points > papers * _points_of_a_paper(question):
        raise BadCount(CountProblem.TOO_MANY_CHOICES)
    if chosen < papers:
        raise BadCount(CountProblem.TOO_FEW_CHOICES)
    return Tally(papers, {option: count for option, count in counts.items() if count.voters})


def _most_choices(question: Question) -> int:
    """Options that one paper may name."""
    options = len(question.option_numbers)
    if question.kind is QuestionKind.SEVERAL:
        return min(question.limit or options, options)
    return options if question.kind in WEIGHED_KINDS else 1


def _most_points(question: Question) -> int:
    """Points that one paper may give an option."""
    if question.kind is QuestionKind.COINS:
        return question.cap
    return len(question.option_numbers) if question.kind is QuestionKind.RANK else 1


def _points_of_a_paper(question: Question) -> int:
    """Points that one paper may give all options together."""
    options = len(question.option_numbers)
    if question.kind is QuestionKind.COINS:
        return question.cap
    return options * (options + 1) // 2 if question.kind is QuestionKind.RANK else _most_choices(question)
