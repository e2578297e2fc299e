"""Answers: what a change makes of them, and that saying it twice changes nothing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import BadAnswer, OverCap, TooManyChoices
from bot.domain.languages import Text
from bot.domain.people import Demographics
from bot.domain.questions import (
    About,
    Answer,
    Change,
    Choose,
    Give,
    Mark,
    Question,
    QuestionKind,
    Rank,
    Withdraw,
    apply,
)
from bot.domain.tallies import Cell, Count, Vote, changes, is_later
from tests import samples

OPTIONS = tuple(Text({"ky": letter}) for letter in "АБВГ")


def question(kind: QuestionKind, limit: int = 0) -> Question:
    """A question with four options."""
    return Question(1, About(), kind, Text({"ky": "?"}), OPTIONS, limit)


def test_a_stance_has_three_options_whatever_the_workbook_says() -> None:
    stance = question(QuestionKind.STANCE)
    assert apply(stance, None, Choose(3)) == {3: 1}
    with pytest.raises(BadAnswer):
        apply(stance, None, Choose(4))


def test_one_replaces_the_other() -> None:
    assert apply(question(QuestionKind.ONE), {1: 1}, Choose(4)) == {4: 1}


def test_several_stop_at_the_limit_and_the_last_one_out_withdraws() -> None:
    several = question(QuestionKind.SEVERAL, limit=2)
    with pytest.raises(TooManyChoices):
        apply(several, {1: 1, 2: 1}, Mark(3, on=True))
    assert apply(several, {1: 1}, Mark(1, on=False)) is None


def test_a_ranking_closes_its_gaps() -> None:
    assert apply(question(QuestionKind.RANK), {1: 1, 2: 2, 3: 3}, Rank(1, 0)) == {2: 1, 3: 2}


def test_coins_may_be_moved_but_not_made() -> None:
    coins = question(QuestionKind.COINS)
    assert apply(coins, {1: 60, 2: 40}, Give(1, 50)) == {1: 50, 2: 40}
    with pytest.raises(OverCap) as refusal:
        apply(coins, {1: 60, 2: 40}, Give(3, 1))
    assert refusal.value.left == 0
    with pytest.raises(BadAnswer):
        apply(coins, None, Give(1, -5))


def test_a_change_of_another_kind_is_refused() -> None:
    with pytest.raises(BadAnswer):
        apply(question(QuestionKind.RANK), None, Mark(1, on=True))


KINDS = st.sampled_from([question(kind, limit=limit) for kind in QuestionKind for limit in (0, 2)])
CHANGES: st.SearchStrategy[Change] = st.one_of(
    st.builds(Choose, st.integers(0, 5)),
    st.builds(Mark, st.integers(0, 5), on=st.booleans()),
    st.builds(Rank, st.integers(0, 5), st.integers(-1, 5)),
    st.builds(Give, st.integers(0, 5), st.integers(-1, 110)),
    st.just(Withdraw()),
)


def played(asked: Question, made: list[Change]) -> list[Answer | None]:
    """The answer after each change; a refused one changes nothing."""
    answers: list[Answer | None] = [None]
    for change in made:
        try:
            answers.append(apply(asked, answers[-1], change))
        except (BadAnswer, TooManyChoices, OverCap):
            answers.append(answers[-1])
    return answers


@given(KINDS, st.lists(CHANGES, max_size=12))
def test_an_answer_never_breaks_its_questions_rules(asked: Question, made: list[Change]) -> None:
    for answer in played(asked, made):
        if answer is None:
            continue
        assert answer
        assert set(answer) <= set(asked.option_numbers)
        match asked.kind:
            case QuestionKind.STANCE | QuestionKind.ONE:
                assert list(answer.values()) == [1]
            case QuestionKind.SEVERAL:
                assert not asked.limit or len(answer) <= asked.limit
            case QuestionKind.RANK:
                assert sorted(answer.values()) == list(range(1, len(answer) + 1))
            case QuestionKind.COINS:
                assert 0 < sum(answer.values()) <= asked.cap


@given(KINDS, st.lists(CHANGES, max_size=8))
def test_the_same_change_twice_is_the_same_as_once(asked: Question, made: list[Change]) -> None:
    twice = [change for change in made for _ in range(2)]
    assert played(asked, made)[-1] == played(asked, twice)[-1]


@given(KINDS, st.lists(CHANGES, max_size=12))
def test_adding_up_what_each_change_moves_gives_the_count_of_the_last_answer(
    asked: Question, made: list[Change]
) -> None:
    def vote(answer: Answer | None) -> Vote | None:
        return Vote(1, 1, 1, answer, Demographics(), samples.NOW) if answer else None

    answers = played(asked, made)
    summed: dict[Cell, Count] = {}
    for before, after in pairwise(answers):
        for cell, count in changes(asked, vote(before), vote(after)):
            summed[cell] = summed.get(cell, Count()) + count
    whole = dict(changes(asked, None, vote(answers[-1])))
    assert {cell: count for cell, count in summed.items() if count != Count()} == whole


def test_of_two_presses_the_later_one_stays() -> None:
    standing = Vote(1, 1, 1, {1: 1}, Demographics(), samples.NOW, order=100)
    assert is_later(101, samples.NOW, standing)
    assert not is_later(99, samples.NOW, standing)
    assert is_later(5, samples.NOW + 7 * 24 * samples.HOUR, standing)
