"""What a 429 stops: one chat, all bulk, or everything. No waiting here, only sums."""

from __future__ import annotations

from handlers.outgoing.circuit_breaker import CircuitBreaker, Pause


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


def test_three_people_within_seconds_stop_everything_for_the_longest_time_told() -> None:
    pause = Pause()
    assert pause.note_refused(1, 35.0, now=0.0) == 0.0
    assert pause.note_refused(1, 35.0, now=1.0) == 0.0
    assert pause.note_refused(2, 2.0, now=2.0) == 0.0
    assert pause.note_refused(3, 2.0, now=3.0) == 33.0


def test_three_people_minutes_apart_stop_nobody_else() -> None:
    pause = Pause()
    assert [pause.note_refused(person, 35.0, now=60.0 * person) for person in range(1, 9)] == [0.0] * 8
