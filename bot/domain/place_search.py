"""Finding a place by what people type: its name as it is first, then as it sounds, then nearly so."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import field
from enum import IntEnum
from heapq import nsmallest
from typing import TYPE_CHECKING, Final

from bot.domain.folding import LETTERS_LOST, differ_by_one, fold, has_lost_letters, lossy, readings, restored, sound
from bot.domain.languages import RU
from bot.domain.place_names import (
    NameForms,
    forms_of,
    is_named_a_town,
    learnt_pairs,
    spellings,
    with_nouns,
    without_kind,
)
from bot.domain.places import PlaceKind
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.domain.places import Place

LETTERS_SEARCHED: Final = 80
"""What is typed beyond them is no name of a place."""
WAYS_NEARLY_TYPED: Final = 4
"""Readings of which one letter may be wrong as well."""
SHORTEST_SOUND: Final = 3
SHORTEST_SLIP: Final = 4
"""Letters of the shortest word that is found by its sound, and of the shortest with a wrong letter."""


class Fit(IntEnum):
    """How much of a name is typed, the best first."""

    WHOLE = 0
    BEGINNING = 1
    BEGINNING_OF_A_WORD = 2
    WITHIN = 3


class Likeness(IntEnum):
    """How the letters that are typed are those of the name, the best first."""

    EXACT = 0
    FOLDED = 1
    TRANSLITERATED = 2
    BY_SOUND = 3
    NEAR = 4


_KINDS_FIRST: Final = (PlaceKind.MUNICIPALITY, PlaceKind.VILLAGE, PlaceKind.DISTRICT, PlaceKind.REGION)
Rank = tuple[Fit, Likeness, int]
"""The smaller, the better; last, how likely the reading is by which it was found."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of the place at that position of the list; ``text`` and ``beginnings`` have what any part of it is in."""

    place: int
    forms: NameForms
    heard: tuple[str, ...]
    text: str
    beginnings: str
    russian: bool
    latin: bool

    @classmethod
    def of(cls, place: int, language: str, name: str) -> _Name:
        forms, russian = forms_of(name), language == RU
        heard = tuple(map(_joined, forms.sounds))
        text = "|".join((*forms.folded, forms.whole))
        beginnings = "".join(f"|{form}" for form in heard)
        return cls(place, forms, heard, f"{text}|{_joined(text)}", beginnings, russian, _is_latin(forms.exact[0]))


Hit = tuple[_Name, Rank]


class _Reading:
    """A way in which what is typed may be meant: restored, folded and by its sound."""

    def __init__(self, number: int, letters: str, *, typed: bool) -> None:
        self.number = number
        self.letters = letters
        self.words = fold(letters)
        self.parts = self.words.split()
        self.joined = _joined(self.words)
        self.heard = _joined(sound(self.words))
        self.beginning = f"|{self.heard}"
        self.is_heard = len(self.heard) >= SHORTEST_SOUND
        self._typed = typed
        self._latin = _is_latin(letters)
        self._kyrgyz = bool(set(letters) & set("өүң"))

    def may_be_in(self, name: _Name) -> bool:
        """False where no part of the name can fit."""
        return self.joined in name.text or all(part in name.text for part in self.parts)

    def whole(self, name: _Name) -> Rank:
        """The rank of a name of which it is all."""
        exact = self._typed and _hard(self.letters) in map(_hard, name.forms.exact)
        return Fit.WHOLE, Likeness.EXACT if exact else self.likeness(name), self.number

    def likeness(self, name: _Name) -> Likeness:
        """Folded within one alphabet and language; a Latin word, and a Kyrgyz one for a Russian name, cross them."""
        if self._latin != name.latin or (self._kyrgyz and name.russian):
            return Likeness.TRANSLITERATED
        return Likeness.FOLDED


@dataclass
class PlaceIndex:
    """Places by their names; made once for a list, it is asked for each search."""

    places: tuple[Place, ...]
    _names: list[_Name] = field(init=False)
    _by_whole: dict[str, list[_Name]] = field(init=False)
    _by_sound: dict[str, list[_Name]] = field(init=False)
    _same: Mapping[str, set[str]] = field(init=False)
    _orders: list[tuple[int, str, str]] = field(init=False)

    def __post_init__(self) -> None:
        self._names = [
            _Name.of(at, language, name)
            for at, place in enumerate(self.places)
            for language, name in place.name.by_language.items()
            if fold(name)
        ]
        self._by_whole, self._by_sound = defaultdict(list), defaultdict(list)
        for name in self._names:
            for form in (*name.forms.folded, name.forms.whole):
                self._by_whole[_joined(form)].append(name)
            for form in name.heard:
                self._by_sound[form].append(name)
        self._same = learnt_pairs(self.places)
        self._orders = list(map(_order_of, self.places))

    def search(self, typed: str, *, limit: int) -> tuple[Place, ...]:
        """Places whose name is what is typed, or has it, best first: whole names before beginnings of names.

        Of equals, the kind that was typed with the name comes first, then towns, then other municipalities.
        """
        typed = typed[:LETTERS_SEARCHED]
        best: dict[int, Rank] = {}
        for name, rank in self._found(typed):
            best[name.place] = min(rank, best.get(name.place, rank))
        meant = without_kind(typed)[1]

        def order(found: int) -> tuple[object, ...]:
            fit, likeness, reading = best[found]
            kind, name, code = self._orders[found]
            return fit, likeness, meant not in (None, self.places[found].kind), kind, reading, name, code

        return tuple(self.places[found] for found in nsmallest(limit, best, key=order))

    def _found(self, typed: str) -> list[Hit]:
        ways = list(_ways(typed))
        found = [hit for way in ways for find in (self._whole, self._spelt_otherwise) for hit in find(way)]
        if not found and has_lost_letters(typed) and (complete := list(self._with_lost_letters(typed))):
            return complete
        found += [hit for way in ways for hit in self._parts(way)]
        return found or [hit for way in ways[:WAYS_NEARLY_TYPED] for hit in self._near(way)]

    def _whole(self, way: _Reading) -> Iterator[Hit]:
        for name in self._by_whole.get(way.joined, ()):
            yield name, way.whole(name)

    def _spelt_otherwise(self, way: _Reading) -> Iterator[Hit]:
        for number, words in enumerate(spellings(way.letters, self._same), start=way.number):
            for name in self._by_whole.get(_joined(words), ()):
                yield name, (Fit.WHOLE, Likeness.TRANSLITERATED, number)
        for name in self._by_sound.get(way.heard, ()) if way.is_heard else ():
            yield name, (Fit.WHOLE, Likeness.BY_SOUND, way.number)

    def _parts(self, way: _Reading) -> Iterator[Hit]:
        for name in self._names:
            fit = _best_fit(name.forms, way) if way.may_be_in(name) else None
            if fit is not None:
                yield name, (fit, way.likeness(name), way.number)
            elif way.is_heard and way.beginning in name.beginnings:
                yield name, (Fit.BEGINNING, Likeness.BY_SOUND, way.number)

    def _with_lost_letters(self, typed: str) -> Iterator[Hit]:
        wanted = _joined(lossy(without_kind(typed.replace("?", "о"))[0]))
        for name in self._names:
            if wanted in (_joined(form).translate(LETTERS_LOST) for form in name.forms.folded):
                yield name, (Fit.WHOLE, Likeness.NEAR, 0)

    def _near(self, way: _Reading) -> Iterator[Hit]:
        """Names in which one letter is wrong, too many or too few."""
        wanted = _vowels_alike(way.heard)
        for name in self._names if len(wanted) >= SHORTEST_SLIP else ():
            if any(differ_by_one(_vowels_alike(form), wanted) for form in name.heard):
                yield name, (Fit.WHOLE, Likeness.NEAR, 0)


def _ways(typed: str) -> Iterator[_Reading]:
    """Each reading whole, then without the words for a kind, then as the noun of a Russian adjective."""
    number = 0
    for way in readings(typed):
        for letters in dict.fromkeys((restored(way), *with_nouns(without_kind(way)[0]))):
            if fold(letters):
                yield _Reading(number, letters, typed=way == typed)
                number += 1


def _order_of(place: Place) -> tuple[int, str, str]:
    is_town = place.kind is PlaceKind.MUNICIPALITY and is_named_a_town(place)
    return -1 if is_town else _KINDS_FIRST.index(place.kind), str(place.name), place.code


def _best_fit(forms: NameForms, way: _Reading) -> Fit | None:
    """The best fit of a form; within the name with its kind no letters count, as many have those of the kind."""
    fits = [fit for form in forms.folded if (fit := _fit(form, way)) is not None]
    if (fit := _fit(forms.whole, way)) is not None and fit is not Fit.WITHIN:
        fits.append(fit)
    return min(fits, default=None)


def _fit(name: str, way: _Reading) -> Fit | None:
    if _joined(name).startswith(way.joined):
        return Fit.BEGINNING
    if all(part in name for part in way.parts):
        return Fit.BEGINNING_OF_A_WORD if f" {way.words}" in f" {name}" else Fit.WITHIN
    return None


def _is_latin(words: str) -> bool:
    return any("a" <= letter <= "z" for letter in words)


def _joined(words: str) -> str:
    return words.replace(" ", "")


def _hard(words: str) -> str:
    """Words without soft signs, which Kyrgyz does not have: Токтогул is Токтогуль."""
    return _joined(words).replace("ь", "")


def _vowels_alike(heard: str) -> str:
    return heard.replace("а", "о")
