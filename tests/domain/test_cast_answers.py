"""Rows of votes say nothing of people, neither by their days nor by their order."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cast_answers import CastAnswer, shuffled, with_told_days
from bot.domain.comments import Channel

DAYS = tuple(date(2026, 12, day) for day in (1, 2, 3, 4))


def answer(option: int, day: date, people: int = 1) -> CastAnswer:
    return CastAnswer(Channel.TELEGRAM, day, {option: 1}, people)


def test_a_day_on_which_few_answered_is_not_told_nor_to_be_computed() -> None:
    given_answers = [answer(1, DAYS[0], 20), answer(2, DAYS[1], 3), answer(1, DAYS[2], 6)]
    told = {each.day: each.people for each in with_told_days(given_answers) if each.day}
    assert told == {DAYS[0]: 20}  # one unknown day alone would be known from the number of all rows
    assert sum(each.people for each in with_told_days(given_answers)) == 29


@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from(DAYS), st.integers(1, 9)), max_size=12))
def test_no_answer_is_lost_and_no_day_has_fewer_than_five(drawn: list[tuple[int, date, int]]) -> None:
    given_answers = [answer(*each) for each in drawn]
    told = with_told_days(given_answers)
    for option in range(1, 5):
        before = sum(each.people for each in given_answers if option in each.answer)
        assert sum(each.people for each in told if option in each.answer) == before
    days = {day: sum(each.people for each in told if each.day == day) for day in DAYS}
    assert all(count == 0 or count >= 5 for count in days.values())


@given(st.lists(st.tuples(st.text(max_size=3), st.integers(1, 4)), max_size=8, unique_by=lambda row: row[0]))
def test_the_order_of_rows_is_that_of_no_person(rows: list[tuple[str, int]]) -> None:
    forwards = list(shuffled(rows, str, salt="M-26"))
    assert forwards == list(shuffled(rows[::-1], str, salt="M-26"))
    assert sorted(forwards) == sorted(words for words, count in rows for _ in range(count))


def test_rows_that_came_together_are_torn_apart() -> None:
    rows = list(shuffled([("а", 50), ("б", 50)], str, salt="M-26"))
    assert 20 < sum(first != second for first, second in pairwise(rows)) < 80
    assert rows != list(shuffled([("а", 50), ("б", 50)], str, salt="M-27"))
