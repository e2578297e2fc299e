"""Who runs a room, and in which languages posts are written there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.errors import Forbidden, TooManyChoices
from bot.domain.people import Actor, Grant, Resident, Role
from bot.domain.places import PlaceTree
from bot.domain.rooms import Room, RoomKind, is_news, is_staff_in
from tests import samples
from tests.samples import NOW

OWN, OTHER = 3, 4
ROOM = Room(1, -1_000, RoomKind.SUPERGROUP, "Айылдаштар", introduced_by=9)
LINKED = replace(ROOM, municipality_id=OWN)
PLACES = PlaceTree(
    tuple(replace(place, id=number) for number, (place, _) in enumerate(samples.places(), start=1)), "Asia/Bishkek"
)


def staff(role: Role = Role.SECRETARY, municipality_id: int = OWN, *, resident_id: int = 9) -> Actor:
    """A member of staff."""
    return Actor(1, "ky", Resident(resident_id, 1, "ky"), grants=(Grant(municipality_id, role),))


def test_a_language_is_added_as_the_last_and_the_last_one_stays() -> None:
    assert ROOM.languages == ("ky", "ru")
    assert ROOM.with_language("ky", on=False).languages == ("ru",)
    assert ROOM.with_language("ky", on=True).languages == ("ru", "ky")
    assert replace(ROOM, languages=("ru",)).with_language("en", on=True).languages == ("ru", "en")
    assert replace(ROOM, languages=("ru",)).with_language("ru", on=False).languages == ("ru",)
    assert ROOM.with_language("uz", on=False) == ROOM


def test_a_third_language_is_refused() -> None:
    with pytest.raises(TooManyChoices) as refused:
        ROOM.with_language("en", on=True)
    assert refused.value.limit == 2


def test_a_linked_room_is_run_by_the_staff_who_prepare_its_hearings() -> None:
    LINKED.ensure_run_by(staff())
    LINKED.ensure_run_by(staff(resident_id=8))
    LINKED.ensure_run_by(Actor(1, "ky", administrator=True))
    for actor in (staff(Role.MEMBER), staff(Role.MODERATOR), staff(municipality_id=OTHER), Actor(1, "ky")):
        with pytest.raises(Forbidden):
            LINKED.ensure_run_by(actor)


def test_a_room_that_is_not_linked_is_run_by_who_introduced_it() -> None:
    ROOM.ensure_run_by(staff())
    ROOM.ensure_run_by(Actor(1, "ky", administrator=True))
    for actor in (staff(resident_id=8), Actor(1, "ky")):
        with pytest.raises(Forbidden):
            ROOM.ensure_run_by(actor)
    with pytest.raises(Forbidden):
        replace(ROOM, introduced_by=None).ensure_run_by(Actor(1, "ky"))


def test_staff_of_any_municipality_may_link_a_room_that_is_not_linked() -> None:
    municipality, other = (place.id for place in PLACES.municipalities[:2])
    secretary = staff(municipality_id=municipality)
    for room in (None, ROOM, replace(ROOM, municipality_id=municipality)):
        assert is_staff_in(secretary, room, PLACES)
        assert not is_staff_in(Actor(1, "ky"), room, PLACES)
    assert not is_staff_in(secretary, replace(ROOM, municipality_id=other), PLACES)


def test_a_room_seen_again_keeps_what_was_chosen_for_it() -> None:
    chosen = replace(LINKED, languages=("uz",), topic_id=7, left_at=NOW)
    seen = Room(0, -1_000, RoomKind.GROUP, "Жаңы ат", topic_id=8, introduced_by=5)
    again = chosen.seen_as(seen)
    assert (again.id, again.municipality_id, again.languages) == (1, OWN, ("uz",))
    assert (again.kind, again.title, again.topic_id, again.introduced_by) == (RoomKind.GROUP, "Жаңы ат", 8, 5)
    assert again.left_at is None


def test_a_new_title_is_no_news_and_another_topic_is() -> None:
    assert is_news(None, ROOM)
    assert is_news(replace(ROOM, left_at=NOW), ROOM)
    assert is_news(ROOM, replace(ROOM, topic_id=7))
    assert is_news(ROOM, replace(ROOM, introduced_by=5))
    assert not is_news(ROOM, replace(ROOM, title="Жаңы ат"))
