"""Regions, districts, municipalities and villages, and finding one by a few letters."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

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
_LATIN: Final = (
    *(("shch", "щ"), ("yo", "е"), ("yu", "ю"), ("ya", "я"), ("ye", "е"), ("sh", "ш"), ("ch", "ч"), ("zh", "ж")),
    *(("ts", "ц"), ("kh", "х"), ("ng", "н"), ("gh", "г"), ("o'", "у"), ("g'", "г")),
    *zip("abcdefghijklmnopqrstuvwxyz", "абсдефгхижклмнопкрстувшхйз", strict=True),
)
_FOLDED: Final = str.maketrans(
    {"ө": "о", "ү": "у", "ң": "н", "ў": "у", "қ": "к", "ғ": "г", "ҳ": "х", "ё": "е", "ъ": "", "ь": ""}
)
_APOSTROPHES: Final = str.maketrans(dict.fromkeys("ʻʼ‘’`´ʹʽ′＇", "'"))


def fold(words: str) -> str:
    """Words reduced to what a hurried thumb types: one script, plain letters, single spaces, no marks.

    ө=о ү=у ң=н ў=у қ=к ғ=г ҳ=х, every apostrophe is one, and Latin Uzbek finds Cyrillic (product.md, step 3).
    """
    text = unicodedata.normalize("NFC", words).casefold().translate(_APOSTROPHES)
    for latin, cyrillic in _LATIN:
        text = text.replace(latin, cyrillic)
    text = text.translate(_FOLDED)
    kept = "".join(letter if letter.isalnum() else " " for letter in text.replace("'", ""))
    return " ".join(kept.split())


def search(places: Iterable[Place], typed: str, *, limit: int = 10) -> tuple[Place, ...]:
    """Places whose name in any language holds every typed word, best first: whole beginning, then word beginning."""
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
    """The villages whose whole name stands in the texts, in any language: where a sitting is held."""
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
