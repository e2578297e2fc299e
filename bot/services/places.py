"""The tree of places, kept in memory, and search by a few letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain import places
from bot.domain.places import Place, PlaceTree

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from bot.ports import Clock, Store

SECONDS_A_TREE_IS_KEPT: Final = 60
PLACES_SEARCHED: Final = 30
"""Places of any kind among whose municipalities a search chooses."""
MUNICIPALITIES_FOUND: Final = 10


class PlaceDirectory:
    """The tree of places, read from the store and kept until a load changes it or a minute has passed."""

    def __init__(self, store: Store, clock: Clock, *, timezone: str) -> None:
        self._store = store
        self._clock = clock
        self.timezone = timezone
        self._tree: PlaceTree | None = None
        self._read_at = clock.now()

    async def tree(self) -> PlaceTree:
        """The places as they are; another process's load is seen within a minute."""
        now = self._clock.now()
        if self._tree is None or abs((now - self._read_at).total_seconds()) > SECONDS_A_TREE_IS_KEPT:
            async with self._store.reading() as repositories:
                found = await repositories.places.list_all()
            self._tree = PlaceTree(tuple(place for place in found if _valid(place, now.date())), self.timezone)
            self._read_at = now
        return self._tree

    async def search(self, typed: str) -> tuple[Place, ...]:
        """Municipalities by a few letters in any script; a village finds its municipality.

        At most ``MUNICIPALITIES_FOUND``, best first.
        """
        tree = await self.tree()
        found = places.search(tree.places, typed, limit=PLACES_SEARCHED)
        municipalities = dict.fromkeys(place for each in found if (place := tree.municipality_of(each)) is not None)
        return tuple(municipalities)[:MUNICIPALITIES_FOUND]

    async def load(self, rows: Iterable[tuple[Place, str]]) -> int:
        """Store places; those whose code is stored already are updated. Returns how many rows changed."""
        async with self._store.writing() as repositories:
            changed = await repositories.places.save(rows)
        self._tree = None
        return changed


def _valid(place: Place, today: date) -> bool:
    return (place.valid_from is None or place.valid_from <= today) and (
        place.valid_to is None or today <= place.valid_to
    )
