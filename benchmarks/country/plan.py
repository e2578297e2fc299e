"""The plan of the year: when hearings are announced, who answers them and who writes; the same at each run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

MUNICIPALITIES: Final = 450
HEARINGS: Final = 1_000
FOLLOWERS: Final = 300_000
VOTES: Final = 2_000_000
COMMENTS: Final = 200_000
QUESTIONS: Final = 7
ZONE: Final = ZoneInfo("Asia/Bishkek")
BEGINS: Final = datetime(2027, 1, 1, tzinfo=ZONE)
DAYS: Final = 365
BUSY_MONTHS: Final = (2, 5, 10, 12, 8, 5, 3, 3, 6, 14, 18, 14)
"""Of a hundred hearings: budgets are heard in spring and in autumn."""
TOLD_BEFORE: Final = 14
OPEN_BEFORE: Final = 10
"""Days before the sitting."""
A_HEARING_LASTS: Final = 30
"""Days from its announcement until everybody is told of the decisions."""
SATURDAY: Final = 5
HOURS_OF_SITTINGS: Final = (10, 10, 11, 14)
GONE: Final = 97
"""One follower in so many has left the bot."""


@dataclass(frozen=True)
class Sizes:
    """How much there is of everything: ``scale`` 1 is the whole country, ``each`` 1 all people of a municipality."""

    scale: float
    each: float = 1.0

    @property
    def municipalities(self) -> int:
        """How many there are."""
        return max(2, round(MUNICIPALITIES * self.scale))

    @property
    def hearings(self) -> int:
        """How many are held in a year."""
        return max(2, round(HEARINGS * self.scale))

    @property
    def followers_each(self) -> int:
        """How many people follow a municipality."""
        return round(FOLLOWERS / MUNICIPALITIES * self.each)

    @property
    def voters_each(self) -> int:
        """How many people answer the questions of a hearing."""
        return round(VOTES / HEARINGS / QUESTIONS * self.each)

    @property
    def comments_each(self) -> int:
        """How many comments are written about a hearing."""
        return round(COMMENTS / HEARINGS * self.each)


@dataclass(frozen=True, order=True)
class Act:
    """Something that somebody does; ``at`` in seconds since 1970, ``person`` counted within the municipality."""

    at: float
    hearing: int
    what: str
    person: int = 0


@dataclass(frozen=True)
class PlannedHearing:
    """A hearing of the plan; ``number`` counts from 0."""

    number: int
    municipality: int
    announced_at: datetime
    opens_at: datetime
    sits_at: datetime
    closes_at: datetime

    def acts(self, sizes: Sizes) -> Iterator[Act]:
        """Everything that is done about it, in no order."""
        chance = Random(self.number)
        here = [person for person in range(sizes.followers_each) if person % GONE]
        yield Act(self.announced_at.timestamp(), self.number, "announce")
        for person in chance.sample(here, min(sizes.voters_each, len(here))):
            yield Act(self._moment(chance), self.number, "answer", person)
        for person in chance.sample(here, min(sizes.comments_each, len(here))):
            yield Act(self._moment(chance), self.number, "write", person)
        day = self.opens_at
        while day < self.closes_at + timedelta(days=1):
            evening = day.replace(hour=17, minute=chance.randrange(60))
            yield Act(evening.timestamp(), self.number, "moderate")
            day += timedelta(days=1)
        decided = self.closes_at.replace(hour=10) + timedelta(days=3 + chance.randrange(9))
        yield Act(decided.timestamp(), self.number, "decide")

    def _moment(self, chance: Random) -> float:
        """In the days of the hearing: many on the first and on the last, more in the evening."""
        days = (self.closes_at - self.opens_at).days
        day = chance.choice((0, 0, 0, days - 1, days, *range(days)))
        hour = chance.choice((8, 9, 10, 12, 13, 17, 18, 19, 19, 20, 20, 21))
        moment = (self.opens_at + timedelta(days=day)).replace(hour=hour, minute=chance.randrange(60))
        moment = min(max(moment, self.opens_at), self.closes_at - timedelta(minutes=10))
        return moment.timestamp() + chance.randrange(60)


def planned(sizes: Sizes, days: int = DAYS) -> tuple[PlannedHearing, ...]:
    """The hearings of so many days, in the order in which they are announced; all are answered before these end."""
    chance = Random(2027)
    chosen = [_day(chance, days - A_HEARING_LASTS) for _ in range(sizes.hearings)]
    found = []
    for number, day in enumerate(sorted(chosen)):
        morning = BEGINS + timedelta(days=day)
        sits_at = (morning + timedelta(days=TOLD_BEFORE)).replace(hour=chance.choice(HOURS_OF_SITTINGS))
        found.append(
            PlannedHearing(
                number,
                number % sizes.municipalities,
                morning.replace(hour=9 + chance.randrange(8), minute=chance.randrange(60)),
                (sits_at - timedelta(days=OPEN_BEFORE)).replace(hour=8),
                sits_at,
                (sits_at + timedelta(days=1)).replace(hour=18),
            )
        )
    return tuple(found)


def _day(chance: Random, days: int) -> int:
    """A working day before that one."""
    while True:
        (month,) = chance.choices(range(12), BUSY_MONTHS)
        day = (month * 30 + chance.randrange(30)) % (days + 1)
        if (BEGINS + timedelta(days=day)).weekday() < SATURDAY:
            return day


def month_ends() -> tuple[datetime, ...]:
    """The first moment after each month, UTC."""
    ends = [BEGINS.replace(month=month) for month in range(2, 13)]
    return tuple(end.astimezone(UTC) for end in (*ends, BEGINS.replace(year=BEGINS.year + 1)))
