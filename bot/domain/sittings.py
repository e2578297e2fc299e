"""The sittings of a hearing: one meeting in one place each, for the people of one village or for everybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.languages import Text
from bot.domain.place_names import named_in
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime, tzinfo

    from bot.domain.places import Place
    from bot.domain.setbacks import Setback

MOST_SITTINGS: Final = 30
"""Sittings of one hearing."""
USUAL_MINUTES: Final = 120


@dataclass(frozen=True, slots=True)
class Sitting:
    """One meeting in one place; ``starts_at`` is aware UTC. Several sittings may belong to one hearing.

    ``setback`` is why it alone was postponed. ``village`` is the id of the village that it is for; 0 where nobody chose
    one: the village that its place names, or everybody. ``no`` names it within its hearing as long as that is there.
    """

    starts_at: datetime
    minutes: int = USUAL_MINUTES
    place: Text = Text()
    address: Text = Text()
    latitude: float | None = None
    longitude: float | None = None
    online_link: str = ""
    village: int = 0
    no: int = 1
    setback: Setback | None = None

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)


def in_order(sittings: Iterable[Sitting]) -> tuple[Sitting, ...]:
    """The soonest first."""
    return tuple(sorted(sittings, key=lambda sitting: (sitting.starts_at, sitting.no)))


def numbered(sittings: Iterable[Sitting]) -> tuple[Sitting, ...]:
    """New sittings in their order, with numbers from 1."""
    return tuple(replace(sitting, no=no) for no, sitting in enumerate(in_order(sittings), start=1))


def renumbered(old: Sequence[Sitting], new: Iterable[Sitting]) -> tuple[Sitting, ...]:
    """The sittings of a corrected workbook, which keep the numbers of those they stand for.

    A sitting is the same as before where its moment and its village, else its place, else its order says so. One more
    gets a number that none has had.
    """
    left, found = list(in_order(new)), dict[int, Sitting]()
    free = max((each.no for each in old), default=0) + 1
    for same in (_same_moment, _same_venue, _whichever):
        for before in in_order(old):
            match = next((each for each in left if before.no not in found and same(before, each)), None)
            if match is not None:
                left.remove(match)
                kept = before.setback if match.starts_at == before.starts_at else None
                found[before.no] = replace(match, no=before.no, setback=kept)
    more = (replace(each, no=no) for no, each in enumerate(left, start=free))
    return in_order((*found.values(), *more))


def _same_moment(one: Sitting, other: Sitting) -> bool:
    return (one.starts_at, one.village) == (other.starts_at, other.village)


def _same_venue(one: Sitting, other: Sitting) -> bool:
    return (one.place, one.address, one.village) == (other.place, other.address, other.village)


def _whichever(_one: Sitting, _other: Sitting) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Venues:
    """The sittings of a hearing beside the villages of its municipality."""

    sittings: tuple[Sitting, ...]
    known: tuple[int, ...]
    """Every village there is."""
    villages: Mapping[int, tuple[int, ...]]
    """By the number of a sitting the villages whose people it is for; none is everybody."""

    @classmethod
    def of(cls, sittings: Sequence[Sitting], villages: Sequence[Place]) -> Venues:
        """Where there is only one sitting it is for everybody, wherever it is."""
        ordered, several = in_order(sittings), len(sittings) > 1
        known = tuple(village.id for village in villages)
        return cls(ordered, known, {each.no: villages_of(each, villages) if several else () for each in ordered})

    def told(self, village_id: int) -> tuple[Sitting, ...]:
        """The sittings of which the people of a village (0: of none) are reminded: its own and those for everybody.

        Where there are neither, and where no village is known, all of them: one may go to any.
        """
        found = tuple(each for each in self.sittings if not (meant := self.villages[each.no]) or village_id in meant)
        return found if village_id and found else self.sittings

    def own_first(self, village_id: int) -> tuple[Sitting, ...]:
        """All of them, that of the village first."""
        return tuple(sorted(self.sittings, key=lambda each: village_id not in self.villages[each.no]))

    def next_for(self, village_id: int, now: datetime) -> Sitting | None:
        """The next sitting for the people of a village: its own, else one for everybody, else any, else the last."""
        told = self.told(village_id)
        ahead = [each for each in self.own_first(village_id) if each.ends_at >= now]
        anywhere = min(ahead, key=lambda each: each.starts_at, default=self.sittings[-1] if self.sittings else None)
        return next((each for each in ahead if each in told), anywhere)

    def first_of_day(self, zone: tzinfo) -> Mapping[int, tuple[int, ...]]:
        """By the number of a sitting the villages (0: no village) to whose people it is the first of theirs that day.

        So whoever is told of it hears of each day once.
        """
        found: dict[int, tuple[int, ...]] = {each.no: () for each in self.sittings}
        for village_id in (0, *self.known):
            days = set()
            for sitting in self.told(village_id):
                day = sitting.starts_at.astimezone(zone).date()
                if day not in days:
                    days.add(day)
                    found[sitting.no] += (village_id,)
        return found

    def same_day(self, sitting: Sitting, village_id: int, zone: tzinfo) -> tuple[Sitting, ...]:
        """The sittings of the people of a village on the day of that one."""
        day = sitting.starts_at.astimezone(zone).date()
        return tuple(each for each in self.told(village_id) if each.starts_at.astimezone(zone).date() == day)


def villages_of(sitting: Sitting, villages: Sequence[Place]) -> tuple[int, ...]:
    """The village that was chosen for a sitting, else those that its place and address name."""
    chosen = tuple(village.id for village in villages if village.id == sitting.village)
    return chosen or named_in(villages, (sitting.place, sitting.address))
