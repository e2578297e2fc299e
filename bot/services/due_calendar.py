"""When something of a running hearing is due next: until then, and until it changes, the tick does not read it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from bot.domain.timetable import next_due

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import datetime

    from bot.domain.hearings import Hearing
    from bot.domain.places import PlaceTree


class DueCalendar:
    """Of each hearing that was looked at, what it was then, since when and until when nothing of it is due."""

    def __init__(self) -> None:
        self._quiet: dict[int, tuple[object, datetime, datetime]] = {}
        self._places: PlaceTree | None = None

    def to_be_looked_at(self, marks: Mapping[int, object], places: PlaceTree, now: datetime) -> tuple[int, ...]:
        """Of the hearings with these marks (``running_marks``), those that changed or of which something is due.

        Other villages or zones, or a clock that was put back, let all be looked at.
        """
        if self._places is not places:
            self._quiet.clear()
            self._places = places
        return tuple(hearing for hearing, mark in marks.items() if not self._is_quiet(hearing, mark, now))

    def _is_quiet(self, hearing_id: int, mark: object, now: datetime) -> bool:
        known = self._quiet.get(hearing_id)
        return known is not None and known[0] == mark and known[1] <= now < known[2]

    def note_looked_at(self, hearing: Hearing, mark: object, now: datetime) -> None:
        """Everything that the hearing makes due by ``now`` is done."""
        assert self._places is not None, "asked before"
        zone, villages = self._places.zone(hearing.municipality_id), self._places.villages(hearing.municipality_id)
        self._quiet[hearing.id] = mark, now, next_due(hearing, villages, zone, now)

    def forget(self, running: Collection[int]) -> None:
        """Drop what is known of hearings other than those ``running``."""
        for hearing_id in self._quiet.keys() - set(running):
            del self._quiet[hearing_id]


def batched(numbers: Iterable[int], most: int) -> Iterator[tuple[int, ...]]:
    """The numbers in their order, at most so many at once."""
    rest = iter(numbers)
    while some := tuple(islice(rest, most)):
        yield some
