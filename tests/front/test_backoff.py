"""Back-off: delays that grow to a longest one, and never two callers at once."""

from __future__ import annotations

import random

import pytest

from bot.backoff import Backoff


def test_each_delay_is_twice_the_one_before_until_the_longest() -> None:
    backoff = Backoff(0.25, longest=4.0)
    assert [backoff.seconds(failures) for failures in range(1, 8)] == [0.25, 0.5, 1.0, 2.0, 4.0, 4.0, 4.0]


def test_another_factor_grows_as_fast_as_it_says() -> None:
    assert [Backoff(1.0, longest=50.0, factor=3.0).seconds(failures) for failures in range(1, 6)] == [1, 3, 9, 27, 50]


def test_a_million_failures_overflow_nothing() -> None:
    assert Backoff(1.0, longest=600.0).seconds(1_000_000) == 600.0


@pytest.mark.parametrize(("chance", "share"), [(0.0, 0.5), (0.5, 0.75), (1.0, 1.0)])
def test_jitter_takes_up_to_half_of_a_delay(chance: float, share: float) -> None:
    assert Backoff(8.0, longest=60.0, jitter=lambda: chance).seconds(2) == 16.0 * share


def test_two_callers_who_failed_together_do_not_come_back_together() -> None:
    backoff = Backoff(1.0, longest=60.0, jitter=random.Random(1).random)
    assert len({backoff.seconds(3) for _ in range(50)}) == 50
