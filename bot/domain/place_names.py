"""The names of places as people say them: without words for what the place is, in Russian and Kyrgyz spelling."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING, Final

from bot.domain.folding import fold, in_russian, restored, sound
from bot.domain.languages import KY, RU
from bot.domain.places import PlaceKind
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from bot.domain.languages import Text
    from bot.domain.places import Place

_TOWN: Final = "шаары шаар ш город города гор г шаҳри шаҳар shahri shahar city town"
_WORDS_OF_KINDS: Final[Mapping[PlaceKind | None, str]] = {
    PlaceKind.REGION: "облусу облус область области обл вилояти вилоят viloyati viloyat oblasty oblast region",
    PlaceKind.DISTRICT: (
        "району район района раёну раён р-н р-ну тумани туман tumani tuman rayonu rayon raionu raion district"
    ),
    PlaceKind.MUNICIPALITY: (
        "айыл_аймагы айыл_аймак айылдык_аймак айылный_аймак айылного_аймака айыльный_аймак аильный_аймак айил_аймағи "
        "аймагы аймак аймака айыл_өкмөтү айыл_өкмөт айылный_окмоту айылный_окмот айил_ўкмоти өкмөтү өкмөт "
        "а/а а/ө а.ө. а/о ао аө ayil_aymagʻi ayyl_aimagy ayil_aimagy aiyl_aimagy aiyl_aimak ayil_aimak aimagy aimak "
        "aymagʻi ayil_oʻkmoti ayil_okmotu aiyl_okmotu ayyl_okmotu okmotu rural_municipality municipality"
    ),
    PlaceKind.VILLAGE: "айылы айыл айил аил кыштагы кыштак қишлоғи қишлоқ село села деревня с ayil aiyl ayyl qishlogʻi "
    "qishloq village",
    None: f"{_TOWN} шаарчасы шаарча поселок посёлок пгт пос шаҳарчаси шаҳарча им имени атындагы номидаги",
}
_AROUND: Final = (PlaceKind.REGION, PlaceKind.DISTRICT)
_WORDS_FOR_A_TOWN: Final = frozenset(map(fold, _TOWN.split()))


def _phrases() -> dict[str, PlaceKind | None]:
    """Words for what a place is, restored and folded, the longest first; ``_`` stands for a sign within a word."""
    found: dict[str, PlaceKind | None] = {}
    for kind, words in _WORDS_OF_KINDS.items():
        for word in words.split():
            for form in (restored, fold):
                found.setdefault(" ".join(_within_words(part, form) for part in word.split("_")), kind)
    return {phrase: found[phrase] for phrase in sorted(found, key=len, reverse=True)}


def _within_words(word: str, form: Callable[[str], str]) -> str:
    return form(word).replace(" ", "_")


_PHRASES: Final = _phrases()
_PHRASE: Final = re.compile(rf"(?<!\S)({'|'.join(_PHRASES)})(?:н[ыиуү]н|нд[аоө]|н[аоө]н|н[аоө])?(?!\S)")
"""A word for what a place is, with the endings of a Kyrgyz one."""
_ASIDE: Final = re.compile(r"\([^)]*\)")
_RUSSIAN_ADJECTIVE: Final = re.compile(r"(?:ский|ская|ское|ского|ской|ском)$")
_LOST_A: Final = re.compile(r"ин$")
_BEFORE_THE_ADJECTIVE: Final = re.compile(r"(?<=[ыи])н$|(?<=[уы])й$")

SAME_WORDS: Final = (
    *(("ысык", "иссык"), ("көл", "куль"), ("жалал", "жалол"), ("абад", "обод"), ("өзгөн", "узген"), ("өзгөн", "ўзган")),
    *(("ноокат", "наукат"), ("ноокат", "новқат"), ("базар", "бозор"), ("коргон", "қўрғон"), ("коргон", "курган")),
    *(("токмок", "токмак"), ("чүй", "чу"), ("ош", "ўш"), ("таш", "тош"), ("кара", "қора"), ("нарын", "норин")),
    *(("суу", "сув"), ("арык", "ариқ"), ("баткен", "боткен"), ("сузак", "сўзоқ"), ("багыш", "боғиш")),
)
"""Parts of names that Kyrgyz, Russian and Uzbek spell so differently that no rule makes them alike."""
MOST_SPELLINGS: Final = 16
SHORTEST_LEARNT_WORD: Final = 3


@dataclass(frozen=True, slots=True)
class NameForms:
    """A name without the words for its kind, as it may be said: restored, folded, by its sound; whole it is folded."""

    exact: tuple[str, ...]
    folded: tuple[str, ...]
    sounds: tuple[str, ...]
    whole: str


@lru_cache(maxsize=65_536)
def forms_of(name: str) -> NameForms:
    """The forms of a name; a Russian adjective (Сузакский) stands for its noun (Сузак) too."""
    exact = with_nouns(without_kind(_ASIDE.sub(" ", name))[0])
    folded = tuple(dict.fromkeys(map(fold, exact)))
    return NameForms(exact, folded, tuple(dict.fromkeys(map(sound, folded))), fold(name))


def without_kind(name: str) -> tuple[str, PlaceKind | None]:
    """The name, restored, without the words for a kind of place, and the kind; all of it where nothing else is in it.

    Жаңы-Айыл is a name: what a hyphen joins stays. A town has no kind of its own: in a list it is a municipality, a
    district or a region.
    """
    words = " ".join(filter(None, (_within_words(word, restored) for word in name.split())))
    kinds = [_PHRASES[phrase] for phrase in _PHRASE.findall(words)]
    core = " ".join(_PHRASE.sub("", words).replace("_", " ").split())
    return core or words.replace("_", " "), next((kind for kind in kinds if kind and core), None)


def parts_of(words: str) -> tuple[str, ...]:
    """Places that are named one within the other (Сузак району, Багыш айылы): cut at commas and after their kinds."""
    parts: list[str] = []
    for listed in words.split(","):
        parts.append("")
        for word in listed.split():
            parts[-1] += f" {word}"
            if without_kind(f"x {word}")[1] in _AROUND:
                parts.append("")
    return tuple(part.strip() for part in parts if part.strip())


def is_named_a_town(place: Place) -> bool:
    """True if its name in any language begins or ends with a word for a town."""
    for name in place.name.by_language.values():
        words = fold(name).split()
        if len(words) > 1 and (words[0] in _WORDS_FOR_A_TOWN or words[-1] in _WORDS_FOR_A_TOWN):
            return True
    return False


def named_in(villages: Iterable[Place], texts: Iterable[Text]) -> tuple[int, ...]:
    """The villages whose whole name stands in the texts, in any language: the venues of sittings."""
    words = " ".join(f" {_folded(words)} " for text in texts for words in text.by_language.values())
    return tuple(
        village.id
        for village in villages
        if any(f" {name} " in words for name in map(_folded, village.name.by_language.values()) if name)
    )


@lru_cache(maxsize=4096)
def _folded(words: str) -> str:
    """Of names and addresses alone, which every letter about a hearing asks for again."""
    return fold(words)


def with_nouns(core: str) -> tuple[str, ...]:
    """A restored name; of a Russian adjective its noun too, which may have lost a vowel (Ат-Башынский, Атинский)."""
    stem = _RUSSIAN_ADJECTIVE.sub("", core)
    if stem == core or not stem:
        return (core,)
    return tuple(dict.fromkeys((core, stem, _LOST_A.sub("а", stem), _BEFORE_THE_ADJECTIVE.sub("", stem))))


def learnt_pairs(places: Iterable[Place]) -> dict[str, set[str]]:
    """Parts of names that mean the same, folded: those of ``SAME_WORDS``, and those a list spells in two languages."""
    same: dict[str, set[str]] = {}
    for one, other in SAME_WORDS:
        _pair(same, fold(one), fold(other))
    for place in places:
        kyrgyz, russian = (place.name.by_language.get(language) for language in (KY, RU))
        if kyrgyz and russian:
            parts, others = (forms_of(name).folded[-1].split() for name in (kyrgyz, russian))
            if len(parts) == len(others):
                for part, other in zip(parts, others, strict=True):
                    if part != other and min(len(part), len(other)) >= SHORTEST_LEARNT_WORD:
                        _pair(same, part, other)
    return same


def spellings(letters: str, same: Mapping[str, set[str]]) -> tuple[str, ...]:
    """The folded ways to spell a restored name in the other languages: by the rules of Russian lists, then by pairs."""
    ways = dict.fromkeys(in_russian(letters))
    choices = [(part, *sorted(same.get(part, ()))) for part in fold(letters).split()]
    ways |= dict.fromkeys(" ".join(parts) for parts in islice(product(*choices), MOST_SPELLINGS))
    return tuple(ways)


def _pair(same: dict[str, set[str]], one: str, other: str) -> None:
    same.setdefault(one, set()).add(other)
    same.setdefault(other, set()).add(one)
