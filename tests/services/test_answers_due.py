"""Staff are reminded of comments without a decision: from three days before the promised day on, once each morning."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.comments import Decision, Outcome
from bot.domain.decision_table import decision_mark
from bot.domain.notices import NoticeKind
from bot.domain.timetable import NIGHT_ENDS, answers_due
from tests.handlers.views import largest
from tests.services.writing import filed

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from tests.clocks import VirtualClock
    from tests.municipality import Municipality

ZONE = ZoneInfo("Asia/Bishkek")
HEARING = largest.hearing()


@given(st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2030, 1, 1), timezones=st.just(ZONE)))  # noqa: DTZ001
def test_a_morning_has_one_reminder_from_three_days_before_on(now: datetime) -> None:
    planned = answers_due(HEARING, ZONE, now)
    promised = HEARING.dossier.answers_due(ZONE)
    wanted = now.date() >= promised - timedelta(days=3) and now.time() >= NIGHT_ENDS
    assert (planned is not None) is wanted
    if planned is not None:
        assert planned.edition == now.date().toordinal()
        assert planned.due_at.astimezone(ZONE).time() == NIGHT_ENDS


async def days(municipality: Municipality, hearing: Hearing) -> list[date]:
    """On which days staff are reminded."""
    async with municipality.services.store.reading() as repositories:
        found = await repositories.broadcasts.list_of(hearing.id)
    return sorted(date.fromordinal(each.planned.edition) for each in found if each.kind is NoticeKind.ANSWERS_DUE)


async def test_staff_are_reminded_once_a_day_until_nothing_is_left(
    municipality: Municipality, hearing: Hearing, aigul: Actor, clock: VirtualClock
) -> None:
    comment = await filed(municipality, aigul, hearing)
    timetable = municipality.services.timetable
    clock.forward(seconds=(hearing.closes_at - clock.now()).total_seconds() + 60)
    await timetable.tick()
    promised = hearing.dossier.answers_due(ZONE)
    for _ in range(40):  # twice a day
        clock.forward(hours=12)
        await timetable.tick()
        await timetable.tick()
    last = clock.now().astimezone(ZONE).date()
    first = promised - timedelta(days=3)
    assert await days(municipality, hearing) == [first + timedelta(days=n) for n in range((last - first).days + 1)]
    secretary = await municipality.staff(2)
    noted = Decision(Outcome.NOTED, "")
    await municipality.services.decisions.decide(secretary, comment.id, noted, edition=0, earlier=decision_mark(None))
    known = len(await days(municipality, hearing))
    clock.forward(hours=24)
    await timetable.tick()
    assert len(await days(municipality, hearing)) == known
