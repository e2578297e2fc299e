"""The tree of places, kept in memory, and search by a few letters."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from bot.domain.permissions import municipalities_where
from bot.domain.place_names import parts_of
from bot.domain.place_search import PlaceIndex
from bot.domain.places import NOBODY, Contact, Place, PlaceKind, PlaceTree
from bot.domain.towns import with_towns

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from bot.domain.people import Actor
    from bot.domain.permissions import Permission
    from bot.domain.places import Whereabouts
    from bot.ports import Clock, Store

SECONDS_A_TREE_IS_KEPT: Final = 60
PLACES_SEARCHED: Final = 30
"""Places of any kind among which a search chooses."""
PLACES_FOUND: Final = 10
MOST_PARTS: Final = 3
"""Region, district and place, typed one beside the other."""


class PlaceDirectory:
    """The tree of places, read from the store and kept until a load changes it or a minute has passed."""

    def __init__(self, store: Store, clock: Clock, *, timezone: str, contact: Contact = NOBODY) -> None:
        self._store = store
        self._clock = clock
        self.timezone = timezone
        self.contact: Final = contact
        """Whom residents reach where their municipality names nobody."""
        self._listed: tuple[Place, ...] = ()
        self._tree: PlaceTree | None = None
        self._index: PlaceIndex | None = None
        self._read_at = clock.now()

    async def where(self, actor: Actor, *permissions: Permission) -> frozenset[int]:
        """The municipalities in which the actor has one of these permissions; without any role no place is read."""
        if not actor.grants and not actor.administrator:
            return frozenset()
        places = await self.tree()
        return frozenset(
            place.id for permission in permissions for place in municipalities_where(actor, permission, places)
        )

    async def tree(self) -> PlaceTree:
        """The places as they are, towns as municipalities; another process's load is seen within a minute."""
        now = self._clock.now()
        if self._tree is None or abs((now - self._read_at).total_seconds()) > SECONDS_A_TREE_IS_KEPT:
            async with self._store.reading() as repositories:
                found = await repositories.places.list_all()
            valid, tree = valid_tree(found, now.date(), self.timezone, self.contact)
            if self._tree is None or (valid, tree.former) != (self._listed, self._tree.former):
                self._listed, self._index, self._tree = valid, None, tree
            self._read_at = now
        return self._tree

    async def contact_in(self, municipality_id: int | None) -> Contact:
        """Whom residents of the municipality (None: no matter where) reach; of a former one, in its successor."""
        tree = await self.tree()
        place = tree.by_id.get(municipality_id or 0)
        return tree.present(place).contact if place else self.contact

    async def kinds(self) -> dict[str, PlaceKind]:
        """The kind of every valid place as it was loaded, by code: that of a town is region or district."""
        await self.tree()
        return {place.code: place.kind for place in self._listed}

    async def search(self, typed: str) -> tuple[Whereabouts, ...]:
        """Places by their name or a few letters of it, in any script, best first; at most ``PLACES_FOUND``.

        A village is not found beside its municipality, and the town stands for its districts. A district or a region
        leads to its municipalities.
        """
        tree = await self.tree()
        if self._index is None or self._index.places is not tree.places:
            self._index = await asyncio.to_thread(PlaceIndex, tree.places)
        found: dict[int, Whereabouts] = {}
        for place in self._index.search(typed, limit=PLACES_SEARCHED) or _within(tree, self._index, typed):
            municipality = tree.municipality_of(place)
            if place.kind is not PlaceKind.VILLAGE:
                shown = municipality or place
                found.setdefault(shown.id, tree.whereabouts(shown))
            elif municipality is not None and municipality.id not in found:
                found[place.id] = tree.whereabouts(place)
        return tuple(found.values())[:PLACES_FOUND]

    async def search_villages(self, municipality_id: int, typed: str) -> tuple[Place, ...]:
        """The villages of a municipality with such a name; none where the words are not a name of one."""
        villages = (await self.tree()).villages(municipality_id)
        return PlaceIndex(villages).search(typed, limit=PLACES_FOUND)

    async def load(self, rows: Iterable[tuple[Place, str]]) -> int:
        """Store places; those whose code is stored already are updated. Returns how many rows changed."""
        async with self._store.writing() as repositories:
            changed = await repositories.places.save(rows)
        self._tree = None
        return changed


def valid_tree(
    found: tuple[Place, ...], today: date, timezone: str, contact: Contact
) -> tuple[tuple[Place, ...], PlaceTree]:
    """Of all places that were ever loaded those that are valid ``today``, and their tree, with towns as municipalities.

    ``contact`` is whom residents reach where their municipality names nobody.
    """
    valid = tuple(place for place in found if place.is_valid(today))
    former = {place.id for place in found if place.is_former(today)}
    gone = tuple(place for place in with_towns(found) if place.id in former)
    return valid, PlaceTree(tuple(place.reached_by(contact) for place in with_towns(valid)), timezone, gone)


def _within(tree: PlaceTree, index: PlaceIndex, typed: str) -> list[Place]:
    """Places that are typed with the places they lie in: Сузак району, Багыш айылы."""
    parts = parts_of(typed)
    hits = [index.search(part, limit=PLACES_SEARCHED) for part in parts] if 1 < len(parts) <= MOST_PARTS else []
    found = []
    for number, hit in enumerate(hits):
        around = [set(others) for other, others in enumerate(hits) if other != number]
        found += [place for place in hit if all(others & set(tree.above(place)) for others in around)]
    return found
