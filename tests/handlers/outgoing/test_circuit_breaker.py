"""What a 429 stops: one chat, all bulk, or everything. No waiting here, only sums."""

from __future__ import annotations

import pytest

from handlers.outgoing.circuit_breaker import CircuitBreaker, RefusedAnswers


def test_one_refusal_of_bulk_asks_for_care_and_the_next_success_ends_it() -> None:
    breaker = CircuitBreaker()
    first = breaker.note_sent()
    breaker.note_answered()
    assert not breaker.note_refused(1, 35.0, now=100.0)
    assert breaker.wait(100.0) <= 0
    assert breaker.allows_next
    probe = breaker.note_sent()
    assert not breaker.allows_next
    breaker.note_answered()
    breaker.note_accepted(first)  # it left before the refusal and says nothing about the time after
    second = breaker.note_sent()
    assert not breaker.allows_next
    breaker.note_accepted(probe)
    assert breaker.allows_next
    breaker.note_accepted(second)


def test_two_people_who_refuse_stop_bulk_for_the_longest_time_told() -> None:
    breaker = CircuitBreaker()
    assert not breaker.note_refused(1, 35.0, now=100.0)
    assert breaker.note_refused(2, 7.0, now=101.0)
    assert breaker.wait(101.0) == 34.0
    assert breaker.note_refused(3, 60.0, now=102.0)
    assert breaker.wait(102.0) == 60.0


def test_the_same_person_refusing_twice_speaks_for_nobody_else() -> None:
    breaker = CircuitBreaker()
    assert not breaker.note_refused(1, 2.0, now=100.0)
    assert not breaker.note_refused(1, 2.0, now=102.0)
    assert breaker.wait(102.0) <= 0


def test_after_a_pause_of_bulk_one_more_refusal_is_enough_and_one_success_ends_it() -> None:
    breaker = CircuitBreaker()
    breaker.note_refused(1, 5.0, now=0.0)
    breaker.note_refused(2, 5.0, now=0.0)
    probe = breaker.note_sent()
    assert not breaker.allows_next
    breaker.note_answered()
    assert breaker.note_refused(3, 9.0, now=6.0)
    assert breaker.wait(6.0) == 9.0
    breaker.note_accepted(probe)
    assert breaker.note_refused(4, 9.0, now=16.0)  # the probe left before the last refusal: it proves nothing
    assert breaker.wait(16.0) == 9.0
    good = breaker.note_sent()
    breaker.note_answered()
    breaker.note_accepted(good)
    assert not breaker.note_refused(5, 9.0, now=30.0)


def test_three_people_refused_one_after_another_stop_everything_for_the_longest_time_told() -> None:
    refused = RefusedAnswers()
    assert refused.note_refused(1, 1, 35.0, now=0.0) == 0.0
    assert refused.note_refused(1, 2, 35.0, now=1.0) == 0.0
    assert refused.note_refused(2, 3, 2.0, now=2.0) == 0.0
    assert refused.note_refused(3, 4, 2.0, now=3.0) == 33.0


def test_three_people_minutes_apart_stop_nobody_else() -> None:
    refused = RefusedAnswers()
    assert [refused.note_refused(each, each, 35.0, now=60.0 * each) for each in range(1, 9)] == [0.0] * 8


def test_people_refused_while_what_leaves_later_is_accepted_stop_nobody_else() -> None:
    refused = RefusedAnswers()
    for number in range(0, 400, 20):
        at = number / 100
        assert refused.note_refused(number, number, 3.0, now=at) == 0.0
        for later in range(1, 20):
            refused.note_accepted(number + later, now=at + later / 100)


def test_what_left_before_a_refusal_and_is_accepted_after_it_says_nothing() -> None:
    refused = RefusedAnswers()
    assert [refused.note_refused(chat, 10 + chat, 1.0, now=0.0) for chat in (1, 2)] == [0.0, 0.0]
    refused.note_accepted(10, now=0.1)
    assert refused.note_refused(3, 14, 1.0, now=0.2) == pytest.approx(1.0)


def test_one_in_five_refused_within_a_second_is_the_bots_even_between_accepted_ones() -> None:
    refused = RefusedAnswers()
    pauses = []
    for number in range(40):
        if number % 5:
            refused.note_accepted(number, now=number / 100)
        else:
            pauses.append(refused.note_refused(1000 + number, number, 1.0, now=number / 100))
    assert [pause > 0 for pause in pauses] == [False] * 4 + [True] * 4
