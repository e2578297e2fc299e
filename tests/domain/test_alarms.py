"""When something wrong is an alarm, when it is over, and what is still to be told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.alarms import CALM, STANDS_FOR, Alarm, AlarmNews, AlarmState, after_look
from tests.samples import NOW

if TYPE_CHECKING:
    from datetime import datetime

SECOND = timedelta(seconds=1)
PATIENCE = STANDS_FOR[Alarm.DATABASE]


def looked(*looks: tuple[timedelta, bool]) -> tuple[AlarmState | None, datetime]:
    """The state after looks at these moments, of which each found the database in trouble or not; the last moment."""
    state, now = None, NOW
    for after, is_wrong in looks:
        now = NOW + after
        state = after_look(state, Alarm.DATABASE, "locked" if is_wrong else None, now)
    return state, now


def news(state: AlarmState | None, now: datetime) -> AlarmNews | None:
    """What somebody is to be told who has not been told anything."""
    return state.news_for("me", now) if state else None


def test_every_alarm_has_a_time_after_which_it_is_told() -> None:
    assert set(STANDS_FOR) == set(Alarm)


def test_a_moment_is_no_alarm_and_what_lasts_is_one() -> None:
    assert news(*looked((SECOND * 0, True), (SECOND * 5, True))) is None
    assert news(*looked((SECOND * 0, True), (SECOND * 5, True), (PATIENCE, True))) is AlarmNews.BEGUN
    assert looked((SECOND * 0, True), (SECOND * 5, False), (SECOND * 5 + CALM, False))[0] is None


def test_what_comes_and_goes_within_minutes_is_one_alarm() -> None:
    state, now = looked((SECOND * 0, True), (PATIENCE, True), (SECOND * 60, False), (SECOND * 90, True))
    assert state is not None
    assert state.since == NOW
    told = state.after_telling("me", AlarmNews.BEGUN)
    assert told.news_for("me", now) is None
    fine = after_look(told, Alarm.DATABASE, None, now + SECOND * 5)
    assert fine is not None
    assert fine.news_for("me", now + CALM) is None
    over = after_look(fine, Alarm.DATABASE, None, now + SECOND * 5 + CALM)
    assert over is not None
    assert news(over, now + SECOND * 5 + CALM) is AlarmNews.OVER
    assert over.news_for("who could not be told", now + SECOND * 5 + CALM) is AlarmNews.PAST
    anew = after_look(over, Alarm.DATABASE, "full", now + CALM * 2)
    assert anew is not None
    assert (anew.since, anew.told) == (now + CALM * 2, frozenset())


def test_a_clock_that_is_put_back_ends_nothing_and_begins_nothing() -> None:
    state, now = looked((SECOND * 0, True), (-SECOND * 3600, True))
    assert state is not None
    assert (state.stood, news(state, now)) == (timedelta(), None)
