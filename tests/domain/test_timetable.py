"""When notices are due: by the wall clock of the municipality, whatever it does twice a year, and never at night."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.hearings import Hearing, Phase
from bot.domain.languages import Text
from bot.domain.notices import NoticeKind, Planned
from bot.domain.places import Place, PlaceKind
from bot.domain.sittings import Sitting
from bot.domain.timetable import (
    STEPS_A_SITTING,
    after_night,
    at_wall,
    before,
    deadline,
    latest,
    minutes,
    plan,
    results,
    tells_opening,
    void_reason,
)
from tests import samples

BISHKEK = ZoneInfo("Asia/Bishkek")
BERLIN = ZoneInfo("Europe/Berlin")
KATHMANDU = ZoneInfo("Asia/Kathmandu")
ADELAIDE = ZoneInfo("Australia/Adelaide")
DAY = timedelta(days=1)


def local(zone: ZoneInfo, *parts: int) -> datetime:
    """A moment as a clock in ``zone`` shows it, in UTC."""
    return datetime(*parts, tzinfo=zone).astimezone(UTC)  # type: ignore[arg-type, misc]


def hearing(**changes: object) -> Hearing:
    """Announced ten days ago, sitting in two days, answers until in three."""
    dossier = samples.dossier(opens=samples.NOW - 5 * DAY)
    known = Hearing(1, "bagysh-2026-1", 1, Phase.OPEN, 1, dossier, scheduled_at=samples.NOW - 10 * DAY)
    return replace(known, **changes)  # type: ignore[arg-type]


def due(planned: tuple[Planned, ...], kind: NoticeKind) -> list[datetime]:
    """When those of one kind are due."""
    return [each.due_at for each in planned if each.kind is kind]


@pytest.mark.parametrize(
    ("zone", "start", "lead", "expected"),
    [
        (BISHKEK, (2026, 11, 25, 14, 0), 1_440, (2026, 11, 24, 14, 0)),
        (KATHMANDU, (2026, 11, 25, 14, 0), 10_080, (2026, 11, 18, 14, 0)),
        # clocks go back on 25 October 2026: a day is 25 hours, the wall time stays
        (BERLIN, (2026, 10, 25, 14, 0), 1_440, (2026, 10, 24, 14, 0)),
        (BERLIN, (2026, 10, 26, 2, 30), 1_440, (2026, 10, 25, 2, 30)),
        # clocks go forward on 29 March 2026: 02:30 is not there and is 03:30
        (BERLIN, (2026, 3, 30, 2, 30), 1_440, (2026, 3, 29, 3, 30)),
        (ADELAIDE, (2026, 4, 6, 10, 0), 1_440, (2026, 4, 5, 10, 0)),
    ],
)
def test_a_day_before_is_the_same_time_by_the_wall_clock(
    zone: ZoneInfo, start: tuple[int, ...], lead: int, expected: tuple[int, ...]
) -> None:
    assert before(local(zone, *start), lead, zone) == local(zone, *expected)


def test_two_hours_before_are_two_real_hours_when_the_clocks_change() -> None:
    start = local(BERLIN, 2026, 10, 25, 4, 0)
    assert start - before(start, 120, BERLIN) == timedelta(hours=2)


def test_a_wall_time_that_comes_twice_is_the_first_of_the_two() -> None:
    first = at_wall(date(2026, 10, 25), time(2, 30), BERLIN)
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("zone", [BISHKEK, BERLIN, KATHMANDU, ADELAIDE])
def test_the_night_moves_a_notice_to_the_next_morning(zone: ZoneInfo) -> None:
    until = local(zone, 2026, 12, 20, 12, 0)
    for hour, minute, day in ((20, 59, None), (21, 0, 6), (23, 59, 6), (0, 0, 5), (7, 59, 5), (8, 0, None)):
        moment = local(zone, 2026, 12, 5, hour, minute)
        expected = moment if day is None else local(zone, 2026, 12, day, 8, 0)
        assert after_night(moment, zone, until=until) == expected


def test_the_night_does_not_delay_what_would_come_too_late() -> None:
    starts = local(BISHKEK, 2026, 12, 5, 8, 30)
    two_hours_before = starts - timedelta(hours=2)
    assert after_night(two_hours_before, BISHKEK, until=starts) == two_hours_before
    later = starts + timedelta(hours=2)
    assert after_night(two_hours_before, BISHKEK, until=later) == local(BISHKEK, 2026, 12, 5, 8, 0)


def test_reminders_are_due_a_week_a_day_and_two_hours_before() -> None:
    soon = hearing()
    start = soon.dossier.sittings[0].starts_at
    found = plan(soon, (), BISHKEK, start)
    assert due(found, NoticeKind.REMINDER) == [start - 7 * DAY, start - DAY, start - timedelta(hours=2)]
    assert [each.facts.get("on_day", 0) for each in found if each.kind is NoticeKind.REMINDER] == [0, 0, 1]


def test_what_was_due_before_the_dates_were_public_is_not_due() -> None:
    start = samples.NOW + 2 * DAY
    found = plan(hearing(scheduled_at=samples.NOW), (), BISHKEK, start)
    assert due(found, NoticeKind.REMINDER) == [start - DAY, start - timedelta(hours=2)]


def test_a_reminder_of_the_closing_needs_questions_and_time_to_answer() -> None:
    open_now = hearing(dossier=replace(hearing().dossier, closes_at=samples.NOW + 9 * DAY))
    assert due(plan(open_now, (), BISHKEK, open_now.closes_at), NoticeKind.CLOSING) == [open_now.closes_at - DAY]
    without = hearing(dossier=replace(open_now.dossier, questions=()))
    assert not due(plan(without, (), BISHKEK, open_now.closes_at), NoticeKind.CLOSING)
    short = hearing(dossier=replace(open_now.dossier, opens_at=open_now.closes_at - timedelta(hours=20)))
    assert not due(plan(short, (), BISHKEK, open_now.closes_at), NoticeKind.CLOSING)
    none = hearing(closing_reminder=0)
    assert not due(plan(none, (), BISHKEK, open_now.closes_at), NoticeKind.CLOSING)


def test_the_digest_comes_each_morning_while_answers_are_taken() -> None:
    running = hearing()
    mornings = due(plan(running, (), BISHKEK, running.closes_at + 9 * DAY), NoticeKind.DIGEST)
    assert mornings == [local(BISHKEK, 2026, 11, day, 8, 0) for day in range(19, 27)]


def test_a_sitting_in_a_village_is_for_that_village() -> None:
    villages = [
        Place(number, f"v{number}", PlaceKind.VILLAGE, 1, Text({"ky": name}))
        for number, name in ((7, "Сафаровка"), (8, "Беш-Бала"))
    ]
    known = hearing()
    sittings = tuple(
        Sitting(
            known.dossier.sittings[0].starts_at + number * DAY, place=Text({"ky": f"{name} айылы, клуб"}), no=number
        )
        for number, name in enumerate(("Сафаровка", "Беш-Бала", "Беш"), start=1)
    )
    spread = hearing(dossier=replace(known.dossier, sittings=sittings), reminders=(120,))
    found = plan(spread, villages, BISHKEK, samples.NOW + 9 * DAY)
    assert [each.facts.get("villages") for each in found if each.kind is NoticeKind.REMINDER] == ["7", "8", None]
    assert len({each.key for each in found}) == len(found)


def test_of_reminders_due_at_once_only_the_nearest_is_current() -> None:
    found = plan(hearing(), (), BISHKEK, samples.NOW + 2 * DAY)
    kept = [each for each in latest(found) if each.kind is NoticeKind.REMINDER]
    assert [each.facts["minutes"] for each in kept] == [120]


def test_a_notice_has_its_last_moment() -> None:
    known = hearing()
    start = known.dossier.sittings[0].starts_at
    reminder = Planned(1, NoticeKind.REMINDER, minutes(start), start - DAY)
    assert deadline(reminder, known) == start
    assert deadline(Planned(1, NoticeKind.CLOSING, minutes(known.closes_at), samples.NOW), known) == known.closes_at
    assert deadline(Planned(1, NoticeKind.ANNOUNCED, 1, samples.NOW), known) == known.closes_at
    assert results(known, BISHKEK).due_at == local(BISHKEK, 2026, 11, 27, 9, 0)


def test_other_dates_and_a_cancellation_take_notices_back() -> None:
    known = hearing()
    start = known.dossier.sittings[0].starts_at
    reminder = Planned(1, NoticeKind.REMINDER, minutes(start), start - DAY)
    assert void_reason(reminder, known) == ""
    assert void_reason(replace(reminder, edition=minutes(start) + 1), known) == "other dates"
    called_off = hearing(phase=Phase.CANCELLED)
    assert void_reason(reminder, called_off) == "cancelled"
    assert void_reason(Planned(1, NoticeKind.CANCELLED, 2, samples.NOW), called_off) == ""


def test_the_reminder_of_the_sitting_says_what_is_left_where_both_would_come_within_hours() -> None:
    near = replace(hearing().dossier, closes_at=samples.NOW + 2 * DAY - timedelta(hours=2))
    two = replace(near, sittings=(*near.sittings, replace(near.sittings[0], no=2)))
    late = replace(near, closes_at=samples.NOW + 9 * DAY)
    for dossier, apart in ((near, False), (two, False), (late, True)):
        kinds = {each.kind for each in plan(hearing(dossier=dossier), (), BISHKEK, samples.NOW + 9 * DAY)}
        assert (NoticeKind.REMINDER in kinds, NoticeKind.CLOSING in kinds) == (True, apart)


@pytest.mark.parametrize(
    ("opens", "own", "early"),
    [
        (timedelta(-20), False, True),  # as it is announced
        (timedelta(-12), False, True),  # the reminder a week before says it
        (timedelta(-3), True, False),  # the week's reminder would come before: this takes its place
        (timedelta(-1, hours=3), False, True),  # the reminder a day before came hours ago, and named the hour
        (timedelta(hours=-2), False, True),
        (timedelta(days=1), True, False),
    ],
)
def test_answers_that_open_on_another_day_are_told_in_one_message(opens: timedelta, own: bool, early: bool) -> None:
    start = samples.NOW + 25 * DAY
    dossier = replace(hearing().dossier, opens_at=start + opens, closes_at=start + max(opens, timedelta()) + DAY / 12)
    dossier = replace(dossier, sittings=(replace(dossier.sittings[0], starts_at=start),))
    announced = start - 20 * DAY
    one = hearing(dossier=dossier, announced_at=announced, scheduled_at=announced)
    leads = {each.facts["minutes"] for each in plan(one, (), BISHKEK, start) if each.kind is NoticeKind.REMINDER}
    assert (tells_opening(one, (), BISHKEK), 10_080 in leads) == (own, early)
    assert {1_440, 120} <= leads


@settings(max_examples=300, derandomize=True)
@given(
    opens=st.integers(-700, 48),
    answered=st.integers(1, 400),
    sittings=st.lists(st.integers(0, 5), min_size=1, max_size=3, unique=True),
)
def test_of_what_the_clock_sends_a_resident_gets_six_messages_at_most(
    opens: int, answered: int, sittings: list[int]
) -> None:
    """The announcement, seven days, one day with what is left, two hours, thanks, results: whenever answers open."""
    start = local(BISHKEK, 2026, 12, 22, 10, 0)
    held = tuple(Sitting(start + timedelta(hours=hours), no=no) for no, hours in enumerate(sorted(sittings), start=1))
    opens_at = start + timedelta(hours=opens)
    dossier = replace(
        hearing().dossier, sittings=held, opens_at=opens_at, closes_at=opens_at + timedelta(hours=answered)
    )
    announced = start - 30 * DAY
    one = hearing(dossier=dossier, announced_at=announced, scheduled_at=announced)
    by_clock = [each for each in plan(one, (), BISHKEK, start + 30 * DAY) if each.kind is not NoticeKind.DIGEST]
    sent = [*by_clock, NoticeKind.ANNOUNCED, NoticeKind.CLOSED, NoticeKind.RESULTS]
    assert len(sent) + tells_opening(one, (), BISHKEK) <= 6


def test_of_two_days_only_the_first_is_told_early() -> None:
    known = hearing().dossier
    start = known.sittings[0].starts_at
    two = replace(known, sittings=(known.sittings[0], replace(known.sittings[0], starts_at=start + DAY, no=2)))
    found = plan(hearing(dossier=two, scheduled_at=samples.NOW - 20 * DAY), (), BISHKEK, start + 3 * DAY)
    reminders = [(each.step // STEPS_A_SITTING, each.facts["minutes"]) for each in found if "sitting" in each.facts]
    assert reminders == [(0, 10_080), (0, 1_440), (0, 120), (1, 1_440), (1, 120)]
