"""Regions, districts, municipalities and villages, and finding one by a few letters."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.domain.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from bot.domain.languages import Text


class PlaceKind(StrEnum):
    """Each lies within one of the kind before it."""

    REGION = "region"
    DISTRICT = "district"
    MUNICIPALITY = "municipality"
    VILLAGE = "village"


@dataclass(frozen=True, slots=True)
class Place:
    """A place as loaded from the list; ``timezone`` is an IANA name or empty (then the nearest parent's)."""

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


# One letter for all spellings people type: Kyrgyz and Uzbek letters to their plain Russian neighbours,
# Latin (Uzbek and the usual romanisation) to Cyrillic. Longest first, so that "sh" is read before "s".
_LATIN_TO_CYRILLIC: Final = (
    *(("shch", "щ"), ("yo", "е"), ("yu", "ю"), ("ya", "я"), ("ye", "е"), ("sh", "ш"), ("ch", "ч"), ("zh", "ж")),
    *(("ts", "ц"), ("kh", "х"), ("ng", "н"), ("gh", "г"), ("o'", "у"), ("g'", "г")),
    *zip("abcdefghijklmnopqrstuvwxyz", "абсдефгхижклмнопкрстувшхйз", strict=True),
)
_PLAIN_LETTERS: Final = str.maketrans(
    {"ө": "о", "ү": "у", "ң": "н", "ў": "у", "қ": "к", "ғ": "г", "ҳ": "х", "ё": "е", "ъ": "", "ь": ""}
)
_TO_ONE_APOSTROPHE: Final = str.maketrans(dict.fromkeys("ʻʼ‘’`´ʹʽ′＇", "'"))


def fold(words: str) -> str:
    """Words reduced to what people type in a hurry: one script, plain letters, single spaces, no marks.

    ө=о ү=у ң=н ў=у қ=к ғ=г ҳ=х, every apostrophe is one, and Latin Uzbek finds Cyrillic.
    """
    text = unicodedata.normalize("NFC", words).casefold().translate(_TO_ONE_APOSTROPHE)
    for latin, cyrillic in _LATIN_TO_CYRILLIC:
        text = text.replace(latin, cyrillic)
    text = text.translate(_PLAIN_LETTERS)
    kept = "".join(letter if letter.isalnum() else " " for letter in text.replace("'", ""))
    return " ".join(kept.split())


def search(places: Iterable[Place], typed: str, *, limit: int = 10) -> tuple[Place, ...]:
    """Places whose name in any language contains every typed word, best first: whole beginning, then word beginning."""
    wanted = fold(typed)
    if not wanted:
        return ()
    ranked = []
    for place in places:
        scores = [
            score for name in place.name.by_language.values() if (score := _score(fold(name), wanted)) is not None
        ]
        if scores:
            ranked.append((min(scores), str(place.name), place))
    ranked.sort(key=lambda found: found[:2])
    return tuple(place for _, _, place in ranked[:limit])


def named_in(villages: Iterable[Place], texts: Iterable[Text]) -> tuple[int, ...]:
    """The villages whose whole name stands in the texts, in any language: the venues of sittings."""
    words = " ".join(f" {fold(words)} " for text in texts for words in text.by_language.values())
    return tuple(
        village.id
        for village in villages
        if any(f" {name} " in words for name in map(fold, village.name.by_language.values()) if name)
    )


def _score(name: str, wanted: str) -> int | None:
    if name.startswith(wanted):
        return 0
    if f" {wanted}" in f" {name}":
        return 1
    if all(part in name for part in wanted.split()):
        return 2
    return None


_LEADS_TO_MUNICIPALITY: Final = (PlaceKind.REGION, PlaceKind.DISTRICT, PlaceKind.MUNICIPALITY)


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

    def population(self, municipality_id: int) -> int:
        """How many people live there: as its list says, or as those of its villages do; 0 where neither does."""
        own = self.get(municipality_id).population
        return own if own is not None else sum(village.population or 0 for village in self.villages(municipality_id))

    def municipality_of(self, place: Place) -> Place | None:
        """The municipality that the place is or, as a village, lies in; None for districts and regions."""
        match place.kind:
            case PlaceKind.MUNICIPALITY:
                return place
            case PlaceKind.VILLAGE:
                return self.by_id.get(place.parent_id or 0)
        return None

    def villages(self, municipality_id: int) -> tuple[Place, ...]:
        """The villages of a municipality."""
        return tuple(place for place in self._children[municipality_id] if place.kind is PlaceKind.VILLAGE)

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
