"""Votes counted by hand: what can be counted, and what they add to the rollup."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.comments import Channel
from bot.domain.counted_votes import BallotBox, CountedVotes, CountProblem, from_numbers, moved, to_numbers
from bot.domain.errors import BadCount
from bot.domain.tallies import ALL_OPTIONS, Count, Tally, points
from tests import samples

if TYPE_CHECKING:
    from bot.domain.questions import Answer

STANCE, ONE, SEVERAL, RANK, COINS = (samples.questions()[number] for number in (0, 3, 4, 5, 6))


def test_numbers_are_papers_for_each_option_in_their_order() -> None:
    assert from_numbers(STANCE, (12, 5, 0)) == Tally(17, {1: Count(12, 12), 2: Count(5, 5)})
    assert from_numbers(ONE, (1, 2, 3)).voters == 6


def test_of_several_all_papers_come_first_and_of_points_papers_and_points() -> None:
    assert from_numbers(SEVERAL, (20, 12, 9, 7)) == Tally(20, {1: Count(12, 12), 2: Count(9, 9), 3: Count(7, 7)})
    assert from_numbers(RANK, (2, 2, 5, 2, 4, 1, 1)) == Tally(2, {1: Count(2, 5), 2: Count(2, 4), 3: Count(1, 1)})
    assert from_numbers(COINS, (2, 2, 150, 1, 50, 0, 0)) == Tally(2, {1: Count(2, 150), 2: Count(1, 50)})


@pytest.mark.parametrize(
    ("question", "numbers", "problem"),
    [
        (STANCE, (1, 2), CountProblem.NUMBERS),
        (STANCE, (0, 0, 0), CountProblem.NOBODY),
        (STANCE, (100_001, 0, 0), CountProblem.LARGE),
        (SEVERAL, (10, 11, 0, 0), CountProblem.MORE_THAN_PAPERS),
        (SEVERAL, (10, 10, 10, 1), CountProblem.TOO_MANY_CHOICES),
        (SEVERAL, (10, 3, 3, 3), CountProblem.TOO_FEW_CHOICES),
        (RANK, (2, 2, 7, 0, 0, 0, 0), CountProblem.POINTS),
        (RANK, (2, 2, 6, 2, 6, 2, 6), CountProblem.TOO_MANY_CHOICES),
        (COINS, (2, 2, 150, 1, 51, 0, 0), CountProblem.TOO_MANY_CHOICES),
        (COINS, (2, 2, 1, 0, 0, 0, 0), CountProblem.POINTS),
    ],
)
def test_what_cannot_be_counted_is_refused(question: object, numbers: tuple[int, ...], problem: CountProblem) -> None:
    with pytest.raises(BadCount) as caught:
        from_numbers(question, numbers)  # type: ignore[arg-type]
    assert caught.value.problem is problem


def answers() -> st.SearchStrategy[list[Answer]]:
    """Answers to the question of several, as papers have them."""
    return st.lists(st.sets(st.integers(1, 3), min_size=1, max_size=2).map(lambda given: dict.fromkeys(given, 1)))


@given(answers(), st.lists(st.permutations([1, 2, 3])))
def test_whatever_papers_say_can_be_counted(chosen: list[Answer], ranked: list[list[int]]) -> None:
    """The count of real papers is never refused, and is typed again as it stands."""
    places = [{option: place for place, option in enumerate(order, start=1)} for order in ranked]
    for question, papers in ((SEVERAL, chosen), (RANK, places)):
        if papers:
            counts = {
                option: Count(len(given), sum(points(question, value) for value in given))
                for option in question.option_numbers
                if (given := [paper[option] for paper in papers if option in paper])
            }
            tally = Tally(len(papers), counts)
            assert from_numbers(question, to_numbers(question, tally)) == tally


def test_a_count_in_place_of_another_moves_the_difference() -> None:
    box = BallotBox(Channel.PAPER, 3)
    first, second = (
        CountedVotes(1, 1, box, from_numbers(STANCE, numbers), samples.NOW) for numbers in ((3, 2, 0), (3, 0, 4))
    )
    changed = {cell.option: count for cell, count in moved(first, second).items()}
    assert changed == {ALL_OPTIONS: Count(2, 0), 2: Count(-2, -2), 3: Count(4, 4)}
    assert moved(first, first) == {}
    assert {cell.demographics.village_id for cell in first.cells} == {3}
