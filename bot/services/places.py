"""Finding one's municipality: lists that skip what leaves no choice, and search by a few letters."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.domain import places
from bot.domain.errors import NotFound
from bot.domain.places import Place, PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from bot.domain.languages import Text
    from bot.ports import Clock, Store

_LEADS_TO_MUNICIPALITY = (PlaceKind.REGION, PlaceKind.DISTRICT, PlaceKind.MUNICIPALITY)


@dataclass(frozen=True)
class PlaceTree:
    """All places that are valid now, arranged as a tree."""

    places: tuple[Place, ...]
    timezone: str

    @cached_property
    def by_id(self) -> dict[int, Place]:
        """Every place by its id."""
        return {place.id: place for place in self.places}

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
        """The place with that code."""
        return next((place for place in self.places if place.code == code), None)

    def choices(self, parent_id: int | None) -> tuple[Place, ...]:
        """What to choose from on the way to a municipality; levels with a single entry are skipped."""
        found = tuple(place for place in self._children[parent_id] if place.kind in _LEADS_TO_MUNICIPALITY)
        if len(found) == 1 and found[0].kind is not PlaceKind.MUNICIPALITY:
            return self.choices(found[0].id)
        return found

    def back_from(self, place: Place) -> int | None:
        """The place in whose list ``place``, or what was skipped on the way to it, was chosen; None: the first list."""
        chosen: Place | None = place
        while chosen is not None:
            if chosen not in self.choices(None) and len(self._children[chosen.parent_id]) > 1:
                return chosen.parent_id
            chosen = self.by_id.get(chosen.parent_id or 0)
        return None

    @property
    def municipalities(self) -> tuple[Place, ...]:
        """Every municipality."""
        return tuple(place for place in self.places if place.kind is PlaceKind.MUNICIPALITY)

    def villages(self, municipality_id: int) -> tuple[Place, ...]:
        """The villages of a municipality."""
        return tuple(place for place in self._children[municipality_id] if place.kind is PlaceKind.VILLAGE)

    def zone(self, place_id: int) -> ZoneInfo:
        """The time zone of a place: its own, the nearest parent's, else the house's."""
        place = self.by_id.get(place_id)
        while place is not None:
            if place.timezone:
                return ZoneInfo(place.timezone)
            place = self.by_id.get(place.parent_id or 0)
        return ZoneInfo(self.timezone)

    def name(self, place_id: int) -> Text:
        """A place's name; raises NotFound."""
        return self.get(place_id).name


class PlaceDirectory:
    """The map, read from the store and kept until a load changes it or a minute has passed."""

    def __init__(self, store: Store, clock: Clock, *, timezone: str) -> None:
        self._store = store
        self._clock = clock
        self.timezone = timezone
        self._tree: PlaceTree | None = None
        self._read_at = clock.now()

    async def tree(self) -> PlaceTree:
        """The places as they are; another process's load is seen within a minute."""
        now = self._clock.now()
        if self._tree is None or abs((now - self._read_at).total_seconds()) > 60:
            async with self._store.reading() as repositories:
                found = await repositories.places.list_all()
            self._tree = PlaceTree(tuple(place for place in found if _valid(place, now.date())), self.timezone)
            self._read_at = now
        return self._tree

    async def search(self, typed: str) -> tuple[Place, ...]:
        """Municipalities by a few letters in any script; a village finds its municipality. At most ten, best first."""
        known = await self.tree()
        found = places.search(known.places, typed, limit=30)
        towns = dict.fromkeys(town.id for place in found if (town := _municipality_of(known, place)) is not None)
        return tuple(known.by_id[town] for town in towns)[:10]

    async def load(self, rows: Iterable[tuple[Place, str]]) -> int:
        """Store places, again and again: known codes are brought up to date. Returns how many rows changed."""
        async with self._store.writing() as repositories:
            changed = await repositories.places.save(rows)
        self._tree = None
        return changed


def _municipality_of(known: PlaceTree, place: Place) -> Place | None:
    match place.kind:
        case PlaceKind.MUNICIPALITY:
            return place
        case PlaceKind.VILLAGE:
            return known.by_id.get(place.parent_id or 0)
    return None


def _valid(place: Place, today: date) -> bool:
    return (place.valid_from is None or place.valid_from <= today) and (
        place.valid_to is None or today <= place.valid_to
    )
