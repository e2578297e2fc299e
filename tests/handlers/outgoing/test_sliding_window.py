"""The sliding window: how many messages leave in a second, and in which order. No waiting here, only sums."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.outgoing.answer_pace import BULK_A_SECOND, AnswerPace
from handlers.outgoing.sliding_window import MARGIN, SlidingWindow
from tests.handlers.outgoing.harness import spacing
from tests.scale import examples

STEP = MARGIN / BULK_A_SECOND


def depart(window: SlidingWindow, at: float, *, bulk: bool) -> float:
    """When a message that comes ``at`` leaves."""
    while (wait := window.wait(at, bulk=bulk)) > 0:
        at += wait + 1e-9
    window.take(at, bulk=bulk)
    return at


def test_thirty_answers_leave_at_once_and_the_next_when_telegram_has_forgotten_the_first() -> None:
    window = SlidingWindow(AnswerPace(BULK_A_SECOND))
    left = [depart(window, 100.0, bulk=False) for _ in range(31)]
    assert left[:30] == [100.0] * 30
    assert left[30] == pytest.approx(100.0 + MARGIN)


def test_bulk_leaves_in_steps_from_the_very_first() -> None:
    window = SlidingWindow(AnswerPace(BULK_A_SECOND))
    now, left = 100.0, []
    for _ in range(3000):
        now = depart(window, now, bulk=True)
        left.append(now)
    assert min(later - sooner for sooner, later in pairwise(left)) == pytest.approx(STEP)
    assert spacing(left) == 30
    assert len(left) / (left[-1] - left[0]) >= 0.97 * BULK_A_SECOND


def test_after_a_quiet_hour_bulk_makes_up_for_nothing() -> None:
    window = SlidingWindow(AnswerPace(BULK_A_SECOND))
    depart(window, 0.0, bulk=True)
    later = [depart(window, 3600.0, bulk=True) for _ in range(5)]
    assert [second - first for first, second in pairwise(later)] == pytest.approx([STEP] * 4)


def test_whoever_wakes_up_late_does_not_slow_the_next() -> None:
    window = SlidingWindow(AnswerPace(BULK_A_SECOND))
    chance, now, left = random.Random(3), 0.0, []
    for _ in range(3000):
        while (wait := window.wait(now, bulk=True)) > 0:
            now += wait + chance.uniform(0.0, 0.006)
        window.take(now, bulk=True)
        left.append(now)
    assert len(left) / (left[-1] - left[0]) >= 0.97 * BULK_A_SECOND


def test_a_pause_ends_at_the_pace_and_not_in_a_burst() -> None:
    window = SlidingWindow(AnswerPace(BULK_A_SECOND))
    for _ in range(30):
        depart(window, 0.0, bulk=False)
    window.pause(35.0)
    left = [depart(window, 1.0, bulk=False) for _ in range(60)]
    assert left[0] == pytest.approx(35.0)
    assert min(later - sooner for sooner, later in pairwise(left)) == pytest.approx(MARGIN / 30)


def test_a_pause_shorter_than_a_second_forgets_nothing_that_has_left() -> None:
    window = SlidingWindow(AnswerPace(BULK_A_SECOND))
    left = [depart(window, 0.0, bulk=False) for _ in range(30)]
    window.pause(0.1)
    left += [depart(window, 0.05, bulk=False) for _ in range(30)]
    assert spacing(left) == 30


def test_without_a_cap_everything_leaves_at_once_but_never_in_a_pause() -> None:
    window = SlidingWindow(None)
    assert [depart(window, 5.0, bulk=bulk) for bulk in (True, False) * 100] == [5.0] * 200
    window.pause(40.0)
    assert depart(window, 5.0, bulk=True) == pytest.approx(40.0)


@settings(max_examples=examples(100))
@given(st.lists(st.sampled_from([0.0, 0.001, 0.02, 0.1, 0.4, 3.0]), max_size=120), st.integers(0, 60))
def test_whatever_comes_when_no_sliding_second_has_more_than_thirty(pauses: list[float], crowd: int) -> None:
    window = SlidingWindow(AnswerPace(BULK_A_SECOND))
    now, left, replies = 0.0, [], list[tuple[float, float, float]]()
    for _ in range(crowd):
        now = depart(window, now, bulk=True)
        left.append(now)
    for pause in pauses:  # a reply after each pause, all of which bulk has used as well as it can
        asked = now + pause
        while (at := now + max(0.0, window.wait(now, bulk=True)) + 1e-9) < asked:
            window.take(at, bulk=True)
            left.append(at)
            now = at
        now = depart(window, max(asked, now), bulk=False)
        replies.append((now, pause, now - asked))
        left.append(now)
    assert spacing(left) <= 30
    for at, _, wait in replies:
        recent = [pause for other, pause, _ in replies if at - MARGIN - 0.1 < other <= at]
        assert wait < 0.04 or min(recent) < 0.1  # a crowd of replies has filled the second
