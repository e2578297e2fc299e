"""Residents never see a number that changes by one person's answer."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.disclosure import LEAST_ANSWERS, disclosed
from bot.domain.tallies import Count, Tally


def tally(*answers: int) -> Tally:
    """One voter for each answer given."""
    return Tally(len(answers), {option: Count(answers.count(option), answers.count(option)) for option in set(answers)})


def test_four_answers_tell_nothing_and_five_tell_all() -> None:
    assert disclosed(tally(1, 1, 2, 3), None, taken=True) is None
    assert disclosed(tally(1, 1, 2, 3), None, taken=False) is None
    assert disclosed(tally(1, 1, 2, 3, 1), None, taken=True) == tally(1, 1, 2, 3, 1)


def test_the_sixth_to_the_ninth_answer_change_nothing_that_residents_see() -> None:
    five = tally(1, 1, 2, 3, 1)
    for more in ((2,), (2, 2), (2, 2, 2), (2, 2, 2, 2)):
        assert disclosed(tally(1, 1, 2, 3, 1, *more), five, taken=True) == five
    ten = tally(1, 1, 2, 3, 1, 2, 2, 2, 2, 3)
    assert disclosed(ten, five, taken=True) == ten


def test_a_changed_answer_changes_nothing_until_five_more_have_answered() -> None:
    five, changed = tally(1, 1, 2, 3, 1), tally(1, 1, 2, 3, 2)
    assert disclosed(changed, five, taken=True) == five


def test_after_closing_the_count_is_the_count() -> None:
    seven = tally(1, 1, 2, 3, 1, 2, 2)
    assert disclosed(seven, tally(1, 1, 2, 3, 1), taken=False) == seven


def test_a_question_that_people_have_left_tells_nothing_any_more() -> None:
    assert disclosed(tally(1, 1), tally(1, 1, 2, 3, 1), taken=True) is None


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 3)), max_size=60))
def test_two_looks_differ_by_five_people_or_by_nothing(acts: list[tuple[int, int]]) -> None:
    """Twelve people answer, change and withdraw (0) as they like; a neighbour looks after every act."""
    answers: dict[int, int] = {}
    shown: Tally | None = None
    for person, option in acts:
        if option:
            answers[person] = option
        else:
            answers.pop(person, None)
        before, now = shown, disclosed(tally(*answers.values()), shown, taken=True)
        shown = now or shown
        if before is not None and now is not None:
            assert now == before or now.voters >= before.voters + LEAST_ANSWERS
