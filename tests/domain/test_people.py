"""Where a resident lives, and what their next text is for."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.people import Reminders, Resident
from bot.domain.places import Place, PlaceKind, PlaceTree
from tests import samples
from tests.samples import NOW


def place(number: int, kind: PlaceKind, parent: int | None) -> Place:
    """A place with that number."""
    return Place(number, f"p{number}", kind, parent, samples.words(f"Айыл {number}"))


PLACES = PlaceTree(
    (
        place(1, PlaceKind.MUNICIPALITY, None),
        place(2, PlaceKind.MUNICIPALITY, None),
        *(place(number, PlaceKind.VILLAGE, 1) for number in (11, 12)),
        place(21, PlaceKind.VILLAGE, 2),
    ),
    "Asia/Bishkek",
)
RESIDENT = Resident(9, 1, "ky", municipality_id=1)


def test_a_village_is_asked_for_where_there_is_a_choice_and_none_was_made() -> None:
    assert [village.id for village in RESIDENT.village_choice(PLACES)] == [11, 12]
    for settled in (
        replace(RESIDENT, village_id=11),
        replace(RESIDENT, municipality_id=2),
        replace(RESIDENT, municipality_id=None),
        replace(RESIDENT, municipality_id=99),
    ):
        assert settled.village_choice(PLACES) == ()


def test_who_has_said_where_they_live_is_settled_and_lives_in_their_village_and_municipality() -> None:
    assert RESIDENT.is_settled
    assert not replace(RESIDENT, municipality_id=None).is_settled
    villager = replace(RESIDENT, village_id=11)
    assert [villager.lives_in(PLACES.get(each)) for each in (1, 11, 12, 2)] == [True, True, False, False]


def test_of_a_forgotten_person_a_number_stays() -> None:
    told = replace(RESIDENT, village_id=11, language="uz", consented_at=NOW, asked_about_self=True, blocked_at=NOW)
    assert told.forgotten() == Resident(RESIDENT.id, None, "ky", reminders=Reminders.NONE, wants_numbers=False)


def test_a_village_lies_in_one_municipality() -> None:
    assert PLACES.find_village(11, 1) == PLACES.get(11)
    assert PLACES.find_village(11, 2) is None
    assert PLACES.find_village(1, 1) is None
    assert PLACES.municipality_of(PLACES.get(21)) == PLACES.get(2)
    assert PLACES.municipality_of(PLACES.get(2)) == PLACES.get(2)
    assert PLACES.municipality_of(place(3, PlaceKind.DISTRICT, None)) is None
