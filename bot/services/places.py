"""Finding one's municipality: lists that skip what leaves no choice, and search by a few letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain import places
from bot.domain.places import Place, PlaceKind, PlaceTree

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from bot.ports import Clock, Store


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
