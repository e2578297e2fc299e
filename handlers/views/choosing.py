"""Days and times of day to choose from, on the wall clock of the municipality."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.timetable import at_wall
from handlers.views.pages import beginning
from handlers.views.screen import Html, b, e, stacked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.i18n import Translator
    from bot.services.desk import HearingOverview

ASKED_TITLE_UNITS: Final = 300
"""Units of a hearing's title on these screens."""
POSTPONING_DAYS: Final = 56
POSTPONING_DAYS_ON_A_PAGE: Final = 14
MINUTES_BETWEEN_POSTPONING_TIMES: Final = 30
FIRST_HOUR_OFFERED: Final = 8
LAST_HOUR_OFFERED: Final = 20


def headed(t: Translator, overview: HearingOverview, question: str) -> Html:
    """What is asked, and of which hearing."""
    return stacked(b(question), e(beginning(t.marked(overview.hearing.dossier.title), ASKED_TITLE_UNITS)))


def days(overview: HearingOverview, number: int, *, step: int) -> tuple[date, ...]:
    """The first ``number`` days from today on, without those that have no time to choose."""
    today = overview.now.astimezone(overview.zone).date()
    ahead = (today + timedelta(days=later) for later in range(number))
    return tuple(day for day in ahead if any(True for _ in times(overview, day, step=step)))


def postponing_page(overview: HearingOverview, no: int = 0) -> int:
    """The page of the days to which a sitting, or the next one, can be postponed, that has its day until now."""
    dossier = overview.hearing.dossier
    sitting = dossier.sitting(no) if no else overview.hearing.next_sitting(overview.now)
    if sitting is None:
        return 0
    offered = days(overview, POSTPONING_DAYS, step=MINUTES_BETWEEN_POSTPONING_TIMES)
    until_now = sitting.starts_at.astimezone(overview.zone).date()
    return sum(day < until_now for day in offered) // POSTPONING_DAYS_ON_A_PAGE


def times(overview: HearingOverview, day: date, *, step: int) -> Iterator[time]:
    """The times of that day that are still to come, ``step`` minutes apart."""
    for minute in range(FIRST_HOUR_OFFERED * 60, LAST_HOUR_OFFERED * 60 + 1, step):
        wall = time(*divmod(minute, 60))
        if at_wall(day, wall, overview.zone) > overview.now:
            yield wall


def minute_of(wall: time) -> int:
    """The minute of the day."""
    return wall.hour * 60 + wall.minute


def day_and_minute(at: datetime, zone: ZoneInfo) -> tuple[int, int]:
    """How a press names the moment ``at``: the ordinal of its day in ``zone``, and the minute of the day."""
    local = at.astimezone(zone)
    return local.toordinal(), minute_of(local.time())


def that_day(t: Translator, overview: HearingOverview, day: date) -> Html:
    """The chosen day, and whose time is meant."""
    return e(f"{t.day(day)} ({t.zone_name(overview.zone, overview.now)})")


def when(t: Translator, at: datetime, zone: ZoneInfo) -> str:
    """The weekday, date and time of ``at`` in ``zone``, and whose time it is."""
    local = at.astimezone(zone)
    return t("{day}, {time} ({zone})", day=t.day(local.date()), time=t.time(local), zone=t.zone_name(zone, at))
