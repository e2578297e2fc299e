"""Towns: regions and districts of the list that are municipalities, as no municipality governs their people."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.domain.place_names import is_named_a_town
from bot.domain.places import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.domain.places import Place

MAY_BE_TOWNS: Final = (PlaceKind.REGION, PlaceKind.DISTRICT)


def with_towns(places: Iterable[Place]) -> tuple[Place, ...]:
    """The places, with every town a municipality.

    A town is a region or district that is named so, has villages of its own, or in whose branch there is no
    municipality. What lies in a town is none by itself: a city is one whole, not its districts.
    """
    listed = tuple(places)
    towns = _Branches(listed).towns()
    return tuple(replace(place, kind=PlaceKind.MUNICIPALITY) if place.id in towns else place for place in listed)


class _Branches:
    """What lies below each place."""

    def __init__(self, places: tuple[Place, ...]) -> None:
        self._below: dict[int | None, list[Place]] = defaultdict(list)
        for place in places:
            self._below[place.parent_id].append(place)

    def towns(self, parent_id: int | None = None) -> set[int]:
        """The ids of the towns below a place, the outermost alone."""
        found: set[int] = set()
        for place in self._below[parent_id]:
            if place.kind in MAY_BE_TOWNS:
                found |= {place.id} if self._is_town(place) else self.towns(place.id)
        return found

    def _is_town(self, place: Place) -> bool:
        kinds = {below.kind for below in self._below[place.id]}
        return PlaceKind.VILLAGE in kinds or not self._has_municipality(place) or is_named_a_town(place)

    def _has_municipality(self, place: Place) -> bool:
        return any(
            below.kind is PlaceKind.MUNICIPALITY or self._has_municipality(below) for below in self._below[place.id]
        )
