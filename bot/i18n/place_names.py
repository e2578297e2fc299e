"""Names of places for readers of another alphabet, and the order in which a list of them stands.

A name is never translated, only written in the reader's letters: a Kyrgyz village in Uzbek Latin as Uzbek writes it, in
English as maps of Kyrgyzstan write it (``Күмүш-Азиз`` as ``Kumush-Aziz``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.domain.languages import EN, KY, RU, UZ, UZ_CYRL
from bot.i18n.uzbek import to_latin

if TYPE_CHECKING:
    from collections.abc import Mapping

_ENGLISH_LETTERS: Final[Mapping[str, str]] = {
    **dict(zip("абвгғдеёжзийкқлмноөпрстуүўфхҳыэ", "abvggdeejziykklmnooprstuuufhhye", strict=True)),
    "ң": "ng",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "sh",
    "ю": "yu",
    "я": "ya",
    "ъ": "",
    "ь": "",
}
_CYRILLIC_WORD: Final = re.compile(r"[Ѐ-ӿ]+")
_VOWELS: Final = frozenset("аеёиоөуүыэюяў")
_ALPHABETS: Final[Mapping[str, str]] = {
    KY: "абвгғдеёжзийкқлмнңоөпрстуүўфхҳцчшщъыьэюя",
    RU: "абвгғдеёжзийкқлмнңоөпрстуүўфхҳцчшщъыьэюя",
    UZ_CYRL: "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюяўқғҳ",
}
"""The letters in the order of a language; those of its neighbours beside the letter that they are like."""


def in_letters_of(language: str, name: str) -> str:
    """A name in the alphabet of a reader of ``language``; as it is where that is Cyrillic, or the name is Latin."""
    if language == UZ:
        return to_latin(name)
    return _CYRILLIC_WORD.sub(_english_word, name) if language == EN else name


def alphabetical(language: str, name: str) -> tuple[int, ...]:
    """The key by which names stand in the alphabet of ``language``."""
    letters = _ALPHABETS.get(language, "")
    return tuple(1_000 + letters.find(letter) if letter in letters else ord(letter) for letter in name.lower())


def _english_word(match: re.Match[str]) -> str:
    word = match[0]
    low = word.lower()
    return "".join(_cased(_english_letter(low, at), letter, alone=word.isupper()) for at, letter in enumerate(word))


def _english_letter(low: str, at: int) -> str:
    """One letter; ``е`` is ye where it begins a syllable, ``й`` within a word is i: ``aiyl``."""
    letter, before = low[at], low[at - 1 : at]
    if letter == "й" and low[at + 1 :]:
        return "i"
    if letter in "её":
        begins = not before or before in _VOWELS or before in "ъь"
        return ("ye" if begins else "e") if letter == "е" else "yo"
    return _ENGLISH_LETTERS.get(letter, letter)


def _cased(letters: str, written: str, *, alone: bool) -> str:
    if not written.isupper():
        return letters
    return letters.upper() if alone else letters.capitalize()
