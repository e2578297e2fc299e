"""The queue for the floor is fair, whoever asks when and from where, and however often the floor is given."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.floor import FloorRequest, in_turn
from tests import samples

CALL = 0
"""In place of a person: the chair gives the floor to the next."""
steps = st.lists(st.tuples(st.integers(CALL, 6), st.booleans()), max_size=60)


@given(steps)
def test_who_has_spoken_least_goes_first_then_who_asked_first_and_everybody_comes_up(
    course: list[tuple[int, bool]],
) -> None:
    requests: dict[int, FloorRequest] = {}
    spoken: Counter[int | None] = Counter()

    def call() -> None:
        waiting = [each for each in requests.values() if each.waits]
        turn = in_turn(requests.values())
        assert set(turn) == set(waiting)  # nobody is lost, nobody stands there twice
        if not turn:
            return
        first = turn[0]
        least = min(spoken[each.resident_id] for each in waiting)
        assert spoken[first.resident_id] == least
        assert first.number == min(each.number for each in waiting if spoken[each.resident_id] == least)
        requests[first.number] = replace(first, called_at=samples.NOW)
        spoken[first.resident_id] += 1

    for minute, (person, in_hall) in enumerate(course):
        if person == CALL:
            call()
        elif not any(each.waits and each.resident_id == person for each in requests.values()):
            number, at = len(requests) + 1, samples.NOW + timedelta(minutes=minute)
            requests[number] = FloorRequest(1, 1, number, at, person, in_hall)
    left = sum(each.waits for each in requests.values())
    for _ in range(left):
        call()
    assert not in_turn(requests.values())


def test_hands_of_people_without_a_phone_wait_as_those_who_have_not_spoken() -> None:
    spoke = FloorRequest(1, 1, 1, samples.NOW, 7, called_at=samples.NOW, ended_at=samples.NOW)
    again = FloorRequest(1, 1, 2, samples.NOW, 7)
    hands = [FloorRequest(1, 1, number, samples.NOW) for number in (3, 4)]
    taken_back = FloorRequest(1, 1, 5, samples.NOW, 8, withdrawn_at=samples.NOW)
    assert [each.number for each in in_turn([spoke, again, *hands, taken_back])] == [3, 4, 2]
