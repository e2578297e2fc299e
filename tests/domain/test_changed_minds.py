"""When a person has changed their mind, and when they only go on answering."""

from __future__ import annotations

import pytest

from bot.domain.questions import QuestionKind, takes_back


@pytest.mark.parametrize(
    ("kind", "before", "after", "changed"),
    [
        (QuestionKind.STANCE, {1: 1}, {2: 1}, True),
        (QuestionKind.ONE, {1: 1}, {}, True),
        (QuestionKind.ONE, {}, {3: 1}, False),
        (QuestionKind.SEVERAL, {1: 1}, {1: 1, 2: 1}, False),
        (QuestionKind.SEVERAL, {1: 1, 2: 1}, {2: 1}, True),
        (QuestionKind.RANK, {1: 1}, {1: 1, 2: 2}, False),
        (QuestionKind.RANK, {1: 1, 2: 2}, {1: 2, 2: 1}, True),
        (QuestionKind.COINS, {1: 10}, {1: 20, 2: 10}, False),
        (QuestionKind.COINS, {1: 20}, {1: 10, 2: 10}, True),
    ],
)
def test_to_give_something_up_is_to_change_ones_mind(
    kind: QuestionKind, before: dict[int, int], after: dict[int, int], changed: bool
) -> None:
    assert takes_back(kind, before, after) is changed
