"""Regions, districts, municipalities and villages, and the tree that they are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.domain.errors import NotFound
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from datetime import date

    from bot.domain.languages import Text


class PlaceKind(StrEnum):
    """Each lies within one of a kind before it."""

    REGION = "region"
    DISTRICT = "district"
    MUNICIPALITY = "municipality"
    VILLAGE = "village"


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom residents reach, and when; all empty where nobody is named."""

    name: str = ""
    phone: str = ""
    hours: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.phone)


NOBODY: Final = Contact()
"""Where nobody is named."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place as loaded from the list; ``timezone`` is an IANA name or empty (then the nearest parent's).

    ``contact_name``, ``contact_phone`` and ``contact_hours`` say whom residents reach there, and when; ``successor`` is
    the code of the place into which it was merged.
    """

    id: int
    code: str
    kind: PlaceKind
    parent_id: int | None
    name: Text
    timezone: str = ""
    population: int | None = None
    women: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    contact_name: str = ""
    contact_phone: str = ""
    contact_hours: str = ""
    successor: str = ""

    @property
    def contact(self) -> Contact:
        """Whom residents reach there."""
        return Contact(self.contact_name, self.contact_phone, self.contact_hours)

    def reached_by(self, contact: Contact) -> Place:
        """The place with this contact, where it is a municipality that names none."""
        if self.contact or self.kind is not PlaceKind.MUNICIPALITY:
            return self
        return replace(self, contact_name=contact.name, contact_phone=contact.phone, contact_hours=contact.hours)

    def is_valid(self, today: date) -> bool:
        """Whether it is there on that day; one with a successor and without a last day is there no more."""
        if self.valid_from is not None and today < self.valid_from:
            return False
        return today <= self.valid_to if self.valid_to is not None else not self.successor

    def is_former(self, today: date) -> bool:
        """Whether it was there before that day and is there no more."""
        return not self.is_valid(today) and (self.valid_from is None or self.valid_from <= today)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A place, the places it lies in (the nearest first), and its municipality: None for a district or a region."""

    place: Place
    above: tuple[Place, ...]
    municipality: Place | None


_LEADS_TO_MUNICIPALITY: Final = (PlaceKind.REGION, PlaceKind.DISTRICT, PlaceKind.MUNICIPALITY)


@dataclass(frozen=True)
class PlaceTree:
    """All places that are valid now, arranged as a tree; ``former`` ones are found by their ids alone."""

    places: tuple[Place, ...]
    timezone: str
    former: tuple[Place, ...] = ()

    @cached_property
    def by_id(self) -> dict[int, Place]:
        """Every place by its id, the former ones too: what was heard there stays readable."""
        return {place.id: place for place in (*self.former, *self.places)}

    @cached_property
    def _by_code(self) -> dict[str, Place]:
        return {place.code: place for place in (*self.former, *self.places)}

    @cached_property
    def _children(self) -> dict[int | None, list[Place]]:
        children: dict[int | None, list[Place]] = defaultdict(list)
        for place in self.places:
            children[place.parent_id].append(place)
        return children

    def get(self, place_id: int, kind: PlaceKind | None = None) -> Place:
        """The place, of that kind if one is asked for; raises NotFound."""
        place = self.by_id.get(place_id)
        if place is None or (kind is not None and place.kind is not kind):
            raise NotFound("place", place_id)
        return place

    def find_code(self, code: str) -> Place | None:
        """The place with that code; none that is former."""
        found = self._by_code.get(code)
        return None if found is None or self.is_former(found) else found

    def present(self, place: Place) -> Place:
        """The place into which it was merged, as that was into another; itself where it was not, or is none known."""
        passed = {place.code}
        while place.id in self._former_ids and (after := self._by_code.get(place.successor)) is not None:
            if after.code in passed:
                break
            passed.add(after.code)
            place = after
        return place

    def predecessors(self, place: Place) -> tuple[Place, ...]:
        """The former places that were merged into it, directly or one after another."""
        return tuple(each for each in self.former if each != place and self.present(each) == place)

    def is_former(self, place: Place) -> bool:
        """Whether the place is there no more."""
        return place.id in self._former_ids

    @cached_property
    def _former_ids(self) -> frozenset[int]:
        return frozenset(place.id for place in self.former)

    def choices(self, parent_id: int | None) -> tuple[Place, ...]:
        """What to choose from on the way to a municipality; levels with a single entry are skipped.

        A town in which there are other municipalities is the first in its own list.
        """
        town = self.municipality_of(self.by_id[parent_id]) if parent_id in self.by_id else None
        if town is not None:
            return (town, *self._municipalities_within[town.id])
        found = tuple(place for place in self._children[parent_id] if place.kind in _LEADS_TO_MUNICIPALITY)
        if len(found) == 1 and found[0].kind is not PlaceKind.MUNICIPALITY:
            return self.choices(found[0].id)
        return found

    def leads_on(self, place: Place) -> bool:
        """True if there is something to choose from within it: for all but municipalities, and for some towns."""
        return place.kind is not PlaceKind.MUNICIPALITY or place.id in self._municipalities_within

    def back_from(self, place: Place) -> int | None:
        """The place in whose list ``place``, or what was skipped on the way to it, was chosen; None: the first list."""
        chosen: Place | None = place
        while chosen is not None:
            if chosen not in self.choices(None) and len(self._children[chosen.parent_id]) > 1:
                return chosen.parent_id
            chosen = self.by_id.get(chosen.parent_id or 0)
        return None

    @cached_property
    def municipalities(self) -> tuple[Place, ...]:
        """Every municipality."""
        return tuple(place for place in self.places if place.kind is PlaceKind.MUNICIPALITY)

    def population(self, municipality_id: int) -> int:
        """How many people live there: as its list says, or as those of its villages do; 0 where neither does."""
        own = self.get(municipality_id).population
        return own if own is not None else sum(village.population or 0 for village in self.villages(municipality_id))

    def above(self, place: Place) -> tuple[Place, ...]:
        """The places it lies in, the nearest first."""
        found: list[Place] = []
        while (parent := self.by_id.get(place.parent_id or 0)) is not None:
            found.append(parent)
            place = parent
        return tuple(found)

    def municipality_of(self, place: Place) -> Place | None:
        """The municipality that the place is or lies in; None for districts and regions outside towns."""
        return next((each for each in (place, *self.above(place)) if each.kind is PlaceKind.MUNICIPALITY), None)

    def whereabouts(self, place: Place) -> Whereabouts:
        """The place and what it lies in."""
        return Whereabouts(place, self.above(place), self.municipality_of(place))

    @cached_property
    def _municipalities_within(self) -> dict[int, list[Place]]:
        """The municipalities that lie in another one, a town, by its id."""
        found: dict[int, list[Place]] = {}
        for place in self.municipalities:
            for town in self.above(place):
                if town.kind is PlaceKind.MUNICIPALITY:
                    found.setdefault(town.id, []).append(place)
        return found

    @cached_property
    def _villages(self) -> dict[int, list[Place]]:
        found: dict[int, list[Place]] = defaultdict(list)
        for place in self.places:
            if place.kind is PlaceKind.VILLAGE and (municipality := self.municipality_of(place)) is not None:
                found[municipality.id].append(place)
        return found

    def villages(self, municipality_id: int) -> tuple[Place, ...]:
        """The villages of a municipality."""
        return tuple(self._villages.get(municipality_id, ()))

    def find_village(self, village_id: int, municipality_id: int) -> Place | None:
        """The village with that id if it lies in that municipality."""
        return next((village for village in self.villages(municipality_id) if village.id == village_id), None)

    def zone(self, place_id: int) -> ZoneInfo:
        """The time zone of a place: its own, the nearest parent's, else the program's (``TIMEZONE``)."""
        place = self.by_id.get(place_id)
        while place is not None:
            if place.timezone:
                return ZoneInfo(place.timezone)
            place = self.by_id.get(place.parent_id or 0)
        return ZoneInfo(self.timezone)
