"""The tick reads a hearing when something of it is due, or when it changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.hearings import Hearing, Phase
from bot.domain.languages import Text
from bot.domain.places import Place, PlaceKind, PlaceTree
from bot.services.due_calendar import DueCalendar, batched
from tests import samples

NOW = samples.NOW
PLACES = (Place(1, "M", PlaceKind.MUNICIPALITY, None, Text({"ky": "Багыш"})),)
HEARING = Hearing(7, "M-26", 1, Phase.OPEN, 1, samples.dossier(), announced_at=NOW, scheduled_at=NOW)


def test_a_hearing_is_read_once_then_when_it_changes_or_something_is_due_or_the_clock_goes_back() -> None:
    tree, calendar = PlaceTree(PLACES, "Asia/Bishkek", ()), DueCalendar()
    marks = {7: "as it is"}
    assert calendar.to_be_looked_at(marks, tree, NOW) == (7,)
    assert calendar.to_be_looked_at(marks, tree, NOW) == (7,)  # it was not looked at yet
    calendar.note_looked_at(HEARING, marks[7], NOW)
    assert calendar.to_be_looked_at(marks, tree, NOW + timedelta(seconds=5)) == ()
    assert calendar.to_be_looked_at({7: "changed", 8: "new"}, tree, NOW) == (7, 8)
    assert calendar.to_be_looked_at(marks, tree, NOW + timedelta(days=2)) == (7,)
    assert calendar.to_be_looked_at(marks, tree, NOW - timedelta(seconds=1)) == (7,)
    calendar.forget(())
    assert calendar.to_be_looked_at(marks, tree, NOW) == (7,)
    calendar.note_looked_at(HEARING, marks[7], NOW)
    other = PlaceTree(tuple(replace(place) for place in PLACES), "Asia/Bishkek", ())
    assert calendar.to_be_looked_at(marks, other, NOW) == (7,)


def test_many_are_read_some_at_a_time() -> None:
    assert list(batched(range(5), 2)) == [(0, 1), (2, 3), (4,)]
    assert list(batched((), 2)) == []
