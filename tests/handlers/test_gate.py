"""The arithmetic of the limiter: how many, in which order, and what a refusal stops. No waiting here, only sums."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.outgoing.circuit_breaker import CircuitBreaker, Pause
from handlers.outgoing.rate_limiter import MESSAGES_A_SECOND
from handlers.outgoing.sliding_window import MARGIN, SlidingWindow
from tests.handlers.replies_town import spacing

STEP = MARGIN / MESSAGES_A_SECOND


def depart(allowance: SlidingWindow, at: float, *, bulk: bool) -> float:
    """When somebody who comes ``at`` leaves."""
    while (wait := allowance.wait(at, bulk=bulk)) > 0:
        at += wait + 1e-9
    allowance.left(at)
    return at


def test_thirty_answers_leave_at_once_and_the_next_when_telegram_has_forgotten_the_first() -> None:
    allowance = SlidingWindow(MESSAGES_A_SECOND)
    left = [depart(allowance, 100.0, bulk=False) for _ in range(31)]
    assert left[:30] == [100.0] * 30
    assert left[30] == pytest.approx(100.0 + MARGIN)


def test_bulk_leaves_in_steps_from_the_very_first() -> None:
    allowance = SlidingWindow(MESSAGES_A_SECOND)
    now, left = 100.0, []
    for _ in range(3000):
        now = depart(allowance, now, bulk=True)
        left.append(now)
    assert min(later - sooner for sooner, later in pairwise(left)) == pytest.approx(STEP)
    assert spacing(left) == 30
    assert len(left) / (left[-1] - left[0]) >= 0.97 * MESSAGES_A_SECOND


def test_after_a_quiet_hour_bulk_makes_up_for_nothing() -> None:
    allowance = SlidingWindow(MESSAGES_A_SECOND)
    depart(allowance, 0.0, bulk=True)
    later = [depart(allowance, 3600.0, bulk=True) for _ in range(5)]
    assert [second - first for first, second in pairwise(later)] == pytest.approx([STEP] * 4)


def test_whoever_wakes_up_late_does_not_slow_the_next() -> None:
    allowance = SlidingWindow(MESSAGES_A_SECOND)
    chance, now, left = random.Random(3), 0.0, []
    for _ in range(3000):
        while (wait := allowance.wait(now, bulk=True)) > 0:
            now += wait + chance.uniform(0.0, 0.006)
        allowance.left(now)
        left.append(now)
    assert len(left) / (left[-1] - left[0]) >= 0.97 * MESSAGES_A_SECOND


def test_a_pause_ends_at_the_pace_and_not_in_a_burst() -> None:
    allowance = SlidingWindow(MESSAGES_A_SECOND)
    for _ in range(30):
        depart(allowance, 0.0, bulk=False)
    allowance.hold(35.0)
    left = [depart(allowance, 1.0, bulk=False) for _ in range(60)]
    assert left[0] == pytest.approx(35.0)
    assert min(later - sooner for sooner, later in pairwise(left)) == pytest.approx(MARGIN / 30)


def test_a_pause_shorter_than_a_second_forgets_nothing_that_has_left() -> None:
    allowance = SlidingWindow(MESSAGES_A_SECOND)
    left = [depart(allowance, 0.0, bulk=False) for _ in range(30)]
    allowance.hold(0.1)
    left += [depart(allowance, 0.05, bulk=False) for _ in range(30)]
    assert spacing(left) == 30


def test_without_a_cap_everything_leaves_at_once_but_never_in_a_pause() -> None:
    allowance = SlidingWindow(None)
    assert [depart(allowance, 5.0, bulk=bulk) for bulk in (True, False) * 100] == [5.0] * 200
    allowance.hold(40.0)
    assert depart(allowance, 5.0, bulk=True) == pytest.approx(40.0)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([0.0, 0.001, 0.02, 0.1, 0.4, 3.0]), max_size=120), st.integers(0, 60))
def test_whatever_comes_when_no_sliding_second_has_more_than_thirty(pauses: list[float], crowd: int) -> None:
    allowance = SlidingWindow(MESSAGES_A_SECOND)
    now, left, waits = 0.0, [], []
    for _ in range(crowd):
        now = depart(allowance, now, bulk=True)
        left.append(now)
    for pause in pauses:  # a reply after each pause, all of which bulk has used as well as it can
        asked = now + pause
        while (at := now + max(0.0, allowance.wait(now, bulk=True)) + 1e-9) < asked:
            allowance.left(at)
            left.append(at)
            now = at
        now = depart(allowance, max(asked, now), bulk=False)
        waits.append((pause, now - asked))
        left.append(now)
    assert spacing(left) <= 30
    assert all(wait < 0.04 for pause, wait in waits if pause >= 0.1)


def test_one_refusal_of_bulk_asks_for_care_and_the_next_success_ends_it() -> None:
    caution = CircuitBreaker()
    first = caution.left()
    caution.landed()
    assert not caution.refused(1, 35.0, now=100.0)
    assert caution.wait(100.0) <= 0
    assert caution.open
    probe = caution.left()
    assert not caution.open
    caution.landed()
    caution.accepted(first)  # it left before the refusal and says nothing about the time after
    second = caution.left()
    assert not caution.open
    caution.accepted(probe)
    assert caution.open
    caution.accepted(second)


def test_two_people_who_refuse_stop_bulk_for_the_longest_time_told() -> None:
    caution = CircuitBreaker()
    assert not caution.refused(1, 35.0, now=100.0)
    assert caution.refused(2, 7.0, now=101.0)
    assert caution.wait(101.0) == 34.0
    assert caution.refused(3, 60.0, now=102.0)
    assert caution.wait(102.0) == 60.0


def test_the_same_person_refusing_twice_speaks_for_nobody_else() -> None:
    caution = CircuitBreaker()
    assert not caution.refused(1, 2.0, now=100.0)
    assert not caution.refused(1, 2.0, now=102.0)
    assert caution.wait(102.0) <= 0


def test_after_a_pause_of_bulk_one_more_refusal_is_enough_and_one_success_ends_it() -> None:
    caution = CircuitBreaker()
    caution.refused(1, 5.0, now=0.0)
    caution.refused(2, 5.0, now=0.0)
    probe = caution.left()
    assert not caution.open
    caution.landed()
    assert caution.refused(3, 9.0, now=6.0)
    assert caution.wait(6.0) == 9.0
    caution.accepted(probe)
    assert not caution.refused(4, 9.0, now=16.0) or caution.wait(16.0) == 9.0
    good = caution.left()
    caution.landed()
    caution.accepted(good)
    assert not caution.refused(5, 9.0, now=30.0)


def test_three_people_within_seconds_stop_everything_for_the_longest_time_told() -> None:
    halt = Pause()
    assert halt.refused(1, 35.0, now=0.0) == 0.0
    assert halt.refused(1, 35.0, now=1.0) == 0.0
    assert halt.refused(2, 2.0, now=2.0) == 0.0
    assert halt.refused(3, 2.0, now=3.0) == 33.0


def test_three_people_minutes_apart_stop_nobody_else() -> None:
    halt = Pause()
    assert [halt.refused(person, 35.0, now=60.0 * person) for person in range(1, 9)] == [0.0] * 8
